"""How the places of two mentions lie to each other."""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from sayso.records import Place
from sayso.stories.mentions import Mention, folded_words
from sayso.stories.traits import DISTANCES
from sayso.text.tables import toml_table


def place_trait(one: Mention, other: Mention) -> str:
    """The first trait of ``PLACES`` that holds."""
    if not one.event.place or not other.event.place:
        return "no places" if one.event.place == other.event.place else "place of one"
    return _wide(one.spot, other.spot) or _by_name(one, other) or _by_distance(one, other)


def _wide(a: Place | None, b: Place | None) -> str | None:
    """Of places one of which is a whole country or region, which holds the other."""
    if is_country(a) and is_country(b):
        return "same country" if a and b and a.geonameid == b.geonameid else "far away"
    if is_country(a) or is_country(b):
        if a is None or b is None or a.country is None or b.country is None:
            return "country and unknown"
        return "within the country" if a.country == b.country else "far away"
    if a and b and a.admin1 and (a.country, a.admin1) == (b.country, b.admin1) and (is_region(a) or is_region(b)):
        return "same region" if is_region(a) and is_region(b) else "place within"
    return None


def is_country(spot: Place | None) -> bool:
    """A whole country: all smaller places that the gazetteer numbers have a division."""
    return spot is not None and spot.geonameid is not None and spot.country is not None and spot.admin1 is None


def is_region(spot: Place | None) -> bool:
    """A first-order division of a country, which the gazetteer does not number and calls by what it is."""
    if spot is None or spot.name is None or spot.geonameid is not None or spot.admin1 is None:
        return False
    return not _divisions().isdisjoint(spot.name.casefold().split())


def _by_name(one: Mention, other: Mention) -> str | None:
    a, b = core_words(one.event.place), core_words(other.event.place)
    numbers = [mention.spot.geonameid for mention in (one, other) if mention.spot and mention.spot.geonameid]
    if a == b or (len(numbers) == 2 and numbers[0] == numbers[1]):
        return "same place"
    if (a and a == core_words(other.event.place_in)) or (b and b == core_words(one.event.place_in)):
        return "place within"
    return "part of the name" if a & b else None


@lru_cache(maxsize=65536)
def core_words(name: str | None) -> frozenset[str]:
    """The folded words of a place name, less those that say what kind of place it is ("Homs province" is Homs)."""
    words = frozenset(folded_words(name or ""))
    return words - _kinds() or words


def _by_distance(one: Mention, other: Mention) -> str:
    apart = kilometres(one, other)
    if apart is None:
        return "other name"
    return next((trait for most, trait in DISTANCES if apart <= most), "far away")


def kilometres(one: Mention, other: Mention) -> float | None:
    """Great-circle distance between the points of two mentions; None where one has none."""
    a, b = one.spot, other.spot
    if a is None or b is None or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north, south = radians(a.lat), radians(b.lat)
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(radians(a.lon - b.lon) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(half)))


@lru_cache(maxsize=1)
def _kinds() -> frozenset[str]:
    return frozenset(folded_words(" ".join(toml_table("stories", "words.toml")["kinds_of_place"])))


@lru_cache(maxsize=1)
def _divisions() -> frozenset[str]:
    return frozenset(toml_table("stories", "words.toml")["divisions"])
