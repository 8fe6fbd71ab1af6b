"""A story: the claims of many articles that speak of one happening. Field for field the contract ``sayso.story/1``."""

from __future__ import annotations

from typing import Literal, TypeAlias

from sayso.records.base import DayRange, Record, Span
from sayso.records.reading import EventType

STORY_SCHEMA: Literal["sayso.story/1"] = "sayso.story/1"

Slot: TypeAlias = Literal["occurrence", "agent", "killed", "injured", "place", "date", "control"]
Status: TypeAlias = Literal["disputed", "corroborated", "single-source"]


class StoryPlace(Record, frozen=True, kw_only=True):
    """Where it happened; a place that could not be resolved has a name alone."""

    name: str
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    country: str | None = None


class Report(Record, frozen=True, kw_only=True):
    """One mention of the happening: the event of one article, its claim, and the voices of that claim's chain.

    ``event`` is the index in the reading's events; ``copied_from`` the article whose passage this repeats.
    """

    article: str
    trigger: Span
    type: EventType
    event: int
    claim: str | None
    chain: tuple[str, ...]
    copied_from: str | None = None


class Origin(Record, frozen=True, kw_only=True):
    """A first voice, the roof it stands under, and the reports (by index) that go back to it."""

    voice: str
    roof: str
    party: bool
    reports: tuple[int, ...]


class StorySide(Record, frozen=True, kw_only=True):
    """One value of a disputed slot: the origins that state it, and their reports by index."""

    value: str
    origins: tuple[str, ...]
    reports: tuple[int, ...]


class Dispute(Record, frozen=True, kw_only=True):
    """A slot on which the claims of a story cannot all be true. Takes no side."""

    slot: Slot
    sides: tuple[StorySide, ...]


class Story(Record, frozen=True, kw_only=True):
    """One happening, as many articles tell it."""

    schema: Literal["sayso.story/1"] = STORY_SCHEMA
    id: str
    title: str
    type: EventType
    place: StoryPlace | None
    date: DayRange | None
    reports: tuple[Report, ...]
    origins: tuple[Origin, ...]
    independent_origins: int
    status: Status
    disputes: tuple[Dispute, ...] = ()
