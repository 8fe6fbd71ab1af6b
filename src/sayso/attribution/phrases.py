"""Cues that are no verbs: "according to X", "citing X", "X's claim that S", "reportedly", "S - monitor", "X: S"."""

from __future__ import annotations

from sayso.attribution.clauses import complement, left_start, right_end
from sayso.attribution.heard import Heard
from sayso.attribution.kinds import is_date, is_noun
from sayso.attribution.lexicon import lexicon, words
from sayso.attribution.nouns import source_after, source_before
from sayso.attribution.units import Range, Unit, is_quote, low

#: Items of "Saturday, 23 April 2016 President of the Council Ana Bell" before its colon.
_LONGEST_LABEL = 12
_ACCORDING = (("according", "to"), ("in", "the", "words", "of"))

#: A noun this near to the head of its clause is the clause's subject: "the ministry's claim that S is false".
_SUBJECT = 5


def read_according(unit: Unit, at: int, floor: int) -> Heard | None:
    """ "According to X, S" and "S, according to X"."""
    behind = next((at + len(cue) for cue in _ACCORDING if tuple(low(unit, at + k) for k in range(len(cue))) == cue), at)
    if behind == at:
        return None
    opens = at - floor <= 3 and (at <= floor or low(unit, at - 1) in (",", "and", "but", "thus", "meanwhile"))
    source = source_after(unit, behind, opens=opens)
    if source is None:
        return None
    cue = (at, behind)
    if not opens:
        return _after_content(unit, source, cue, floor)
    cited = cited_behind(unit, source[1])
    if cited is not None:
        source, cue = cited, (source[1] + 1, source[1] + 2)
    start = source[1] + 1 if low(unit, source[1]) == "," else source[1]
    end = right_end(unit, start) if start < len(unit.items) else start
    return Heard(source, (cue,), ((start, end),), "says", end) if end > start else None


def cited_behind(unit: Unit, at: int) -> Range | None:
    """Whom the voice before item ``at`` cites, between commas: ", citing the network,"; None if nobody."""
    if low(unit, at) != "," or low(unit, at + 1) not in ("citing", "quoting"):
        return None
    cited = source_after(unit, at + 2, opens=True)
    return cited if cited is not None and low(unit, cited[1]) == "," else None


def _after_content(unit: Unit, source: Range, cue: Range, floor: int) -> Heard | None:
    end = cue[0]
    while end > floor and low(unit, end - 1) in (",", "-", "–", "—", "--", "("):
        end -= 1
    start = left_start(unit, end, floor)
    return Heard(source, (cue,), ((start, end),), "says", source[1]) if start is not None else None


def read_citing(unit: Unit, at: int, floor: int, earlier: Heard | None) -> Heard | None:
    """ "S, citing X" and "S, quoting X": X is who says it."""
    if at == floor == 0:
        return _opening_citing(unit)
    if low(unit, at) not in ("citing", "quoting") or low(unit, at - 1) != ",":
        return None
    relayed = _cited_subject(unit, at, floor)
    if relayed is not None:
        return relayed
    source = source_after(unit, at + 1)
    if source is None or (source[1] < len(unit.items) and low(unit, source[1]) not in (".", ",", "as")):
        return None
    if earlier is not None and earlier.stance == "says":
        # "S, the agency said, citing X": what the agency says it has from X.
        return earlier._replace(source=source, cue=((at, at + 1),), end=source[1])
    return _after_content(unit, source, (at, at + 1), floor)


def _opening_citing(unit: Unit) -> Heard | None:
    """ "Citing X, the agency reported that S"."""
    cited = source_after(unit, 1, opens=True) if low(unit, 0) in ("citing", "quoting") else None
    relay = source_after(unit, cited[1] + 1) if cited is not None and low(unit, cited[1]) == "," else None
    return _relayed(unit, (0, 1), cited, relay[1]) if cited is not None and relay is not None else None


def _cited_subject(unit: Unit, at: int, floor: int) -> Heard | None:
    """ "The agency, citing X, reported that S": the agency relays, X is who says it."""
    cited = cited_behind(unit, at - 1)
    if cited is None or at - floor > _LONGEST_LABEL or source_before(unit, at - 1, floor) is None:
        return None
    return _relayed(unit, (at, at + 1), cited, cited[1] + 1)


def _relayed(unit: Unit, citing: Range, cited: Range, verb: int) -> Heard | None:
    """What the one cited says, behind the verb of the one who cites, at item ``verb`` with its auxiliaries."""
    first = verb
    while low(unit, verb) in words("auxiliaries", "adverbs"):
        verb += 1
    found = lexicon().verbs.get(low(unit, verb))
    taken = complement(unit, found[0], verb + 1) if found is not None and found[0].stance == "says" else None
    if taken is None:
        return None
    start = taken[1] + (low(unit, taken[1]) == ":")
    end = right_end(unit, start)
    cue = (citing, (first, taken[0]))
    return Heard(cited, cue, ((start, end),), "says", end) if end > start else None


