"""The file of the map: what map.js reads of it, within the size that a page may load."""

from __future__ import annotations

import json
import string
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import sayso

FILE = Path(sayso.__file__).parent / "serve" / "static" / "world.json"
DIGITS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
LINES = ("land", "borders", "disputed", "provinces")


@pytest.fixture(scope="module")
def world() -> dict[str, Any]:
    return json.loads(FILE.read_text("utf-8"))


def points(text: str, quantum: float) -> list[tuple[float, float]]:
    numbers, number, shift = [], 0, 0
    for digit in map(DIGITS.index, text):
        number |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(-(number + 1) // 2 if number & 1 else number // 2)
            number = shift = 0
    lon = lat = 0
    found = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        lon, lat = lon + dx, lat + dy
        found.append((lon * quantum, lat * quantum))
    return found


def test_it_is_small_enough_to_load_with_a_page() -> None:
    assert FILE.stat().st_size <= 700_000


@pytest.mark.parametrize("name", LINES)
def test_lines_lie_on_the_map_and_never_cross_it(world: dict[str, Any], name: str) -> None:
    for text in world[name].split(" "):
        line = points(text, world["quantum"])
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in line)
        assert all(abs(one[0] - other[0]) < 60 for one, other in pairwise(line))


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(35.75, 33.0), (35.2, 32.5), (33.8, 46.15), (74.5, 34.8)],
    ids=["Golan", "West Bank", "Crimea", "Kashmir"],
)
def test_lines_in_dispute_are_kept_apart(world: dict[str, Any], lon: float, lat: float) -> None:
    near = [
        text
        for text in world["disputed"].split(" ")
        if any(abs(x - lon) < 0.5 and abs(y - lat) < 0.5 for x, y in points(text, world["quantum"]))
    ]
    assert near


def test_names_have_places(world: dict[str, Any]) -> None:
    assert {"Syria", "Iraq", "Ukraine"} <= {row[0] for row in world["countries"]}
    assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for _, lat, lon, *_ in world["countries"] + world["regions"])
