"""When two values of one slot cannot both be true, and which of many belong together because of that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from sayso.records import CountRange

#: What a claim gives to a slot.
Value: TypeAlias = str | CountRange

#: Names of sides that name nobody: one writer's rebels are another's terrorists, and the same men.
_NAMELESS = frozenset("extremists fighters gunmen insurgents jihadists militants opposition rebels terrorists".split())


def are_apart(one: Value, other: Value) -> bool:
    """Whether two values cannot both be true: other words, or ranges with no number in common."""
    if isinstance(one, str) and isinstance(other, str):
        return _plain(one) != _plain(other)
    if isinstance(one, str) or isinstance(other, str):
        return True
    return ends_below(one, other) or ends_below(other, one)


def _plain(value: str) -> str:
    """The value with one word for every side that it does not name, and allies in one order."""
    deed, by, who = value.partition(" by ")
    if not by:
        return value
    allies = " and ".join(sorted(who.casefold().split(" and ")))
    return f"{deed} by {'somebody' if allies in _NAMELESS else allies}"


def ends_below(one: CountRange, other: CountRange) -> bool:
    """Whether the one count is below the other, whatever their open ends are."""
    return one[1] is not None and other[0] is not None and one[1] < other[0]


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
