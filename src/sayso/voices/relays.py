"""Who relays a speaker to the article: "told AFP", "SANA quoted a source", "AP, citing the network"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from sayso.records import Article, Attribution, Span
from sayso.text import Doc
from sayso.text.outlets import same_outlet
from sayso.voices.bodies import known
from sayso.voices.cast import Cast, Named

_RELAYING = frozenset({"agency", "outlet"})

#: How far behind "told" and its like the listener may stand (characters): "told the Interfax news agency".
_LISTENER_WITHIN = 45
_TELLING = re.compile(
    r"(?i)\b(?:told|tells|telling|(?:speaking|spoke|talking|talked) (?:to|with|on)|assured|informed"
    r"|(?:interview|email|e-mail|statement|comments|remarks|phone call|letter) (?:with|to|on|for|by|published by))\b"
)
_LEADING = re.compile(r"(?i)(?:speaking|talking) (?:to|with|on)\b|in (?:\w+ ){1,3}(?:to|with|on|for|by)\b")
_PASSIVE = re.compile(r"(?i)\b(?:(?:quoted|cited|carried|relayed|reported|published) by|according to)\b")
_BY = re.compile(r"\W{0,3}by\b")
_CITING = re.compile(r"(?i)(?:citing|cited|quoting|quoted|quotes|cites|reported|as saying|as telling)\b")
_REPORTED = re.compile(r"(?i)[\w ]{0,25}\b(?:reported|reports|said|says)\b")
_UNNAMED_MEDIA = re.compile(r"\b((?:local|state|foreign|[A-Z]\w+) media)\b")


class Relays:
    """Finds the relays of the attributions of one article."""

    def __init__(self, doc: Doc, article: Article, cast: Cast) -> None:
        self.doc = doc
        self.people = frozenset(one.name for one in cast.people)
        self.host = article.publisher or article.site or ""
        self.media = [one for one in cast.bodies if (naming := known(one.name)) and naming.body.kind in _RELAYING]

    def added(self, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
        """The attributions with their relays; one named earlier for the same speaker holds for "he said"."""
        held: dict[str, tuple[str, ...]] = {}
        found, before = list(attributions), None
        for at in sorted(range(len(found)), key=lambda at: (_first(found[at]), at)):
            one = found[at]
            via = self._relay_of(one, attributions) or held.get(one.speaker, ()) or self._vouched(one, before)
            if via:
                found[at] = msgspec.structs.replace(one, via=via)
                if one.source and self._gives_interviews(one.speaker):
                    held[one.speaker] = via
            before = one
        return tuple(found)

    def _gives_interviews(self, speaker: str) -> bool:
        """Whether one talk may fill an article: a person's or a source's may, a government's statements are many."""
        return speaker.startswith("unnamed") or speaker in self.people

    def _relay_of(self, one: Attribution, attributions: Sequence[Attribution]) -> tuple[str, ...]:
        readers = (self._listener, self._citing, self._carried)
        relay = next((relay for reader in readers if (relay := reader(one))), None) or self._around(one, attributions)
        if relay is None or self._is_host(relay) or _body(relay) == _body(one.speaker):
            return ()
        return (relay,)

    def _is_host(self, relay: str) -> bool:
        return same_outlet(relay, self.host)

    def _vouched(self, one: Attribution, before: Attribution | None) -> tuple[str, ...]:
        """An unnamed source right after an agency's report speaks through that agency."""
        naming = known(before.speaker) if before else None
        if naming is None or naming.body.kind != "agency" or not one.speaker.startswith("unnamed source"):
            return ()
        return () if self._is_host(naming.shown) else (naming.shown,)

    def _medium(self, start: int, end: int) -> Named | None:
        return next((one for one in self.media if start <= one.start < end), None)

    def _outside(self, one: Attribution) -> Iterator[Span]:
        """What stands around the attribution's content, from its first words to the end of its sentence."""
        spans = sorted((*one.source, *one.cue))
        if not spans:
            return
        start, end = spans[0][0], max(self.doc.sentence_at(spans[-1][0])[1], spans[-1][1])
        sentence = self.doc.sentence_at(start)[0]
        if _LEADING.match(self.doc.text, sentence, start):
            start = sentence
        for content in sorted(one.content):
            if start < content[0] < end:
                yield start, content[0]
            if content[0] < end:
                start = max(start, content[1])
        if start < end:
            yield start, end

    def _listener(self, one: Attribution) -> str | None:
        """The medium that is told: "told AFP", "in an interview with the ... newspaper"."""
        for start, end in self._outside(one):
            for telling in _TELLING.finditer(self.doc.text, start, end):
                medium = self._medium(telling.end(), min(end, telling.end() + _LISTENER_WITHIN))
                if medium is not None and not re.search(r"[,.;!?]\s", self.doc.text[telling.end() : medium.start]):
                    return medium.name
        return None

    def _carried(self, one: Attribution) -> str | None:
        """ "X was quoted by Y as saying", "X said, according to Y", "X said, Y reported"."""
        sources = one.source
        quoted = any("quoted" in self.doc.words(span) for span in one.cue)
        for start, end in self._outside(one):
            if quoted and (by := _BY.match(self.doc.text, start, end)):
                medium = self._medium(by.end(), by.end() + _LISTENER_WITHIN)
                if medium is not None:
                    return medium.name
            for passive in _PASSIVE.finditer(self.doc.text, start, end):
                medium = self._medium(passive.end(), min(end, passive.end() + _LISTENER_WITHIN))
                if medium is not None and not any(s <= medium.start < e for s, e in sources):
                    return medium.name
        return self._behind(one)

    def _behind(self, one: Attribution) -> str | None:
        """ "..., Y reported": the medium behind the content, in the last of its sentences."""
        if not one.content:
            return None
        start = max(one.content[-1][1], *(end for _, end in (*one.source, *one.cue, (0, 0))))
        medium = self._medium(start, self.doc.sentence_at(max(start - 1, 0))[1])
        return medium.name if medium and _REPORTED.match(self.doc.text, medium.end) else None

    def _citing(self, one: Attribution) -> str | None:
        """ "Y, citing X", "Y quoted X as saying": the medium right before the cue."""
        if not one.source or not one.cue:
            return None
        start, end = one.cue[0]
        if not _CITING.match(self.doc.text, start, end) or start > one.source[0][0]:
            return None
        sentence = self.doc.sentence_at(start)[0]
        before = [medium for medium in self.media if sentence <= medium.start and medium.end <= start]
        media = _UNNAMED_MEDIA.findall(self.doc.text, sentence, start)
        return before[-1].name if before else media[-1] if media else None

    def _around(self, one: Attribution, attributions: Sequence[Attribution]) -> str | None:
        """The medium whose own attribution holds this whole attribution: "Y reported that X said"."""
        spans = (*one.source, *one.cue)
        for other in attributions:
            naming = known(other.speaker)
            if other is one or naming is None or naming.body.kind not in _RELAYING or not spans:
                continue
            if all(any(s <= a and b <= e for s, e in other.content) for a, b in spans):
                return other.speaker
        return None


def _body(name: str) -> str:
    naming = known(name)
    return naming.body.name if naming else name


def _first(one: Attribution) -> int:
    spans = one.source or one.cue or one.content
    return spans[0][0] if spans else 0
