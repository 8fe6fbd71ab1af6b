"""Who each speaker is: names, pronouns and descriptions resolved within the article."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from sayso.records import Article, Attribution, Entity
from sayso.text import Doc
from sayso.voices.bodies import known
from sayso.voices.cast import Cast, Named
from sayso.voices.mentions import Mention, mention, nouns
from sayso.voices.nations import adjective_of, countries, nation_of_adjective, nation_of_seat
from sayso.voices.relays import Relays

UNNAMED = "unnamed"

#: Kinds of bodies whose initials mean little outside the article.
_SPELLED_OUT = frozenset({"army", "armed_group", "opposition"})

_STATE_MEDIUM = re.compile(
    r"(?i)\b(?:state|official|regime)(?:[- ](?:run|owned|controlled|affiliated))? "
    r"(tv|television|media|radio|news agency)\b"
)
#: How far into its sentence a subject begins at most (characters): behind "The activist-run".
_SUBJECT = 25
_KNOWN_AS = re.compile(r"\b(?:known|identified|described) as (?:the )?$")
_GOVERNING = frozenset({"of", "for", "to", "by", "from", "with", "against", "under"})


class Heard(NamedTuple):
    """Somebody who has spoken: under which name, called what, and whether a person, a body or many."""

    name: str
    head: str
    sort: str


def resolve_speakers(
    doc: Doc, article: Article, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...]
) -> tuple[Attribution, ...]:
    """The attributions, in their order, each under its speaker's canonical name and with its relays.

    Within the article, "he", "Abdel Rahman", "the group" and "the source" become whom they stand for; who is not
    named is "unnamed", or "unnamed" with what the text says of them. ``via`` names relays, nearest to the speaker
    first, and is empty where the article's own outlet listened.
    """
    cast = Cast(doc, entities)
    resolver, relays = _Resolver(doc, cast), Relays(doc, article, cast)
    resolved = list(attributions)
    for at in sorted(range(len(attributions)), key=lambda at: (_start(attributions[at]), at)):
        speaker = resolver.speaker_of(attributions[at])
        resolved[at] = msgspec.structs.replace(attributions[at], speaker=speaker)
    return relays.added(resolved)


def _start(attribution: Attribution) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return spans[0][0] if spans else 0


class _Resolver:
    """Goes through the attributions in text order and remembers who has spoken."""

    def __init__(self, doc: Doc, cast: Cast) -> None:
        self.doc = doc
        self.cast = cast
        self.heard: list[Heard] = []
        self.last_at = -1

    def speaker_of(self, attribution: Attribution) -> str:
        """The canonical name of who speaks."""
        if not attribution.source:
            goes_on = not attribution.cue and attribution.kind == "direct" and self.heard
            return self.heard[-1].name if goes_on else UNNAMED
        span = (attribution.source[0][0], attribution.source[-1][1])
        one = mention(self.doc.text, span)
        if one.pronoun is not None:
            name, sort = self._behind_pronoun(one), one.pronoun
        else:
            name, sort = self._behind_words(one)
        if name != UNNAMED:
            self.last_at = span[0]
            self.heard.append(Heard(name, one.head, self._sort_known(name, sort)))
        return name

    def _sort_known(self, name: str, sort: str) -> str:
        return next((past.sort for past in reversed(self.heard) if past.name == name), sort)

    def _last(self, *sorts: str) -> str | None:
        return next((past.name for past in reversed(self.heard) if past.sort in sorts), None)

    def _behind_pronoun(self, one: Mention) -> str:
        if one.pronoun == "nearest":
            named = [*self.cast.bodies, *self.cast.people]
            before = [body for body in named if one.span[0] - 40 < body.end <= one.span[0]]
            return max(before, key=lambda body: body.end).name if before else self._last("body", "person") or UNNAMED
        if one.pronoun == "person":
            return self._last("person", "lone") or self._person_before(one) or UNNAMED
        if one.pronoun == "many":
            return self._last("many") or self._last("body", "group") or UNNAMED
        return self._subject_before(one) or self._last("body") or self._body_before(one) or UNNAMED

    def _subject_before(self, one: Mention) -> str | None:
        """The body that begins the sentence before the pronoun's, where it has been named since the last speaker."""
        sentence = self.doc.sentence_index(one.span[0])
        if sentence == 0 or self.doc.quote_at(one.span[0]):
            return None
        start = self.doc.sentences[sentence - 1][0]
        subjects = [
            body for body in self.cast.bodies if start <= body.start < start + _SUBJECT and body.start > self.last_at
        ]
        return subjects[0].name if subjects else None

    def _person_before(self, one: Mention) -> str | None:
        before = [person.name for person in self.cast.people if person.start < one.span[0]]
        return before[-1] if before else None

    def _body_before(self, one: Mention) -> str | None:
        before = [body.name for body in self.cast.bodies if body.start < one.span[0]]
        return before[-1] if before else None

    def _behind_words(self, one: Mention) -> tuple[str, str]:
        for reader in (
            self._person, self._document, self._whose, self._described, self._unnamed, self._body, self._office,
            self._definite, self._state_medium, self._side,
        ):  # fmt: skip
            found = reader(one)
            if found is not None:
                return found
        return one.words or UNNAMED, "many" if one.plural else "body"

    def _person(self, one: Mention) -> tuple[str, str] | None:
        """A person whose name heads the source, with an office before or behind it."""
        people = self.cast.within(one.span)[0]
        person = next((person for person in people if self._heads(one, person)), None)
        name = person.name if person else self.cast.full_name(one.words)
        return (name, "person") if name else None

    def _heads(self, one: Mention, named: Named) -> bool:
        """Whether a name is what the source speaks of, not an addition ("opponents of X", "X's office")."""
        if re.match(r"['’]s?\s+\w", self.doc.text[named.end : min(named.end + 4, one.span[1])] or " "):
            return False
        before = self.doc.text[one.span[0] : named.start]
        if not before.strip() or before.rstrip().endswith((",", "(")):
            return True
        words = before.split()
        while words and (words[-1][:1].isupper() or words[-1].strip(".,").lower() in nouns("roles")):
            words.pop()
        return not words or words[-1].lower() not in _GOVERNING

    def _document(self, one: Mention) -> tuple[str, str] | None:
        """ "A statement by X", "X's statement", "an X report": X; "the statement": who spoke last."""
        if one.head not in nouns("documents"):
            return None
        people, bodies, _ = self.cast.within(one.span)
        if people or bodies:
            return (people or bodies)[0].name, "person" if people else "body"
        owner = re.search(r"\b(?:by|from|of)\s+(.+)", one.words)
        if owner and one.head not in nouns("unnamed"):
            return self._behind_words(mention(owner.group(1), (0, len(owner.group(1)))))
        if len(one.core.split()) == 1 and (past := self._last("body", "person")) is not None:
            return past, self._sort_known(past, "body")
        return None

    def _described(self, one: Mention) -> tuple[str, str] | None:
        """ "The civil defence", "a monitor": the body that the article names elsewhere."""
        if self._at_core_end(one):
            return None
        name = self.cast.described_body(one) or (self.cast.body_ahead(one) if not self._names_body(one) else None)
        return (name, "body") if name else None

    def _names_body(self, one: Mention) -> bool:
        return bool(self.cast.within(one.span)[1])

    def _unnamed(self, one: Mention) -> tuple[str, str] | None:
        """Those whom the text leaves without a name; "the source" is the last one."""
        if one.head not in nouns("unnamed") or self._head_is_named(one) or " known as " in one.words:
            return None
        sort = "many" if one.plural else "lone"
        if one.definite:
            past = self._same_as_before(one)
            if past is not None:
                return past, sort
            if one.head == "official" and self.heard and self.heard[-1].sort == "person":
                return self.heard[-1].name, "person"
            if one.head in nouns("roles") and (holder := self.cast.with_office(one)) is not None:
                return holder, "person"
        return self._unnamed_name(one), sort

    def _head_is_named(self, one: Mention) -> bool:
        """Whether a known body's own name ends in the head noun ("Local Coordination Committees")."""
        return any(known(body.name) is not None for body in self._at_core_end(one))

    def _at_core_end(self, one: Mention) -> list[Named]:
        """Bodies whose names end where the first noun phrase of the source ends."""
        end = self.doc.text.find(one.core[-12:], *one.span) + len(one.core[-12:])
        return [body for body in self.cast.within(one.span)[1] if body.end == end]

    def _whose(self, one: Mention) -> tuple[str, str] | None:
        """ "His office": the office of whoever spoke last."""
        owner = re.match(r"(?:his|her)\s+(.+)", one.words)
        person = self._last("person") if owner else None
        return (f"{owner.group(1)} of {person}", "body") if owner and person else None

    def _same_as_before(self, one: Mention) -> str | None:
        stem = one.head.rstrip("s")
        return next((past.name for past in reversed(self.heard) if past.head.rstrip("s") == stem), None)

    def _unnamed_name(self, one: Mention) -> str:
        words = re.split(r"\s*[,(]| who | which | that ", one.words)[0]
        first = words.split()[0] if words else ""
        if (
            first[:1].isupper()
            and first.lower() == first[:1].lower() + first[1:]
            and nation_of_adjective(first) is None
        ):
            words = words[:1].lower() + words[1:] if not self._starts_with_name(one) else words
        if re.match(r"(?:military|army) (?:source|official)", words) and self.cast.home:
            words = f"{words} ({self.cast.home})"
        return f"{UNNAMED} {self._spelled_out(one, words)}"

    def _spelled_out(self, one: Mention, words: str) -> str:
        """The words with the initials of armies and armed groups written out: "NDF official"."""
        for body in self.cast.within(one.span)[1]:
            initials, naming = self.doc.text[body.start : body.end], known(body.name)
            if initials.isupper() and naming is not None and naming.body.kind in _SPELLED_OUT:
                words = words.replace(initials, body.name, 1)
        return words

    def _starts_with_name(self, one: Mention) -> bool:
        at = self.doc.text.find(one.words[:8], *one.span)
        return any(named.start == at for row in self.cast.within(one.span) for named in row)

    def _body(self, one: Mention) -> tuple[str, str] | None:
        """A body whose name is the head of the source: the one that ends its core, else the first that heads it."""
        bodies = self.cast.within(one.span)[1]
        in_brackets = [body for body in bodies if self.doc.text[body.start - 1] in "([" and body.end + 1 == one.span[1]]
        also_known = [body for body in bodies if _KNOWN_AS.search(self.doc.text, one.span[0], body.start)]
        if one.head in nouns("roles") | nouns("unnamed") and not (self._at_core_end(one) or also_known):
            return None
        core_end = one.span[0] + self.doc.words(one.span).find(one.core) + len(one.core)
        in_core = [body for body in reversed(bodies) if body.end <= core_end]
        for body in (*also_known, *self._at_core_end(one), *in_brackets, *in_core, *bodies):
            follower = re.match(r"(?:['’]s?)?\s+([\w-]+)", self.doc.text[body.end : one.span[1]])
            if follower and follower.group(1).lower() in nouns("roles") | nouns("unnamed"):
                return None
            if self._heads(one, body):
                return body.name, "body"
        return None

    def _office(self, one: Mention) -> tuple[str, str] | None:
        """An office without a name: who holds it in this article, else the words."""
        if one.head not in nouns("roles"):
            return None
        holder = self.cast.with_office(one) if one.definite is not False else None
        if holder is None and one.definite and len(one.core.split()) == 1:
            holder = self._last("person") or self._last("lone")
        return holder or one.words, "person"

    def _definite(self, one: Mention) -> tuple[str, str] | None:
        """ "The group", "the ministry": the last speaker it fits, else the last body named."""
        if (one.definite is None and " " in one.core) or any(nation_of_adjective(word) for word in one.core.split()):
            return None
        past = (past.name for past in reversed(self.heard) if past.sort == "body" and self.cast.fits(past.name, one))
        name = next(past, None) or self.cast.body_before(one)
        return (name, "body") if name and one.definite is not False else None

    def _state_medium(self, one: Mention) -> tuple[str, str] | None:
        found = _STATE_MEDIUM.search(one.core)
        nation = next((nation for word in one.core.split() if (nation := self._nation(word))), self.cast.scene)
        if not found or nation is None:
            return None
        return f"{adjective_of(nation)} state {found.group(1)}", "body"

    def _nation(self, word: str) -> str | None:
        word = re.sub(r"['’]s?$", "", word)
        return nation_of_adjective(word) or countries().get(word)

    def _side(self, one: Mention) -> tuple[str, str] | None:
        """A side or a state: by the group's name, or the seat that stands for a government."""
        if (nation := nation_of_adjective(one.words)) is not None and one.words not in countries():
            return nation, "body"
        if (country := countries().get(one.words)) is not None:
            return country, "body"
        country = nation_of_seat(one.words)
        if country is not None:
            government = f"{adjective_of(country)} government"
            naming = known(government)
            return (naming.shown if naming else government), "body"
        for group in self.cast.within(one.span)[2]:
            if self._heads(one, group) and group.end >= one.span[0] + len(one.core):
                return group.name, "many" if group.name.endswith("s") else "body"
        return None
