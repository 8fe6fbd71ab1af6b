"""What the rooms before this one found, laid out for quick questions: what stands here, who says this."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.events.lexicon import overlaps, word_list
from sayso.events.named import datelines, mentions_of, read_called
from sayso.events.passages import Passage, read_passages
from sayso.records import Article, Attribution, Entity, Place, Span, Time
from sayso.text import Doc

#: Of the things said that begin before a word, this many are asked whether they go on to it: keeps junk linear.
OPEN_CONTENTS = 60

#: A place this soon after the word for speaking is where it was spoken (code points).
VENUE_WITHIN = 50


@dataclass(frozen=True)
class Scene:
    """One article with its passages and all that was read of it so far."""

    doc: Doc
    article: Article
    attributions: tuple[Attribution, ...]
    entities: tuple[Entity, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return read_passages(self.doc, self.article)

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {name: [item.span[0] for item in getattr(self, name)] for name in ("entities", "times", "places")}

    def times_in(self, span: Span) -> Sequence[Time]:
        return self.times[self._slice("times", span)]

    def places_in(self, span: Span) -> Sequence[Place]:
        return self.places[self._slice("places", span)]

    def entities_in(self, span: Span) -> Sequence[Entity]:
        return self.entities[self._slice("entities", span)]

    def entities_over(self, span: Span) -> Sequence[Entity]:
        """The entities that share a letter with the span."""
        last = bisect_left(self._starts["entities"], span[1])
        return [entity for entity in self.entities[max(0, last - 3) : last] if entity.span[1] > span[0]]

    def _slice(self, name: str, span: Span) -> slice:
        starts = self._starts[name]
        return slice(bisect_left(starts, span[0]), bisect_left(starts, span[1]))

    @cached_property
    def _contents(self) -> list[tuple[int, int, int, int]]:
        """Every content span: (start, end, length of its whole content, index of its attribution)."""
        return sorted(
            (start, end, sum(e - s for s, e in said.content), index)
            for index, said in enumerate(self.attributions)
            for start, end in said.content
        )

    def speaker_of(self, offset: int) -> int | None:
        """Index of the innermost attribution whose content holds ``offset``, of co-speakers the first."""
        if offset not in self._said:
            self._said[offset] = self._innermost(offset)
        return self._said[offset]

    @cached_property
    def _said(self) -> dict[int, int | None]:
        """What was asked of ``speaker_of``: each word is asked about some five times."""
        return {}

    def _innermost(self, offset: int) -> int | None:
        last = bisect_left(self._contents, (offset + 1, 0, 0, 0))
        near = self._contents[max(0, last - OPEN_CONTENTS) : last]
        inside = [(length, index) for start, end, length, index in near if start <= offset < end]
        return min(inside)[1] if inside else None

    def content_start(self, offset: int) -> int:
        """Where the words that somebody says begin that hold ``offset``; 0 where nobody says them."""
        said = self.speaker_of(offset)
        spans = self.attributions[said].content if said is not None else ()
        return next((start for start, end in spans if start <= offset < end), 0)

    def is_venue(self, inside: Span, span: Span) -> bool:
        """Whether ``span`` is where somebody tells what stands ``inside``: "he said at a briefing in Rivermouth"."""
        said = self.speaker_of(inside[0])
        if said is None or overlaps(span, self.attributions[said].content):
            return False
        gaps = (self.doc.text[end : span[0]] for _, end in self.attributions[said].cue if end <= span[0])
        return any(len(gap) <= VENUE_WITHIN and "," not in gap for gap in gaps)

    @cached_property
    def called(self) -> re.Pattern[str] | None:
        """What finds the names that the text makes places, or None where there are none."""
        bodies = [entity.span for entity in self.entities if entity.type in ("ORG", "GROUP")]
        people = [entity.span for entity in self.entities if entity.type == "PER"]
        times = [time.span for time in self.times]
        return mentions_of(read_called(self.doc.text, bodies + people, bodies, times))

    @cached_property
    def datelines(self) -> tuple[Span, ...]:
        return datelines(self.doc.text, [place.span for place in self.places[:20]])

    @cached_property
    def sides(self) -> frozenset[str]:
        """Names of the bodies, peoples and factions of the text."""
        return frozenset(entity.name for entity in self.entities if entity.type in ("ORG", "GROUP"))

    @cached_property
    def main_country(self) -> str | None:
        """The state that the text names most, where it names one at all."""
        counts = Counter(place.name or self.doc.words(place.span) for place in self.places)
        named = [(-count, name) for name, count in counts.items() if name in countries()]
        return min(named)[1] if named else None

    @cached_property
    def _sources(self) -> list[Span]:
        return sorted(span for said in self.attributions for span in said.source)

    def in_source(self, span: Span) -> bool:
        """Whether the span stands within the words for a speaker."""
        last = bisect_left(self._sources, (span[0], span[1] + 1))
        return any(start <= span[0] and span[1] <= end for start, end in self._sources[max(0, last - 4) : last])

    @cached_property
    def last_resort(self) -> str | None:
        """The place of events without one: the state named most; where no other place is named, the dateline's."""
        if self.main_country or self.called or any(not overlaps(p.span, self.datelines) for p in self.places):
            return self.main_country
        return self.doc.words(self.places[0].span) if self.places else None

    @cached_property
    def _speech(self) -> list[Span]:
        return sorted(span for said in self.attributions for span in (*said.source, *said.cue))

    @cached_property
    def _speech_starts(self) -> list[int]:
        return [start for start, _ in self._speech]

    def in_speech(self, span: Span) -> bool:
        """Whether the span touches a source or cue: what stands there is of the speech, not of the event."""
        last = bisect_left(self._speech_starts, span[1])
        return any(end > span[0] for _, end in self._speech[max(0, last - 4) : last])


def countries() -> frozenset[str]:
    """Names of states, of which some also act ("Russia said")."""
    return word_list("where", "countries")
