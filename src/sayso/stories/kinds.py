"""Groups of event types that reports of one happening interchange: the groups of the measure."""

from __future__ import annotations

_GROUPS = {
    kind: group
    for group, kinds in {
        "attack": "air_strike shelling bombing suicide_bombing chemical_attack attack_on_civilians casualties",
        "battle": "offensive armed_clash",
        "territory": "territory_taken control withdrawal",
    }.items()
    for kind in kinds.split()
}

#: Groups apart that one happening may still join: a fight ends with a place taken, an attack wrecks a house.
_JOIN = {
    frozenset(pair)
    for pair in (
        ("casualties", "battle"), ("property_destruction", "attack"), ("battle", "territory"),
        ("other_conflict", "territory"), ("other_conflict", "battle"), ("displacement", "agreement"),
    )
}  # fmt: skip


def group_of(kind: str) -> str:
    """The group of an event type; a type of no group is its own."""
    return _GROUPS.get(kind, kind)


def kinship(one: str, other: str) -> int:
    """3 for one type, 2 for one group, 1 for groups that one happening may join, 0 for strangers."""
    if one == other:
        return 3
    a, b = group_of(one), group_of(other)
    if a == b:
        return 2
    return int(any(frozenset(pair) in _JOIN for pair in ((a, b), (one, b), (a, other))))
