"""Log-odds that two mentions are one happening, for many pairs at once: the arithmetic of ``compare``.

``Comparison.reasons`` says the same of one pair in words; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from sayso.stories.arrays import NONE, Column, Floats, Lists
from sayso.stories.columns import TYPES, Columns
from sayso.stories.compare import weight_of
from sayso.stories.kinds import kinship
from sayso.stories.places import place_choices
from sayso.stories.rarity import rarity
from sayso.stories.shared import each_once, spread
from sayso.stories.traits import (
    DAYS,
    FEW_DEAD,
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
    together,
)  # fmt: skip
from sayso.stories.traits import TYPES as KINSHIPS

Rows = NDArray[np.int64]
Codes = NDArray[np.int16]
Holds = NDArray[np.bool_]

#: The traits of each group, by code; how two articles were published says nothing within one, or where it is not known.
_GROUPS: dict[str, tuple[str | None, ...]] = {
    "type": tuple(KINSHIPS), "days": tuple(DAYS), "place": tuple(PLACES), "published": (None, *PUBLISHED),
}  # fmt: skip
_GRADE_OF: dict[str, str] = {**KINSHIPS, **DAYS, **PLACES, **PUBLISHED}

#: Neither place is the context's; one is; one is, and both are named.
_CONTEXTS = 3


class Scores:
    """Compares the mentions of some columns; what was added to them since this was made is compared too."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._kinds = np.array([kinship(*pair) for pair in product(TYPES, TYPES)], dtype=np.int16)
        self._kinds = self._kinds.reshape(len(TYPES), len(TYPES))
        self._worths = _worths()
        self._rarity = np.zeros(0, dtype=np.float32)
        self._mark = np.zeros(0, dtype=np.int32)
        self._totals = {lists: Column(np.float32) for lists in (columns.words, columns.article_words)}

    def between(self, rows: Rows, others: Rows) -> Floats:
        """The score of each of some mentions with each of others: an array of ``(len(rows), len(others))``."""
        self.prepare()
        of = self.columns
        codes = self._kinds[of.type.values[rows][:, None], of.type.values[others]]
        codes = codes * len(DAYS) + spread(self._days, of.days, rows, others)
        codes = codes * (len(PLACES) * _CONTEXTS) + spread(self._spots, of.spot, rows, others)
        codes = codes * (len(PUBLISHED) + 1) + spread(self._published, of.article, rows, others)
        total: Floats = self._worths[codes]
        total += spread(self._counts, of.counts, rows, others)
        total += spread(self._agents, of.agent, rows, others)
        total += np.float32(weight_of("words")) * np.minimum(self._share(of.words, rows, others), MOST_WORDS)
        total += spread(self._across, of.part, rows, others)
        within = np.nonzero(of.article.values[rows][:, None] == of.article.values[others])
        total[within] += self._within(rows[within[0]], others[within[1]])
        return total

    def prepare(self) -> None:
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
        start, end = self.columns.all_days.start.values, self.columns.all_days.end.values
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

    def _spots(self, rows: Rows, others: Rows) -> Codes:
        """How places lie to each other, and whether one of them is the context's: ``place * _CONTEXTS + context``."""
        spots = self.columns.all_spots
        in_common = self._in_common(spots.words, rows, others)
        places = _first(place_choices(spots, rows, others, in_common), PLACES)
        elsewhere, place = spots.elsewhere.values, spots.name.values
        either = elsewhere[rows][:, None] | elsewhere[others]
        both = (place[rows][:, None] != NONE) & (place[others] != NONE)
        return np.asarray(places * _CONTEXTS + either + (either & both), dtype=np.int16)

    def _published(self, rows: Rows, others: Rows) -> Codes:
        published = self.columns.published.values
        a, b = published[rows][:, None], published[others]
        apart = np.abs(a - b)
        choices = [(apart <= most, trait) for most, trait in PUBLISHED_WITHIN]
        codes = _first([*choices, (np.ones_like(apart, dtype=bool), "published far apart")], PUBLISHED) + 1
        silent = (rows[:, None] == others) | (a == NONE) | (b == NONE)
        return np.where(silent, 0, codes).astype(np.int16)

    def _counts(self, rows: Rows, others: Rows) -> Floats:
        of = self.columns.all_counts
        side, planned = of.victims.values, of.planned.values
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
        agents = self.columns.all_agents
        a, b = agents.name.values[rows][:, None], agents.name.values[others]
        part = self._in_common(agents.words, rows, others) > 0
        return self._weigh(
            ((a == NONE) | (b == NONE), None), (a == b, "same agent"), (part, "agent in part"),
            (np.ones_like(part), "other agent"),
        )  # fmt: skip

    def _across(self, parts: Rows, others: Rows) -> Floats:
        """What it says that two mentions stand in two articles that have so many words in common; 0 within one."""
        ours, theirs = parts // 2, others // 2
        share = np.minimum(each_once(self.articles_alike, ours, theirs), MOST_ARTICLE)
        leads = parts[:, None] % 2 + others % 2
        slope = np.float32(weight_of("article's words")) + _of_leads("article's words, {} in the lead", leads)
        found = slope * share + _of_leads("{} in the lead", leads)
        return np.where(ours[:, None] == theirs, np.float32(0), found)

    def _within(self, rows: Rows, others: Rows) -> Floats:
        """What it says that two mentions, each row with its other, stand in one article."""
        sentence, part = self.columns.sentence.values, self.columns.part.values
        apart = np.abs(sentence[rows] - sentence[others])
        found = _of_leads("one article, {} in the lead", part[rows] % 2 + part[others] % 2)
        return np.float32(weight_of("one article")) + found + self._weigh(
            (apart == 0, "one sentence"), (apart <= NEAR_SENTENCES, "near sentences"),
            (apart > NEAR_SENTENCES, "far sentences"),
        )  # fmt: skip

    def articles_alike(self, articles: Rows, others: Rows) -> Floats:
        """The weighted share of words that articles, by number, have in common."""
        self.prepare()
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


