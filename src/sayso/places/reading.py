"""The room's one job, in three steps: spot what could be a place name, weigh the words around it, tell which place."""

from __future__ import annotations

from sayso.places.evidence import Evidence
from sayso.places.home import home_of
from sayso.places.own import laid_over, own_places
from sayso.places.resolving import Told, resolve
from sayso.places.spotting import Spot, spot
from sayso.records import Article, Place
from sayso.text import Doc

#: A spot is a place name from this likelihood on: the best F1 in cross-validation on LGL's train file.
NAME_FROM = 0.4

#: A point is given from this likelihood on among the places of the name; below, the name stands without one.
POINT_FROM = 0.3


def read_places(doc: Doc, article: Article, own: str = "") -> tuple[Place, ...]:
    """The place names of a text, in text order, none overlapping.

    Args:
        doc: the article's text.
        article: ``url``, ``site`` and ``publisher`` tell for which town it was written; all may be None.
        own: a file of the user's own places, as ``sayso.places.own`` reads it; empty: none.

    Returns:
        Names of places, and words for their people and things ("Syrian" has Syria's point). A name that stands
        for no place known, such as a street, or for one of many with nothing to choose by, has its span only.
        ``country`` is ISO 3166-1 alpha-2; ``admin1`` GeoNames' code of the first-order division ("TX", "09");
        ``confidence`` in [0, 1] the likelihood that the words name a place and that it is this one.
    """
    home = home_of(article)
    spots = spot(doc)
    evidence = Evidence(doc, spots, home.key)
    likely = [(found, chance) for found in spots if (chance := evidence.chance(found)) >= NAME_FROM]
    told = resolve(doc, tuple(found for found, _ in likely), home)
    places = tuple(_place(found, chance, told[found.span]) for found, chance in likely)
    return laid_over(doc, places, own_places(own)) if own else places


def _place(found: Spot, chance: float, told: Told) -> Place:
    place, likely = told
    if place is None or likely < POINT_FROM:
        return Place(span=found.span)
    return Place(
        span=found.span, name=place.name, lat=place.lat, lon=place.lon, geonameid=place.geonameid,
        country=place.country, admin1=place.admin1, confidence=round(chance * likely, 3),
    )  # fmt: skip
