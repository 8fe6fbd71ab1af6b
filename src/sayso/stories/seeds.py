"""The words of a text as copies are looked for: without case and punctuation, with what of them is quotation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Generic, NamedTuple, TypeVar
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from sayso.records import Span
from sayso.text.quotes import quoted_spans

W = TypeVar("W", str, int)

#: Words in a row that two texts share only where one was copied from the other, or both from a third.
RUN = 8

#: Words of a seed: what is looked up. Shorter runs are found only beside longer ones.
SEED = 5

#: A seed that stands more often than this in one text says nothing about where its passage is.
_OFTEN = 6

#: A quotation of so few words is the outlet's own sentence with marks around a term: the "terrorists".
_TERM = 3

#: Letters and figures; an accent that is a code point of its own belongs to its letter.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


class Words(NamedTuple, Generic[W]):
    """The words of a text without case, or their codes, with places; ``quoted`` where they are somebody else's."""

    words: tuple[W, ...]
    spans: tuple[Span, ...]
    quoted: tuple[bool, ...]

    def within(self, span: Span) -> range:
        """Numbers of the words that stand wholly within a span."""
        low = bisect_left(self.spans, span[0], key=lambda word: word[0])
        return range(low, max(low, bisect_right(self.spans, span[1], key=lambda word: word[1])))


class Packed(NamedTuple):
    """The words of a text in little room: a code for each, where it begins and ends, whether it is quoted."""

    codes: NDArray[np.uint64]
    spans: NDArray[np.int32]
    quoted: NDArray[np.bool_]

    def words(self) -> Words[int]:
        """The words by their codes: who compares texts needs no more."""
        spans = zip(*self.spans.T.tolist(), strict=True)
        return Words(tuple(self.codes.tolist()), tuple(spans), tuple(self.quoted.tolist()))


@lru_cache(maxsize=512)
def words_of(text: str) -> Words[str]:
    """The words of a text; kept for a while, since one text is compared with many."""
    spans = tuple(match.span() for match in _WORD.finditer(text))
    words = tuple(map(_plain, _WORD.findall(text)))
    bare: Words[str] = Words(words, spans, ())
    quoted = [False] * len(words)
    for quote in quoted_spans(text):
        numbers = bare.within(quote)
        if len(numbers) > _TERM:
            quoted[numbers.start : numbers.stop] = [True] * len(numbers)
    return Words(words, spans, tuple(quoted))


def _plain(word: str) -> str:
    return word.lower() if word.isascii() else normalize("NFC", word).casefold()


def packed(text: Words[str]) -> Packed:
    """The words of a text, packed."""
    codes = np.fromiter(map(_code, text.words), dtype=np.uint64, count=len(text.words))
    return Packed(codes, np.array(text.spans, dtype=np.int32).reshape(-1, 2), np.array(text.quoted, dtype=bool))


@lru_cache(maxsize=1 << 18)
def _code(word: str) -> int:
    """The same number for a word on every machine and in every run."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def own_runs(text: Words[str], span: Span) -> set[tuple[str, ...]]:
    """Every ``RUN`` words in a row of a stretch, none of them in a quotation."""
    numbers = text.within(span)
    starts = range(numbers.start, numbers.stop - RUN + 1)
    return {text.words[n : n + RUN] for n in starts if not any(text.quoted[n : n + RUN])}


def run_codes(runs: Iterable[tuple[str, ...]]) -> tuple[int, ...]:
    """A number for each run of words, in order: the same on every machine and in every run of the program."""
    texts = (" ".join(run).encode("utf-8", "surrogatepass") for run in runs)
    return tuple(sorted(int.from_bytes(blake2b(text, digest_size=7).digest(), "big") for text in texts))


class Seeds(NamedTuple):
    """Codes of the runs of ``SEED`` words of a text, in order, and the words at which they begin."""

    codes: NDArray[np.uint64]
    places: NDArray[np.int64]


def seed_codes(text: Packed) -> NDArray[np.uint64]:
    """A code for every ``SEED`` words in a row."""
    count = max(0, len(text.codes) - SEED + 1)
    codes = np.zeros(count, dtype=np.uint64)
    for n in range(SEED):
        codes = (codes ^ text.codes[n : n + count]) * np.uint64(0x9E3779B97F4A7C15)
        codes ^= codes >> np.uint64(29)
    return codes


def seeds_of(text: Packed) -> Seeds:
    """The seeds of a text, without those that it repeats too often."""
    codes = seed_codes(text)
    places = np.argsort(codes, kind="stable")
    codes = codes[places]
    starts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1])) if len(codes) else np.empty(0, np.int64)
    counts = np.diff(np.append(starts, len(codes)))
    few = np.repeat(counts <= _OFTEN, counts)
    return Seeds(codes[few], places[few])
