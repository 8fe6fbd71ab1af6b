"""Whom a name of a side means: one army goes by many names, and one writer's rebels are another's terrorists."""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.text.tables import toml_table
from sayso.voices import roof_of

#: A side that nobody names, and a state whose name is not given.
SOMEBODY, A_STATE = "somebody", "a state"

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def side_of(name: str) -> str:
    """The authority that a side stands under; for a side without a name what kind of side it is.

    >>> side_of("Daesh"), side_of("Syrian warplanes"), side_of("regime forces"), side_of("Islamist rebels")
    ('Islamic State', 'Syrian government', 'a state', 'somebody')
    """
    roof = roof_of(name)
    if roof is not None and not roof.endswith(" opposition"):
        return roof
    words = set(_WORD.findall(name.casefold()))
    if roof is not None or words & _list("nameless"):
        return SOMEBODY
    return A_STATE if words & _list("of_a_state") else name.casefold().removeprefix("the ")


def is_side(name: str) -> bool:
    """Whether a name is one of a side: words in small letters that are known for none ("a convoy") are not."""
    return name != name.casefold() or side_of(name) in (SOMEBODY, A_STATE)


def may_be_one(one: str, other: str) -> bool:
    """Whether two names may mean one side, or sides that hold a place together."""
    return any(_meet(a, b) for a in _allies(one) for b in _allies(other))


def _allies(names: str) -> set[str]:
    return {side_of(name) for name in names.split(" and ")}


def _meet(one: str, other: str) -> bool:
    if one == other:
        return True
    if A_STATE in (one, other):
        return _is_state(one) and _is_state(other)
    return SOMEBODY in (one, other) and not _is_state(one) and not _is_state(other)


def _is_state(side: str) -> bool:
    return side == A_STATE or side.endswith((" government", " state"))


def _list(name: str) -> frozenset[str]:
    return frozenset(toml_table("stories", "words.toml")[name])
