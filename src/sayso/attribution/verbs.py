"""Verbs of saying: "X said S", "S, X said", "S, said X", "S was reported by X", ", adding S"."""

from __future__ import annotations

from sayso.attribution.clauses import after_adverbials, complement, left_start, right_end
from sayso.attribution.groups import Verb, agrees, group, is_document, says_nothing
from sayso.attribution.heard import Heard
from sayso.attribution.kinds import has_finite, has_verb, is_noun, is_time
from sayso.attribution.lexicon import lexicon, words
from sayso.attribution.nouns import source_after, source_before
from sayso.attribution.sequels import first_name, with_sequel
from sayso.attribution.units import Range, Unit, is_quote, low

_CLAUSE_SIGNS = frozenset({"that", ":"})
_FOLLOWS = frozenset({"trail", "quoted"})


def read_verb(unit: Unit, at: int, floor: int, earlier: Heard | None) -> Heard | None:
    """The attribution whose cue verb is item ``at``, using no item before ``floor``; None if it is no cue here.

    ``earlier`` is the attribution before it in the unit, whose speaker a participle shares.
    """
    found = lexicon().verbs.get(low(unit, at))
    if found is None or (unit.items[at].capital and not unit.headline):
        return None
    verb = group(unit, at, floor, *found)
    if says_nothing(unit, verb):
        return None
    if verb.cue.lemma in ("quote", "report", "cite"):
        quoted = _read_quoted_as(unit, verb, floor)
        if quoted is not None:
            return quoted
    if verb.passive or (verb.form == "past" and low(unit, at + 1) == "by"):
        return _read_passive(unit, verb, floor)
    if verb.form == "ing" and verb.first == at:
        return _read_participle(unit, verb, floor, earlier)
    if low(unit, verb.first - 1) == "to":
        return _read_infinitive(unit, verb, floor, earlier)
    if verb.form == "part" and verb.first == at:
        return None
    return _read_inverted(unit, verb, floor) or _read_finite(unit, verb, floor, earlier)


def _read_inverted(unit: Unit, verb: Verb, floor: int) -> Heard | None:
    """'"Q," said X' and "S, said X"."""
    before = verb.first - 1
    if (
        verb.cue.lemma == "tell"
        or low(unit, verb.at + 1) == "that"
        or not verb.cue.takes & _FOLLOWS
        or verb.form not in ("past", "s", "base")
        or before < floor
    ):
        return None
    quoted = is_quote(unit, before) or (low(unit, before) == "," and is_quote(unit, before - 1))
    if not quoted and (low(unit, before) not in (",", "—", "--") or "trail" not in verb.cue.takes):
        return None
    source = source_after(unit, verb.at + 1)
    if (
        source is None
        or low(unit, source[0]) in words("subjects")
        or (not quoted and not _may_invert(unit, verb, source, floor))
    ):
        return None
    content = _left_content(unit, before if low(unit, before) in (",", "—", "--") else before + 1, floor)
    if content is None:
        return None
    return with_sequel(unit, Heard(source, ((verb.first, verb.at + 1),), (content,), verb.cue.stance, source[1]))


def _may_invert(unit: Unit, verb: Verb, source: Range, floor: int) -> bool:
    # "X, a Y, said the plan was …" is the other order: there the words before the commas are a mere name,
    # and after the noun phrase a verb follows.
    after = low(unit, source[1])
    broken = after in words("auxiliaries", "past", "subjects", "determiners") and after != "who"
    if broken or after == "to" or after.endswith("ed"):
        return False
    return has_finite(unit, (floor, verb.first - 1)) and verb.first - floor > 4


def _left_content(unit: Unit, end: int, floor: int) -> Range | None:
    start = left_start(unit, end, floor)
    return None if start is None else (start, end)


def _read_finite(unit: Unit, verb: Verb, floor: int, earlier: Heard | None) -> Heard | None:
    source = source_before(unit, verb.first, floor)
    if source is None:
        return _read_coordinated(unit, verb, earlier)
    if not agrees(unit, verb, source):
        return None
    if "document" in verb.cue.takes and not is_document(unit, source):
        return None
    if low(unit, source[0] - 1) == "as" and source[0] > floor and "trail" in verb.cue.takes:
        return _read_as(unit, verb, source, floor)
    trailing = _read_trailing(unit, verb, source, floor) if verb.cue.takes & _FOLLOWS else None
    return trailing or _read_leading(unit, verb, source)


