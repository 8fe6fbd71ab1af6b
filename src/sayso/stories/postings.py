"""Which articles hold a key, for many keys at once: sorted keys, each with its articles, one key behind the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class Holders(NamedTuple):
    """Pairs of a key and an article that holds it."""

    keys: Numbers
    articles: Numbers


def distinct(keys: Numbers, articles: Numbers) -> Holders:
    """Each pair of a key and an article once, in order."""
    order = np.lexsort((articles, keys))
    keys, articles = keys[order], articles[order]
    return Holders(*(values[_first(keys) | _first(articles)] for values in (keys, articles)))


def ranges(starts: Numbers, counts: Numbers) -> Numbers:
    """The numbers of several ranges, one range behind the other."""
    before = np.cumsum(counts) - counts
    return np.asarray(np.arange(counts.sum()) + np.repeat(starts - before, counts), dtype=np.int64)


def _first(values: Numbers) -> NDArray[np.bool_]:
    """Where a value differs from the one before it."""
    found = np.ones(len(values), dtype=bool)
    found[1:] = values[1:] != values[:-1]
    return found


class Postings:
    """Keys with their articles; of those that more than ``most`` hold it is only known how many they are."""

    def __init__(self, holders: Holders, most: int) -> None:
        """``holders``: in order, each once."""
        starts = np.flatnonzero(_first(holders.keys))
        counts = np.diff(np.append(starts, len(holders.keys)))
        self.keys, self._counts = holders.keys[starts], counts
        self.sizes = np.where(counts <= most, counts, 0)
        self.articles = holders.articles[np.repeat(counts <= most, counts)]
        self._starts = np.cumsum(self.sizes) - self.sizes

    def counts_of(self, keys: Numbers) -> Numbers:
        """How many articles hold each of some keys."""
        at, found = self._find(keys)
        return np.where(found, np.append(self._counts, 0)[at], 0)

    def articles_of(self, keys: Numbers) -> Numbers:
        """The articles that hold each of some keys, one key behind the other."""
        at, found = self._find(keys)
        at = at[found]
        return self.articles[ranges(self._starts[at], self.sizes[at])]

    def _find(self, keys: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """Where each key stands, and whether it does."""
        at = np.searchsorted(self.keys, keys)
        return at, np.append(self.keys, -1)[at] == keys


class Index:
    """Some postings by article: what each of ``count`` articles holds, and whom it shares that with.

    ``told``: how many keys each article holds.
    """

    def __init__(self, postings: Sequence[Postings], count: int) -> None:
        self._articles = np.concatenate([one.articles for one in postings])
        self._sizes = np.concatenate([one.sizes for one in postings])
        self._starts = np.cumsum(self._sizes) - self._sizes
        self.told = np.bincount(self._articles, minlength=count)
        self._ends = np.append(0, np.cumsum(self.told))
        keys = np.repeat(np.arange(len(self._sizes), dtype=np.int64), self._sizes)
        self._keys = keys[np.argsort(self._articles, kind="stable")]

    def together(self, articles: range) -> Numbers:
        """Pairs of an article in a range with one behind it, one pair for each key that both hold."""
        first, last = articles.start, articles.stop
        keys = self._keys[self._ends[first] : self._ends[last]]
        holder = np.repeat(np.arange(first, last), self.told[first:last])
        others = self._articles[ranges(self._starts[keys], self._sizes[keys])]
        pairs = np.column_stack((np.repeat(holder, self._sizes[keys]), others))
        return pairs[pairs[:, 1] > pairs[:, 0]]
