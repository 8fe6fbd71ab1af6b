"""What the learned model sees of events: how likely a trigger stands somewhere, its type, and what fills its slots."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, cast

import numpy as np

from sayso.encoder import CANDIDATES, SLOTS, TAGS, Marks
from sayso.events.choices import Choices
from sayso.records import EventType, Span

#: Of a text's candidates this many, the nearest ones, are weighed for one event: keeps long texts linear.
NEAREST = 80

#: The kind of candidate that may fill each slot. The network scores days and patients too; the rules' are no worse.
_FITTING = {"place": "place", "agent": "party"}


class Pick(NamedTuple):
    """A candidate for a slot and how likely it is: a place or party of the text, or None for nothing."""

    value: Any
    share: float


@dataclass(frozen=True)
class Seen:
    """The model's marks on one article, asked about its events."""

    marks: Marks
    choices: Choices

    def share(self, span: Span) -> float:
        """How likely a trigger stands at a span."""
        return self.marks.presence("trigger", span)

    def type(self, span: Span) -> tuple[EventType, float]:
        """The likeliest type of the event whose trigger stands at a span, and its probability."""
        first, last = self.marks.tokens(span)
        shares = self.marks.shares("type")[first:last].mean(axis=0)
        return cast("EventType", TAGS["type"][int(shares.argmax())]), float(shares.max())

    @cached_property
    def _rows(self) -> list[tuple[Span, int, Any]]:
        """All candidates in text order: tokens, kind (of ``CANDIDATES``), and what they are."""
        kinds = (("place", self.choices.spots), ("party", self.choices.parties))
        rows = [(self.marks.tokens(one.span), CANDIDATES.index(kind), one) for kind, found in kinds for one in found]
        return sorted(rows, key=lambda row: row[:2])

    def picks(self, trigger: Span) -> dict[str, list[Pick]]:
        """For each slot of ``_FITTING`` of the event at ``trigger`` its candidates, the likeliest first."""
        here = self.marks.tokens(trigger)
        near = self._nearest(here)
        kinds = [kind for _, kind, _ in near] + [CANDIDATES.index("nothing")]
        values = [value for _, _, value in near] + [None]
        scores = self.marks.pairs("slots", [here], [span for span, _, _ in near], kinds)[0]
        found = {}
        for slot, fitting in _FITTING.items():
            n = SLOTS.index(slot)
            fits = np.array([CANDIDATES[kind] in (fitting, "nothing") for kind in kinds])
            raised = np.where(fits, np.exp(scores[:, n] - scores[fits, n].max()), 0)
            shares = raised / raised.sum()
            order = [int(k) for k in np.argsort(-shares) if fits[k]]
            found[slot] = [Pick(values[k], float(shares[k])) for k in order]
        return found

    def _nearest(self, here: Span) -> list[tuple[Span, int, Any]]:
        if len(self._rows) <= NEAREST:
            return self._rows
        at = bisect_left(self._rows, here, key=lambda row: row[0])
        start = max(0, min(at - NEAREST // 2, len(self._rows) - NEAREST))
        return self._rows[start : start + NEAREST]
