"""The mentions of many articles as columns of numbers, so that one is compared with thousands at a time.

Row n of every column is the n-th mention; words, places and agents are numbers in one vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import nan
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from sayso.records import CountRange, EventType, Place
from sayso.stories.mentions import Mention, Sketch, folded_words
from sayso.stories.values import victims_of
from sayso.stories.whereabouts import core_words, is_country, is_region

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

TYPES: tuple[str, ...] = get_args(EventType)
_TYPE = {kind: number for number, kind in enumerate(TYPES)}
_SIDES = {"people": 0, "fighters": 1, "soldiers": 2}

#: Stands for a day, a place or an agent that is not given.
NONE = -1


class Column:
    """Numbers that grow at the end; room is doubled, so that adding one costs the same however many there are."""

    def __init__(self, kind: type[Any]) -> None:
        self._room: NDArray[Any] = np.empty(1024, dtype=kind)
        self._size = 0

    def extend(self, values: Sequence[Any] | NDArray[Any]) -> None:
        size = self._size + len(values)
        if size > len(self._room):
            room = np.empty(max(size, 2 * len(self._room)), dtype=self._room.dtype)
            room[: self._size] = self._room[: self._size]
            self._room = room
        self._room[self._size : size] = values
        self._size = size

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> NDArray[Any]:
        return self._room[: self._size]


class Lists:
    """A list of numbers for each row: its members stand in one column, one row behind the other."""

    def __init__(self) -> None:
        self._members, self._ends = Column(np.int32), Column(np.int64)
        self._ends.extend([0])

    def append(self, members: Sequence[int]) -> None:
        self._members.extend(members)
        self._ends.extend([len(self._members)])

    def of(self, row: int) -> Ints:
        ends = self._ends.values
        return self._members.values[ends[row] : ends[row + 1]]

    def lengths(self, rows: NDArray[Any]) -> NDArray[np.int64]:
        ends = self._ends.values
        return np.asarray(ends[rows + 1] - ends[rows], dtype=np.int64)

    def gathered(self, rows: NDArray[Any]) -> tuple[Ints, NDArray[np.int64]]:
        """The members of many rows behind each other, and where in that each row begins."""
        lengths = self.lengths(rows)
        starts = np.concatenate(([0], np.cumsum(lengths)))
        within = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
        return self._members.values[np.repeat(self._ends.values[rows], lengths) + within], starts[:-1]

    def __len__(self) -> int:
        return len(self._ends) - 1

    @property
    def members(self) -> Ints:
        return self._members.values


class Columns:
    """All mentions of the sketches added so far, article by article."""

    def __init__(self) -> None:
        self.vocabulary: dict[object, int] = {}
        self.articles: list[str] = []
        self.first_rows = Column(np.int64)
        self.first_rows.extend([0])
        self.article, self.number, self.sentence, self.published = (Column(np.int32) for _ in range(4))
        self.type, self.victims = Column(np.int8), Column(np.int8)
        self.planned, self.counted, self.hurt = (Column(np.bool_) for _ in range(3))
        self.start, self.end, self.place, self.within, self.agent = (Column(np.int32) for _ in range(5))
        self.low, self.high, self.lowest_hurt, self.highest_hurt = (Column(np.float32) for _ in range(4))
        self.lat, self.lon = Column(np.float32), Column(np.float32)
        self.number_of_place, self.country, self.division = (Column(np.int32) for _ in range(3))
        self.is_country, self.is_region, self.elsewhere = (Column(np.bool_) for _ in range(3))
        self.words, self.place_words, self.agent_words, self.article_words = (Lists() for _ in range(4))

    def add(self, sketch: Sketch) -> int:
        """Adds an article's mentions behind the others; gives the article's number."""
        number, mentions = len(self.articles), sketch.mentions
        self.articles.append(sketch.article)
        self.first_rows.extend([self.first_rows.values[-1] + len(mentions)])
        self.article_words.append(self._codes(sketch.words))
        for mention in mentions:
            self.words.append(self._codes(mention.words))
            self.place_words.append(self._codes(core_words(mention.event.place)))
            self.agent_words.append(self._codes(_folded(mention.event.agent)))
        for column, values in zip(self._numbers(), self._values(number, mentions), strict=True):
            column.extend(values)
        return number

    def _numbers(self) -> tuple[Column, ...]:
        return (
            self.article, self.number, self.sentence, self.published, self.type, self.planned, self.victims,
            self.start, self.end, self.agent, self.counted, self.low, self.high, self.hurt, self.lowest_hurt,
            self.highest_hurt, self.place, self.within, self.elsewhere, self.lat, self.lon, self.number_of_place,
            self.country, self.division, self.is_country, self.is_region,
        )  # fmt: skip

    def _values(self, number: int, mentions: Sequence[Mention]) -> Iterable[list[Any]]:
        events = [mention.event for mention in mentions]
        yield [number] * len(mentions)
        yield [mention.number for mention in mentions]
        yield [mention.sentence_number for mention in mentions]
        yield [_day(mention.published) for mention in mentions]
        yield [_TYPE[event.type] for event in events]
        yield [event.modality == "planned" for event in events]
        yield [_SIDES[victims_of(event)] for event in events]
        yield [_day(event.date[0]) if event.date else NONE for event in events]
        yield [_day(event.date[1]) if event.date else NONE for event in events]
        yield [self._code(_folded(event.agent)) if event.agent else NONE for event in events]
        for counts in ([event.killed for event in events], [event.injured for event in events]):
            yield [count is not None for count in counts]
            yield [_bounds(count)[0] for count in counts]
            yield [_bounds(count)[1] for count in counts]
        yield from self._places(mentions)

    def _places(self, mentions: Sequence[Mention]) -> Iterable[list[Any]]:
        events, spots = [mention.event for mention in mentions], [mention.spot for mention in mentions]
        yield [self._code(core_words(event.place)) if event.place else NONE for event in events]
        yield [self._code(core_words(event.place_in)) if core_words(event.place_in) else NONE for event in events]
        yield [mention.placed_elsewhere for mention in mentions]
        yield [_point(spot)[0] for spot in spots]
        yield [_point(spot)[1] for spot in spots]
        yield [spot.geonameid if spot and spot.geonameid else NONE for spot in spots]
        yield [self._code((spot.country,)) if spot and spot.country else NONE for spot in spots]
        yield [self._code((spot.country, spot.admin1)) if spot and spot.admin1 else NONE for spot in spots]
        yield [is_country(spot) for spot in spots]
        yield [is_region(spot) for spot in spots]

    def _code(self, name: object) -> int:
        return self.vocabulary.setdefault(name, len(self.vocabulary))

    def _codes(self, words: Iterable[str]) -> list[int]:
        return [self._code(word) for word in words]

    def rows_of(self, article: int) -> NDArray[np.int64]:
        first = self.first_rows.values
        return np.arange(first[article], first[article + 1])

    def __len__(self) -> int:
        return len(self.article)


def _folded(name: str | None) -> frozenset[str]:
    return frozenset(folded_words(name or ""))


def _day(day: str | None) -> int:
    try:
        return date.fromisoformat(day).toordinal() if day else NONE
    except ValueError:
        return NONE


def _bounds(count: CountRange | None) -> tuple[float, float]:
    low, high = count or (None, None)
    return (nan if low is None else low, nan if high is None else high)


def _point(spot: Place | None) -> tuple[float, float]:
    if spot is None or spot.lat is None or spot.lon is None:
        return nan, nan
    return spot.lat, spot.lon
