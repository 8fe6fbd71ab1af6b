"""Who relays a speaker to the article: "told AFP", "SANA quoted a source", "AP, citing the network"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sayso.records import Article, Attribution
from sayso.text import Doc
from sayso.voices.bodies import known
from sayso.voices.cast import Cast, Named

_RELAYING = frozenset({"agency", "outlet"})
#: What may stand between "told" and the listener: "told the Interfax news agency", "told a reporter of".
_LISTENER_WITHIN = 45
_TELLING = re.compile(
    r"(?i)\b(?:told|tells|telling|speaking (?:to|with)|interview (?:with|on|to|by)|statement to|spoke to|speaking on|assured|informed)\b"
)
_PASSIVE = re.compile(r"(?i)\b(?:quoted|cited|carried|relayed) by\b")
_CITING = re.compile(r"(?i)\b(?:citing|cited|quoting|quoted|quotes|cites|reported|as saying|as telling)\b")


class Relays:
    """Finds the relays of the attributions of one article."""

    def __init__(self, doc: Doc, article: Article, cast: Cast) -> None:
        self.doc = doc
        self.host = article.publisher or article.site or ""
        self.media = [one for one in cast.bodies if (naming := known(one.name)) and naming.body.kind in _RELAYING]

    def added(self, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
        """The attributions with their relays; one named earlier for the same speaker holds for "he said"."""
        held: dict[str, tuple[str, ...]] = {}
        found = list(attributions)
        for at in sorted(range(len(found)), key=lambda at: (_first(found[at]), at)):
            one = found[at]
            via = self._relay_of(one, attributions) or held.get(one.speaker, ())
            if via:
                found[at] = msgspec.structs.replace(one, via=via)
                if one.source:
                    held[one.speaker] = via
        return tuple(found)

    def _relay_of(self, one: Attribution, attributions: Sequence[Attribution]) -> tuple[str, ...]:
        relay = self._listener(one) or self._passive(one) or self._citing(one) or self._around(one, attributions)
        return (relay,) if relay and relay != one.speaker and not same_outlet(relay, self.host) else ()

    def _medium(self, start: int, end: int) -> Named | None:
        return next((one for one in self.media if start <= one.start < end), None)

    def _listener(self, one: Attribution) -> str | None:
        """The medium that is told."""
        for start, end in (*one.cue, *one.source):
            for telling in _TELLING.finditer(self.doc.text, start, end):
                stop = min([telling.end() + _LISTENER_WITHIN, *(s for s, _ in one.content if s > telling.end())])
                medium = self._medium(telling.end(), stop)
                if medium is not None and not re.search(r"[.;!?]\s|\n", self.doc.text[telling.end() : medium.start]):
                    return medium.name
        return None

    def _passive(self, one: Attribution) -> str | None:
        """ "X was quoted by Y as saying", "X, cited by Y"."""
        first, last = _first(one), max(end for _, end in (*one.cue, *one.source, (0, 0)))
        found = _PASSIVE.search(self.doc.text, first, last + 40)
        medium = self._medium(found.end(), found.end() + _LISTENER_WITHIN) if found else None
        return medium.name if medium else None

    def _citing(self, one: Attribution) -> str | None:
        """ "Y, citing X", "Y quoted X as saying": the medium right before the cue."""
        if not one.source or not one.cue:
            return None
        start, end = one.cue[0]
        if not _CITING.match(self.doc.text, start, end) or start > one.source[0][0]:
            return None
        sentence = self.doc.sentence_at(start)[0]
        before = [medium for medium in self.media if sentence <= medium.start and medium.end <= start]
        return before[-1].name if before else None

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


def _first(one: Attribution) -> int:
    spans = one.source or one.cue or one.content
    return spans[0][0] if spans else 0


def same_outlet(one: str, other: str) -> bool:
    """Whether two names are one outlet's: by the known bodies, or by their letters ("manar", "Al-Manar")."""
    a, b = (re.sub(r"[\W_]|^the\b", "", name.casefold()) for name in (one, other))
    naming, of_other = known(one), known(other)
    if naming and of_other:
        return naming.body == of_other.body
    return bool(a and b) and (a == b or (min(len(a), len(b)) > 3 and (a in b or b in a)))
