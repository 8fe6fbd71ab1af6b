"""What the origins of one happening disagree on: slots whose values cannot all be true. Takes no side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, groupby
from typing import Literal, TypeAlias

from sayso.records import CountRange, Dispute, Origin, Slot, StorySide
from sayso.stories.apart import Value, are_apart
from sayso.stories.mentions import Mention

#: Whose dead and wounded are held against each other.
_SIDES = ("people", "fighters", "soldiers")

_ValueOf: TypeAlias = Callable[[Mention], Value | None]


def disputes_of(mentions: Sequence[Mention], origins: Sequence[Origin]) -> tuple[Dispute, ...]:
    """The disputed slots of a story, each with its sides."""
    slots: tuple[tuple[Slot, _ValueOf], ...] = (
        ("occurrence", _occurrence),
        *(("killed", _count("killed", side)) for side in _SIDES),
        *(("injured", _count("injured", side)) for side in _SIDES),
    )
    found = [one for slot, value_of in slots for one in _dispute(slot, value_of, mentions, origins)]
    return tuple(_joined(list(same)) for _, same in groupby(found, key=lambda dispute: dispute.slot))


def _joined(disputes: list[Dispute]) -> Dispute:
    """One dispute a slot: the sides on the dead of one army stand after those on another's."""
    return Dispute(slot=disputes[0].slot, sides=tuple(side for dispute in disputes for side in dispute.sides))


def _dispute(
    slot: Slot, value_of: _ValueOf, mentions: Sequence[Mention], origins: Sequence[Origin]
) -> Iterator[Dispute]:
    """A dispute where two roofs give values that cannot both be true and have none in common."""
    by_roof: dict[str, dict[Value, list[int]]] = {}
    voices: dict[int, str] = {}
    for origin in origins:
        for report in origin.reports:
            voices[report] = origin.voice
            value = value_of(mentions[report])
            if value is not None:
                by_roof.setdefault(origin.roof, {}).setdefault(value, []).append(report)
    apart = {
        roof
        for one, other in combinations(by_roof, 2)
        if all(are_apart(a, b) for a in by_roof[one] for b in by_roof[other])
        for roof in (one, other)
    }
    if apart:
        yield Dispute(slot=slot, sides=_sides([by_roof[roof] for roof in by_roof if roof in apart], voices))


def _sides(values: Sequence[dict[Value, list[int]]], voices: dict[int, str]) -> tuple[StorySide, ...]:
    held: dict[Value, list[int]] = {}
    for one in values:
        for value, reports in one.items():
            held.setdefault(value, []).extend(reports)
    return tuple(
        StorySide(
            value=value if isinstance(value, str) else shown(value),
            origins=tuple(dict.fromkeys(voices[report] for report in sorted(reports))), reports=tuple(sorted(reports)),
        )
        for value, reports in held.items()
    )  # fmt: skip


def shown(count: CountRange) -> str:
    """A range in words: "at least 16", "up to 40", "29", "10 to 15"."""
    low, high = count
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def _occurrence(mention: Mention) -> Value | None:
    stance = mention.first_claim.stance if mention.first_claim else "says"
    if mention.event.modality == "denied" or (stance == "denies" and mention.event.modality == "asserted"):
        return "denied"
    return "asserted" if mention.event.modality == "asserted" and stance == "says" else None


def _count(slot: Literal["killed", "injured"], side: str) -> _ValueOf:
    """What a mention says of how many of one side; what is said of another side's is no contradiction."""

    def value_of(mention: Mention) -> Value | None:
        count: CountRange | None = getattr(mention.event, slot)
        return count if mention.side == side and _occurrence(mention) == "asserted" else None

    return value_of
