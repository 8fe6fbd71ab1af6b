"""Log-odds that two mentions are one happening, for many pairs at once: the arithmetic of ``compare``.

``Comparison.reasons`` says the same of one pair in words; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from sayso.stories.columns import NONE, TYPES, Column, Columns, Floats, Lists
from sayso.stories.compare import weight_of
from sayso.stories.kinds import kinship
from sayso.stories.places import place_choices
from sayso.stories.rarity import rarity
from sayso.stories.traits import (
    DAYS,
    FAR,
    FEW_DEAD,
    LEAD,
    LONG,
    MONTH,
    MOST_ARTICLE,
    MOST_WORDS,
    NEAR,
    NEAR_SENTENCES,
    NEAR_TOLLS,
    PLACES,
    PUBLISHED,
    PUBLISHED_WITHIN,
    TOGETHER,
    TOLD_APART,
    UNCLEAR,
    together,
)  # fmt: skip
from sayso.stories.traits import TYPES as KINSHIPS

Rows = NDArray[np.int64]
Codes = NDArray[np.int8]
Holds = NDArray[np.bool_]

_GRADES = (NEAR, UNCLEAR, FAR)

#: The traits of each group, by code; how two articles were published says nothing within one, or where it is not known.
_GROUPS: dict[str, tuple[str | None, ...]] = {
    "type": tuple(KINSHIPS), "days": tuple(DAYS), "place": tuple(PLACES), "published": (None, *PUBLISHED),
}  # fmt: skip
_GRADE_OF: dict[str, str] = {**KINSHIPS, **DAYS, **PLACES, **PUBLISHED}


class Scores:
    """Compares the mentions of some columns; what was added to them since this was made is compared too."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._kinds = np.array([kinship(*pair) for pair in product(TYPES, TYPES)], dtype=np.int8)
        self._kinds = self._kinds.reshape(len(TYPES), len(TYPES))
        self._pairs = {(one, other): self._table(one, other) for one, other in TOGETHER}
        self._rarity = np.zeros(0, dtype=np.float32)
        self._mark = np.zeros(0, dtype=np.int32)
        self._totals = {lists: Column(np.float32) for lists in (columns.words, columns.article_words)}

    def _table(self, one: str, other: str) -> Floats:
        """What the traits of two groups say together."""
        found = np.zeros((len(_GROUPS[one]), len(_GROUPS[other])), dtype=np.float32)
        for (i, a), (j, b) in product(enumerate(_GROUPS[one]), enumerate(_GROUPS[other])):
            if a and b:
                found[i, j] = weight_of(together(one, _GRADE_OF[a], other, _GRADE_OF[b]))
        return found

    def between(self, rows: Rows, others: Rows) -> Floats:
        """The score of each of some mentions with each of others: an array of ``(len(rows), len(others))``."""
        self._prepare()
        codes = {
            "type": self._kinds[self.columns.type.values[rows][:, None], self.columns.type.values[others]],
            "days": self._days(rows, others), "place": self._places(rows, others),
            "published": self._published(rows, others),
        }  # fmt: skip
        total = np.full((len(rows), len(others)), weight_of("prior"), dtype=np.float32)
        for group, found in codes.items():
            total += np.array([weight_of(trait) if trait else 0.0 for trait in _GROUPS[group]], np.float32)[found]
        for (one, other), worth in self._pairs.items():
            total += worth[codes[one], codes[other]]
        total += self._contexts(rows, others, codes["place"]) + self._counts(rows, others) + self._agents(rows, others)
        total += weight_of("words") * np.minimum(self._share(self.columns.words, rows, others), MOST_WORDS)
        return np.asarray(total + self._articles(rows, others), dtype=np.float32)

    def _prepare(self) -> None:
        """Looks up how much words tell that are new to the vocabulary; what is no word is never weighed by it."""
        known, words = len(self._rarity), self.columns.vocabulary
        if len(words) > known:
            fresh = [rarity(word) if isinstance(word, str) else 0.0 for word in islice(words, known, None)]
            self._rarity = np.append(self._rarity, np.array(fresh, dtype=np.float32))
            self._mark = np.zeros(len(words), dtype=np.int32)
        for lists, totals in self._totals.items():
            fresh_rows = np.arange(len(totals), len(lists))
            totals.extend(_sums(lists, self._rarity, fresh_rows))

    def _weigh(self, *choices: tuple[Holds, str | None]) -> Floats:
        """The weight of the first trait that holds; nothing where none does, or where it is no trait."""
        values = [np.float32(weight_of(trait) if trait else 0) for _, trait in choices]
        return np.select([holds for holds, _ in choices], values, np.float32(0))

    def _days(self, rows: Rows, others: Rows) -> Codes:
        start, end = self.columns.start.values, self.columns.end.values
        a, b, c, d = start[rows][:, None], end[rows][:, None], start[others], end[others]
        neither, one = (a == NONE) & (c == NONE), (a == NONE) | (c == NONE)
        apart = np.maximum(np.maximum(c - b, a - d), 0)
        shorter, longer = np.minimum(b - a, d - c), np.maximum(b - a, d - c)
        near = (np.abs(a - c) <= MONTH) & (apart == 0)
        choices = (
            (neither, "no days"), (one, "days of one"),
            ((shorter > LONG) & near, "long, begun together"), (shorter > LONG, "long, begun apart"),
            ((longer > LONG) & (apart > 0), f"{TOLD_APART} days apart"), (longer > LONG, "long and short"),
            ((apart == 0) & (a == c) & (b == d), "same days"), (apart == 0, "days meet"),
            *((apart == days, f"{days} days apart") for days in range(1, TOLD_APART)),
            (apart >= TOLD_APART, f"{TOLD_APART} days apart"),
        )  # fmt: skip
        return _first(choices, DAYS)

    def _places(self, rows: Rows, others: Rows) -> Codes:
        in_common = self._in_common(self.columns.place_words, rows, others)
        return _first(place_choices(self.columns, rows, others, in_common), PLACES)

    def _published(self, rows: Rows, others: Rows) -> Codes:
        article, published = self.columns.article.values, self.columns.published.values
        a, b = published[rows][:, None], published[others]
        apart = np.abs(a - b)
        choices = [(apart <= most, trait) for most, trait in PUBLISHED_WITHIN]
        codes = _first([*choices, (np.ones_like(apart, dtype=bool), "published far apart")], PUBLISHED) + 1
        silent = (article[rows][:, None] == article[others]) | (a == NONE) | (b == NONE)
        return np.where(silent, 0, codes).astype(np.int8)

    def _contexts(self, rows: Rows, others: Rows, places: Codes) -> Floats:
        elsewhere, place = self.columns.elsewhere.values, self.columns.place.values
        either = elsewhere[rows][:, None] | elsewhere[others]
        far = np.array([grade != NEAR for grade in PLACES.values()])[places]
        both = (place[rows][:, None] != NONE) & (place[others] != NONE)
        found = self._weigh((either, "a place from context"))
        return found + self._weigh((either & far & both, "a place from context, not near"))

    def _counts(self, rows: Rows, others: Rows) -> Floats:
        of, side, planned = self.columns, self.columns.victims.values, self.columns.planned.values
        counted, low, high = of.counted.values, of.low.values, of.high.values
        both = counted[rows][:, None] & counted[others]
        shared = _shared(low, high, rows, others)
        least = np.fmax(np.nan_to_num(low[rows])[:, None], np.nan_to_num(low[others]))
        most = np.fmin(high[rows][:, None], high[others])
        found = self._weigh(
            (~both, None), (side[rows][:, None] != side[others], "other victims"),
            (shared > FEW_DEAD, "same toll"), (shared >= 0, "same small toll"),
            (np.isnan(most) | (least <= most), "tolls meet"), (least <= most * NEAR_TOLLS, "tolls near"),
            (both, "tolls apart"),
        )  # fmt: skip
        both = of.hurt.values[rows][:, None] & of.hurt.values[others]
        shared = _shared(of.lowest_hurt.values, of.highest_hurt.values, rows, others)
        found += self._weigh((~both, None), (shared >= 0, "same injured"), (both, "other injured"))
        return found + self._weigh((planned[rows][:, None] != planned[others], "only one is planned"))

    def _agents(self, rows: Rows, others: Rows) -> Floats:
        agent = self.columns.agent.values
        a, b = agent[rows][:, None], agent[others]
        part = self._in_common(self.columns.agent_words, rows, others) > 0
        return self._weigh(
            ((a == NONE) | (b == NONE), None), (a == b, "same agent"), (part, "agent in part"),
            (np.ones_like(part), "other agent"),
        )  # fmt: skip

    def _articles(self, rows: Rows, others: Rows) -> Floats:
        """What it says that two mentions stand in one article, or in two that have so many words in common."""
        article, sentence = self.columns.article.values, self.columns.sentence.values
        lead = (sentence < LEAD).astype(np.int8)
        leads = lead[rows][:, None] + lead[others]
        apart = np.abs(sentence[rows][:, None] - sentence[others])
        within = np.float32(weight_of("one article")) + self._of_leads("one article, {} in the lead", leads)
        within += self._weigh(
            (apart == 0, "one sentence"), (apart <= NEAR_SENTENCES, "near sentences"),
            (apart > NEAR_SENTENCES, "far sentences"),
        )  # fmt: skip
        ours, back = np.unique(article[rows], return_inverse=True)
        theirs, back_theirs = np.unique(article[others], return_inverse=True)
        share = np.minimum(self._share(self.columns.article_words, ours, theirs), MOST_ARTICLE)[back][:, back_theirs]
        slope = weight_of("article's words") + self._of_leads("article's words, {} in the lead", leads)
        across = slope * share + self._of_leads("{} in the lead", leads)
        return np.where(article[rows][:, None] == article[others], within, across)

    def _of_leads(self, trait: str, leads: Codes) -> Floats:
        return np.array([weight_of(trait.format(number)) for number in range(3)], dtype=np.float32)[leads]

    def articles_alike(self, articles: Rows, others: Rows) -> Floats:
        """The weighted share of words that articles, by number, have in common."""
        self._prepare()
        return self._share(self.columns.article_words, articles, others)

    def _share(self, lists: Lists, rows: Rows, others: Rows) -> Floats:
        """The share of words that two rows have in common, weighed by rarity."""
        both, totals = self._in_common(lists, rows, others, weighed=True), self._totals[lists].values
        return np.asarray(both / np.maximum(1e-9, np.sqrt(totals[rows][:, None] * totals[others])), dtype=np.float32)

    def _in_common(self, lists: Lists, rows: Rows, others: Rows, *, weighed: bool = False) -> Floats:
        """What the members that two rows have in common are worth together; their number where they are not weighed.

        The members of ``rows`` are few: each gets a number, and both sides become tables that are multiplied.
        """
        mine, ours = lists.gathered(rows)[0], np.repeat(np.arange(len(rows)), lists.lengths(rows))
        theirs, holders = lists.gathered(others)[0], np.repeat(np.arange(len(others)), lists.lengths(others))
        held = np.unique(mine)
        if not len(held) or not len(theirs):
            return np.zeros((len(rows), len(others)), dtype=np.float32)
        self._mark[held] = np.arange(1, len(held) + 1)
        numbers, columns = self._mark[mine] - 1, self._mark[theirs] - 1
        self._mark[held] = 0
        left = np.zeros((len(rows), len(held)), dtype=np.float32)
        left[ours, numbers] = self._rarity[mine] if weighed else 1
        shared = columns >= 0
        right = np.zeros((len(held), len(others)), dtype=np.float32)
        right[columns[shared], holders[shared]] = 1
        return left @ right


def _first(choices: Iterable[tuple[Holds, str]], traits: Mapping[str, str]) -> Codes:
    """The code of the first trait that holds, among the traits of a group."""
    codes = {trait: code for code, trait in enumerate(traits)}
    found = list(choices)
    return np.select([holds for holds, _ in found], [np.int8(codes[trait]) for _, trait in found], np.int8(0))


def _shared(low: Floats, high: Floats, rows: Rows, others: Rows) -> Floats:
    """The highest number that two counts name both; -1 where they name none."""
    shared = np.full((len(rows), len(others)), -1, dtype=np.float32)
    for ours, theirs in product((low, high), repeat=2):
        mine = np.broadcast_to(ours[rows][:, None], shared.shape)
        np.maximum(shared, mine, out=shared, where=mine == theirs[others])
    return shared


def _sums(lists: Lists, worth: Floats, rows: Rows) -> Floats:
    members, starts = lists.gathered(rows)
    found = np.add.reduceat(np.append(worth[members], 0), starts)
    found[lists.lengths(rows) == 0] = 0
    return np.asarray(found, dtype=np.float32)
