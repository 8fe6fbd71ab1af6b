"""From names to points: reads an article's names together, in rounds, the sure ones first."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from sayso.places.folding import plain_key
from sayso.places.gazetteer import Candidate
from sayso.places.home import Home
from sayso.places.senses import MAX_ANCHORS, WIDE, Asked, Context, tell
from sayso.places.spotting import Spot
from sayso.records import Span
from sayso.text import Doc

#: Rounds over all names: the first without context, each other with what the one before told. Two change 5 of 4,291
#: answers on LGL's train file, mostly in short texts; a fourth changes none there.
ROUNDS = 3

#: A name told with less likelihood than this among its candidates is no anchor for others.
SURE = 0.75

_INSIDE = re.compile(r",[ \u00a0]|[ \u00a0]\(|,?[ \u00a0]in[ \u00a0]")

Told = tuple[Candidate | None, float]
Outer = tuple[Candidate, ...]


class Name(NamedTuple):
    """What makes two spots one name: the key, the shape, and the whole that the text puts it in."""

    key: str
    shape: str
    outer: Outer


def resolve(doc: Doc, spots: tuple[Spot, ...], home: Home) -> dict[Span, Told]:
    """The place of each spot, by span, and how likely that is among the places of its name."""
    names = names_of(doc, spots)
    told = settle(asked_of(names, spots), Counter(names), home)
    return {found.span: told[name] for found, name in zip(spots, names, strict=True)}


def asked_of(names: list[Name], spots: tuple[Spot, ...]) -> dict[Name, Asked]:
    """One question for each name of a text."""
    return {name: Asked(name.key, found.candidates, name.outer) for found, name in zip(spots, names, strict=True)}


def settle(asked: dict[Name, Asked], counts: Counter[Name], home: Home) -> dict[Name, Told]:
    """The answers after all rounds."""
    told: dict[Name, Told] = {}
    for _ in range(ROUNDS):
        context = context_of(told, counts, home)
        told = {name: tell(question, context) for name, question in asked.items()}
    return told


def names_of(doc: Doc, spots: tuple[Spot, ...]) -> list[Name]:
    """One for each spot; a spot without a whole of its own has that of the first of its key."""
    keys = [plain_key(doc.words(found.span)) for found in spots]
    own = [_whole(doc, found, following) for found, following in pairwise(spots)] + [()] * bool(spots)
    first: dict[str, Outer] = {}
    for key, whole in zip(keys, own, strict=True):
        if whole:
            first.setdefault(key, whole)
    return [
        Name(key, found.shape, whole or (first.get(key, ()) if found.shape in ("name", "ground") else ()))
        for found, key, whole in zip(spots, keys, own, strict=True)
    ]


def _whole(doc: Doc, found: Spot, following: Spot) -> Outer:
    """What a name is said to lie in by the name after it: "Paris, Tenn.", "Mosul, Iraq"."""
    between = doc.text[found.span[1] : following.span[0]]
    if "people" in (found.shape, following.shape) or not _INSIDE.fullmatch(between):
        return ()
    return tuple(c for c in following.candidates if c.kind in ("country", "state", "province"))


def context_of(told: dict[Name, Told], counts: Counter[Name], home: Home) -> Context:
    """What the names told so far say of where the text is."""
    sure = {
        name.key: (place, min(3, counts[name]))
        for name, (place, chance) in told.items() if place is not None and chance >= SURE
    }  # fmt: skip
    states: Counter[tuple[str | None, str | None]] = Counter()
    countries: Counter[str | None] = Counter()
    for place, times in sure.values():
        countries[place.country] += times
        if place.admin1:
            states[place.country, place.admin1] += times
    named = frozenset(
        (place.country, None if place.kind == "country" else place.admin1)
        for place, _ in sure.values() if place.kind in ("country", "state", "province", "county")
    )  # fmt: skip
    anchors = tuple((key, place) for key, (place, _) in sure.items() if place.kind not in WIDE)[:MAX_ANCHORS]
    return Context(home, sure, anchors, states, countries, named)
