"""Where: the place that an event's own clause names, else its sentence's, else that of the events around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.events.mentions import Mention
from sayso.events.passages import Passage
from sayso.events.scene import Scene, overlaps
from sayso.records import Span

#: A place further from its trigger than this (``Passage.distance``) is not its place.
PLACE_WITHIN = 60.0

_LOCATIVE = re.compile(
    r"\b(?:in|near|at|on|around|outside|inside|over|across|toward|towards|into|of|from|against|off|between|within|throughout)"
    r"(?:\s+(?:the|its|their|a|an|[a-z][\w-]*|Syrian?|Iraqi?|[A-Z]\w+[’']s)){0,5}\s+$"
)
_NAME = r"(?:(?:[Aa]l|[Ee]l|[Aa]n|[Aa]sh|[Aa]r|[Dd]eir|[Kk]afr|[Tt]al|[Bb]ab)[ -])*[A-Z][\w’'-]*(?:[ -](?:al-|el-|[Ee]z-|ez-)?[A-Z][\w’-]*)*"
_AREA = r"town|city|village|district|neighbou?rhood|suburb|province|governorate|countryside|region|area|camp|airport|road|square|farms?|valley|air base|airbase|mountain"
_CALLED = re.compile(
    rf"\b(?:{_AREA})s?\s+of\s+(?:the\s+)?(?P<after>{_NAME})"
    rf"|(?<![\w.] )\b(?P<before>{_NAME})(?:[’']s)?\s+(?:{_AREA})\b"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place name in the text that an event may have happened at."""

    span: Span
    name: str
    country: bool
    located: bool
    possessive: bool


def read_spots(scene: Scene, passage: Passage) -> tuple[Spot, ...]:
    """The place names of a passage: those that the places reader knows, and names called a town, a road, a district."""
    text = scene.doc.text
    spots: dict[Span, Spot] = {}
    names = [entity.span for entity in scene.entities_in(passage.span) if entity.type in ("PER", "ORG", "GROUP")]
    for place in scene.places_in(passage.span):
        if not overlaps(place.span, tuple(names)):
            spots[place.span] = _spot(text, place.span, place.country is not None and place.admin1 is None and _is_country(place.name))
    for match in _CALLED.finditer(text, *passage.span):
        group = "after" if match.group("after") else "before"
        span = match.span(group)
        if not overlaps(span, tuple(spots)) and not overlaps(span, tuple(names)):
            spots[span] = _spot(text, span, country=False)
    return tuple(spots[span] for span in sorted(spots))


def _is_country(name: str | None) -> bool:
    return name in _COUNTRIES


_COUNTRIES = frozenset({"Syria", "Iraq", "Turkey", "Russia", "Lebanon", "Iran", "Israel", "Jordan", "France", "United States", "Yemen", "Libya", "Egypt"})


def _spot(text: str, span: Span, country: bool) -> Spot:
    before = text[max(0, span[0] - 60) : span[0]]
    return Spot(
        span=span, name=text[span[0] : span[1]], country=country,
        located=_LOCATIVE.search(before) is not None,
        possessive=text.startswith(("'s", "’s"), span[1]),
    )  # fmt: skip


def own_place(mention: Mention, passage: Passage, spots: tuple[Spot, ...], scene: Scene) -> Spot | None:
    """The place that the event's own sentence gives it, or None."""
    ranked = sorted((_cost(mention, passage, spot, scene), spot.span, spot) for spot in spots)
    if not ranked or ranked[0][0] > PLACE_WITHIN:
        return None
    return ranked[0][2]


def _cost(mention: Mention, passage: Passage, spot: Spot, scene: Scene) -> float:
    """Distance from the trigger, and what makes a name less likely the place of an event (words' worth each)."""
    cost = passage.distance(mention.span, spot.span)
    cost += 0 if spot.located else 7
    cost += 12 if spot.country else 0
    cost += 5 if spot.possessive else 0
    cost += 4 if spot.span[0] < mention.span[0] else 0
    cost += 30 if overlaps(spot.span, scene.speech) else 0
    return cost
