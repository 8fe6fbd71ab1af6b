"""What the comparison of reports needs of each event of a reading, worked out once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from sayso.records import Claim, CountRange, DayRange, Event, Place, Reading, Span
from sayso.text import Doc

_WORD = re.compile(r"[^\W_]+")

#: Words this short carry grammar, not matter.
_SHORTEST = 4


class Surroundings(NamedTuple):
    """An article as its mentions share it: the matter of all its words, and where its sentences begin."""

    words: frozenset[str]
    sentence_starts: tuple[int, ...]


class Mention(NamedTuple):
    """One event of one article, as its comparison with others needs it.

    ``number`` is the event's index in its reading; ``first_claim`` the claim of the innermost speaker; ``words``
    the matter of its sentence, ``spot`` its place on the map, ``around`` what all mentions of its article share.
    """

    reading: Reading
    number: int
    event: Event
    first_claim: Claim | None
    sentence: Span
    words: frozenset[str]
    spot: Place | None
    around: Surroundings

    @property
    def key(self) -> tuple[str, int]:
        return self.reading.id, self.number

    @property
    def sentence_number(self) -> int:
        return bisect_right(self.around.sentence_starts, self.sentence[0])

    @property
    def date(self) -> DayRange | None:
        return self.event.date

    @property
    def killed(self) -> CountRange | None:
        return self.event.killed


def mentions_of(reading: Reading) -> Iterator[Mention]:
    """Every event of a reading, in the order of its text."""
    doc, sight = Doc(reading.article.text), _Sight(reading)
    around = Surroundings(frozenset(folded_words(doc.text)), tuple(start for start, _ in doc.sentences))
    first_claims: dict[int, Claim] = {}
    for claim in reading.claims:
        if claim.event is not None:
            first_claims.setdefault(claim.event, claim)
    for number in sorted(range(len(reading.events)), key=lambda n: reading.events[n].trigger):
        event = reading.events[number]
        sentence = doc.sentence_at(event.trigger[0])
        words = frozenset(folded_words(doc.words(sentence)))
        spot = sight.place_of(event)
        yield Mention(reading, number, event, first_claims.get(number), sentence, words, spot, around)


def folded_words(text: str) -> Iterator[str]:
    """The words of a text that carry matter, folded: five letters tell a word's stem well enough."""
    for word in _WORD.findall(text.casefold()):
        if len(word) >= _SHORTEST:
            yield word[:6] if not word.isdigit() else word


def place_of(reading: Reading, event: Event) -> Place | None:
    """The resolved place behind an event's place: the one its words hold, else another mention of the name."""
    return _Sight(reading).place_of(event)


class _Sight:
    """A reading's places by where they stand and by their words."""

    def __init__(self, reading: Reading) -> None:
        self._places = sorted(reading.places, key=lambda place: place.span)
        self._text = reading.article.text

    @cached_property
    def _starts(self) -> list[int]:
        return [place.span[0] for place in self._places]

    @cached_property
    def _by_words(self) -> dict[str, Place]:
        found: dict[str, Place] = {}
        for place in self._places:
            found.setdefault(self._text[slice(*place.span)], place)
        return found

    def place_of(self, event: Event) -> Place | None:
        for start, end in event.spans.get("place", ()):
            last = bisect_right(self._starts, end - 1)
            for place in self._places[max(0, last - 3) : last]:
                if place.span[1] > start:
                    return place
        return self._by_words.get(event.place) if event.place else None
