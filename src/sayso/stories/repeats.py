"""Which passages of an article stand in another one, and who had them first: copies, looked up by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sayso.records import Span
from sayso.stories.copies import Copy


class Repeat(NamedTuple):
    """A passage of one article that stands in another; ``copied``: the other had it first, None where none can tell."""

    span: Span
    other: str
    other_span: Span
    copied: bool | None


class Repeats:
    """All copied passages of some articles."""

    def __init__(self, copies: Iterable[Copy] = ()) -> None:
        self._of: dict[str, list[Repeat]] = defaultdict(list)
        for copy in copies:
            first = None if copy.direction == "unknown" else copy.direction == "second"
            for passage in copy.passages:
                self._of[copy.first].append(Repeat(passage.first, copy.second, passage.second, first))
                back = None if first is None else not first
                self._of[copy.second].append(Repeat(passage.second, copy.first, passage.first, back))

    def at(self, article: str, offset: int) -> Iterator[Repeat]:
        """The passages that hold a place of an article."""
        return (row for row in self._of.get(article, ()) if row.span[0] <= offset < row.span[1])

    def copied_from(self, article: str, offset: int) -> str | None:
        """The article that had the words at a place first: of several the one that had them from none of the others."""
        sources = sorted({row.other for row in self.at(article, offset) if row.copied})
        later = {row.other for one in sources for row in self._of[one] if row.copied is False}
        return next((one for one in sources if one not in later), sources[0] if sources else None)
