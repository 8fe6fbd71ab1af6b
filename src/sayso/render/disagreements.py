"""What the origins within one article disagree on: slots on which their claims cannot all be true. Takes no side.

Two claims are held against each other only where they may speak of one happening: the same group of event
types, places and days that can be the same, the same kind of victims. A figure, a denial or a holder that is
merely missing is no disagreement. Precision before recall: two sides that both shell one place may both be right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Literal, TypeAlias

from sayso.records import Claim, Event, Reading, Record
from sayso.render.groups import event_of, origin_of
from sayso.render.wording import days_words, one_line, type_words
from sayso.stories.apart import Value, are_apart, components
from sayso.stories.kinds import group_of
from sayso.stories.values import authorship, count_words, dead, holder, hurt, is_brief, occurrence, victims_of

Slot: TypeAlias = Literal["occurrence", "agent", "killed", "injured", "control"]

#: More claims than any article holds; a hostile reading cannot make the comparison of all pairs long.
_MAX_CLAIMS = 300

#: So few dead that an article tells of itself (a woman's two cousins, a child in a photograph) are no toll of their own
#: beside one of ``_TOLL`` or more.
_FEW, _TOLL = 3, 10


class Side(Record, frozen=True, kw_only=True):
    """One value and the claims that state it."""

    value: str
    claims: tuple[Claim, ...]

    @property
    def origins(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(origin_of(claim) or "the article itself" for claim in self.claims))

    @property
    def parties(self) -> frozenset[str]:
        """Those of the origins that take part in what they speak of."""
        return frozenset(origin_of(claim) or "" for claim in self.claims if claim.interested)


class Disagreement(Record, frozen=True, kw_only=True):
    """A slot of what seems one happening, with two sides or more, in the order of the text."""

    slot: Slot
    about: str
    sides: tuple[Side, ...]


class _Told(Record, frozen=True, kw_only=True):
    """A claim with its event, its origin and the value that it gives to the slot in question."""

    claim: Claim
    event: Event
    origin: str
    value: Value


_ValueOf: TypeAlias = Callable[[Reading, Event, Claim], Value | None]
_Meet: TypeAlias = Callable[[Event, Event], bool]


def disagreements(reading: Reading) -> tuple[Disagreement, ...]:
    """All disagreements between origins within one reading, by slot, then in the order of the text."""
    slots: tuple[tuple[Slot, _ValueOf, _Meet], ...] = (
        ("occurrence", occurrence, _one_happening),
        ("agent", authorship, _one_deed),
        ("killed", dead, _one_toll),
        ("injured", hurt, _one_toll),
        ("control", holder, _one_prize),
    )
    return tuple(
        _disagreement(slot, told)
        for slot, value_of, meet in slots
        for told in _toldare_apart(_tellings(reading, value_of), meet)
    )


def _tellings(reading: Reading, value_of: _ValueOf) -> list[_Told]:
    """The claims that give the slot a value, in the order of the text."""
    found = []
    for claim in sorted(reading.claims, key=lambda claim: claim.content[:1]):
        event = event_of(reading, claim)
        value = value_of(reading, event, claim) if event else None
        if event and value is not None:
            found.append(_Told(claim=claim, event=event, origin=origin_of(claim) or "", value=value))
    return found[:_MAX_CLAIMS]


def _toldare_apart(told: list[_Told], meet: _Meet) -> Iterator[list[_Told]]:
    """Groups of claims that speak of one happening with values that cannot all be true.

    Two origins with a value in common do not disagree: the others then are parts of it, or earlier counts
    (an organisation's 31 dead of whom 10 died on a bus, against the article's own "more than 30").
    """
    apart, agreed = [], set()
    for (i, one), (j, other) in combinations(enumerate(told), 2):
        if one.origin != other.origin and meet(one.event, other.event):
            if _some_of(one, other) or _some_of(other, one):
                continue
            if are_apart(one.value, other.value):
                apart.append((i, j))
            else:
                agreed.add(frozenset((one.origin, other.origin)))
    edges = [(i, j) for i, j in apart if frozenset((told[i].origin, told[j].origin)) not in agreed]
    for members in components(edges):
        yield [told[index] for index in members]


def _disagreement(slot: Slot, told: list[_Told]) -> Disagreement:
    sides: dict[Value, list[Claim]] = {}
    for one in told:
        sides.setdefault(one.value, []).append(one.claim)
    return Disagreement(
        slot=slot,
        about=_about(slot, [one.event for one in told]),
        sides=tuple(
            Side(value=one_line(value) if isinstance(value, str) else count_words(value), claims=tuple(claims))
            for value, claims in sides.items()
        ),
    )


def _about(slot: Slot, events: list[Event]) -> str:
    """Type, place and days of a happening, from its first mention that gives each."""
    place = next((one_line(event.place) for event in events if event.place), None)
    days = next((days_words(event.date) for event in events if event.date), None)
    kind = None if slot == "control" else type_words(events[0])
    return ", ".join(part for part in (kind, place, days) if part)


# Which two events may be one happening.


def _one_happening(one: Event, other: Event) -> bool:
    """What both say of type group, place, days and victims is alike."""
    if group_of(one.type) != group_of(other.type):
        return False
    if one.place and other.place and not _alike(one.place, other.place):
        return False
    return victims_of(one) == victims_of(other) and _days_meet(one, other)


def _one_deed(one: Event, other: Event) -> bool:
    """One happening by one agent; to deny it of one target is not to deny it of another."""
    denial = one if one.modality == "denied" else other
    told = other if denial is one else one
    narrower = denial.patient is not None and not _alike(denial.patient, told.patient)
    return _one_happening(one, other) and _alike(one.agent, other.agent) and not narrower


def _one_toll(one: Event, other: Event) -> bool:
    return _one_happening(one, other) and is_brief(one) and is_brief(other)


def _one_prize(one: Event, other: Event) -> bool:
    """One place at one time, not said of the same holder: who repels an attack still holds what he took."""
    same_holder = _alike(one.agent, other.agent)
    return _alike(one.place, other.place) and _days_meet(one, other) and (one.type == other.type or not same_holder)


def _days_meet(one: Event, other: Event) -> bool:
    if one.date is None or other.date is None:
        return True
    return one.date[0] <= other.date[1] and other.date[0] <= one.date[1]


def _alike(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.casefold() == other.casefold()


def _some_of(few: _Told, all_: _Told) -> bool:
    """Whether one count tells of a few single dead in the article's own words and the other is a toll."""
    if isinstance(few.value, str) or isinstance(all_.value, str) or few.claim.attribution is not None:
        return False
    return (few.value[1] or _TOLL) <= _FEW and (all_.value[0] or 0) >= _TOLL
