"""Which articles are copies of which, in whole or in part: the very passages, and who had them first where it shows.

Fingerprints of all texts tell which pairs to look at, so that the cost grows with the number of articles and not with
its square; only those pairs are then compared word by word. Quotations are no copies: what two outlets let a speaker
say is the speaker's. Who had it first is told from stated credits, then from the days of publication; never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sayso.records import Day, Record, Span
from sayso.stories.mentions import Sketch
from sayso.stories.over import Over
from sayso.stories.passages import Passage, shared_passages
from sayso.stories.seeds import SEED, Packed, Seeds, Words, packed, seed_codes, seeds_of, words_of
from sayso.text.outlets import outlet_name, same_outlet

T = TypeVar("T")

#: Shared words outside quotations that make a copy, in all passages together that have more than a phrase of the trade
#: has ("was killed when a rocket shell hit a house in the neighbourhood of ...").
LEAST, PHRASE = 32, 16

#: As many are enough where they are half of the shorter article or more, however short the passages.
LEAST_OF_BRIEF = 24

#: A passage that stands in so many other articles of the same outlet is the house's, unless the two articles have so
#: much in common that one is a new edition of the other.
_HOUSE, _EDITION = 2, 0.6

#: One fingerprint is kept of every so many seeds in a row. With ``SEED`` words each, every run of 8 words keeps one.
_WINNOW = 4

#: Fingerprints that a pair must share to be compared; ``LEAST`` words in a row have more.
_SHARED = 3

#: Texts that share a fingerprint are paired with so many that follow in the order of their ids. What stands in more
#: texts is a phrase of the trade, or a text with so many copies that each is found beside its neighbours.
_NEIGHBOURS = 64

#: Texts, and pairs of them, that are looked at in one part of the work.
_TEXTS, _PAIRS = 256, 1024

#: Texts that are kept at hand unpacked while pairs are compared; the others are unpacked again when their turn comes.
_KEPT = 2048

Direction = Literal["first", "second", "unknown"]


class Text(Record, frozen=True, kw_only=True):
    """An article as it is compared. ``origins``: the publishers that it credits, origin first."""

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: Day | None = None
    origins: tuple[str, ...] = ()


class Copy(Record, frozen=True, kw_only=True):
    """Two articles that share passages: by id in order; ``share`` is of the words of the shorter one.

    ``direction`` says who had it first, with the ``reasons`` for it.
    """

    first: str
    second: str
    passages: tuple[Passage, ...]
    share: float
    direction: Direction
    reasons: tuple[str, ...] = ()


class _Look(NamedTuple):
    """A text as pairs are looked for: its fingerprints, what stands for all its words, and these packed."""

    prints: NDArray[np.uint64]
    whole: bytes
    text: Packed


class _Match(NamedTuple):
    """Two texts, by number, with what they share; ``shorter`` is the number of words of the shorter one."""

    one: int
    other: int
    passages: tuple[Passage, ...]
    shorter: int

    def share(self) -> float:
        return sum(passage.words for passage in self.passages) / self.shorter

    def is_copy(self) -> bool:
        """Enough words outside quotations; the very same text is a copy even where it is all quotation, or short."""
        own = [passage.own for passage in self.passages]
        told = sum(words for words in own if words >= PHRASE)
        return told >= LEAST or (self.share() >= 0.5 and sum(own) >= LEAST_OF_BRIEF) or self.share() == 1


def text_of(sketch: Sketch, text: str) -> Text:
    """An article as its copies are looked for."""
    return Text(
        id=sketch.article, text=text, title=sketch.title, publisher=sketch.publisher, published=sketch.published,
        origins=sketch.credits,
    )  # fmt: skip


def find_copies(articles: Sequence[Text], over: Over = map) -> tuple[Copy, ...]:
    """All pairs of articles of which one repeats the other, or both a third, whatever the order of the articles.

    ``over`` is what parts of the work are done by.
    """
    rows = sorted(articles, key=lambda article: article.id)
    looks = list(chain.from_iterable(over(_looks, _lots(rows, _TEXTS))))
    pairs = over(_Compared([look.text for look in looks]), _lots(_candidates(looks), _PAIRS))
    matches = _without_house_text(rows, list(chain.from_iterable(pairs)))
    return tuple(_copy(rows[match.one], rows[match.other], match) for match in matches if match.is_copy())


class _Compared:
    """Compares pairs of texts, by number; some are kept at hand unpacked."""

    def __init__(self, texts: Sequence[Packed]) -> None:
        self._texts = texts
        self._prepared = lru_cache(maxsize=_KEPT)(self._unpacked)

    def _unpacked(self, number: int) -> tuple[Words[int], Seeds]:
        text = self._texts[number]
        return text.words(), seeds_of(text)

    def __call__(self, pairs: Iterable[tuple[int, int]]) -> list[_Match]:
        """Those that share a passage, with what they share."""
        return [match for one, other in pairs if (match := self._match(one, other)).passages]

    def _match(self, one: int, other: int) -> _Match:
        (words_one, seeds_one), (words_other, seeds_other) = self._prepared(one), self._prepared(other)
        passages = shared_passages(words_one, words_other, seeds_one, seeds_other)
        return _Match(one, other, passages, min(len(words_one.words), len(words_other.words)))


def _lots(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[n : n + size] for n in range(0, len(items), size))


def _without_house_text(rows: Sequence[Text], matches: Sequence[_Match]) -> list[_Match]:
    """Without what an outlet repeats from article to article: furniture that was left in, its standing background.

    Where most of an article stands in another one of the same outlet, all of it is kept: that is a new edition.
    """
    repeated: dict[int, list[tuple[Span, int]]] = {}
    ours = [match for match in matches if _same_publisher(rows[match.one], rows[match.other])]
    for match in ours:
        repeated.setdefault(match.one, []).extend((passage.first, match.other) for passage in match.passages)
        repeated.setdefault(match.other, []).extend((passage.second, match.one) for passage in match.passages)
    house = {
        (match.one, match.other): tuple(p for p in match.passages if not _is_house(p, repeated[match.one]))
        for match in ours
        if match.share() < _EDITION
    }
    return [match._replace(passages=house.get((match.one, match.other), match.passages)) for match in matches]


def _is_house(passage: Passage, repeated: Sequence[tuple[Span, int]]) -> bool:
    """Whether ``_HOUSE`` other articles of the outlet have half of these words or more."""
    start, end = passage.first
    partners = {
        number for span, number in repeated if 2 * (min(span[1], end) - max(span[0], start)) >= end - start
    }  # fmt: skip
    return len(partners) >= _HOUSE


def _same_publisher(one: Text, other: Text) -> bool:
    return one.publisher is not None and one.publisher == other.publisher


def _copy(one: Text, other: Text, match: _Match) -> Copy:
    direction, reasons = _direction(one, other)
    return Copy(
        first=one.id, second=other.id, passages=match.passages, share=round(match.share(), 4),
        direction=direction, reasons=reasons,
    )  # fmt: skip


def _direction(one: Text, other: Text) -> tuple[Direction, tuple[str, ...]]:
    """Who had it first: by the credits that are stated, else by the days, else nobody knows."""
    credited = (_credits(other, one), _credits(one, other))
    if any(credited):
        reasons = tuple(f"{text.id} credits {name}" for text, name in zip((other, one), credited, strict=True) if name)
        return ("unknown" if all(credited) else "first" if credited[0] else "second"), reasons
    third = next((name for name in _others(one) for credit in _others(other) if same_outlet(name, credit)), None)
    if third is not None:
        return "unknown", (f"both credit {outlet_name(third)}",)
    return _by_day(one, other)


def _by_day(one: Text, other: Text) -> tuple[Direction, tuple[str, ...]]:
    if one.published is None or other.published is None or one.published == other.published:
        return "unknown", ()
    days = tuple(f"{text.id} was published on {text.published}" for text in (one, other))
    return ("first" if one.published < other.published else "second"), days


def _credits(text: Text, other: Text) -> str | None:
    """The name under which a text credits the other's publisher."""
    publisher = other.publisher
    return next((name for name in _others(text) if publisher and same_outlet(name, publisher)), None)


