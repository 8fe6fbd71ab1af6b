"""Noun phrases: where the name of a speaker begins or ends, with its title and its apposition.

There is no parser here: a noun phrase is a run of words that no verb, conjunction or loose preposition
breaks. What is broken where stands in ``words.toml``.
"""

from __future__ import annotations

from sayso.attribution.kinds import before_date, is_date, is_noun, is_time
from sayso.attribution.lexicon import lexicon, words
from sayso.attribution.units import Range, Unit, is_quote, low

#: A speaker's name with title and apposition runs to 30 items in 97 of 100 of the training data's sources.
_LONGEST = 30
#: Commas and quotations within which a speaker with its apposition ends; more are a list.
_MOST_COMMAS = 6

#: What opens an aside between speaker and verb: ", when asked about it, said", ", speaking on condition …, said".
_ASIDES = frozenset({"asked", "speaking", "when"})

_CLAUSE_BEGINS = frozenset(", . : ; and but that while — --".split())


def source_before(unit: Unit, end: int, floor: int) -> Range | None:
    """The noun phrase that ends before item ``end`` and begins at ``floor`` or later, or None."""
    end = before_date(unit, end, floor)
    last = end - 1
    if last < floor:
        return None
    described = _before_relative(unit, end, floor)
    if described is not None:
        return described
    if low(unit, last) == ",":
        return _with_apposition_before(unit, last, floor)
    if low(unit, last) in words("subjects") or low(unit, last) in ("which", "that", "this", "some", "many", "others"):
        return last, end
    start = _start(unit, end, floor) if _may_end(unit, last) else None
    if start is None:
        return None
    comma = start - 1
    if comma > floor and low(unit, comma) == "," and unit.items[start].capital:
        wider = _start(unit, comma, floor)
        if wider is not None and _is_role(unit, wider, comma, floor):
            return wider, end
    return _with_relative(unit, start, floor), end


def source_after(unit: Unit, start: int, *, opens: bool = False) -> Range | None:
    """The noun phrase that begins at item ``start``, with an apposition that follows it, or None.

    Where it ``opens`` the sentence ("According to X, Y, S"), a comma must close the apposition.
    """
    end = _end(unit, start)
    if end is None:
        return None
    if low(unit, end) == ",":
        more = _apposition_end(unit, end + 1)
        if more is not None and not (opens and low(unit, more) != ","):
            end = more
    return start, end


def _with_relative(unit: Unit, start: int, floor: int) -> int:
    """Where "an organisation that monitors the war" begins, given where "the war" does."""
    for at in range(start - 1, max(floor, start - 5), -1):
        if low(unit, at) in ("that", "which", "who") and is_noun(unit, at - 1):
            wider = _start(unit, at, floor)
            opens = wider is not None and (wider == floor or low(unit, wider - 1) == ",")
            return wider if wider is not None and opens else start
        if unit.items[at].kind != "word":
            break
    return start


def _before_relative(unit: Unit, end: int, floor: int) -> Range | None:
    """The speaker before a relative clause that ends at the verb: "A resident who asked not to be named said"."""
    for at in range(end - 2, max(floor, end - _LONGEST), -1):
        word = low(unit, at)
        if word == "who":
            closed = low(unit, at - 1) == ","
            if closed != (low(unit, end - 1) == ","):
                return None
            start = _start(unit, at - closed, floor)
            opens = start is not None and (start == floor or low(unit, start - 1) in _CLAUSE_BEGINS)
            return (start, at - closed) if start is not None and opens and _may_close(unit, at, end) else None
        if word in words("subordinators") or unit.items[at].kind == "quote" or word in (".", ";", ":"):
            return None
    return None


def _may_close(unit: Unit, who: int, end: int) -> bool:
    """Whether a relative clause can end there, so that the verb behind it has the noun before it for subject."""
    last = low(unit, end - 1)
    if low(unit, who + 1) in words("subjects", "determiners", "possessives") or last in words("subjects"):
        return False
    return any(
        low(unit, at) in words("auxiliaries", "past")
        or low(unit, at).endswith("ed")
        or lexicon().verbs.get(low(unit, at), (None, "base"))[1] != "base"
        for at in range(who + 1, end)
    )