def _read_as(unit: Unit, verb: Verb, source: Range, floor: int) -> Heard | None:
    """ "As X reported, S" and "S, as X reported"."""
    pause = after_adverbials(unit, verb.at + 1 + (verb.cue.lemma == "put" and low(unit, verb.at + 1) == "it"))
    cue, before = ((verb.first, verb.at + 1),), source[0] - 2
    if low(unit, pause) == "," and not (before >= floor and has_finite(unit, (floor, before))):
        content = _right_content(unit, pause + 1)
        return Heard(source, cue, (content,), verb.cue.stance, content[1]) if content is not None else None
    if low(unit, before) == "," and before > floor and low(unit, pause) in (".", ",", ""):
        content = _left_content(unit, before, floor)
        rest = _right_content(unit, pause + 1) if verb.cue.lemma == "put" and low(unit, pause) == "," else None
        if content is None or rest is None:
            return Heard(source, cue, (content,), verb.cue.stance, pause) if content is not None else None
        return Heard(source, cue, (content, rest), verb.cue.stance, rest[1])
    return _read_leading(unit, verb, source)


def _read_trailing(unit: Unit, verb: Verb, source: Range, floor: int) -> Heard | None:
    """'"Q," X said' and "S, X said"."""
    before = source[0] - 1
    mark = low(unit, before) in (",", ";", "—", "--", "-", "–")
    end = before if mark else source[0]
    quoted = is_quote(unit, end - 1) and end > floor
    if before < floor or not (mark or quoted) or (low(unit, source[0]) in ("who", "which") and not quoted):
        return None
    pause = after_adverbials(unit, verb.at + 1)
    inserted = low(unit, pause) == "," and mark
    if not (quoted or inserted) and (
        _content_follows(unit, verb, (floor, end)) or not has_verb(unit, (floor, end)) or end - floor < 3
    ):
        return None
    if not quoted and "trail" not in verb.cue.takes:
        return None
    if quoted and low(unit, verb.at + 1) in _CLAUSE_SIGNS:
        return None
    content = _left_content(unit, end, floor)
    if content is None:
        return None
    heard = Heard(source, ((verb.first, verb.at + 1),), (content,), verb.cue.stance, verb.at + 1)
    opening = low(unit, content[0])
    if inserted and not quoted and (opening in words("prepositions", "subordinators") or not has_finite(unit, content)):
        rest = None if low(unit, pause + 1).endswith("ing") else _right_content(unit, pause + 1)
        return heard._replace(content=(content, rest), end=rest[1]) if rest is not None else heard
    return with_sequel(unit, heard)


def _content_follows(unit: Unit, verb: Verb, before: Range) -> bool:
    """Whether what is said stands to the right, although a phrase precedes the speaker ("On Tuesday, X said …")."""
    taken = complement(unit, verb.cue, verb.at + 1)
    if taken is None:
        return False
    start = taken[1]
    if low(unit, start) in _CLAUSE_SIGNS or is_quote(unit, start):
        return True
    if low(unit, start) in words("prepositions") or low(unit, start) in words("subordinators") or is_time(unit, start):
        return False
    after = start, right_end(unit, start)
    return has_finite(unit, after) or (has_verb(unit, after) and not has_finite(unit, before))


def _read_leading(unit: Unit, verb: Verb, source: Range) -> Heard | None:
    """ "X said (that) S", 'X said: "Q"', "X accused Y of S"."""
    taken = complement(unit, verb.cue, verb.at + 1)
    if taken is None:
        return None
    content = _right_content(unit, taken[1])
    if content is not None and low(unit, source[0]) in ("who", "which"):
        # "the army, which denied the attack, had left": the clause ends where the main verb goes on.
        commas = (k for k in range(*content) if low(unit, k) == "," and low(unit, k + 1) in words("auxiliaries"))
        content = content[0], next((k for k in commas if k > content[0]), content[1])
    if content is None or (content[1] - content[0] == 1 and low(unit, content[0]) in words("asking")):
        return None  # "who says what"
    # Who asks whether S states nothing, but wants to know.
    asked = verb.cue.lemma == "ask" and low(unit, content[0]) in words("asking")
    return Heard(source, ((verb.first, taken[0]),), (content,), "intends" if asked else verb.cue.stance, content[1])


