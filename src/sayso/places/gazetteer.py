"""The compiled gazetteer: read in place from two files, nothing parsed, nothing copied.

``names.marisa`` maps keys (see ``folding``) to numbers. ``gazetteer.bin`` is a line of JSON that says where each
column begins, then the columns, little-endian: ``starts``/``places`` give each key's places, ``name_starts``/
``names`` each place's main name, and the rest one number a place. ``scripts/build_gazetteer.py`` writes both.
Memory-mapped, so that a thousand workers on one machine share one copy, and without numpy, whose import alone
takes longer than the whole of this.
"""

from __future__ import annotations

import json
import mmap
import sys
from array import array
from collections.abc import Iterator
from functools import cache, lru_cache
from heapq import nlargest
from math import floor
from pathlib import Path
from typing import Any, NamedTuple

from sayso.places.folding import loose_key, plain_key
from sayso.records import DataError

FOLDER = Path(__file__).parent / "data"

KINDS = ("town", "capital", "country", "state", "county")

#: Columns of one number a place: name -> type code of ``array``.
COLUMNS = {"lat": "f", "lon": "f", "population": "I", "geonameid": "I", "region": "H", "kind": "B"}

#: Set on a place in ``places`` where the key is its main name.
MAIN_NAME = 1 << 31

_MAGIC = "sayso.gazetteer/1"
_LISTS = {"starts": "I", "places": "I", "name_starts": "I", "names": "B"}

#: A name that more places share than this is read up to here ("San José" has 236; none that matters has more).
MAX_PLACES = 400


class Candidate(NamedTuple):
    """One place that a name may mean. ``main``: the name is the place's main one, not one of its others."""

    name: str
    lat: float
    lon: float
    population: int
    geonameid: int | None
    country: str | None
    admin1: str | None
    kind: str
    main: bool


class Gazetteer:
    """Names to places.

    Raises:
        DataError: on opening, where a file is missing or is not what the build script wrote.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._trie = _trie(folder / "names.marisa")
        self._regions, self._columns = _columns(folder / "gazetteer.bin")
        # Names recur within a text and between texts; 4,096 of them take a few megabytes.
        self._at = lru_cache(maxsize=4096)(self._read)
        self._towns: dict[tuple[int, int], array[int]] = {}
        if len(self._columns["starts"]) != len(self._trie) + 1:
            raise _damaged(folder, "two files that were not built together")

    def find(self, name: str) -> tuple[Candidate, ...]:
        """The places of this name, in the order of their GeoNames ids; none for a name that is not known."""
        return self._at(plain_key(name))

    def find_loose(self, name: str) -> tuple[Candidate, ...]:
        """The places whose name comes from Arabic script and may be spelt so."""
        return self._at(loose_key(name))

    def wholes(self) -> Iterator[Candidate]:
        """All countries and US states: the rows before the counties."""
        for row in range(bytes(self._columns["kind"][:1000]).index(KINDS.index("county"))):
            yield self._place(row | MAIN_NAME)

    def towns_in(self, box: tuple[float, float, float, float], most: int) -> list[Candidate]:
        """The towns between two latitudes and two longitudes (south, west, north, east), the most populous first."""
        south, west, north, east = box
        lat, lon, squares = self._columns["lat"], self._columns["lon"], self._squares()
        near = (
            row for at in range(floor(south), floor(north) + 1) for across in range(floor(west), floor(east) + 1)
            for row in squares.get((at, across), ())
            if south <= lat[row] < north and west <= lon[row] < east
        )  # fmt: skip
        greatest = nlargest(most, near, key=lambda row: (self._columns["population"][row], -row))
        return [self._place(row | MAIN_NAME) for row in greatest]

    def _squares(self) -> dict[tuple[int, int], array[int]]:
        """The rows of towns by whole degrees; made at the first question for a stretch of the map."""
        if not self._towns:
            towns = {KINDS.index("town"), KINDS.index("capital")}
            found: dict[tuple[int, int], array[int]] = {}
            for row, kind in enumerate(bytes(self._columns["kind"])):
                if kind in towns:
                    square = (floor(self._columns["lat"][row]), floor(self._columns["lon"][row]))
                    found.setdefault(square, array("I")).append(row)
            self._towns = found
        return self._towns

    def _read(self, key: str) -> tuple[Candidate, ...]:
        number = self._trie.get(key) if key else None
        if number is None:
            return ()
        starts = self._columns["starts"]
        return tuple(map(self._place, self._columns["places"][starts[number] : starts[number + 1]][:MAX_PLACES]))

    def _place(self, posting: int) -> Candidate:
        row, get = posting & ~MAIN_NAME, self._columns
        country, _, admin1 = self._regions[get["region"][row]].partition(" ")
        name = bytes(get["names"][get["name_starts"][row] : get["name_starts"][row + 1]]).decode()
        return Candidate(
            name, round(get["lat"][row], 5), round(get["lon"][row], 5), get["population"][row],
            get["geonameid"][row] or None, country or None, admin1 or None, KINDS[get["kind"][row]],
            bool(posting & MAIN_NAME),
        )  # fmt: skip


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with sayso, opened once."""
    return Gazetteer()


