"""Passages that two texts share, word for word but for a changed word here and there, and what of them is quotation.

Words are compared without case and punctuation. Shared runs of words are found wherever they stand in either text, so
that moved paragraphs are found too, and runs that follow each other closely in both texts are one passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from sayso.records import Record, Span
from sayso.stories.postings import ranges
from sayso.stories.seeds import RUN, SEED, Seeds, Words

#: Words between two runs of one passage: where as many were put in place of others, and where some were added.
_CHANGED, _ADDED = 16, 6

#: At the ends of a passage, of so many words at most one may differ.
_WINDOW = 4


class Passage(Record, frozen=True, kw_only=True):
    """Where the same words stand in two texts; ``words`` are shared, ``own`` of them stand outside quotations."""

    first: Span
    second: Span
    words: int
    own: int


class _Run(NamedTuple):
    """Words that are the same in both texts: ``size`` of them, from word ``a`` of the one and ``b`` of the other."""

    a: int
    b: int
    size: int


def shared_passages(a: Words[Any], b: Words[Any], seeds_a: Seeds, seeds_b: Seeds) -> tuple[Passage, ...]:
    """All passages that two texts share, in the order of the first; each has ``RUN`` words in a row of its own."""
    if a.words == b.words:
        whole = _passage(a, b, [_Run(0, 0, len(a.words))]) if len(a.words) >= RUN else None
        return (whole,) if whole else ()
    groups = _Chains(a, b).of(_tiles(_runs(a, b, seeds_a, seeds_b)))
    return tuple(_passage(a, b, group) for group in groups if _longest_own(a, b, group) >= RUN)


def _runs(a: Words[Any], b: Words[Any], seeds_a: Seeds, seeds_b: Seeds) -> Iterator[_Run]:
    """The longest runs around every shared seed: seeds that follow each other in both texts are one run."""
    for offset, group in groupby(_shared_seeds(seeds_a, seeds_b), key=itemgetter(0)):
        starts = [at for _, at in group]
        first = starts[0]
        for at, following in pairwise([*starts, len(a.words) + SEED]):
            # Between seeds that overlap or touch every word is the same.
            if following > at + SEED:
                yield _grown(a, b, _Run(first, first + offset, at + SEED - first))
                first = following


def _shared_seeds(seeds_a: Seeds, seeds_b: Seeds) -> list[tuple[int, int]]:
    """For each seed that both texts have: how far apart it stands in them, and where in the first, in order."""
    low = np.searchsorted(seeds_b.codes, seeds_a.codes, "left")
    counts = np.searchsorted(seeds_b.codes, seeds_a.codes, "right") - low
    at_a = np.repeat(seeds_a.places, counts)
    offsets = seeds_b.places[ranges(low, counts)] - at_a
    return sorted(zip(offsets.tolist(), at_a.tolist(), strict=True))


def _grown(a: Words[Any], b: Words[Any], run: _Run) -> _Run:
    """With the same words before and after it, which a seed too frequent to be looked up may have left out."""
    start, size = run.a, run.size
    offset = run.b - run.a
    while start and start + offset and a.words[start - 1] == b.words[start + offset - 1]:
        start, size = start - 1, size + 1
    while start + size < len(a.words) and start + offset + size < len(b.words):
        if a.words[start + size] != b.words[start + offset + size]:
            break
        size += 1
    return _Run(start, start + offset, size)


def _tiles(runs: Iterable[_Run]) -> list[_Run]:
    """Runs that share no word with each other in either text, longest first: what is left of a run counts."""
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    tiles: list[_Run] = []
    # Of runs of one length those that moved least go first; the rule reads the same from either text.
    for run in sorted(set(runs), key=lambda run: (-run.size, abs(run.a - run.b), run.a + run.b)):
        for piece in _free(run, taken_a, taken_b):
            tiles.append(piece)
            taken_a.update(range(piece.a, piece.a + piece.size))
            taken_b.update(range(piece.b, piece.b + piece.size))
    return sorted(tiles)


def _free(run: _Run, taken_a: set[int], taken_b: set[int]) -> Iterator[_Run]:
    size = 0
    for n in range(run.size + 1):
        if n < run.size and run.a + n not in taken_a and run.b + n not in taken_b:
            size += 1
        elif size:
            if size >= SEED:
                yield _Run(run.a + n - size, run.b + n - size, size)
            size = 0


class _Chains:
    """Runs of two texts put together to passages; no word of either text is in two of them."""

    def __init__(self, a: Words[Any], b: Words[Any]) -> None:
        self.a, self.b = a, b
        self.taken_a: set[int] = set()
        self.taken_b: set[int] = set()

    def of(self, tiles: Sequence[_Run]) -> list[list[_Run]]:
        """Groups of runs that follow each other closely in both texts, with the same words in gaps and at the ends."""
        for tile in tiles:
            self._take(tile)
        groups: list[list[_Run]] = []
        for tile in tiles:
            if groups and _follows(groups[-1][-1], tile):
                groups[-1] += [*self._in_gap(groups[-1][-1], tile), tile]
            else:
                groups.append([tile])
        return [self._with_ends(group) for group in groups]

    def _take(self, run: _Run) -> None:
        self.taken_a.update(range(run.a, run.a + run.size))
        self.taken_b.update(range(run.b, run.b + run.size))

    def _in_gap(self, one: _Run, other: _Run) -> list[_Run]:
        """The same words at the same place of a gap that is as long in both texts."""
        start, offset = one.a + one.size, other.b - other.a
        if start + offset != one.b + one.size:
            return []
        return self._taken([n for n in range(start, other.a) if self._same(n, n + offset)], offset)

    def _with_ends(self, group: list[_Run]) -> list[_Run]:
        """With what stands before and after a changed word at either end of the passage."""
        first, last = group[0], group[-1]
        before = self._reach(first.a - 1, first.b - first.a, -1)
        after = self._reach(last.a + last.size, last.b - last.a, 1)
        return [*reversed(before), *group, *after]

    def _reach(self, start: int, offset: int, step: int) -> list[_Run]:
        """Single words that are the same on the way outwards, as far as at most one of every ``_WINDOW`` differs."""
        found: list[int] = []
        differ: int | None = None
        n = start
        while self._free(n, n + offset):
            if self._same(n, n + offset):
                found.append(n)
            elif differ is not None and abs(n - differ) < _WINDOW:
                return self._taken([at for at in found if abs(at - start) < abs(differ - start)], offset)
            else:
                differ = n
            n += step
        return self._taken(found, offset)

    def _free(self, a: int, b: int) -> bool:
        inside = 0 <= a < len(self.a.words) and 0 <= b < len(self.b.words)
        return inside and a not in self.taken_a and b not in self.taken_b

    def _same(self, a: int, b: int) -> bool:
        return self.a.words[a] == self.b.words[b] and a not in self.taken_a and b not in self.taken_b

    def _taken(self, places: Iterable[int], offset: int) -> list[_Run]:
        runs = [_Run(n, n + offset, 1) for n in places]
        for run in runs:
            self._take(run)
        return runs


def _follows(one: _Run, other: _Run) -> bool:
    """Whether few words stand between two runs in either text."""
    gap_a, gap_b = other.a - one.a - one.size, other.b - one.b - one.size
    if gap_b < 0:
        return False
    return max(gap_a, gap_b) <= (_CHANGED if gap_a == gap_b else _ADDED)


def _passage(a: Words[Any], b: Words[Any], group: Sequence[_Run]) -> Passage:
    last = group[-1]
    return Passage(
        first=(a.spans[group[0].a][0], a.spans[last.a + last.size - 1][1]),
        second=(b.spans[group[0].b][0], b.spans[last.b + last.size - 1][1]),
        words=sum(run.size for run in group),
        own=sum(_own(a, b, run).count(True) for run in group),
    )


def _own(a: Words[Any], b: Words[Any], run: _Run) -> list[bool]:
    """Which words of a run stand outside quotations; a mark on either side is enough, since marks get lost."""
    return [not (a.quoted[run.a + n] or b.quoted[run.b + n]) for n in range(run.size)]


def _longest_own(a: Words[Any], b: Words[Any], group: Sequence[_Run]) -> int:
    """The most words in a row that are shared and outside quotations."""
    longest = size = 0
    after = (-1, -1)
    for run in group:
        size = size if (run.a, run.b) == after else 0
        for own in _own(a, b, run):
            size = size + 1 if own else 0
            longest = max(longest, size)
        after = (run.a + run.size, run.b + run.size)
    return longest