def read_noun(unit: Unit, at: int, floor: int) -> Heard | None:
    """ "X's claim that S", "his criticism of S", "a statement by X that S", "reports that S"."""
    cue = lexicon().nouns.get(low(unit, at))
    if cue is None or (unit.items[at].capital and at > floor):
        return None
    source, after = _owner(unit, at, floor), at + 1
    if source is None and low(unit, after) in ("by", "from"):
        source = source_after(unit, after + 1)
        after = source[1] if source is not None else after
    particle = low(unit, after)
    if particle not in cue.takes and not (particle == "to" and "inf" in cue.takes):
        return None
    if source is None and (particle != "that" or cue.stance == "intends"):
        return None
    start = after if particle in ("that", "to") and "to" not in cue.takes else after + 1
    end = right_end(unit, start)
    if particle == "that" and at - floor <= _SUBJECT and low(unit, at - 1) not in lexicon().verbs:
        end = _before_main_verb(unit, start + 1, end)
    cue_end = at + 1 if start == after or after > at + 1 else after + 1
    return Heard(source, ((at, cue_end),), ((start, end),), cue.stance, end) if end > start + 1 else None


def _before_main_verb(unit: Unit, start: int, end: int) -> int:
    """Where the clause of "the claim that S is false" ends: before a second verb that nothing joins to the first."""
    finite = False
    at = start
    while at < end:
        word = low(unit, at)
        if word in words("subordinators") or word in (",", "or", "to") or is_quote(unit, at):
            finite = False
        elif word in words("auxiliaries"):
            if finite and unit.items[at - 1].kind == "word":
                return at
            finite = True
            while low(unit, at + 1) in words("auxiliaries", "adverbs"):
                at += 1
        elif word in words("past") or (word.endswith("ed") and low(unit, at - 1) not in words("determiners")):
            finite = True
        at += 1
    return end


def _owner(unit: Unit, at: int, floor: int) -> Range | None:
    """Whose claim: "Trump's", "his", up to two adjectives before the noun."""
    for k in range(at - 1, max(floor, at - 4) - 1, -1):
        if low(unit, k) in ("his", "her", "their", "its", "my", "our"):
            return k, k + 1
        if unit.items[k].possessive:
            return source_before(unit, k + 1, floor)
        if unit.items[k].kind != "word" or low(unit, k) in words("determiners", "prepositions"):
            return None
    return None


def read_adverb(unit: Unit, at: int, floor: int) -> Heard | None:
    """ "S reportedly S": somebody unnamed says it; the clause around it is what is said."""
    cue = lexicon().adverbs.get(low(unit, at))
    if cue is None or low(unit, at + 1) in lexicon().verbs:
        return None
    pieces: list[Range] = []
    before = source_before(unit, _before_group(unit, at, floor), floor)
    if before is not None and low(unit, before[1]) not in ("who", "which"):
        pieces.append((before[0], at))
    end = right_end(unit, at + 1)
    if end > at + 1:
        pieces.append((at + 1, end))
    return Heard(None, ((at, at + 1),), tuple(pieces), cue.stance, end) if pieces else None


def _before_group(unit: Unit, at: int, floor: int) -> int:
    while at > floor and low(unit, at - 1) in words("auxiliaries"):
        at -= 1
    return at


def read_label(unit: Unit, at: int, floor: int) -> Heard | None:
    """'X: "Q"' and, in a headline, "X: S": a short name, a colon, and what is said."""
    if low(unit, at) != ":" or not 0 < at - floor <= _LONGEST_LABEL or floor != 0:
        return None
    source = source_before(unit, at, floor)
    if source is None or not unit.items[source[0]].capital or low(unit, source[0]) in words("labels"):
        return None
    if source[0] != floor and not is_date(unit, source[0] - 1):
        return None
    quoted = is_quote(unit, at + 1)
    if not (quoted or unit.headline or unit.items[at - 1].capital):
        return None
    end = right_end(unit, at + 1)
    if end <= at + 1 or (end - at < 4 and not quoted):
        return None
    return Heard(source, ((at, at + 1),), ((at + 1, end),), "says", end)


def read_tail(unit: Unit, at: int, floor: int) -> Heard | None:
    """ "29 rebels dead - monitor": a headline that ends with who says so, the cue left out."""
    end = at + 1
    while end < min(len(unit.items), at + 4) and _names(unit, end) and low(unit, end) not in words("monitors"):
        end += 1
    if low(unit, at) not in ("-", "–", "—", ":", ",") or at - floor < 4 or low(unit, end) not in words("monitors"):
        return None
    end += 1
    last = end >= len(unit.items) or low(unit, end) in (".", "|")
    if not last and (not unit.items[end].capital or (low(unit, at) == "," and not _dated_credit(unit, end))):
        return None
    start = left_start(unit, at, floor)
    return None if start is None else Heard((at + 1, end), (), ((start, at),), "says", end)


def _dated_credit(unit: Unit, at: int) -> bool:
    """Whether an agency and a date follow, as under a headline: "AGENCY, Sunday 24 Aug 2014"."""
    comma = next((k for k in range(at, at + 4) if low(unit, k) == ","), at)
    return comma > at and any(is_date(unit, k) for k in range(comma + 1, min(comma + 3, len(unit.items))))


def _names(unit: Unit, at: int) -> bool:
    verb = lexicon().verbs.get(low(unit, at))
    spoken = verb is not None and verb[1] != "base"
    return is_noun(unit, at) and not spoken and low(unit, at) not in ("according", "source")


__all__ = ["read_according", "read_adverb", "read_citing", "read_label", "read_noun", "read_tail"]
