"""Where: the place that an event's own clause names, else its sentence's, else that of the events around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.events.lexicon import overlaps
from sayso.events.mentions import Mention
from sayso.events.named import AREA, is_adjective
from sayso.events.passages import Passage
from sayso.events.scene import Scene, countries
from sayso.records import Span

#: A place further from its trigger than this (``Passage.distance``, with the costs below) is not its place.
PLACE_WITHIN = 60.0

#: The words between a place and the region that holds it are no longer than this (code points).
INSIDE_WITHIN = 120

#: What a region's possessive may stand before its town (code points): "Tall city's rebel-held district of Marwa".
POSSESSIVE_WITHIN = 40

_LOCATIVE = re.compile(
    r"\b(?:in|near|at|on|around|outside|inside|over|across|towards?|into|of|from|against|off|between|within|throughout|to)"
    r"(?:\s+(?:the|its|their|an?|[a-z][\w-]*|[A-Z]\w+[’']s|[A-Z]\w+(?:ian|qi|ish|ese)\b)){0,5}\s+$"
)
_ACTING = re.compile(r"\b(?:by|backed by|and|with|between)\s+(?:the\s+)?$")
#: What was signed somewhere, or left from somewhere, happened there; the truce or the convoy did not.
_ELSEWHERE = re.compile(
    r"\b(?:(?:signed|planned|scheduled|brokered|negotiated|agreed|reached|announced|mediated|based|headquartered|born|talks)\s+(?:\w+\s+){0,2}in"
    r"|(?:left|departed|(?:returned|turned\s+back)\s+to))\s+(?:the\s+)?$"
)
_GOAL = re.compile(r"\bto\s+(?:nearby\s+|the\s+|\w+ern\s+)*$")
_ORIGIN = re.compile(r"\bfrom\s+(?:(?:the|its|their|areas?|regions?|city|town|of)\s+)*$")
_POSSESSIVE = re.compile(rf"(?:\s{AREA})?[’']s\s")
_INSIDE = re.compile(
    rf"(?:[’']s)?(?:\s+{AREA})?(?:,?\s+(?:and|&)\s+[\w-]+)?"
    rf"(?:,\s+(?:(?:an?|the)\s+)?(?:[\w-]+\s+){{0,4}}?|\s+)(?:in|of|near|outside|east of|west of|north of|south of)"
    rf"(?:\s+(?:the|[a-z][\w-]*|[A-Z]\w+[’']s|[A-Z]\w+(?:ian|qi|ish)\b)){{0,6}}\s+$|,\s+(?:(?:in|the)\s+)?$|\s+$"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place name that an event may have happened at; ``within`` is the region that the text puts it in."""

    span: Span
    name: str
    country: bool = False
    located: bool = False
    acting: bool = False
    possessive: bool = False
    within: tuple[str, Span] | None = None
    water: bool = False
    elsewhere: bool = False
    origin: bool = False
    goal: bool = False


def read_spots(scene: Scene, passage: Passage) -> tuple[Spot, ...]:
    """The place names of a passage: those that the places reader knows, and those that the text makes places."""
    text = scene.doc.text
    entities = scene.entities_in(passage.span)
    names = tuple(entity.span for entity in entities if entity.type in ("PER", "ORG", "GROUP"))
    spans: dict[Span, bool] = {}
    for place in scene.places_in(passage.span):
        words = scene.doc.words(place.span)
        if not overlaps(place.span, (*names, *scene.datelines)) and not is_adjective(words):
            spans[place.span] = (place.name or words) in countries()
    # What is called a district is one, also where it bears a person's name.
    bodies = tuple(entity.span for entity in entities if entity.type in ("ORG", "GROUP"))
    for match in scene.called.finditer(text, *passage.span) if scene.called else ():
        if not overlaps(match.span(), (*spans, *bodies, *scene.datelines)):
            spans[match.span()] = False
    spots = [_spot(text, span, spans[span]) for span in sorted(spans)]
    return tuple(_nested(text, spots))


