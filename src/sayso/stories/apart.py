"""When two values of one slot cannot both be true, and which of many belong together because of that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from sayso.records import CountRange
from sayso.stories.sides import may_be_one, side_of

#: What a claim gives to a slot.
Value: TypeAlias = str | CountRange

#: So few beside so many are some of them: one child that was pulled out, not a toll.
FEW, MANY = 3, 10


def are_apart(one: Value, other: Value) -> bool:
    """Whether two values cannot both be true: other words, or ranges with no number in common."""
    if isinstance(one, str) and isinstance(other, str):
        return _words_apart(one, other)
    if isinstance(one, str) or isinstance(other, str):
        return True
    return ends_below(one, other) or ends_below(other, one)


def _words_apart(one: str, other: str) -> bool:
    """Whether two deeds, holders or answers contradict each other, whatever their sides are called."""
    who, other_who = one.partition(" by ")[2], other.partition(" by ")[2]
    if who and other_who:
        return not may_be_one(who, other_who)
    return _answer(one) != _answer(other)


def plain(value: str) -> str:
    """What a value says whatever its spelling: allies in one order."""
    deed, by, who = value.casefold().partition(" by ")
    return f"{deed} by {' and '.join(sorted(who.split(' and ')))}" if by else deed


def _answer(value: str) -> str:
    """The value with its author's side in place of the name."""
    author, colon, answer = value.partition(": ")
    return f"{side_of(author)}: {answer}" if colon else plain(value)


def ends_below(one: CountRange, other: CountRange) -> bool:
    """Whether the one count is below the other, whatever their open ends are."""
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def is_part(one: Value, other: Value) -> bool:
    """Whether one of two counts is so small beside the other that whoever gives it speaks of some of them."""
    if isinstance(one, str) or isinstance(other, str):
        return False
    few, many = sorted((one, other), key=lambda count: count[0] or 0)
    return few[1] is not None and few[1] <= FEW and (many[0] or 0) >= MANY


def is_within(one: Value, other: Value) -> bool:
    """Whether the one count says all that the other says, or more."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    low = other[0] is None or (one[0] is not None and one[0] >= other[0])
    return low and (other[1] is None or (one[1] is not None and one[1] <= other[1]))


def components(edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected components of a graph, each in order, ordered by their first member."""
    home: dict[int, list[int]] = {}
    for one, other in edges:
        first, second = home.setdefault(one, [one]), home.setdefault(other, [other])
        if first is not second:
            # the smaller one moves, so that many edges cost little more than their number
            first, second = (first, second) if len(first) >= len(second) else (second, first)
            first.extend(second)
            home.update(dict.fromkeys(second, first))
    return sorted(sorted(members) for members in {id(members): members for members in home.values()}.values())
