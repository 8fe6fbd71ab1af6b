"""Which articles are worth comparing: those that have rare words and places in common.

A word that many articles hold tells little over a whole case, but may tell much within a fortnight: where it is too
frequent it is looked up together with the days that are spoken of. So an article costs no more in a large case.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from sayso.stories.columns import NONE, Columns

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

_Keys = NDArray[np.int64]


class Candidates:
    """An index of the articles of some columns by what their mentions hold; ``add`` takes them in, in order."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._holders: dict[int, array[int]] = defaultdict(lambda: array("i"))
        self._told: dict[int, array[int]] = {}

    def add(self, number: int) -> None:
        """Takes in an article of the columns."""
        self._told.clear()
        windows: dict[int, list[int]] = defaultdict(list)
        for key in self._keys(number).tolist():
            windows[key & _WORD].append(key)
        for word, keys in windows.items():
            held = self._holders[word]
            if len(held) > _MOST_HOLD:
                self._enter(number, keys)
                continue
            held.append(number)
            if len(held) > _MOST_HOLD:
                for one in held:
                    self._enter(one, self._keys(one, word).tolist())

    def _enter(self, number: int, windows: Iterable[int]) -> None:
        """Notes an article under a frequent word and days; one more than are of use says that there are too many."""
        for key in windows:
            held = self._holders[key]
            if key > _WORD and len(held) <= _MOST_HOLD:
                held.append(number)

    def of(self, number: int) -> list[int]:
        """The articles worth comparing with one, by number, itself among them."""
        mine = self._telling(number)
        common = Counter(chain.from_iterable(self._holders[key] for key in mine))
        met = (other for other, count in common.items() if other != number and self._meet(len(mine), other, count))
        return sorted([number, *met])

    def _meet(self, mine: int, other: int, count: int) -> bool:
        """Whether enough is in common; a report of one sentence has few words to share: half of them are enough."""
        return count >= _IN_COMMON or (2 * count >= mine) or (2 * count >= len(self._telling(other)))

    def _telling(self, number: int) -> array[int]:
        """What an article holds that few others do, over the case or in the days that it speaks of."""
        if number not in self._told:
            self._told[number] = array("q", self._few(number))
        return self._told[number]

    def _few(self, number: int) -> Iterator[int]:
        holders, seen = self._holders, set[int]()
        for key in self._keys(number).tolist():
            word = key & _WORD
            if len(holders[word]) > _MOST_HOLD:
                if key > _WORD and len(holders[key]) <= _MOST_HOLD:
                    yield key
            elif word not in seen:
                seen.add(word)
                yield word

    def _keys(self, number: int, word: int | None = None) -> _Keys:
        """Each word and place of an article's mentions, or one of them, with its days: ``window << 32 | word``.

        Window 0 stands for mentions without a day, of articles without one.
        """
        columns = self._columns
        rows = columns.rows_of(number)
        words, _ = columns.words.gathered(rows)
        of_row = np.repeat(np.arange(len(rows)), columns.words.lengths(rows))
        placed = columns.place.values[rows] != NONE
        words = np.concatenate((words, columns.place.values[rows][placed])).astype(np.int64)
        of_row = np.concatenate((of_row, np.flatnonzero(placed)))
        if word is not None:
            of_row, words = of_row[words == word], words[words == word]
        start, published = columns.start.values[rows], columns.published.values[rows]
        day = np.where(start == NONE, published, start).astype(np.int64)[of_row]
        window = np.where(day == NONE, 0, day // _STRIDE)
        following = np.where(day == NONE, 0, window + 1)
        keys = np.concatenate((window << 32 | words, following << 32 | words))
        keys.sort()
        return keys[np.concatenate(([True], keys[1:] != keys[:-1]))] if len(keys) else keys
