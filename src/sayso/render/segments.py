"""A text cut at every boundary of its marks, so that overlapping spans become pieces that nest in nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Literal, TypeAlias

from sayso.records import Reading, Record, Span

Layer: TypeAlias = Literal["own", "content", "lineage", "time", "place", "source", "cue", "event", "copied", "asked"]

#: A card lists claims innermost first; more than these at one spot only nested junk has.
_MAX_CARDS = 8


class Mark(Record, frozen=True, kw_only=True):
    """A span of the text, what it is, and the card that it leads to (None: it only shows)."""

    span: Span
    layer: Layer
    card: int | None = None


class Segment(Record, frozen=True, kw_only=True):
    """A piece of text with the layers that lie on it and the cards of the claims that it is part of, innermost first.

    ``anchor``: the card whose first telling words begin here; there a keyboard can stop. ``start``: where in the whole
    text it begins.
    """

    text: str
    start: int = 0
    layers: tuple[Layer, ...] = ()
    cards: tuple[int, ...] = ()
    anchor: int | None = None


def cut(text: str, marks: list[Mark], anchors: dict[int, int]) -> tuple[tuple[Segment, ...], ...]:
    """The text's lines as segments; blank lines are left out. Joined, the segments of a line are that line.

    Args:
        text: any text.
        marks: spans into it, in any order; what lies outside is ignored.
        anchors: offset → card.
    """
    inside = sorted((mark for mark in marks if 0 <= mark.span[0] < mark.span[1] <= len(text)), key=_outermost_first)
    edges = sorted({edge for mark in inside for edge in mark.span} | {at for at in anchors if 0 <= at < len(text)})
    lines, start = [], 0
    cursor = _Cursor(inside)
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            lines.append(_line(text, (start, end), edges, cursor, anchors))
        start = end + 1
    return tuple(lines)


def marks_of(reading: Reading) -> list[Mark]:
    """The marks of a reading that belong to no claim: times, places and the words that lineage rests on."""
    found = [Mark(span=time.span, layer="time") for time in reading.times]
    found += [Mark(span=place.span, layer="place") for place in reading.places]
    found += [Mark(span=span, layer="lineage") for step in reading.lineage for span in step.evidence]
    return found


class _Cursor:
    """Walks the marks once, from left to right, and knows which are open."""

    def __init__(self, marks: list[Mark]) -> None:
        self._marks = marks
        self._next = 0
        self._open: list[Mark] = []

    def at(self, offset: int) -> list[Mark]:
        """The marks that hold ``offset``, outermost first; offsets must not go back."""
        self._open = [mark for mark in self._open if mark.span[1] > offset]
        while self._next < len(self._marks) and self._marks[self._next].span[0] <= offset:
            if self._marks[self._next].span[1] > offset:
                self._open.append(self._marks[self._next])
            self._next += 1
        return self._open


def _line(text: str, line: Span, edges: list[int], cursor: _Cursor, anchors: dict[int, int]) -> tuple[Segment, ...]:
    inner = edges[bisect_right(edges, line[0]) : bisect_left(edges, line[1])]
    bounds = [line[0], *inner, line[1]]
    return tuple(
        _segment(text[start:end], start, cursor.at(start), anchors.get(start)) for start, end in pairwise(bounds)
    )


def _segment(text: str, start: int, held: list[Mark], anchor: int | None) -> Segment:
    cards = dict.fromkeys(mark.card for mark in reversed(held) if mark.card is not None)
    return Segment(
        text=text,
        start=start,
        layers=tuple(dict.fromkeys(mark.layer for mark in held)),
        cards=tuple(cards)[:_MAX_CARDS],
        anchor=anchor,
    )


def _outermost_first(mark: Mark) -> tuple[int, int]:
    return mark.span[0], -mark.span[1]
