"""How the places of many mentions lie to each other, in numbers: the arithmetic of ``whereabouts``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.stories.arrays import NONE, Floats
from sayso.stories.shared import Spots
from sayso.stories.traits import DISTANCES

Rows = NDArray[np.int64]
Choices = Iterator[tuple[NDArray[np.bool_], str]]


def place_choices(spots: Spots, rows: Rows, others: Rows, in_common: Floats) -> Choices:
    """Where each trait of ``PLACES`` holds, in the order of ``place_trait``; the first that holds is the pair's."""
    a, b = spots.name.values[rows][:, None], spots.name.values[others]
    yield (a == NONE) & (b == NONE), "no places"
    yield (a == NONE) | (b == NONE), "place of one"
    yield from _wide(spots, rows, others)
    yield (a == b) | _same(spots.number.values, rows, others), "same place"
    inside_a, inside_b = spots.within.values[rows][:, None], spots.within.values[others]
    yield ((a == inside_b) & (a != NONE)) | ((b == inside_a) & (b != NONE)), "place within"
    yield in_common > 0, "part of the name"
    yield from _by_distance(spots, rows, others)


def _wide(spots: Spots, rows: Rows, others: Rows) -> Choices:
    a, b = spots.is_country.values[rows][:, None], spots.is_country.values[others]
    yield a & b & _same(spots.number.values, rows, others), "same country"
    yield a & b, "far away"
    country = spots.country.values
    yield (a | b) & ((country[rows][:, None] == NONE) | (country[others] == NONE)), "country and unknown"
    yield (a | b) & _same(country, rows, others), "within the country"
    yield a | b, "far away"
    a, b = spots.is_region.values[rows][:, None], spots.is_region.values[others]
    one_division = _same(spots.division.values, rows, others)
    yield one_division & a & b, "same region"
    yield one_division & (a | b), "place within"


def _same(values: NDArray[Any], rows: Rows, others: Rows) -> NDArray[np.bool_]:
    return np.asarray((values[rows][:, None] == values[others]) & (values[others] != NONE))


def _by_distance(spots: Spots, rows: Rows, others: Rows) -> Choices:
    apart = _kilometres(spots, rows, others)
    for most, trait in DISTANCES:
        yield apart <= most, trait
    yield np.isnan(apart), "other name"
    yield np.ones(apart.shape, dtype=bool), "far away"


def _kilometres(spots: Spots, rows: Rows, others: Rows) -> Floats:
    """Great-circle distances; not a number where one of two has no point."""
    lat, lon = spots.lat.values, spots.lon.values
    north, south = np.radians(lat[rows])[:, None], np.radians(lat[others])
    half = np.sin((north - south) / 2) ** 2
    half += np.cos(north) * np.cos(south) * np.sin(np.radians(lon[rows][:, None] - lon[others]) / 2) ** 2
    return np.asarray(12742.0 * np.arcsin(np.minimum(1.0, np.sqrt(half))))