def _others(text: Text) -> list[str]:
    """Whom a text credits, itself left out: a lineage may end with the host."""
    return [name for name in text.origins if text.publisher is None or not same_outlet(name, text.publisher)]


def _candidates(looks: Sequence[_Look]) -> list[tuple[int, int]]:
    """Pairs of texts, by number, that share enough fingerprints to be worth comparing, or all their words."""
    alike: dict[bytes, list[int]] = {}
    for number, look in enumerate(looks):
        alike.setdefault(look.whole, []).append(number)
    wholes = {
        (one, other)
        for group in alike.values()
        for n, one in enumerate(group)
        for other in group[n + 1 : n + 1 + _NEIGHBOURS]
    }
    return sorted(wholes | _sharing([look.prints for look in looks]))


def _looks(rows: Iterable[Text]) -> list[_Look]:
    texts = (packed(words_of(row.text)) for row in rows)
    return [_Look(_prints(text), blake2b(text.codes.tobytes(), digest_size=16).digest(), text) for text in texts]


def _sharing(prints: Sequence[NDArray[np.uint64]]) -> set[tuple[int, int]]:
    """Pairs of texts that share enough fingerprints."""
    count = len(prints)
    values = np.concatenate([*prints, np.empty(0, dtype=np.uint64)])
    texts = np.repeat(np.arange(count), [len(row) for row in prints])
    order = np.lexsort((texts, values))
    values, texts = values[order], texts[order]
    pairs = [np.empty(0, dtype=np.int64)]
    for step in range(1, min(_NEIGHBOURS, len(values) - 1) + 1):
        same = values[step:] == values[:-step]
        pairs.append((texts[:-step] * count + texts[step:])[same])
    found, times = np.unique(np.concatenate(pairs), return_counts=True)
    return {divmod(pair, count) for pair in found[times >= _SHARED].tolist()}


def _prints(text: Packed) -> NDArray[np.uint64]:
    """Winnowing: of every few seeds in a row the one with the least code, so that a shared run keeps the same ones."""
    seeds = seed_codes(text)
    if len(seeds) < _WINNOW:
        return np.empty(0, dtype=np.uint64)
    own = np.any(~np.lib.stride_tricks.sliding_window_view(text.quoted, SEED), axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(seeds, _WINNOW)
    least = np.unique(np.argmin(windows, axis=1) + np.arange(len(windows)))
    return np.unique(seeds[least[own[least]]])