def _spot(text: str, span: Span, country: bool) -> Spot:
    before = text[max(0, span[0] - 70) : span[0]]
    return Spot(
        span=span,
        name=text[span[0] : span[1]],
        country=country,
        located=_LOCATIVE.search(before) is not None,
        acting=_ACTING.search(before) is not None,
        possessive=_POSSESSIVE.match(text, span[1]) is not None,
        elsewhere=_ELSEWHERE.search(before) is not None,
        origin=_ORIGIN.search(before) is not None,
        goal=_GOAL.search(before) is not None,
        water=text[span[0] : span[1]].rsplit(maxsplit=1)[-1].lower() in _WATERS,
    )


def _nested(text: str, spots: list[Spot]) -> list[Spot]:
    """The spots with what each lies in: "Atareb in Aleppo province", "Syria's Raqqa"."""
    out = []
    for n, spot in enumerate(spots):
        within = None
        following = spots[n + 1] if n + 1 < len(spots) else None
        if following and not spot.possessive and _is_inside(text[spot.span[1] : following.span[0]]):
            within = (following.name, following.span)
        elif n and spots[n - 1].possessive and spot.span[0] - spots[n - 1].span[1] < POSSESSIVE_WITHIN:
            within = (spots[n - 1].name, spots[n - 1].span)
        out.append(replace(spot, within=within) if within else spot)
    return out


def _is_inside(gap: str) -> bool:
    return len(gap) <= INSIDE_WITHIN and _INSIDE.match(gap) is not None


def own_place(mention: Mention, passage: Passage, spots: tuple[Spot, ...], scene: Scene) -> Spot | None:
    """The place that the event's own sentence gives it, or None."""
    ranked = sorted((_cost(mention, passage, spot, scene), spot.span, spot) for spot in spots)
    if not ranked or ranked[0][0] > PLACE_WITHIN:
        return None
    best = ranked[0][2]
    # "the Jobar region in Eastern Ghouta": what lies in the nearest place is more to the point.
    for spot in spots:
        if spot.within is not None and spot.within[1] == best.span and not scene.in_speech(spot.span):
            return spot
    return best


def _cost(mention: Mention, passage: Passage, spot: Spot, scene: Scene) -> float:
    """Distance from the trigger, and what makes a name less likely the place of an event (in words' worth)."""
    cost = passage.distance(mention.span, spot.span)
    near = 0 <= spot.span[0] - mention.span[1] <= 5
    cost += 0 if spot.located or near else 7
    if mention.trigger.type in WIDE:
        cost += 0 if spot.country else 8
    elif spot.country:
        cost += 12 if spot.located else 25 if spot.name == scene.main_country else 60
    cost += 5 if spot.possessive else 0
    cost += 40 if spot.acting else 0
    cost += 15 if spot.water else 0
    cost += PLACE_WITHIN if spot.elsewhere or (spot.origin and mention.trigger.type in BOUND) else 0
    cost += PLACE_WITHIN if spot.goal and mention.trigger.type == "displacement" else 0
    cost += 4 if spot.span[0] < mention.span[0] else 0
    cost += PLACE_WITHIN if scene.in_source(spot.span) else 30 if scene.in_speech(spot.span) else 0
    cost += PLACE_WITHIN if scene.is_venue(mention.span, spot.span) else 0
    return cost


#: A river or sea says less of where than the town beside it.
_WATERS = frozenset({"river", "sea", "euphrates", "tigris", "mediterranean", "border", "levant"})

#: What goes somewhere: where it comes from is not its place.
BOUND = frozenset({"aid", "movement"})

#: What befalls a country rather than a town.
WIDE = frozenset({"agreement", "protest", "war"})


#: What goes from one place to another leaves the story where it was.
PASSING = frozenset({"agreement", "aid"})


def settle_places(mentions: Sequence[Mention], own: Sequence[Spot | None]) -> list[Spot | None]:
    """Every event's place: its own, else that of the last event before it, else of the next that has a town's.

    What befalls a country has no place but its own.
    """
    following: list[Spot | None] = []
    for spot in reversed(own):
        town = spot if spot is not None and not spot.country else None
        following.append(town or (following[-1] if following else None))
    settled: list[Spot | None] = []
    last: Spot | None = None
    for mention, spot, after in zip(mentions, own, reversed(following), strict=True):
        wide = mention.trigger.type in WIDE
        settled.append(spot or (None if wide else last or after))
        if mention.trigger.type not in PASSING:
            last = spot or last
    return settled
