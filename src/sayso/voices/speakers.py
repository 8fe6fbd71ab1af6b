"""Who each speaker is: names, pronouns and descriptions resolved within the article."""

from __future__ import annotations

import re

import msgspec

from sayso.records import Article, Attribution, Entity, Span
from sayso.text import Doc
from sayso.voices.cast import Cast
from sayso.voices.memory import Heard, Memory
from sayso.voices.mentions import CITED, CITING, Mention, mention
from sayso.voices.nominals import Nominals
from sayso.voices.relays import Relays, first_offset
from sayso.voices.unnamed import UNNAMED

#: How far into its sentence a subject begins at most (characters): behind "The activist-run".
_SUBJECT = 25

#: "Which" and "who" stand right behind their noun, at most so far (characters): ", a British group, which".
_NEAREST = 40

#: Whom "who" follows, where the text gives no name: "A resident who asked", "a network official, who declined".
_NOUN_BEFORE = re.compile(r"(?:^|[\s\"“])((?:A|An|One|a|an|one) [A-Za-z][\w’'-]*(?: [\w’'-]+){0,3}),? $")


def resolve_speakers(
    doc: Doc, article: Article, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...]
) -> tuple[Attribution, ...]:
    """The attributions, in their order, each under its speaker's canonical name and with its relays.

    Within the article, "he", "Abdel Rahman", "the group" and "the source" become whom they stand for; who is not
    named is "unnamed", or "unnamed" with what the text says of them. ``via`` names relays, nearest to the speaker
    first, and is empty where the article's own outlet listened.
    """
    cast = Cast(doc, entities)
    starts = frozenset(one.source[0][0] for one in attributions if one.source)
    resolver = _Resolver(doc, cast, starts, article.publisher or "")
    order = sorted(range(len(attributions)), key=lambda at: (first_offset(attributions[at]), at))
    resolved = list(attributions)
    for at in order:
        speaker = resolver.speaker_of(attributions[at])
        resolved[at] = msgspec.structs.replace(attributions[at], speaker=speaker)
    return Relays(doc, article, cast).added(resolved, order)


#: Whom a named speaker is tied to: "an Accord affiliated Redhill news agency" is the agency, not the Accord.
_TIED = re.compile(
    r"(?:(?:an?|the)\s+)?(?:[\w’'.]+[ -]){1,3}?"
    r"(?:affiliated|linked|backed|aligned|run|controlled|owned|funded|supported)\s+(?=[A-Z])"
)


def _noun_before(doc: Doc, offset: int) -> Span | None:
    start = max(doc.sentence_at(offset)[0], offset - 2 * _NEAREST)
    found = _NOUN_BEFORE.search(doc.text[start:offset])
    return (start + found.start(1), start + found.end(1)) if found else None


class _Resolver:
    """Goes through the attributions in text order and remembers who has spoken."""

    def __init__(self, doc: Doc, cast: Cast, starts: frozenset[int], host: str) -> None:
        self.doc = doc
        self.starts = starts  # where sources begin: who is cited may have an attribution of their own
        self.cast = cast
        self.memory = Memory()
        self.nominals = Nominals(doc, cast, self.memory, host)

    def speaker_of(self, attribution: Attribution) -> str:
        """The canonical name of who speaks."""
        if not attribution.source:
            latest = self.memory.latest
            goes_on = latest is not None and not attribution.cue and attribution.kind == "direct"
            return latest.name if latest is not None and goes_on else UNNAMED
        one = mention(self.doc.text, self._speaking_part(attribution.source[0][0], attribution.source[-1][1]))
        if one.pronoun is None:
            name, sort = self.nominals.speaker(one)
        elif one.words.lower() == "who" and (noun := _noun_before(self.doc, one.span[0])) is not None:
            name, sort = self.nominals.speaker(mention(self.doc.text, noun))
        else:
            name, sort = self._behind_pronoun(one) or UNNAMED, one.pronoun
        if name != UNNAMED:
            self.memory.add(Heard(name, one.head, sort), one.span[0])
        return name

    def _speaking_part(self, start: int, end: int) -> Span:
        """Where the speaker stands: in or right behind a source that cites, the one it cites ("AP, citing X")."""
        tied = _TIED.match(self.doc.text, start, end)
        start = tied.end() if tied is not None else start
        inside = CITING.search(self.doc.text, start, end)
        if inside is not None:
            return inside.end(), end
        behind = CITED.match(self.doc.text, end)
        if behind is not None and not self.starts & set(range(*behind.span(1))):
            return behind.span(1)
        return start, end

    def _behind_pronoun(self, one: Mention) -> str | None:
        """Whom "he", "they", "it" or "which" stands for."""
        if one.pronoun == "person":
            return self._heard("person", "lone") or self._named_before(one, people=True)
        if one.pronoun == "many":
            return self._heard("many") or self._heard("body")
        if one.pronoun == "nearest":
            return self._nearest(one) or self._heard("body", "person")
        return self._subject_before(one) or self._heard("body") or self._named_before(one, people=False)

    def _heard(self, *sorts: str) -> str | None:
        past = self.memory.last(*sorts)
        return past.name if past is not None else None

    def _nearest(self, one: Mention) -> str | None:
        start = one.span[0]
        named = (*self.cast.bodies.before(start, 1), *self.cast.people.before(start, 1))
        near = [row for row in named if start - _NEAREST < row.end <= start]
        return max(near, key=lambda row: row.end).name if near else None

    def _subject_before(self, one: Mention) -> str | None:
        """The body that begins the sentence before the pronoun's, where it has been named since the last speaker."""
        sentence = self.doc.sentence_index(one.span[0])
        if sentence == 0:
            return None
        start = self.doc.sentences[sentence - 1][0]
        subjects = self.cast.bodies.within((start, start + _SUBJECT + 60))
        first = next((body for body in subjects if body.start < start + _SUBJECT), None)
        return first.name if first is not None and first.start > self.memory.last_at else None

    def _named_before(self, one: Mention, *, people: bool) -> str | None:
        before = (self.cast.people if people else self.cast.bodies).before(one.span[0], 1)
        return before[0].name if before else None
