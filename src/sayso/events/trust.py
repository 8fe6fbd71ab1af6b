"""What the learned model adds to the rules' events: types, how likely an event is one, places and agents.

Its triggers come from 87 articles and know less than the word lists, which the same articles and general knowledge
made: a mention counts by both, a trigger that only the model marks not at all (on held-out articles such triggers cost
two points of F1). Of the slots, days and patients are the rules' alone: the model's were no better.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from sayso.events.mentions import Mention
from sayso.events.seen import Pick, Seen
from sayso.events.sides import Party
from sayso.events.slots import Slots
from sayso.events.where import Spot

#: The model's type stands where it is at least this sure; else the rules'.
TYPE_FROM = 0.9

#: How much the model's log-odds of a trigger count beside the rules' for a mention: it is far too sure of itself.
MODEL = 0.07

#: By how much in log-odds the rules' own filling of a slot is raised among the model's.
WORTH = {"place": 3.5, "agent": 2.0}

#: The share of a filling of the rules that is no candidate.
UNSEEN = 0.01

_BOUND = 1e-4


def trust_types(mentions: Sequence[Mention], seen: Seen) -> None:
    """Gives the mentions the types that the model is sure of."""
    for mention in mentions:
        kind, share = seen.type(mention.span)
        if share >= TYPE_FROM:
            mention.type = kind


def believe(mentions: Sequence[Mention], seen: Seen) -> None:
    """Joins the rules' score of each mention with the model's."""
    for mention in mentions:
        total = _odds(mention.score) + MODEL * _odds(seen.share(mention.span))
        mention.score = 1 / (1 + math.exp(-total))


def trust_slots(slots: Slots, mention: Mention, seen: Seen) -> Slots:
    """The slots as the model and the rules fill them together: the likeliest filling, the rules' own raised in odds."""
    picks = seen.picks(mention.span)
    spot = likeliest(picks["place"], _name, _name(slots.spot), WORTH["place"])
    # Who did it is a heavy thing to say: only whom the event's own sentence names is taken from the model.
    start, end = seen.choices.scene.passages[mention.passage].span
    named = [pick for pick in picks["agent"] if pick.value is None or start <= pick.value.span[0] < end]
    agent = likeliest(named, _name, _name(slots.agent), WORTH["agent"])
    if spot is not None:
        slots = slots._replace(spot=spot.value)
    if agent is not None:
        slots = slots._replace(agent=agent.value)
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
