"""Log-odds that two mentions are one happening, for many pairs at once: the arithmetic of ``compare``.

``Comparison.reasons`` says the same of one pair in words; a test holds the two together.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from sayso.stories.columns import NONE, TYPES, Columns, Floats, Lists
from sayso.stories.compare import DISTANCES, FEW_DEAD, LONG, MONTH, MOST_ARTICLE, MOST_WORDS, TOLD_APART, weights
from sayso.stories.kinds import kinship

Rows = NDArray[np.int64]


class Scores:
    """Compares the mentions of some columns. How much a word tells is counted when this is made.

    What was added to the columns since then is compared too; words that are new count as the rarest.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._weights = weights()
        self._kinds = np.array(
            [self._weights[f"type {kinship(one, other)}"] for one, other in product(TYPES, TYPES)], dtype=np.float32
        ).reshape(len(TYPES), len(TYPES))
        size = len(columns.vocabulary)
        self._rarity = _rarity(columns.words, size)
        self._article_rarity = _rarity(columns.article_words, size)
        self._mark = np.zeros(0, dtype=np.float32)

    def between(self, rows: Rows, others: Rows) -> Floats:
        """The score of each of some mentions with each of others: an array of ``(len(rows), len(others))``."""
        self._prepare()
        total = self._weights["prior"] + self._types(rows, others) + self._days(rows, others)
        total += self._places(rows, others) + self._counts(rows, others) + self._agents(rows, others)
        total += self._weights["words"] * np.minimum(self._alike(rows, others), MOST_WORDS)
        return np.asarray(total + self._articles(rows, others), dtype=np.float32)

    def _prepare(self) -> None:
        size = len(self.columns.vocabulary)
        if size > len(self._mark):
            self._mark = np.zeros(size + size // 2, dtype=np.float32)
            self._rarity = _grown(self._rarity, len(self._mark))
            self._article_rarity = _grown(self._article_rarity, len(self._mark))

    def _weigh(self, *choices: tuple[NDArray[np.bool_], str | None]) -> Floats:
        """The weight of the first trait that holds; nothing where none does, or where it is no trait."""
        values = [np.float32(self._weights[trait] if trait else 0) for _, trait in choices]
        return np.select([holds for holds, _ in choices], values, np.float32(0))

    def _types(self, rows: Rows, others: Rows) -> Floats:
        kinds, planned = self.columns.type.values, self.columns.planned.values
        differ = planned[rows][:, None] != planned[others]
        return np.asarray(
            self._kinds[kinds[rows][:, None], kinds[others]] + self._weigh((differ, "only one is planned"))
        )

    def _days(self, rows: Rows, others: Rows) -> Floats:
        start, end = self.columns.start.values, self.columns.end.values
        a, b, c, d = start[rows][:, None], end[rows][:, None], start[others], end[others]
        neither, one = (a == NONE) & (c == NONE), (a == NONE) | (c == NONE)
        apart = np.maximum(np.maximum(c - b, a - d), 0)
        shorter, longer = np.minimum(b - a, d - c), np.maximum(b - a, d - c)
        near = (np.abs(a - c) <= MONTH) & (apart == 0)
        return self._weigh(
            (neither, "no days"), (one, "days of one"),
            ((shorter > LONG) & near, "long, begun together"), (shorter > LONG, "long, begun apart"),
            ((longer > LONG) & (apart > 0), f"{TOLD_APART} days apart"), (longer > LONG, "long and short"),
            ((apart == 0) & (a == c) & (b == d), "same days"), (apart == 0, "days meet"),
            *((apart == days, f"{days} days apart") for days in range(1, TOLD_APART)),
            (apart >= TOLD_APART, f"{TOLD_APART} days apart"),
        )  # fmt: skip

    def _places(self, rows: Rows, others: Rows) -> Floats:
        place, within = self.columns.place.values, self.columns.within.values
        a, b, inside_a, inside_b = place[rows][:, None], place[others], within[rows][:, None], within[others]
        holds = ((a == inside_b) & (a != NONE)) | ((b == inside_a) & (b != NONE))
        apart = self._kilometres(rows, others)
        return self._weigh(
            ((a == NONE) & (b == NONE), "no places"), ((a == NONE) | (b == NONE), "place of one"),
            (a == b, "same place"), (holds, "place within"),
            (self._in_common(self.columns.place_words, rows, others) > 0, "part of the name"),
            *((apart <= most, trait) for most, trait in DISTANCES),
            (np.isnan(apart), "other name"), (np.ones_like(apart, dtype=bool), "far away"),
        )  # fmt: skip

    def _kilometres(self, rows: Rows, others: Rows) -> Floats:
        """Great-circle distances; not a number where one of two has no point."""
        lat, lon = self.columns.lat.values, self.columns.lon.values
        north, south = np.radians(lat[rows])[:, None], np.radians(lat[others])
        half = np.sin((north - south) / 2) ** 2
        half += np.cos(north) * np.cos(south) * np.sin(np.radians(lon[rows][:, None] - lon[others]) / 2) ** 2
        return np.asarray(12742.0 * np.arcsin(np.minimum(1.0, np.sqrt(half))))

    def _counts(self, rows: Rows, others: Rows) -> Floats:
        counted, low, high = self.columns.counted.values, self.columns.low.values, self.columns.high.values
        side = self.columns.victims.values
        both = counted[rows][:, None] & counted[others]
        differ = side[rows][:, None] != side[others]
        shared = np.full(both.shape, -1, dtype=np.float32)
        for ours, theirs in product((low, high), repeat=2):
            mine = np.broadcast_to(ours[rows][:, None], both.shape)
            np.maximum(shared, mine, out=shared, where=mine == theirs[others])
        return self._weigh(
            (~both, None), (differ, "other victims"), (shared > FEW_DEAD, "same toll"),
            (shared >= 0, "same small toll"),
        )  # fmt: skip

    def _agents(self, rows: Rows, others: Rows) -> Floats:
        agent = self.columns.agent.values
        a, b = agent[rows][:, None], agent[others]
        part = self._in_common(self.columns.agent_words, rows, others) > 0
        return self._weigh(
            ((a == NONE) | (b == NONE), None), (a == b, "same agent"), (part, "agent in part"),
            (np.ones_like(part), "other agent"),
        )  # fmt: skip

    def _alike(self, rows: Rows, others: Rows) -> Floats:
        """The weighted share of words that the sentences of two mentions have in common."""
        return self._share(self.columns.words, self._rarity, rows, others)

    def _articles(self, rows: Rows, others: Rows) -> Floats:
        article, sentence = self.columns.article.values, self.columns.sentence.values
        ours, back = np.unique(article[rows], return_inverse=True)
        theirs, back_theirs = np.unique(article[others], return_inverse=True)
        share = self._share(self.columns.article_words, self._article_rarity, ours, theirs)[back][:, back_theirs]
        one = article[rows][:, None] == article[others]
        apart = np.abs(sentence[rows][:, None] - sentence[others])
        within = self._weigh((apart == 0, "one sentence"), (apart <= 2, "near sentences"), (apart > 2, "far sentences"))
        across = self._weights["article's words"] * np.minimum(share, MOST_ARTICLE)
        return np.where(one, np.float32(self._weights["one article"]) + within, across)

    def _share(self, lists: Lists, rarity: Floats, rows: Rows, others: Rows) -> Floats:
        both = self._in_common(lists, rows, others, rarity)
        mine, theirs = _sums(lists, rarity, rows), _sums(lists, rarity, others)
        return np.asarray(both / np.maximum(1e-9, np.sqrt(mine[:, None] * theirs)), dtype=np.float32)

    def _in_common(self, lists: Lists, rows: Rows, others: Rows, worth: Floats | None = None) -> Floats:
        """What the members that two rows have in common are worth together; their number where nothing is given."""
        members, starts = lists.gathered(others)
        empty = lists.lengths(others) == 0
        found = np.zeros((len(rows), len(others)), dtype=np.float32)
        for n, row in enumerate(rows.tolist()):
            mine = lists.of(row)
            if len(mine):
                self._mark[mine] = 1 if worth is None else worth[mine]
                found[n] = np.add.reduceat(np.append(self._mark[members], 0), starts)
                self._mark[mine] = 0
        found[:, empty] = 0
        return found


def _rarity(lists: Lists, size: int) -> Floats:
    """How much each word tells, by how few of the texts hold it."""
    texts = len(lists)
    held = np.bincount(lists.members, minlength=size) if size else np.zeros(0)
    return np.asarray(np.log((texts + 1) / np.maximum(held, 1)), dtype=np.float32)


def _grown(rarity: Floats, size: int) -> Floats:
    rarest = rarity.max() if len(rarity) else np.float32(1)
    return np.concatenate((rarity, np.full(size - len(rarity), rarest, dtype=np.float32)))


def _sums(lists: Lists, worth: Floats, rows: Rows) -> Floats:
    members, starts = lists.gathered(rows)
    found = np.add.reduceat(np.append(worth[members], 0), starts)
    found[lists.lengths(rows) == 0] = 0
    return np.asarray(found, dtype=np.float32)
