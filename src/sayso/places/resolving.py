"""From names to points: reads an article's names together, in rounds, the sure ones first."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from sayso.places.folding import plain_key
from sayso.places.gazetteer import Candidate
from sayso.places.home import Home
from sayso.places.senses import MAX_ANCHORS, WIDE, Asked, Context, tell
from sayso.places.spotting import Spot
from sayso.text import Doc

#: Rounds over all names; a third changed 2 of 3,358 answers on LGL's train file.
ROUNDS = 2

#: A name told with less likelihood than this among its candidates is no anchor for others.
SURE = 0.75

_INSIDE = re.compile(r",[ \u00a0]|[ \u00a0]\(|,?[ \u00a0]in[ \u00a0]")

Told = tuple[Candidate | None, float]


class Name(NamedTuple):
    """What makes two spots one name: the key, the shape, and the whole that the text puts it in."""

    key: str
    shape: str
    outer: tuple[Candidate, ...]


def resolve(doc: Doc, spots: tuple[Spot, ...], home: Home) -> dict[Spot, Told]:
    """Each spot with its place and how likely that is among the places of its name."""
    names = _names(doc, spots)
    asked = {name: Asked(name.key, found.candidates, name.outer) for found, name in names.items()}
    told: dict[Name, Told] = {}
    for _ in range(ROUNDS + 1):
        context = context_of(told, Counter(names.values()), home)
        told = {name: tell(question, context) for name, question in asked.items()}
    return {found: told[name] for found, name in names.items()}


def _names(doc: Doc, spots: tuple[Spot, ...]) -> dict[Spot, Name]:
    keys = [plain_key(doc.words(found.span)) for found in spots]
    wholes: dict[str, tuple[Candidate, ...]] = {}
    for position, (found, following) in enumerate(zip(spots, spots[1:], strict=False)):
        between = doc.text[found.span[1] : following.span[0]]
        outer = tuple(c for c in following.candidates if c.kind in ("country", "state", "province"))
        if outer and found.shape != "people" and following.shape != "people" and _INSIDE.fullmatch(between):
            wholes.setdefault(keys[position], outer)
    return {
        found: Name(key, found.shape, wholes.get(key, ()) if found.shape in ("name", "ground") else ())
        for found, key in zip(spots, keys, strict=True)
    }


def context_of(told: dict[Name, Told], counts: Counter[Name], home: Home) -> Context:
    """What the names told so far say of where the text is."""
    sure = [(name, place) for name, (place, chance) in told.items() if place is not None and chance >= SURE]
    states: Counter[tuple[str | None, str | None]] = Counter()
    countries: Counter[str | None] = Counter()
    for name, place in sure:
        countries[place.country] += min(3, counts[name])
        if place.admin1:
            states[place.country, place.admin1] += min(3, counts[name])
    named = frozenset(
        (place.country, None if place.kind == "country" else place.admin1)
        for _, place in sure if place.kind in ("country", "state", "province", "county")
    )  # fmt: skip
    anchors = tuple(place for _, place in sure if place.kind not in WIDE)[:MAX_ANCHORS]
    return Context(home, anchors, states, countries, named)