def _right_content(unit: Unit, start: int) -> Range | None:
    if low(unit, start) == ":":
        start += 1
    end = right_end(unit, start)
    while end > start and low(unit, end - 1) in (",", "-", "–", "—", "--"):
        end -= 1
    return (start, end) if end > start else None


def _read_coordinated(unit: Unit, verb: Verb, earlier: Heard | None) -> Heard | None:
    """ "X denied it and said S": the speaker stands before the first verb."""
    if low(unit, verb.first - 1) not in ("and", "but", ",", "or") or verb.form not in ("past", "s"):
        return None
    source = earlier.source if earlier is not None else first_name(unit, verb.first)
    return _read_leading(unit, verb, source) if source is not None else None


def _read_participle(unit: Unit, verb: Verb, floor: int, earlier: Heard | None) -> Heard | None:
    """ ", adding that S"; "reports suggesting that S"; "by saying S"."""
    before = low(unit, verb.at - 1)
    taken = complement(unit, verb.cue, verb.at + 1)
    if taken is None and verb.cue.lemma == "add" and before == "," and earlier is not None:
        # ", adding ten people died": a clause, where ", adding fuel to the fire" is none.
        added = _right_content(unit, verb.at + 1)
        if added is not None and has_finite(unit, added):
            return Heard(earlier.source, ((verb.at, verb.at + 1),), (added,), "says", added[1])
    if taken is None or before in words("determiners", "possessives"):
        return None
    if verb.cue.stance == "intends" and low(unit, taken[1]) not in ("to", "that"):
        return None
    source = None
    if is_noun(unit, verb.at - 1) and verb.at > floor:
        source = source_before(unit, verb.at, floor)
    if source is None and earlier is not None:
        source = earlier.source
    source = source or first_name(unit, verb.at)
    if source is None or ("document" in verb.cue.takes and not is_document(unit, source)):
        return None
    return _read_leading(unit, verb, source)


def _read_infinitive(unit: Unit, verb: Verb, floor: int, earlier: Heard | None) -> Heard | None:
    """ "went on to say that S": only where a clause or a quotation shows that something is said."""
    taken = complement(unit, verb.cue, verb.at + 1)
    if taken is None or not (low(unit, taken[1]) in _CLAUSE_SIGNS or is_quote(unit, taken[1])):
        return None
    source = first_name(unit, verb.at) or (earlier.source if earlier else None)
    if source is None or source[0] < floor:
        return None
    return _read_leading(unit, verb, source)


def _read_quoted_as(unit: Unit, verb: Verb, floor: int) -> Heard | None:
    """ "Y quoted X as saying S", "X was quoted as saying S": X is the speaker, whoever quotes."""
    for at in range(verb.at + 1, min(len(unit.items) - 1, verb.at + 20)):
        found = lexicon().verbs.get(low(unit, at + 1))
        if low(unit, at) == "as" and found is not None and found[1] == "ing":
            source = source_before(unit, verb.first, floor) if verb.passive else source_after(unit, verb.at + 1)
            taken = complement(unit, found[0], at + 2)
            content = _right_content(unit, taken[1]) if taken is not None else None
            if source is None or content is None:
                return None
            return Heard(source, ((verb.first, verb.at + 1), (at, at + 2)), (content,), found[0].stance, content[1])
        if low(unit, at) in (".", ";", ":"):
            return None
    return None


def _read_passive(unit: Unit, verb: Verb, floor: int) -> Heard | None:
    """ "S was reported by X", "X was accused of S", "is said to have …", "the ban proposed by X"."""
    reported = source_before(unit, verb.first, floor)
    if reported is None or not verb.cue.takes & {"passive", "object", "any"}:
        return None
    cue, at = (verb.first, verb.at + 1), verb.at + 1
    if low(unit, at) == "by":
        source = source_after(unit, at + 1)
        if source is None or is_time(unit, at + 1):
            return None
        return Heard(source, (cue,), (reported,), verb.cue.stance, source[1])
    if "passive" not in verb.cue.takes or low(unit, at) not in ("to", "that", "of", "for", "on", "as", "in"):
        return None
    end = right_end(unit, at)
    return Heard(None, (cue,), (reported, (at, end)), verb.cue.stance, end) if end > at + 1 else None