def _may_end(unit: Unit, last: int) -> bool:
    """Whether a speaker's name can end here: "the alleged", "smaller and", "contradicting" end none."""
    word = low(unit, last)
    verb = lexicon().verbs.get(word)
    if verb is not None and verb[1] == "ing" and not unit.items[last].capital:
        return word in lexicon().nouns
    return (
        is_noun(unit, last)
        or word in (")", "all", "both", "most", "one", "another", "each", "several", "many", "some", "few")
        or is_quote(unit, last)
    )


def _is_role(unit: Unit, start: int, end: int, floor: int) -> bool:
    # "The president of the Coalition, Anas Abdah, said": a role before a name, so the name alone is not the whole.
    opens = start == floor or low(unit, start - 1) in ("that", "but", "and", ":", ".")
    described = low(unit, start) in words("determiners", "possessives") or unit.items[start].possessive
    return opens and described and end - start > 1 and not is_time(unit, end - 1)


def _start(unit: Unit, end: int, floor: int, *, conjoined: bool = False) -> int | None:
    """Where the noun phrase that ends before ``end`` begins; ``conjoined`` takes every "and" for part of it."""
    at = end
    while at > max(floor, end - _LONGEST):
        if low(unit, at - 1) == ")":
            opened = _opening(unit, at - 1, floor)
            if opened is None:
                break
            at = opened
        elif low(unit, at - 1) in ("and", "or"):
            if not (is_noun(unit, at - 2) and at - 2 >= floor and (conjoined or _conjoined(unit, at - 1, floor))):
                break
            at -= 1
        elif not _joins(unit, at - 1, at, end, floor):
            break
        else:
            at -= 1
    while at < end and (low(unit, at) in words("leading") or low(unit, at) in words("adverbs")):
        at += 1
    return _trimmed(unit, at, end)


def _trimmed(unit: Unit, at: int, end: int) -> int | None:
    if at >= end or not any(is_noun(unit, k) or low(unit, k) in words("determiners") for k in range(at, end)):
        return None
    return at if low(unit, at) not in words("prepositions") else None


def _opening(unit: Unit, at: int, floor: int) -> int | None:
    for k in range(at - 1, max(floor, at - 12) - 1, -1):
        if low(unit, k) == "(":
            return k
    return None


def _joins(unit: Unit, at: int, right: int, end: int, floor: int) -> bool:
    """Whether item ``at`` belongs to the noun phrase that begins at ``right``, its right neighbour."""
    item = unit.items[at]
    if item.kind == "quote":
        return right < end and not item.stop
    if item.kind == "mark":
        return item.low in ("&", "-", "–", "%", "$", "#", "@", "/") and right < end
    if item.low == "by" and right < end:
        return at > floor and low(unit, at - 1) in words("documents")
    if low(unit, right) in words("determiners", "possessives") and right < end:
        named = item.low == "as" and low(unit, at - 1) == "known"
        return named or item.low in words("attaching") or item.low in ("all", "both", "half")
    if is_date(unit, at):
        return False
    if item.capital:
        return not (at in (0, floor) and item.low in words("leading", "subordinators", "prepositions"))
    if item.low in words("attaching"):
        return right < end and is_noun(unit, at - 1) and at - 1 >= floor and not is_time(unit, at - 1)
    return not _breaks(unit, at, right)


def _conjoined(unit: Unit, at: int, floor: int) -> bool:
    # "Clinton and the State Department said": only where the whole run opens its clause.
    start = _start(unit, at, floor, conjoined=True)
    return start is not None and (start == floor or low(unit, start - 1) in (",", "that", ".", ":", "but", "while"))


def _breaks(unit: Unit, at: int, right: int) -> bool:
    word = low(unit, at)
    if word == "as" and low(unit, at - 1) in ("known", "described"):
        return False
    if word in words("auxiliaries", "prepositions", "subordinators", "subjects", "past", "objects"):
        return True
    if word in ("known", "described") and low(unit, at + 1) == "as":
        return False
    if word in lexicon().verbs and lexicon().verbs[word][1] != "base":
        described = word.endswith("ed") and not (at > 0 and is_noun(unit, at - 1))
        return word not in lexicon().nouns and not described  # "informed sources"
    # "masked men" is one phrase, "rebels attacked men" is not.
    after_noun = at > 0 and is_noun(unit, at - 1) and low(unit, at - 1) not in words("adverbs")
    return word.endswith("ed") and after_noun and low(unit, right) != "by"


