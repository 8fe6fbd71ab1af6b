"""Who relays a speaker to the article: "told AFP", "SANA quoted a source", "AP, citing the network"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from sayso.records import Article, Attribution, Span
from sayso.text import Doc
from sayso.voices.bodies import kind_of_body, known, same_body
from sayso.voices.cast import Cast, Named
from sayso.voices.media import unlisted_media
from sayso.voices.mentions import CITED, CITING
from sayso.voices.spans import InOrder

_RELAYING = frozenset({"agency", "outlet"})

#: How far behind "told" and its like the listener may stand (characters): "told the Interfax news agency".
_LISTENER_WITHIN = 45

#: How far around a statement its relay is looked for (characters); most sentences are shorter.
_AROUND = 600

_TELLING = re.compile(
    r"(?i)\b(?:told|tells|telling|(?:speaking|spoke|talking|talked) (?:to|with|on)|assured|informed"
    r"|(?:interview|email|e-mail|statement|comments|remarks|phone call|letter) (?:with|to|on|for|by|published by))\b"
)
_LEADING = re.compile(r"(?i)(?:speaking|talking) (?:to|with|on)\b|in (?:\w+ ){1,3}(?:to|with|on|for|by)\b")
_PASSIVE = re.compile(r"(?i)\b(?:(?:quoted|cited|carried|relayed|reported|published) by|according to)\b")
_BY = re.compile(r"\W{0,3}by\b")
_CITING_CUE = re.compile(r"(?i)(?:citing|cited|quoting|quoted|quotes|cites|reported|as saying|as telling)\b")
_REPORTED = re.compile(r"(?i)[\w ]{0,25}\b(?:reported|reports|said|says)\b")
_UNNAMED_MEDIA = re.compile(r"\b((?:local|state|foreign|[A-Z]\w{1,20}) media)\b")
_CLAUSE_END = re.compile(r"[,.;!?]\s")


class Relays:
    """Finds the relays of the attributions of one article."""

    def __init__(self, doc: Doc, article: Article, cast: Cast) -> None:
        self.doc = doc
        self.host = article.publisher or article.site or ""
        self.people = frozenset(one.name for one in cast.people.rows)
        listed = [one for one in cast.bodies.rows if kind_of_body(one.name) in _RELAYING]
        self.media = InOrder(sorted((*listed, *unlisted_media(doc, cast))))

    def added(self, attributions: Sequence[Attribution], order: Sequence[int]) -> tuple[Attribution, ...]:
        """The attributions with their relays; one named earlier for the same speaker holds for "he said".

        ``order`` are the indices of the attributions in text order.
        """
        held: dict[str, tuple[str, ...]] = {}
        found, reports = list(attributions), _reports(attributions)
        before: Attribution | None = None
        for at in order:
            one = found[at]
            via = self._relay_of(one, reports) or held.get(one.speaker, ()) or self._vouched(one, before)
            if via:
                found[at] = msgspec.structs.replace(one, via=via)
                if one.source and self._gives_interviews(one.speaker):
                    held[one.speaker] = via
            before = one
        return tuple(found)

    def _gives_interviews(self, speaker: str) -> bool:
        """Whether one talk may fill an article: a person's or a source's may, a government's statements are many."""
        return speaker.startswith("unnamed") or speaker in self.people

    def _relay_of(self, one: Attribution, reports: Sequence[tuple[Span, str]]) -> tuple[str, ...]:
        readers = (self._listener, self._citing, self._carried, self._behind)
        relay = next((relay for reader in readers if (relay := reader(one))), None) or _reported_by(one, reports)
        if relay is None or same_body(relay, self.host) or _body(relay) == _body(one.speaker):
            return ()
        return (relay,)

    def _vouched(self, one: Attribution, before: Attribution | None) -> tuple[str, ...]:
        """An unnamed source right after an agency's report speaks through that agency."""
        if before is None or not one.speaker.startswith("unnamed source") or kind_of_body(before.speaker) != "agency":
            return ()
        return () if same_body(before.speaker, self.host) else (before.speaker,)

    def _medium(self, start: int, end: int) -> Named | None:
        """The first medium named between two places."""
        at = self.media.first_from(start)
        found = self.media.rows[at] if at < len(self.media.rows) else None
        return found if found is not None and found.start < end else None

    def _outside(self, one: Attribution) -> Iterator[Span]:
        """What stands around the attribution's content, from its first words to the end of its sentence."""
        spans = sorted((*one.source, *one.cue))
        if not spans:
            return
        start, last = spans[0][0], spans[-1]
        end = min(max(self.doc.sentence_at(last[0])[1], last[1]), last[1] + _AROUND)
        pause = self.doc.text.find("; ", last[1], end)  # behind it somebody else may tell somebody else
        end = pause if pause > 0 else end
        for content in sorted(one.content):
            if start < content[0] < end:
                yield start, content[0]
            if content[0] < end:
                start = max(start, content[1])
        if start < end:
            yield start, end

    def _listener(self, one: Attribution) -> str | None:
        """The medium that is told: "told AFP", "in an interview with the ... newspaper", "Speaking to AFP, X said"."""
        start = first_offset(one)
        leading = _LEADING.match(self.doc.text, self.doc.sentence_at(start)[0], start)
        medium = self._medium(leading.end(), min(start, leading.end() + _LISTENER_WITHIN)) if leading else None
        if medium is not None:
            return medium.name
        for start, end in self._outside(one):
            for telling in _TELLING.finditer(self.doc.text, start, end):
                medium = self._medium(telling.end(), min(end, telling.end() + _LISTENER_WITHIN))
                if medium is not None and not _CLAUSE_END.search(self.doc.text, telling.end(), medium.start):
                    return medium.name
        return None

    def _carried(self, one: Attribution) -> str | None:
        """ "X was quoted by Y as saying", "X was quoted as saying by Y", "X said, according to Y"."""
        quoted = any("quoted" in self.doc.words(span) for span in one.cue)
        for start, end in self._outside(one):
            by = _BY.match(self.doc.text, start, end) if quoted else None
            for passive in (*([by] if by else ()), *_PASSIVE.finditer(self.doc.text, start, end)):
                medium = self._medium(passive.end(), min(end, passive.end() + _LISTENER_WITHIN))
                if medium is not None and not any(s <= medium.start < e for s, e in one.source):
                    return medium.name
        return None

    def _behind(self, one: Attribution) -> str | None:
        """ "..., Y reported": the medium behind the content, in the last of its sentences."""
        if not one.content:
            return None
        start = max(end for _, end in (*one.content, *one.source, *one.cue))
        medium = self._medium(start, self.doc.sentence_at(start - 1)[1])
        return medium.name if medium and _REPORTED.match(self.doc.text, medium.end) else None

    def _citing(self, one: Attribution) -> str | None:
        """ "Y, citing X", "Y quoted X as saying": the medium right before the cue, or in the source itself."""
        if not one.source:
            return None
        inside = CITING.search(self.doc.text, *one.source[0]) or CITED.match(self.doc.text, one.source[-1][1])
        start, end = inside.span() if inside else one.cue[0] if one.cue else (0, 0)
        if not inside and (not _CITING_CUE.match(self.doc.text, start, end) or start > one.source[0][0]):
            return None
        sentence = max(self.doc.sentence_at(start)[0], start - _AROUND)
        before = self.media.within((sentence, start))
        media = _UNNAMED_MEDIA.findall(self.doc.text, sentence, start)
        return before[-1].name if before else media[-1] if media else None


def _reports(attributions: Sequence[Attribution]) -> list[tuple[Span, str]]:
    """What media report: (content span, medium), in text order."""
    media = [one for one in attributions if kind_of_body(one.speaker) in _RELAYING]
    return sorted((span, one.speaker) for one in media for span in one.content)


def _reported_by(one: Attribution, reports: Sequence[tuple[Span, str]]) -> str | None:
    """The medium whose own attribution holds this whole attribution: "Y reported that X said"."""
    spans = (*one.source, *one.cue)
    if not spans:
        return None
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    at = bisect_right(reports, ((start, end), chr(0x10FFFF)))
    near = reports[max(0, at - 8) : at]
    return next((medium for (s, e), medium in reversed(near) if s <= start and end <= e), None)


def _body(name: str) -> str:
    naming = known(name)
    return naming.body.name if naming else name


def first_offset(one: Attribution) -> int:
    """Where an attribution stands: its source, else its cue, else its content."""
    spans = one.source or one.cue or one.content
    return spans[0][0] if spans else 0
