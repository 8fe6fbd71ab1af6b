"""What the learned model adds to the rules' events: triggers that no list knows, types, and what is likely an event."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sayso.events.lexicon import Trigger
from sayso.events.mentions import Mention
from sayso.events.passages import Passage
from sayso.events.seen import Seen
from sayso.events.slots import Slots
from sayso.events.when import days_of
from sayso.records import Span

#: What a trigger counts as before any evidence that no list knows but the model marks.
NEW_SHARE = 0.5

#: The model's type stands where it is at least this sure; else the rules'.
TYPE_FROM = 0.5

#: How much the rules' log-odds and the model's count for a mention's score.
RULES, MODEL = 0.5, 0.5

#: A slot's likeliest filling replaces the rules' where it is at least this likely.
PLACE_FROM, DATE_FROM, PARTY_FROM = 0.5, 0.5, 0.5

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
    """The rules' slots, each replaced where the model is sure enough of another filling."""
    picks = seen.picks(mention.span)
    place, date, agent, patient = (picks[slot][0] for slot in ("place", "date", "agent", "patient"))
    if place.share >= PLACE_FROM:
        slots = slots._replace(spot=place.value)
    if date.share >= DATE_FROM:
        slots = _dated(slots, date.value, mention, seen)
    if agent.share >= PARTY_FROM:
        slots = slots._replace(agent=agent.value)
    if patient.share >= PARTY_FROM:
        slots = slots._replace(patient=patient.value)
    return slots


def _dated(slots: Slots, value: Any, mention: Mention, seen: Seen) -> Slots:
    scene = seen.choices.scene
    published = scene.article.published
    if value == "published":
        return slots._replace(days=(published, published) if published else None, dated_by=None)
    if value is None:
        return slots._replace(days=None, dated_by=None)
    return slots._replace(days=days_of(mention, value, scene), dated_by=value.span)


def _odds(share: float) -> float:
    share = min(1 - _BOUND, max(_BOUND, share))
    return math.log(share / (1 - share))