@cache
def _worths() -> Floats:
    """What a pair is worth by kinship, days, places, their context and publication: one code for all, the last fastest.

    What most of the score rests on is looked up so in one step.
    """
    sizes = {"type": len(KINSHIPS), "days": len(DAYS), "place": len(PLACES), "context": _CONTEXTS}
    sizes["published"] = len(_GROUPS["published"])
    codes = dict(zip(sizes, np.meshgrid(*map(np.arange, sizes.values()), indexing="ij", sparse=True), strict=True))
    total = np.full(tuple(sizes.values()), weight_of("prior"), dtype=np.float32)
    for group, traits in _GROUPS.items():
        total += np.array([weight_of(trait) if trait else 0 for trait in traits], np.float32)[codes[group]]
    for one, other in TOGETHER:
        total += _together(one, other)[codes[one], codes[other]]
    return (total + _of_context()[codes["place"], codes["context"]]).ravel()


def _together(one: str, other: str) -> Floats:
    """What the traits of two groups say together."""
    found = np.zeros((len(_GROUPS[one]), len(_GROUPS[other])), dtype=np.float32)
    for (i, a), (j, b) in product(enumerate(_GROUPS[one]), enumerate(_GROUPS[other])):
        if a and b:
            found[i, j] = weight_of(together(one, _GRADE_OF[a], other, _GRADE_OF[b]))
    return found


def _of_context() -> Floats:
    """What it says that a place is the context's, by how the places lie to each other."""
    either, not_near = weight_of("a place from context"), weight_of("a place from context, not near")
    return np.array([(0, either, either + not_near * (grade != NEAR)) for grade in PLACES.values()], np.float32)


def _of_leads(trait: str, leads: Codes) -> Floats:
    return np.array([weight_of(trait.format(number)) for number in range(3)], dtype=np.float32)[leads]


def _first(choices: Iterable[tuple[Holds, str]], traits: Mapping[str, str]) -> Codes:
    """The code of the first trait that holds, among the traits of a group."""
    codes = {trait: code for code, trait in enumerate(traits)}
    found = list(choices)
    return np.select([holds for holds, _ in found], [np.int16(codes[trait]) for _, trait in found], np.int16(0))


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
