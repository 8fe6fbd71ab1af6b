"""What the learned model adds to the rules' events: triggers that no list knows, types, and what is likely an event."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from sayso.events.lexicon import Trigger
from sayso.events.mentions import Mention
from sayso.events.passages import Passage
from sayso.events.seen import Pick, Seen
from sayso.events.sides import Party
from sayso.events.slots import Slots
from sayso.events.when import days_of
from sayso.events.where import Spot
from sayso.records import DayRange, Span, Time

#: What a trigger counts as before any evidence that no list knows but the model marks.
NEW_SHARE = 0.5

#: The model's type stands where it is at least this sure; else the rules'.
TYPE_FROM = 0.5

#: How much the rules' log-odds and the model's count for a mention's score.
RULES, MODEL = 0.5, 0.5

#: By how much in log-odds the rules' own filling of a slot is raised among the model's.
WORTH = {"place": 2.0, "date": 2.0, "agent": 2.0, "patient": 2.0}

#: The share of a filling of the rules that is no candidate.
UNSEEN = 0.01

_BOUND = 1e-4


def new_triggers(seen: Seen, passages: Sequence[Passage]) -> dict[int, list[tuple[Span, Trigger]]]:
    """The model's triggers by the number of their passage."""
    found: dict[int, list[tuple[Span, Trigger]]] = {}
    for span in seen.triggers:
        number = next((n for n, passage in enumerate(passages) if passage.span[0] <= span[0] < passage.span[1]), None)
        if number is not None:
            word = seen.marks.doc.words(span).lower()
            form = "verb" if word.endswith(("ed", "ing")) else "noun"
            found.setdefault(number, []).append((span, Trigger(seen.type(span)[0], form, False, NEW_SHARE)))
    return found


def trust_types(mentions: Sequence[Mention], seen: Seen) -> None:
    """Gives the mentions the types that the model is sure of."""
    for mention in mentions:
        kind, share = seen.type(mention.span)
        if share >= TYPE_FROM:
            mention.type = kind


def believe(mentions: Sequence[Mention], seen: Seen) -> None:
    """Joins the rules' score of each mention with the model's."""
    for mention in mentions:
        total = RULES * _odds(mention.score) + MODEL * _odds(seen.share(mention.span))
        mention.score = 1 / (1 + math.exp(-total))


def trust_slots(slots: Slots, mention: Mention, seen: Seen) -> Slots:
    """The slots as the model and the rules fill them together: the likeliest filling, the rules' own raised in odds."""
    picks = seen.picks(mention.span)
    scene = seen.choices.scene
    published = scene.article.published
    today: DayRange | None = (published, published) if published else None

    def days(value: Time | str | None) -> DayRange | None:
        return days_of(mention, value, scene) if isinstance(value, Time) else today if value else None

    spot = likeliest(picks["place"], _name, _name(slots.spot), WORTH["place"])
    time = likeliest(picks["date"], days, slots.days, WORTH["date"])
    agent = likeliest(picks["agent"], _name, _name(slots.agent), WORTH["agent"])
    patient = likeliest(picks["patient"], _name, _name(slots.patient), WORTH["patient"])
    if spot is not None:
        slots = slots._replace(spot=spot.value)
    if time is not None:
        words = time.value.span if isinstance(time.value, Time) else None
        slots = slots._replace(days=days(time.value), dated_by=words)
    if agent is not None:
        slots = slots._replace(agent=agent.value)
    if patient is not None:
        slots = slots._replace(patient=patient.value)
    return slots


def _name(value: Spot | Party | None) -> str | None:
    return value.name.casefold() if value is not None else None


def likeliest(picks: Sequence[Pick], key: Callable[[Any], Any], own: Any, worth: float) -> Pick | None:
    """The pick whose value is likeliest, candidates of one value taken together; None where it is the rules' own."""
    shares: dict[Any, float] = {own: UNSEEN}
    first: dict[Any, Pick] = {}
    for pick in picks:
        value = key(pick.value)
        shares[value] = shares.get(value, 0.0) + pick.share
        first.setdefault(value, pick)
    best = max(shares, key=lambda value: (math.log(shares[value] + _BOUND) + worth * (value == own), value == own))
    return None if best == own else first[best]


def _odds(share: float) -> float:
    share = min(1 - _BOUND, max(_BOUND, share))
    return math.log(share / (1 - share))
