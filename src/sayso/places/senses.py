"""Which place of many a name means: what the rest of the text says, each sign with a weight.

The weights stand in ``senses.tsv``: a conditional logit fitted on LGL's train file (for each name, the candidate
within 161 km of the marked point against the others) and rounded. Text about a place keeps to it: one name has one
sense in an article, and names near each other in the text are near each other on the map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import asin, cos, exp, log10, radians, sin, sqrt
from typing import NamedTuple

from sayso.places.gazetteer import Candidate
from sayso.places.home import Home
from sayso.places.lists import table

_EARTH_KM = 6371.0

#: At most so many names serve as anchors; more agree with these or are noise, and the work stays linear.
MAX_ANCHORS = 12

#: Kinds that are too large to be near anything.
WIDE = frozenset(["country", "state", "province", "area", "world", "water"])


class Context(NamedTuple):
    """What a text has said of where it is.

    ``anchors``: places already told, without the wide ones. ``states`` and ``countries`` count the names in the
    text that stand for one or lie in one; ``named`` those that the text names outright.
    """

    home: Home
    anchors: tuple[Candidate, ...]
    states: Counter[tuple[str | None, str | None]]
    countries: Counter[str | None]
    named: frozenset[tuple[str | None, str | None]]


class Asked(NamedTuple):
    """A name to be told: its key, its candidates, and the whole that the text puts it in ("Paris, Tenn.")."""

    key: str
    candidates: tuple[Candidate, ...]
    outer: tuple[Candidate, ...]


def tell(asked: Asked, context: Context) -> tuple[Candidate | None, float]:
    """The likeliest candidate, and how likely it is among them; None for a name of no candidate."""
    if not asked.candidates:
        return None, 0.0
    scores = [score(candidate, asked, context) for candidate in asked.candidates]
    best = max(range(len(scores)), key=lambda i: (scores[i], asked.candidates[i].population, -i))
    return asked.candidates[best], 1 / sum(exp(max(-50.0, s - scores[best])) for s in scores)


def score(candidate: Candidate, asked: Asked, context: Context) -> float:
    """Log odds up to a constant of the name."""
    known = weights()
    return sum(value * known.get(sign, 0.0) for sign, value in signs(candidate, asked, context))


def signs(candidate: Candidate, asked: Asked, context: Context) -> Iterator[tuple[str, float]]:
    """What speaks for or against a candidate: name of the sign and its size, mostly 1."""
    yield f"kind {candidate.kind}", 1.0
    if candidate.kind in ("town", "capital"):
        yield "people, log10", log10(candidate.population + 100)
    if not candidate.main:
        yield "other name", 1.0
    if asked.outer:
        yield ("inside" if any(inside(candidate, outer) for outer in asked.outer) else "outside"), 1.0
    yield from _named(candidate, context)
    yield from _home(candidate, asked, context.home)
    yield from _near(candidate, context)


def inside(candidate: Candidate, outer: Candidate) -> bool:
    """Whether a place lies in a country, state or province, as far as their codes tell."""
    if outer.kind == "country" or outer.admin1 is None:
        return candidate.country == outer.country and candidate.kind != "country"
    return (candidate.country, candidate.admin1) == (outer.country, outer.admin1) and candidate.kind != "state"


def _named(candidate: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    here = (candidate.country, candidate.admin1)
    if candidate.admin1:
        if here in context.named:
            yield "its state is named", 1.0
        if total := sum(context.states.values()):
            yield "share of names in its state", (context.states[here] + 0.0) / (total + 1)
    if (candidate.country, None) in context.named and candidate.kind != "country":
        yield "its country is named", 1.0
    if total := sum(context.countries.values()):
        yield "share of names in its country", context.countries[candidate.country] / (total + 1)


def _home(candidate: Candidate, asked: Asked, home: Home) -> Iterator[tuple[str, float]]:
    place = home.place
    if place is None:
        return
    distance = kilometres(candidate, place)
    if asked.key == home.key and distance < 40:
        yield "is home", 1.0
    if candidate.kind not in WIDE:
        for limit in (60, 250):
            if distance < limit:
                yield f"within {limit} km of home", 1.0
    if candidate.admin1 and (candidate.country, candidate.admin1) == (place.country, place.admin1):
        yield "home state", 1.0
    if candidate.country == place.country and candidate.kind != "country":
        yield "home country", 1.0


def _near(candidate: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if candidate.kind in WIDE:
        return
    distances = [kilometres(candidate, anchor) for anchor in context.anchors]
    for limit in (50, 161, 500):
        if near := sum(distance < limit for distance in distances):
            yield f"names within {limit} km", min(near, 4) / 2


def kilometres(a: Candidate, b: Candidate) -> float:
    """Great-circle distance."""
    lat1, lat2 = radians(a.lat), radians(b.lat)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


@cache
def weights() -> dict[str, float]:
    """Each sign's weight."""
    return {sign: float(weight) for sign, weight, *_ in table("senses.tsv")}