def _with_apposition_before(unit: Unit, last: int, floor: int) -> Range | None:
    """ "Hadi Bahra, president of the Coalition," before its verb: the range ends with the apposition."""
    found: Range | None = None
    before = range(last - 1, max(floor, last - _LONGEST) - 1, -1)
    for comma in [at for at in before if low(unit, at) == "," or is_quote(unit, at)][:_MOST_COMMAS]:
        if is_quote(unit, comma) and unit.items[comma].stop:
            break
        if low(unit, comma + 1) in _ASIDES:
            return source_before(unit, comma, floor) if comma > floor else None
        if low(unit, comma) != "," or not _apposition_start(unit, comma + 1):
            continue
        start = _start(unit, comma, floor)
        if start is None:
            continue
        relative = low(unit, comma + 1) in ("who", "whose", "which")
        found = found or ((start, comma) if relative else (start, last))
        # The name that opens its clause is the speaker; what stands between it and the verb only describes it.
        if start == floor or low(unit, start - 1) in ("that", "but", "while", ":", "—", "--"):
            return (start, comma) if relative else (start, last)
    return found


def _apposition_start(unit: Unit, at: int) -> bool:
    word = low(unit, at)
    return word in words("determiners", "possessives") | {"who", "which"} or is_noun(unit, at)


def _end(unit: Unit, start: int) -> int | None:
    if start >= len(unit.items) or unit.items[start].kind != "word":
        return None
    if low(unit, start) in words("subjects"):
        return start + 1
    at = start
    while at < min(len(unit.items), start + _LONGEST) and _continues(unit, at, start):
        at = _closing(unit, at) if low(unit, at) == "(" else at + 1
    while at > start and (low(unit, at - 1) in words("prepositions") or low(unit, at - 1) in words("adverbs")):
        at -= 1
    return at if at > start and any(is_noun(unit, k) for k in range(start, at)) else None


def _closing(unit: Unit, at: int) -> int:
    for k in range(at + 1, min(len(unit.items), at + 12)):
        if low(unit, k) == ")":
            return k + 1
    return at + 1


def _continues(unit: Unit, at: int, start: int) -> bool:
    item = unit.items[at]
    if item.kind == "quote":
        return at > start and not item.stop
    if item.kind == "mark":
        return item.low in ("(", "&", "-", "–", "%", "$", "#", "@", "/") and (at > start or item.low in "@#$")
    if is_time(unit, at):
        return (at == start and not is_date(unit, at)) or low(unit, at - 1) in words("determiners")
    if item.low in words("attaching"):
        return at > start and _attaches(unit, at)
    if item.low == "by":
        return at > start and low(unit, at - 1) in words("documents")
    if item.low == "and":
        return at > start and at + 1 < len(unit.items) and unit.items[at + 1].capital and unit.items[at - 1].capital
    if item.low in words("determiners", "possessives"):
        return at == start or low(unit, at - 1) in words("attaching", "determiners") | {"and", "by"}
    if item.capital:
        return True
    return not _breaks(unit, at, at + 1) and item.low not in words("adverbs")


def _attaches(unit: Unit, at: int) -> bool:
    # "a source in Aleppo said" keeps its place; "said Josh Earnest in a statement" does not.
    if low(unit, at) in ("in", "on", "to", "outside", "near", "under", "between", "against", "inside"):
        after = low(unit, at + 1)
        return not unit.items[at - 1].capital and not is_time(unit, at + 1) and after not in words("determiners")
    return not is_time(unit, at + 1)


def _apposition_end(unit: Unit, start: int) -> int | None:
    """Where an apposition that begins at ``start`` ends, before a comma or the unit's end; None if it is none."""
    if low(unit, start) in ("who", "which", "whose") or not _apposition_start(unit, start) or is_time(unit, start):
        return None
    for at in range(start, min(len(unit.items), start + _LONGEST)):
        word = low(unit, at)
        if word in (",", ".", ";", "—", "--", "!", "?") or word in ("who", "which", "after", "when", "during", "as"):
            return at if at > start else None
        if is_quote(unit, at) or word in words("auxiliaries") or word in words("subjects") or is_time(unit, at):
            return None
        if word in lexicon().verbs and lexicon().verbs[word][1] in ("past", "s", "ing") and not unit.items[at].capital:
            return None if word not in lexicon().nouns else at
    return len(unit.items) if len(unit.items) - start < _LONGEST else None
