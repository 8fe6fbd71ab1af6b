"""The labels that the model's heads know, in the order of its outputs. Training and run time read this one list."""

from __future__ import annotations

from typing import get_args

from sayso.records.reading import EventType, Modality, TimeType


def bio(*kinds: str) -> tuple[str, ...]:
    """``O`` and, of each kind, the label of its first token and of its further ones."""
    return ("O", *(f"{place}-{kind}" for kind in kinds for place in "BI"))


#: Heads that label every token: name → labels. Their outputs stand side by side in this order.
TAGS: dict[str, tuple[str, ...]] = {
    "attribution": bio("source", "cue", "content"),
    "entity": bio("PER", "ORG", "LOC"),
    "place": bio("place"),
    "time": bio(*get_args(TimeType)),
    "trigger": bio("trigger"),
    "type": get_args(EventType),
    "modality": get_args(Modality),
}

#: Where each head's outputs begin and end among all.
COLUMNS: dict[str, tuple[int, int]] = {}
for _name, _labels in TAGS.items():
    _start = max((end for _, end in COLUMNS.values()), default=0)
    COLUMNS[_name] = (_start, _start + len(_labels))

WIDTH = max(end for _, end in COLUMNS.values())

#: What an event's trigger picks among the candidates of a text.
SLOTS = ("place", "date", "agent", "patient")

#: Kinds of candidates, and what may stand in their stead: nothing, or the day of publication.
CANDIDATES = ("place", "time", "party", "nothing", "published")
