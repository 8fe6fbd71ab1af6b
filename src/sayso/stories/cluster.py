"""Groups mentions into happenings.

Articles worth comparing are compared mention by mention. Pairs that go together hold the mentions in islands, and each
island is then divided by average linkage: what lies on another island cannot change it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from sayso.stories.arrays import NONE, Floats
from sayso.stories.candidates import Candidates
from sayso.stories.columns import Columns
from sayso.stories.compare import threshold
from sayso.stories.connected import connected
from sayso.stories.linkage import average_linkage
from sayso.stories.mentions import Mention, Sketch
from sayso.stories.over import Over
from sayso.stories.scores import Scores
from sayso.stories.shared import spread

#: What two mentions whose days lie too far apart weigh against a merger of the groups that hold them.
STRANGERS = -6.0

#: Mentions further apart than this are no candidates; those of a longer range are brought together by their words.
_MOST_DAYS = 7

#: Rows of an island that are compared with all others at once: few, so that what they are told by is in few words.
_AT_ONCE = 64

#: Articles that are compared with those behind them in one part of the work.
_ARTICLES = 128

#: An island of more mentions than this is cut at a higher threshold first, so that no array outgrows the memory.
_LARGEST = 4000


def cluster(sketches: Iterable[Sketch]) -> list[list[Mention]]:
    """The mentions by happening; the order of the articles makes no difference."""
    ordered = sorted(sketches, key=lambda sketch: sketch.article)
    mentions = [mention for sketch in ordered for mention in sketch.mentions]
    return [[mentions[row] for row in group] for group in Grouping(ordered).groups()]


class Grouping:
    """The mentions of some articles, indexed and compared."""

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        self.columns = Columns()
        for sketch in sketches:
            self.columns.add(sketch)
        self._candidates = Candidates(self.columns)
        self._scores = Scores(self.columns)

    def add(self, sketch: Sketch) -> int:
        """Takes in an article behind the others; gives its number."""
        number = self.columns.add(sketch)
        self._candidates.add(number)
        return number

    def keys(self) -> Iterator[tuple[str, int]]:
        """Article and number of event of each row."""
        columns = self.columns
        for article, number in zip(columns.article.values.tolist(), columns.number.values.tolist(), strict=True):
            yield columns.articles[article], number

    def like(self, article: int, most: int) -> list[str]:
        """The articles that have most words in common with one, best first."""
        others = [other for other in self._candidates.of(article) if other != article]
        share = self._scores.articles_alike(np.array([article]), np.array(others, dtype=np.int64))[0]
        return [self.columns.articles[others[n]] for n in np.argsort(-share, kind="stable")[:most].tolist()]

    def groups(self, over: Over = map) -> list[list[int]]:
        """All mentions by happening: rows of the columns; ``over`` is what parts of the work are done by."""
        edges, scores = self._near(over)
        islands = list(_islands(edges, scores))
        alone = np.setdiff1d(np.arange(len(self.columns)), np.concatenate([np.empty(0, np.int64), *islands]))
        divided = chain.from_iterable(over(self._divided, _packed(islands)))
        return sorted([*([row] for row in alone.tolist()), *divided])

    def _near(self, over: Over) -> tuple[NDArray[np.int32], Floats]:
        """The pairs of mentions that go together, and how well."""
        count = len(self.columns.articles)
        self._candidates.prepare()
        self._scores.prepare()
        parts = over(self._near_of, (range(n, min(n + _ARTICLES, count)) for n in range(0, count, _ARTICLES)))
        found = [(np.empty((0, 2), dtype=np.int32), np.empty(0, dtype=np.float32)), *parts]
        return np.concatenate([edges for edges, _ in found]), np.concatenate([scores for _, scores in found])

    def _near_of(self, articles: range) -> tuple[NDArray[np.int32], Floats]:
        found: list[NDArray[np.int32]] = [np.empty((0, 2), dtype=np.int32)]
        scores: list[Floats] = [np.empty(0, dtype=np.float32)]
        least = threshold()
        for article, others in self._candidates.pairs(articles):
            rows = self.columns.rows_of(article)
            if len(rows):
                columns = self.columns.rows_of_all(np.append(article, others))
                block = self.between(rows, columns)
                a, b = np.nonzero((block >= least) & (rows[:, None] < columns))
                found.append(np.column_stack((rows[a], columns[b])).astype(np.int32))
                scores.append(block[a, b])
        return np.concatenate(found), np.concatenate(scores)

    def between(self, rows: NDArray[np.int64], others: NDArray[np.int64]) -> Floats:
        """How well mentions go together; those whose days lie too far apart do not."""
        # rounded, so that the order in which a machine adds up small numbers cannot tell two groups apart
        scores = np.round(self._scores.between(rows, others), 4)
        return np.where(self.strangers(rows, others), np.float32(STRANGERS), scores)

    def strangers(self, rows: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which mentions' days lie so far apart that they are not compared."""
        return spread(self._far, self.columns.days, rows, others)

    def _far(self, days: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
        start, end = self.columns.all_days.start.values, self.columns.all_days.end.values
        apart = np.maximum(start[others] - end[days][:, None], start[days][:, None] - end[others])
        dated = (start[days][:, None] != NONE) & (start[others] != NONE)
        return np.asarray(dated & (apart > _MOST_DAYS))

    def joined(self, article: int, homes: Mapping[int, int], members: Callable[[int], list[int]]) -> list[list[int]]:
        """An article that came later, put to the happenings that are there: its mentions by happening.

        Args:
            article: its number, the last that was added.
            homes: row -> happening, of all mentions before.
            members: the rows of a happening.

        Returns:
            Rows of the article that are one happening, each behind the rows of the happening that they joined, if any.
            Happenings that were there are never joined to each other: that is left to ``groups``.
        """
        rows, least = self.columns.rows_of(article), threshold()
        others = [self.columns.rows_of(other) for other in self._candidates.of(article) if other != article]
        touched: list[int] = []
        if len(rows) and others:
            columns = np.concatenate(others)
            near = columns[(self.between(rows, columns) >= least).any(axis=0)]
            touched = sorted({homes[row] for row in near.tolist() if row in homes})
        return self._linked(rows, [members(home) for home in touched], least)

    def _linked(self, rows: NDArray[np.int64], there: Sequence[list[int]], least: float) -> list[list[int]]:
        count = len(rows)
        scores = np.full((count + len(there),) * 2, -np.inf)
        scores[:count, :count] = self.between(rows, rows)
        for n, group in enumerate(there, start=count):
            scores[:count, n] = scores[n, :count] = self.between(rows, np.array(group)).mean(axis=1)
        sizes = np.array([1] * count + [len(group) for group in there])
        parts = [rows[n : n + 1].tolist() for n in range(count)] + list(there)
        linked = average_linkage(scores, least, sizes)
        return [[row for n in group for row in parts[n]] for group in linked if group[0] < count]

    def _divided(self, islands: Sequence[NDArray[np.int64]]) -> list[list[int]]:
        """Several islands divided; small ones are compared together: one comparison costs little more than none."""
        rows = np.concatenate(islands)
        scores, start = self._square(rows), 0
        found: list[list[int]] = []
        for island in islands:
            end = start + len(island)
            linked = average_linkage(scores[start:end, start:end], threshold())
            found += [island[group].tolist() for group in linked]
            start = end
        return found

    def _square(self, rows: NDArray[np.int64]) -> Floats:
        """How well each of some mentions goes with each: each pair is compared once, a few rows at a time."""
        found = np.empty((len(rows), len(rows)), dtype=np.float32)
        for low in range(0, len(rows), _AT_ONCE):
            high = low + _AT_ONCE
            found[low:high, low:] = self.between(rows[low:high], rows[low:])
            found[low:, low:high] = found[low:high, low:].T
        return found


def _islands(edges: NDArray[np.int32], scores: Floats) -> Iterator[NDArray[np.int64]]:
    """The connected parts of the graph; one that is too large loses its weakest half of edges."""
    for nodes, inside in connected(edges):
        if len(nodes) <= _LARGEST:
            yield nodes
        else:
            strong = inside[scores[inside] > np.median(scores[inside])]
            yield from _islands(edges[strong], scores[strong])


def _packed(islands: Iterable[NDArray[np.int64]]) -> Iterator[list[NDArray[np.int64]]]:
    """Islands in lots of at most ``_AT_ONCE`` rows; a larger one is a lot of its own."""
    lot: list[NDArray[np.int64]] = []
    for island in islands:
        if lot and sum(map(len, lot)) + len(island) > _AT_ONCE:
            yield lot
            lot = []
        lot.append(island)
    if lot:
        yield lot
