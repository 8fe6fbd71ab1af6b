"""Looking up spans in order: what overlaps, what lies inside, what came before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from sayso.records import Span


class Placed(Protocol):
    """Anything that stands in the text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


class InOrder(Generic[P]):
    """Things in text order that do not overlap one another, found by where they stand in logarithmic time."""

    def __init__(self, rows: Sequence[P]) -> None:
        self.rows = rows
        self._starts = [row.start for row in rows]

    def first_from(self, offset: int) -> int:
        """Index of the first row that starts at or behind ``offset``."""
        return bisect_left(self._starts, offset)

    def within(self, span: Span) -> Sequence[P]:
        """Rows that lie inside a span, in order."""
        found = self.rows[self.first_from(span[0]) : self.first_from(span[1])]
        return found if not found or found[-1].end <= span[1] else found[:-1]

    def before(self, offset: int, limit: int = 200) -> Sequence[P]:
        """The last rows that start before ``offset``, nearest first; what stands further off is of no help."""
        at = self.first_from(offset)
        return self.rows[max(0, at - limit) : at][::-1]

    def overlaps(self, span: Span) -> bool:
        """Whether a row shares a character with the span."""
        at = self.first_from(span[1])
        return at > 0 and self.rows[at - 1].end > span[0]
