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

#: Names of one text are "nearby" within this distance, and none is "far" while one lies within that (kilometres).
NEAR_KM, FAR_KM = 200, 500

#: The score of a place that no list has. It keeps a village on the other side of the globe, the only known bearer of
#: a name, from being taken for granted. On LGL's train file without its papers' addresses -2 places 74.0 % of all
#: names rightly, -1.5 73.6 % and -1 70.5 %.
NO_PLACE = -2.0

#: Kinds that are too large to be near anything.
WIDE = frozenset(["country", "state", "province", "area", "world", "water"])


class Context(NamedTuple):
    """What a text has said of where it is.

    ``told``: key -> the place that a name has been told to be, and how often the text has the name (at most 3).
    ``anchors``: those of them that are not wide, by key. ``states`` and ``countries`` count all of them by where
    they lie. ``named``: the states and countries that the text names outright.
    """

    home: Home
    told: dict[str, tuple[Candidate, int]]
    anchors: tuple[tuple[str, Candidate], ...]
    states: Counter[tuple[str | None, str | None]]
    countries: Counter[str | None]
    named: frozenset[tuple[str | None, str | None]]


class Asked(NamedTuple):
    """A name to be told: its key, its candidates, and the whole that the text puts it in ("Paris, Tenn.")."""

    key: str
    candidates: tuple[Candidate, ...]
    outer: tuple[Candidate, ...]


def tell(asked: Asked, context: Context) -> tuple[Candidate | None, float]:
    """The likeliest candidate and how likely it is, against the others and a place that no list has; or None."""
    if not asked.candidates:
        return None, 0.0
    scores = [score(candidate, asked, context) for candidate in asked.candidates]
    best = max(range(len(scores)), key=lambda i: (scores[i], asked.candidates[i].population, -i))
    return asked.candidates[best], 1 / sum(exp(max(-50.0, s - scores[best])) for s in [*scores, NO_PLACE])


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
    yield from _named(candidate, asked.key, context)
    yield from _home(candidate, asked, context.home)
    yield from _near(candidate, asked.key, context)


def inside(candidate: Candidate, outer: Candidate) -> bool:
    """Whether a place lies in a country, state or province, as far as their codes tell."""
    if outer.kind == "country" or outer.admin1 is None:
        return candidate.country == outer.country and candidate.kind != "country"
    return (candidate.country, candidate.admin1) == (outer.country, outer.admin1) and candidate.kind != "state"


def _named(candidate: Candidate, key: str, context: Context) -> Iterator[tuple[str, float]]:
    here = (candidate.country, candidate.admin1)
    # What the name itself was told to be in an earlier round is no evidence for it.
    lost = "" if context.home.place else ", no home"
    own, times = context.told.get(key, (None, 0))
    if candidate.admin1:
        if here in context.named:
            yield "its state is named", 1.0
        mine = times if own and own.admin1 and (own.country, own.admin1) == here else 0
        yield (
            f"share of names in its state{lost}",
            (context.states[here] - mine) / (sum(context.states.values()) - mine + 1),
        )
    if (candidate.country, None) in context.named and candidate.kind != "country":
        yield "its country is named", 1.0
    mine = times if own and own.country == candidate.country else 0
    total = sum(context.countries.values()) - mine
    yield f"share of names in its country{lost}", (context.countries[candidate.country] - mine) / (total + 1)


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


def _near(candidate: Candidate, key: str, context: Context) -> Iterator[tuple[str, float]]:
    if candidate.kind in WIDE:
        return
    distances = [kilometres(candidate, anchor) for name, anchor in context.anchors if name != key]
    if near := sum(distance < NEAR_KM for distance in distances):
        yield "names nearby", min(near, 4) / 2
    stated = (candidate.country, candidate.admin1) in context.named
    if len(distances) > 1 and min(distances) > FAR_KM and not stated:
        yield "far from all", 1.0


def kilometres(a: Candidate, b: Candidate) -> float:
    """Great-circle distance."""
    lat1, lat2 = radians(a.lat), radians(b.lat)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


@cache
def weights() -> dict[str, float]:
    """Each sign's weight."""
    return {sign: float(weight) for sign, weight, *_ in table("senses.tsv")}
