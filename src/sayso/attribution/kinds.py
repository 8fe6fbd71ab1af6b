"""What kind of word an item is: part of a noun phrase, a word of time, a date; whether a range holds a verb."""

from __future__ import annotations

from sayso.attribution.lexicon import lexicon, words
from sayso.attribution.units import Range, Unit, low


def is_noun(unit: Unit, at: int) -> bool:
    """Whether a noun phrase could go on or end with this item."""
    if not 0 <= at < len(unit.items) or unit.items[at].kind != "word":
        return False
    item = unit.items[at]
    if item.capital:
        return item.low not in words("determiners")
    return item.low not in words("auxiliaries", "prepositions", "subordinators", "determiners", "possessives")


def is_time(unit: Unit, at: int) -> bool:
    """Whether the item is a word of time ("Tuesday", "last", "2016")."""
    word = low(unit, at)
    if word == "may":
        return unit.items[at].capital and low(unit, at + 1)[:1].isdigit()
    if unit.items[at : at + 1] and unit.items[at].capital and word in words("parts") and at > 0 and not unit.headline:
        return False  # "told Morning Parallel"
    return word in words("times") or (word.isdigit() and len(word) in (4, 2, 1))


def is_date(unit: Unit, at: int) -> bool:
    """Whether the item is a day, a month or a year as a name has none ("August", "2013")."""
    word = low(unit, at)
    year = word.isdigit() and word[:2] in ("19", "20") and len(word) == 4
    clock = word[:1].isdigit() and ":" in word
    return year or clock or (is_time(unit, at) and unit.items[at].capital and word != "march")


def has_verb(unit: Unit, piece: Range) -> bool:
    """Whether a range of items could be a clause, not a mere phrase of time or place."""
    return any(
        low(unit, at) in words("auxiliaries") or low(unit, at) in words("past") or low(unit, at) in lexicon().verbs
        or (low(unit, at).endswith(("ed", "s", "ing")) and unit.items[at].kind == "word")
        for at in range(*piece)
    )  # fmt: skip


def has_finite(unit: Unit, piece: Range) -> bool:
    """Whether a range of items holds a verb for certain: an auxiliary, a past form, a cue."""
    for at in range(*piece):
        word = low(unit, at)
        verb = lexicon().verbs.get(word)
        if word in words("auxiliaries", "past"):
            return True
        if verb is not None and verb[1] != "base" and not unit.items[at].capital:
            return True
        if word.endswith("ed") and not unit.items[at].capital and low(unit, at - 1) not in words("determiners"):
            return True
    return False


def before_date(unit: Unit, end: int, floor: int) -> int:
    """Before "on Tuesday" between speaker and verb ("the army on Tuesday said"); ``end`` where no date stands there."""
    at = end
    while at - 1 > floor and is_date(unit, at - 1):
        at -= 1
    dated = at < end and not unit.items[at - 1].capital
    return at - 1 if dated and low(unit, at - 1) in ("on", "late", "early") else at if dated else end
