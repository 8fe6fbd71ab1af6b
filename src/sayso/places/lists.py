"""The reviewed lists beside the gazetteer: other names, people's names, and places that it lacks.

``countries.tsv``, ``states.tsv`` and ``regions.tsv`` are tables of tab-separated columns; each says what its
columns are. ``words.toml`` holds the words that speak for or against a place name, ``homes.tsv`` where news sites live.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sayso.places.folding import loose_key, plain_key
from sayso.places.gazetteer import FOLDER, Candidate, gazetteer
from sayso.records import DataError

#: How many people a place on the list stands for when places of one name are weighed: such places are on it
#: because the news names them.
_WEIGHT = {"province": 1_000_000, "area": 500_000, "world": 50_000_000, "water": 200_000}
_WEIGHT_OTHER = 50_000

TOWNS = frozenset({"town", "capital"})

#: A place on the list and a town of GeoNames are one where a name is the same and they are as near as this (degrees).
_ONE_PLACE = 0.2

Names = dict[str, tuple[Candidate, ...]]


class Lists(NamedTuple):
    """``exact``: names that count only as written ("US", "Ind."); ``plain``: by key; ``people``: keys of words
    for a place's people and things ("Syrian"), which are in ``plain`` too.
    """

    exact: Names
    plain: Names
    people: frozenset[str]


@cache
def lists() -> Lists:
    """All three tables, read once."""
    exact: Names = {}
    plain: Names = {}
    people: set[str] = set()
    for place, names, persons in _entries():
        for name in filter(None, (*names, *persons)):
            if _as_written(name):
                _add(exact, name, place)
            else:
                _add(plain, plain_key(name), place)
        people.update(plain_key(name) for name in persons if name)
    return Lists(exact, plain, frozenset(people))


@cache
def loose_names() -> Names:
    """The places of ``regions.tsv`` by loose key; made when a text first needs it."""
    loose: Names = {}
    for place, names, _ in _regions():
        for name in names:
            if place.country and name and not _as_written(name):
                _add(loose, loose_key(name), place)
    return loose


@cache
def words() -> dict[str, frozenset[str]]:
    """The word lists of ``words.toml``, by name."""
    file = FOLDER / "words.toml"
    try:
        content = tomllib.loads(file.read_text("utf-8"))
        return {name: frozenset(text.split()) for name, text in content["words"].items()}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise DataError(expected="word lists (install sayso again)", found=repr(error), place=str(file)) from None


@cache
def homes() -> dict[str, tuple[str, str, str]]:
    """Where a news site lives: its domain -> town, country and first-order division ("" where none is given)."""
    return {domain: (town, country, admin1) for domain, town, country, admin1 in table("homes.tsv")}


def table(name: str) -> Iterator[list[str]]:
    """The rows of one list; a line that begins with # is a comment."""
    file = FOLDER / name
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise DataError(expected="a list of places (install sayso again)", found=repr(error), place=str(file)) from None
    return (line.split("\t") for line in lines if line and not line.startswith("#"))


def _entries() -> Iterator[tuple[Candidate, list[str], list[str]]]:
    wholes = {(place.kind, place.admin1 or place.country): place for place in gazetteer().wholes()}
    for code, _, names, persons in table("countries.tsv"):
        yield wholes["country", code], names.split(";"), persons.split(";")
    for code, names, persons in table("states.tsv"):
        yield wholes["state", code], names.split(";"), persons.split(";")
    yield from _regions()


@cache
def _regions() -> tuple[tuple[Candidate, list[str], list[str]], ...]:
    rows = []
    for name, kind, country, admin1, lat, lon, others, persons in table("regions.tsv"):
        bare = name.partition(" (")[0]
        weight = _WEIGHT.get(kind, _WEIGHT_OTHER)
        place = Candidate(bare, float(lat), float(lon), weight, None, country or None, admin1 or None, kind, True)
        names = [bare, *filter(None, others.split(";"))]
        rows.append((_joined(place, names), names, persons.split(";")))
    return tuple(rows)


def _joined(listed: Candidate, names: list[str]) -> Candidate:
    """A listed place with the id and point of the town that GeoNames has for it, so that all its spellings are one.

    A town or quarter is known by any of its names, a site by its main one: an airbase is not the village nearby.
    """
    if listed.kind not in ("town", "quarter", "site"):
        return listed
    known = [name for name in (names[:1] if listed.kind == "site" else names) if not _as_written(name)]
    found = [town for name in known for town in gazetteer().find(name) if same(listed, town)]
    if not found and listed.kind == "town":
        found = [town for name in known for town in gazetteer().find_loose(name) if same(listed, town)]
    if not found:
        return listed
    return found[0]._replace(name=listed.name, main=True, population=max(listed.population, found[0].population))


def same(listed: Candidate, town: Candidate) -> bool:
    """Whether a place on the list and a place of the gazetteer that share a name are one."""
    near = abs(listed.lat - town.lat) < _ONE_PLACE and abs(listed.lon - town.lon) < _ONE_PLACE
    return near and listed.country == town.country and town.kind in TOWNS


def _as_written(name: str) -> bool:
    """Short forms, whose key is a common word or none: "US", "La.", "Miss."."""
    return len(name) <= 6 and (name.isupper() or name.endswith("."))


def _add(names: Names, key: str, place: Candidate) -> None:
    known = names.get(key, ())
    if key and place not in known:
        names[key] = (*known, place)
