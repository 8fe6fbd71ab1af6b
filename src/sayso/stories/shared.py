"""Values that many mentions share (their days, places, counts and agents): each set of them once, by a number.

Mentions are many and what they say of a slot is little: two are compared by comparing the sets that they hold.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable
from datetime import date
from math import nan
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from sayso.records import CountRange, Day, DayRange, Place
from sayso.stories.arrays import NONE, Column, Lists
from sayso.stories.mentions import folded_words
from sayso.stories.whereabouts import core_words, is_country, is_region

Rows = NDArray[Any]

#: What a comparison of some numbers with others gives for each pair.
Comparing: TypeAlias = Callable[[Rows, Rows], NDArray[Any]]

K = TypeVar("K", bound=Hashable)


class Vocabulary(dict[Hashable, int]):
    """A number for each word and each name, in the order in which they came."""

    def __missing__(self, name: Hashable) -> int:
        self[name] = number = len(self)
        return number


class Shared(ABC, Generic[K]):
    """Sets of values, each once: those of set n stand at n in the columns."""

    def __init__(self) -> None:
        self._numbers: dict[K, int] = {}

    def number_of(self, key: K) -> int:
        """The number of a set, which is taken in where it is new."""
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._numbers)
            self._take(key)
        return number

    @abstractmethod
    def _take(self, key: K) -> None:
        """Puts the values of a new set at the end of the columns."""


class Days(Shared[DayRange | None]):
    """First and last day, as ordinal numbers; ``NONE`` where no day is given."""

    def __init__(self) -> None:
        super().__init__()
        self.start, self.end = Column(np.int32), Column(np.int32)

    def _take(self, key: DayRange | None) -> None:
        self.start.extend([ordinal(key[0] if key else None)])
        self.end.extend([ordinal(key[1] if key else None)])


class Agents(Shared[str | None]):
    """The words of an agent's name; ``name`` is one number for names of the same words, ``NONE`` for no name."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self.name, self.words = Column(np.int32), Lists()

    def _take(self, key: str | None) -> None:
        folded = frozenset(folded_words(key or ""))
        self.name.extend([self._vocabulary[folded] if key else NONE])
        self.words.append([self._vocabulary[word] for word in folded])


class Tolls(NamedTuple):
    """What a mention says of the killed and the injured. ``planned`` events have none of either yet."""

    killed: CountRange | None
    injured: CountRange | None
    victims: int
    planned: bool


class Counts(Shared[Tolls]):
    """Killed and injured from ``low`` to ``high``, not a number at an open end; whether they are ``counted`` at all."""

    def __init__(self) -> None:
        super().__init__()
        self.victims = Column(np.int8)
        self.planned, self.counted, self.hurt = (Column(np.bool_) for _ in range(3))
        self.low, self.high, self.lowest_hurt, self.highest_hurt = (Column(np.float32) for _ in range(4))

    def _take(self, key: Tolls) -> None:
        self.victims.extend([key.victims])
        self.planned.extend([key.planned])
        self.counted.extend([key.killed is not None])
        self.hurt.extend([key.injured is not None])
        bounds = (*_bounds(key.killed), *_bounds(key.injured))
        for column, bound in zip((self.low, self.high, self.lowest_hurt, self.highest_hurt), bounds, strict=True):
            column.extend([bound])


class Where(NamedTuple):
    """A mention's place as its text has it, and as it was found; ``elsewhere``: the context's, not its sentence's."""

    place: str | None
    place_in: str | None
    elsewhere: bool
    name: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    country: str | None
    admin1: str | None


class Spots(Shared[Where]):
    """Places: words of their names, what they lie in, their points; ``NONE`` for what is not known."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self.name, self.within, self.number, self.country, self.division = (Column(np.int32) for _ in range(5))
        self.is_country, self.is_region, self.elsewhere = (Column(np.bool_) for _ in range(3))
        self.lat, self.lon, self.words = Column(np.float32), Column(np.float32), Lists()

    def _take(self, key: Where) -> None:
        code = self._vocabulary.__getitem__
        words, within = core_words(key.place), core_words(key.place_in)
        spot = Place(
            span=(0, 1), name=key.name, lat=key.lat, lon=key.lon, geonameid=key.geonameid, country=key.country,
            admin1=key.admin1,
        )  # fmt: skip
        self.name.extend([code(words) if key.place else NONE])
        self.within.extend([code(within) if within else NONE])
        self.number.extend([key.geonameid or NONE])
        self.country.extend([code((key.country,)) if key.country else NONE])
        self.division.extend([code((key.country, key.admin1)) if key.admin1 else NONE])
        self.is_country.extend([is_country(spot)])
        self.is_region.extend([is_region(spot)])
        self.elsewhere.extend([key.elsewhere])
        pointed = key.lat is not None and key.lon is not None
        self.lat.extend([key.lat if pointed else nan])
        self.lon.extend([key.lon if pointed else nan])
        self.words.append([code(word) for word in words])


def spread(compare: Comparing, key: Column, rows: Rows, others: Rows) -> NDArray[Any]:
    """What a comparison of the values of a column finds for all rows that have them."""
    return each_once(compare, key.values[rows], key.values[others])


def each_once(compare: Comparing, values: Rows, others: Rows) -> NDArray[Any]:
    """What a comparison of values finds, made once for each pair of different ones."""
    ours, back = np.unique(values, return_inverse=True)
    theirs, back_theirs = np.unique(others, return_inverse=True)
    return compare(ours, theirs)[back][:, back_theirs]


def ordinal(day: Day | None) -> int:
    """A day as a number; ``NONE`` where there is none, or one that the calendar does not have."""
    try:
        return date.fromisoformat(day).toordinal() if day else NONE
    except ValueError:
        return NONE


def _bounds(count: CountRange | None) -> tuple[float, float]:
    low, high = count or (None, None)
    return (nan if low is None else low, nan if high is None else high)
