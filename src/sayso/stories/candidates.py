"""Which articles are worth comparing: those that have rare words and places in common.

A word that many articles hold tells little over a whole case, but may tell much within a fortnight: where it is too
frequent it is looked up together with the days that are spoken of. So an article costs no more in a large case.

What is there from the start is indexed at once, in arrays; what comes later, in a table beside them.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from sayso.stories.arrays import NONE
from sayso.stories.columns import Columns
from sayso.stories.postings import Holders, Index, Numbers, Postings, distinct

#: A word or place that more articles hold tells too little to bring two together.
_MOST_HOLD = 30

#: Articles with fewer words or places of that kind in common are not compared. On the development data these two
#: leave out four pairs of five of a large case and change no figure.
_IN_COMMON = 6

#: Days from one window, in which frequent words are looked up, to the next; each is twice as long, so that it
#: overlaps with the next by half.
_STRIDE = 14

#: The bits of a key that are its word.
_WORD = 0xFFFFFFFF


class Candidates:
    """The articles of some columns by what their mentions hold; ``add`` takes in those that come later, in order."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        words, rows = self._held(np.arange(len(columns)))
        article = columns.article.values
        held = distinct(words, article[rows])
        self._counts = np.bincount(held.keys, minlength=1)
        frequent = self._counts[words] > _MOST_HOLD
        keys, rows = self._windowed(words[frequent], rows[frequent])
        rare = self._counts[held.keys] <= _MOST_HOLD
        self._words = Postings(Holders(held.keys[rare], held.articles[rare]), _MOST_HOLD)
        dated = keys > _WORD
        self._windows = Postings(distinct(keys[dated], article[rows[dated]]), _MOST_HOLD)
        self._later: dict[int, array[int]] = defaultdict(lambda: array("q"))
        self._index = Index((self._words, self._windows), len(columns.articles))
        # how much each article holds that tells something
        self._told = array("q", self._index.told.tolist())

    def add(self, number: int) -> None:
        """Takes in an article that was added to the columns later."""
        keys = self._keys(number)
        words = np.unique(keys & _WORD)
        frequent = self._is_frequent(words)
        self._enter(number, words[~frequent])
        concerned = self._enter_days(number, keys[np.isin(keys & _WORD, words[frequent])])
        for word in words[~frequent][self._is_frequent(words[~frequent])].tolist():
            for one in self._holders(np.array([word])):
                of_word = self._keys(one)
                concerned |= {one, *self._enter_days(one, of_word[of_word & _WORD == word])}
        self._told.append(0)
        for one in {number, *concerned}:
            self._told[one] = len(self._telling(one))

    def _enter_days(self, number: int, keys: Numbers) -> set[int]:
        """Notes an article under frequent words and days; gives those to whom one of these tells nothing any more."""
        windows = keys[keys > _WORD]
        before = self._is_few(windows)
        self._enter(number, windows)
        return set(self._holders(windows[before & ~self._is_few(windows)]))

    def _enter(self, number: int, keys: Numbers) -> None:
        for key in keys.tolist():
            self._later[key].append(number)

    def of(self, number: int) -> list[int]:
        """The articles worth comparing with one, by number, itself among them."""
        mine = self._telling(number)
        common = Counter(self._holders(mine))
        met = (other for other, count in common.items() if other != number and self._meet(len(mine), other, count))
        return sorted([number, *met])

    def _meet(self, mine: int, other: int, count: int) -> bool:
        """Whether enough is in common; a report of one sentence has few words to share: half of them are enough."""
        return count >= _IN_COMMON or 2 * count >= min(mine, self._told[other])

    def pairs(self, articles: range) -> Iterator[tuple[int, Numbers]]:
        """Each of some articles in a row with those behind it that are worth comparing, where none came later."""
        index, count = self._index, len(self._columns.articles)
        pairs, common = np.unique(index.together(articles) @ (count, 1), return_counts=True)
        one, other = np.divmod(pairs, count)
        met = (common >= _IN_COMMON) | (2 * common >= np.minimum(index.told[one], index.told[other]))
        one, other = one[met], other[met]
        ends = np.searchsorted(one, np.arange(articles.start, articles.stop + 1))
        for article, low, high in zip(articles, ends[:-1], ends[1:], strict=True):
            yield article, other[low:high]

    def _telling(self, number: int) -> Numbers:
        """What an article holds that few others do, over the case or in the days that it speaks of."""
        keys = self._keys(number)
        frequent = self._is_frequent(keys & _WORD)
        windows = keys[frequent & (keys > _WORD)]
        return np.concatenate((np.unique(keys[~frequent] & _WORD), windows[self._is_few(windows)]))

    def _holders(self, keys: Numbers) -> Iterator[int]:
        """The articles that hold each of some keys, one key after the other."""
        yield from self._words.articles_of(keys).tolist()
        yield from self._windows.articles_of(keys).tolist()
        yield from chain.from_iterable(self._later.get(key, ()) for key in keys.tolist())

    def _is_few(self, windows: Numbers) -> NDArray[np.bool_]:
        """Whether few enough hold a word within some days."""
        return np.asarray(self._windows.counts_of(windows) + self._counts_later(windows) <= _MOST_HOLD)

    def _is_frequent(self, words: Numbers) -> NDArray[np.bool_]:
        known = words < len(self._counts)
        counts = np.where(known, self._counts[np.where(known, words, 0)], 0)
        return np.asarray(counts + self._counts_later(words) > _MOST_HOLD)

    def _counts_later(self, keys: Numbers) -> Numbers:
        return np.array([len(self._later.get(key, ())) for key in keys.tolist()], dtype=np.int64)

    def _keys(self, number: int) -> Numbers:
        """Each word and place of an article's mentions, with its days: ``window << 32 | word``, in order."""
        return np.unique(self._windowed(*self._held(self._columns.rows_of(number)))[0])

    def _held(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """The words and the place of some mentions, and the row of each."""
        columns = self._columns
        words = columns.words.gathered(rows)[0].astype(np.int64)
        places = columns.all_spots.name.values[columns.spot.values[rows]].astype(np.int64)
        placed = places != NONE
        of_row = np.repeat(rows, columns.words.lengths(rows))
        return np.concatenate((words, places[placed])), np.concatenate((of_row, rows[placed]))

    def _windowed(self, words: Numbers, rows: Numbers) -> tuple[Numbers, Numbers]:
        """Words with the two windows that their rows' days lie in, and the row of each.

        Window 0 stands for mentions without a day, of articles without one: what is frequent is not looked up there.
        """
        columns = self._columns
        start = columns.all_days.start.values[columns.days.values[rows]]
        day = np.where(start == NONE, columns.published.values[columns.article.values[rows]], start).astype(np.int64)
        window = np.where(day == NONE, 0, day // _STRIDE)
        following = np.where(day == NONE, 0, window + 1)
        return np.concatenate((window << 32 | words, following << 32 | words)), np.tile(rows, 2)
