"""What an event's slots may be filled with: every place, time and party that the text names, as candidates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sayso.events.scene import Scene
from sayso.events.sides import Party, read_parties
from sayso.events.where import Spot, read_spots
from sayso.records import Span, Time


@dataclass(frozen=True)
class Choices:
    """The candidates of one article, each kind in text order."""

    scene: Scene

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Place names that an event may have happened at."""
        return tuple(spot for passage in self.scene.passages for spot in read_spots(self.scene, passage))

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """Time expressions with days."""
        return tuple(time for time in self.scene.times if time.start is not None and time.end is not None)

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """Whom the text names that may act or be acted on."""
        return tuple(party for number in range(len(self.scene.passages)) for party in read_parties(self.scene, number))

    @cached_property
    def rows(self) -> tuple[tuple[str, Span], ...]:
        """Kind and span of all: places, then times, then parties."""
        return (
            *(("place", spot.span) for spot in self.spots),
            *(("time", time.span) for time in self.times),
            *(("party", party.span) for party in self.parties),
        )