@cache
def _country_names() -> dict[str | None, str]:
    return {whole.country: whole.name for whole in gazetteer().wholes() if whole.kind == "country"}


def country_name(code: str) -> str | None:
    """The name of a country by its ISO 3166-1 code: "SY" -> "Syria"."""
    return _country_names().get(code)


def towns_in(box: tuple[float, float, float, float], most: int) -> list[tuple[str, float, float, int]]:
    """Name, latitude, longitude and population of the towns in a box (south, west, north, east), greatest first."""
    return [(one.name, one.lat, one.lon, one.population) for one in gazetteer().towns_in(box, most)]


def pack(
    columns: dict[str, array[Any]],
    postings: tuple[array[int], array[int]],
    names: tuple[array[int], bytes],
    regions: list[str],
) -> bytes:
    """The bytes of ``gazetteer.bin``: for the build script, which has no format of its own to keep in step."""
    parts = {"starts": postings[0], "places": postings[1], "name_starts": names[0], "names": array("B", names[1])}
    parts |= columns
    body, layout = bytearray(), {}
    for name, values in parts.items():
        body += b"\0" * (-len(body) % 8)
        layout[name] = (len(body), len(values))
        body += values.tobytes()
    head = json.dumps({"magic": _MAGIC, "bytes": len(body), "layout": layout, "regions": regions}).encode()
    return head + b" " * (-(len(head) + 1) % 8) + b"\n" + bytes(body)


def _trie(file: Path) -> Any:
    import marisa_trie  # loaded at first use: start-up counts

    try:
        return marisa_trie.Trie().mmap(str(file))
    except (OSError, RuntimeError) as error:
        raise _damaged(file, f"{type(error).__name__}: {error}") from None


def _columns(file: Path) -> tuple[list[str], dict[str, memoryview[Any]]]:
    try:
        with file.open("rb") as stream:
            raw = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
            stream.seek(0)
            first_line = stream.readline(len(raw))
        head = json.loads(first_line)
        body = raw[len(first_line) :]
        sound = sys.byteorder == "little" and head["magic"] == _MAGIC and head["bytes"] == len(body)
        views = {name: _view(body, code, head["layout"][name]) for name, code in _CODES.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(file, f"{type(error).__name__}: {error}") from None
    if not sound:
        raise _damaged(file, "another form or length")
    return head["regions"], views


_CODES = {**_LISTS, **COLUMNS}


def _view(body: memoryview[Any], code: str, place: tuple[int, int]) -> memoryview[Any]:
    start, count = place
    raw: Any = body[start : start + count * array(code).itemsize]
    view: memoryview[Any] = raw.cast(code)
    return view


def _damaged(place: Path, found: str) -> DataError:
    remedy = "the gazetteer as sayso ships it (install sayso again, or run scripts/build_gazetteer.py)"
    return DataError(expected=remedy, found=found, place=str(place))
