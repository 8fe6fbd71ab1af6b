"""Which readings are of one article, and which of them counts: as in a case to which all were added in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Literal, NamedTuple, TypeAlias

#: What became of a reading: ``told`` in stories; ``same``: a version beside it has its text; ``older``: another came
#: later.
State: TypeAlias = Literal["told", "same", "older"]


class Seen(NamedTuple):
    """A reading by its place (slice, and number in it), its id, address and time, and the hash of its text."""

    slice: str
    number: int
    id: str
    key: str
    fetched: str | None
    text: str


class Settled(NamedTuple):
    """A reading, the id of its article, and what became of it."""

    seen: Seen
    article: str
    state: State


class _Article:
    """The readings of one article in their order, and those among them that are its versions."""

    def __init__(self, ident: str) -> None:
        self.ident = ident
        self.versions: list[Seen] = []

    def add(self, seen: Seen) -> None:
        """Puts a reading among the versions, where its time puts it, if its text does not stand beside it."""
        if self.versions and self.versions[-1].text == seen.text:
            return
        at = len(self.versions)
        while at and _is_before(seen, self.versions[at - 1]):
            at -= 1
        if all(one.text != seen.text for one in self.versions[max(0, at - 1) : at + 1]):
            self.versions.insert(at, seen)


def settled(readings: Iterable[Seen]) -> Iterator[Settled]:
    """Every reading with its article, in their order.

    An article is known by its address, with or without encryption, else by its id; a new one whose id another has
    already gets one of its own: ``index-2``.
    """
    articles: dict[str, _Article] = {}
    taken: set[str] = set()
    every = list(readings)
    for seen in every:
        known = _known_by(seen.key)
        if known not in articles:
            articles[known] = _Article(_free(seen.id, taken))
            taken.add(articles[known].ident)
        articles[known].add(seen)
    for seen in every:
        article = articles[_known_by(seen.key)]
        yield Settled(seen, article.ident, _state(seen, article))


def _free(ident: str, taken: set[str]) -> str:
    return next(name for n in count(1) if (name := ident if n == 1 else f"{ident}-{n}") not in taken)


def _state(seen: Seen, article: _Article) -> State:
    if seen is article.versions[-1]:
        return "told"
    return "older" if any(seen is one for one in article.versions) else "same"


def _is_before(one: Seen, other: Seen) -> bool:
    return bool(one.fetched and other.fetched) and str(one.fetched) < str(other.fetched)


def _known_by(key: str) -> str:
    scheme, colon, rest = key.partition("://")
    return rest if colon and scheme in ("http", "https") else key
