"""What the origins of one happening disagree on: slots whose values cannot all be true. Takes no side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, groupby, product
from typing import TypeAlias

from sayso.records import CountRange, Dispute, Origin, Slot, StorySide
from sayso.stories.apart import Value, are_apart, is_part, is_within, plain
from sayso.stories.elsewhere import days_apart, is_same_deed, places_apart, stated_days, stated_place
from sayso.stories.mentions import Mention
from sayso.stories.sides import is_side, side_of
from sayso.stories.values import count_words, is_brief, victims_of

#: Whose dead and wounded are held against each other.
_SIDES = ("people", "fighters", "soldiers")

_ValueOf: TypeAlias = Callable[[Mention], Value | None]
_AreFar: TypeAlias = Callable[[Mention, Mention], bool]


def disputes_of(mentions: Sequence[Mention], origins: Sequence[Origin]) -> tuple[Dispute, ...]:
    """The disputed slots of a story, each with its sides."""
    deadly = any(mention.dead is not None for mention in mentions)

    def hurt(mention: Mention) -> Value | None:
        # beside the dead, who counts wounded alone counts those that they saw or treat
        return mention.hurt if mention.dead is not None or not deadly else None

    slots: tuple[tuple[Slot, str, _ValueOf], ...] = (
        ("occurrence", "", lambda mention: mention.happened),
        *(("agent", "", _deed_of(agent)) for agent in sorted(_agents(mentions))),
        ("control", "", _held),
        *(("killed", side, _toll(lambda mention: mention.dead, side)) for side in _SIDES),
        *(("injured", side, _toll(hurt, side)) for side in _SIDES),
    )
    found = [one for slot, whom, value_of in slots for one in _dispute(slot, whom, value_of, mentions, origins)]
    found += _elsewhere("place", stated_place, places_apart, mentions, origins)
    found += _elsewhere("date", stated_days, days_apart, mentions, origins)
    return tuple(_joined(list(same)) for _, same in groupby(found, key=lambda dispute: dispute.slot))


def _joined(disputes: list[Dispute]) -> Dispute:
    """One dispute a slot: the sides on the dead of one army stand after those on another's."""
    return Dispute(slot=disputes[0].slot, sides=tuple(side for dispute in disputes for side in dispute.sides))


def _dispute(
    slot: Slot, whom: str, value_of: _ValueOf, mentions: Sequence[Mention], origins: Sequence[Origin]
) -> Iterator[Dispute]:
    """A dispute where two roofs give values that cannot both be true and have none in common.

    ``whom``: whose dead or wounded are counted; said with the count where they are not people in general.
    """
    by_roof, voices = _stated(value_of, mentions, origins)
    exact = {roof: _exact(values) for roof, values in by_roof.items()}
    apart = {
        roof for one, other in combinations(by_roof, 2) if _all_apart(exact[one], exact[other]) for roof in (one, other)
    }
    if apart:
        yield Dispute(slot=slot, sides=_sides(whom, [by_roof[roof] for roof in by_roof if roof in apart], voices))


def _elsewhere(
    slot: Slot, value_of: _ValueOf, are_far: _AreFar, mentions: Sequence[Mention], origins: Sequence[Origin]
) -> Iterator[Dispute]:
    """A dispute where all that two roofs state is apart, though some of it tells the very same deed."""
    by_roof, voices = _stated(value_of, mentions, origins)
    reports = {roof: [n for held in values.values() for n in held] for roof, values in by_roof.items()}
    apart = set()
    for one, other in combinations(by_roof, 2):
        pairs = [(mentions[a], mentions[b]) for a in reports[one] for b in reports[other]]
        if all(are_far(a, b) for a, b in pairs) and any(is_same_deed(a, b) for a, b in pairs):
            apart |= {one, other}
    if apart:
        yield Dispute(slot=slot, sides=_sides("", [by_roof[roof] for roof in by_roof if roof in apart], voices))


def _stated(
    value_of: _ValueOf, mentions: Sequence[Mention], origins: Sequence[Origin]
) -> tuple[dict[str, dict[Value, list[int]]], dict[int, str]]:
    """What each roof gives to a slot, with its reports; and the voice of each report."""
    by_roof: dict[str, dict[Value, list[int]]] = {}
    voices = {report: origin.voice for origin in origins for report in origin.reports}
    spelt: dict[str, Value] = {}
    for origin in origins:
        for report in origin.reports:
            value = value_of(mentions[report])
            if value is not None:
                value = spelt.setdefault(plain(value), value) if isinstance(value, str) else value
                by_roof.setdefault(origin.roof, {}).setdefault(value, []).append(report)
    return by_roof, voices


def _all_apart(values: Iterable[Value], others: Iterable[Value]) -> bool:
    """Whether no value of one origin can be true beside one of the other's; parts are left out."""
    pairs = [(a, b) for a, b in product(values, others) if not is_part(a, b)]
    return bool(pairs) and all(are_apart(a, b) for a, b in pairs)


def _exact(values: Iterable[Value]) -> list[Value]:
    """Without what is vaguer than another: who says "18" and "at least 18" says 18."""
    values = list(values)
    return [one for one in values if not any(one != other and is_within(other, one) for other in values)]


def _sides(whom: str, values: Sequence[dict[Value, list[int]]], voices: dict[int, str]) -> tuple[StorySide, ...]:
    held: dict[Value, list[int]] = {}
    for one in values:
        for value, reports in one.items():
            held.setdefault(value, []).extend(reports)
    return tuple(
        StorySide(
            value=value if isinstance(value, str) else _counted(value, whom),
            origins=tuple(dict.fromkeys(voices[report] for report in sorted(reports))), reports=tuple(sorted(reports)),
        )
        for value, reports in held.items()
    )  # fmt: skip


def _counted(count: CountRange, whom: str) -> str:
    words = count_words(count)
    if whom in ("", "people"):
        return words
    return f"{words} {whom.removesuffix('s') if words.split()[-1] == '1' else whom}"


def _agents(mentions: Sequence[Mention]) -> set[str]:
    return {side_of(mention.event.agent) for mention in mentions if mention.event.agent}


def _deed_of(agent: str) -> _ValueOf:
    """Whether one side did it: who names another may speak of a part, or call the same men otherwise."""
    return lambda mention: mention.deed if mention.event.agent and side_of(mention.event.agent) == agent else None


def _held(mention: Mention) -> Value | None:
    """Who is said to hold or have taken a place, where that is a side."""
    who = (mention.held or "").partition(" by ")[2]
    return mention.held if not who or is_side(who) else None


def _toll(count: _ValueOf, side: str) -> _ValueOf:
    """What a mention says of how many of one side; what is said of another side's is no contradiction, nor is what
    sums up many days."""

    def value_of(mention: Mention) -> Value | None:
        fits = victims_of(mention.event) == side and is_brief(mention.event)
        return count(mention) if fits else None

    return value_of
