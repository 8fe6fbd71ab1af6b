"""What stories need to know of an article, worked out once: a sketch of its mentions that needs no text any more.

A case keeps the sketch beside the reading, so that grouping a large case reads no article again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from msgspec.structs import replace

from sayso.records import Claim, CountRange, Day, DayRange, Event, Place, Reading, Record, Span, Stance
from sayso.stories.roofs import first_voice, roof_of_report
from sayso.stories.seeds import own_runs, run_codes, words_of
from sayso.stories.values import authorship, dead, holder, hurt, occurrence
from sayso.text import Doc

#: Raised whenever a sketch of the same reading comes out otherwise; a case then makes its sketches anew.
SKETCH_VERSION = 5

_WORD = re.compile(r"[^\W_]+")

#: Words this short carry grammar, not matter.
_SHORTEST = 4


class Mention(Record, frozen=True, kw_only=True):
    """One event of one article, with what the claim of its innermost speaker gives to each slot.

    ``number`` is the event's index in its reading. ``voice`` is whom the report goes back to, ``roof`` whom that
    stands under, ``own`` whether the article tells it itself; ``runs`` are codes of its sentence's words in a row.
    ``placed_elsewhere``: its place is not named in its sentence; ``dated_elsewhere``: nor its day, as far as its words
    are known.
    """

    article: str
    published: Day | None
    number: int
    event: Event
    spot: Place | None
    placed_elsewhere: bool
    dated_elsewhere: bool
    sentence: Span
    sentence_number: int
    words: tuple[str, ...]
    claim: str | None
    stance: Stance | None
    chain: tuple[str, ...]
    interested: bool
    voice: str
    roof: str
    own: bool
    runs: tuple[int, ...]
    happened: str | None
    deed: str | None
    held: str | None
    dead: CountRange | None
    hurt: CountRange | None

    @property
    def key(self) -> tuple[str, int]:
        return self.article, self.number

    @property
    def date(self) -> DayRange | None:
        return self.event.date

    @property
    def killed(self) -> CountRange | None:
        return self.event.killed


class Sketch(Record, frozen=True, kw_only=True):
    """An article as stories see it: whom it credits, the matter of its words, its mentions in the order of its text."""

    article: str
    title: str | None
    publisher: str | None
    published: Day | None
    credits: tuple[str, ...]
    words: tuple[str, ...]
    mentions: tuple[Mention, ...]


def sketch_of(reading: Reading) -> Sketch:
    """The sketch of a reading; its mentions are every event, in the order of the text."""
    text = Doc(reading.article.text)
    sight, firsts = _Sight(reading), _first_claims(reading)
    numbers = sorted(range(len(reading.events)), key=lambda n: reading.events[n].trigger)
    mentions = tuple(_mention(reading, number, firsts.get(number), text, sight) for number in numbers)
    about = reading.article
    return Sketch(
        article=reading.id, title=about.title, publisher=about.publisher, published=about.published,
        credits=tuple(step.publisher for step in reading.lineage if step.role != "host"),
        words=_matter(text.text) if mentions else (), mentions=mentions,
    )  # fmt: skip


def _first_claims(reading: Reading) -> dict[int, Claim]:
    """Event -> the claim of its innermost speaker."""
    found: dict[int, Claim] = {}
    for claim in reading.claims:
        if claim.event is not None:
            found.setdefault(claim.event, claim)
    return found


def _mention(reading: Reading, number: int, claim: Claim | None, text: Doc, sight: _Sight) -> Mention:
    event = reading.events[number]
    sentence = text.sentence_at(event.trigger[0])
    own = claim is None or claim.attribution is None
    voice = first_voice(reading, claim)
    return Mention(
        article=reading.id, published=reading.article.published, number=number,
        event=replace(event, spans={}, date=_days(event.date)), spot=sight.place_of(event),
        placed_elsewhere=event.place is not None and event.place not in text.text[slice(*sentence)],
        dated_elsewhere=_is_dated_elsewhere(event, sentence), sentence=sentence,
        sentence_number=text.sentence_index(sentence[0]), words=_matter(text.words(sentence)),
        claim=claim.id if claim else None, stance=claim.stance if claim else None,
        chain=tuple(link.voice for link in claim.chain) if claim else (),
        interested=claim is not None and claim.interested,
        voice=voice, roof=roof_of_report(voice, reading, event, claim),
        own=own, runs=run_codes(own_runs(words_of(reading.article.text), sentence)),
        happened=occurrence(reading, event, claim) if claim else None,
        deed=authorship(reading, event, claim) if claim else None,
        held=holder(reading, event, claim) if claim else None,
        dead=dead(reading, event, claim) if claim else None,
        hurt=hurt(reading, event, claim) if claim else None,
    )  # fmt: skip


def _is_dated_elsewhere(event: Event, sentence: Span) -> bool:
    """Whether the words of its day stand in another sentence, or nowhere: then the day is the context's."""
    words = event.spans.get("date", ())
    return bool(event.spans) and not any(sentence[0] <= start < sentence[1] for start, _ in words)


def _days(days: DayRange | None) -> DayRange | None:
    """Days that the calendar has; who gives others gives none."""
    try:
        return days if days is None or (date.fromisoformat(days[0]) and date.fromisoformat(days[1])) else None
    except ValueError:
        return None


def _matter(text: str) -> tuple[str, ...]:
    return tuple(sorted(set(folded_words(text))))


def folded_words(text: str) -> Iterator[str]:
    """The words of a text that carry matter, folded: six letters tell a word's stem well enough."""
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
