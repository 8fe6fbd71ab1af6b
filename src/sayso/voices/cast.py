"""Everybody whom an article names: people with their offices, bodies with their kinds, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from sayso.records import Entity
from sayso.text import Doc
from sayso.voices.bodies import described, kind_of_body, known
from sayso.voices.groups import scenes_of
from sayso.voices.mentions import Mention, kind_nouns
from sayso.voices.nations import countries, nation_of_adjective
from sayso.voices.shortforms import by_short_form, name_words
from sayso.voices.spans import InOrder

#: How far an office stands from the name it belongs to (characters): "X, the head of the opposition's delegation".
_OFFICE = 60
#: How many words of an office stand before its name at most: "director of the Lake Water Authority, ...".
_OFFICE_WORDS = 9
_APPOSITION = re.compile(r",\s(?:the |a |an )?([^.,;:\"“”]{3,60})")
_CLAUSE_END = re.compile(r"[.;:!?\"“”]\s|\n")


class Named(NamedTuple):
    """One mention of somebody by name."""

    start: int
    end: int
    name: str


class Cast:
    """Who is named in an article, for finding whom a description means."""

    def __init__(self, doc: Doc, entities: Sequence[Entity]) -> None:
        self.doc = doc
        self.people = InOrder([Named(*one.span, one.name) for one in entities if one.type == "PER"])
        self.bodies = InOrder([Named(*one.span, one.name) for one in entities if one.type == "ORG" or known(one.name)])
        self.groups = InOrder([Named(*one.span, one.name) for one in entities if one.type == "GROUP"])
        self.scenes = scenes_of(doc)
        self.scene = self.scenes[0] if self.scenes else None
        self.home = self._home() or self.scene
        self._first_words = frozenset(doc.words(one.span).split()[0] for one in entities)
        self._surnames = by_short_form(entities)
        self._full = {" ".join(name_words(one.name)): one.name for one in reversed(self.people.rows)}
        self._by_name: dict[str, list[Named]] = {}
        for body in self.bodies.rows:
            self._by_name.setdefault(body.name, []).append(body)
        self._holders = self._offices()

    @cached_property
    def lowered(self) -> frozenset[str]:
        """Every word that the article writes small somewhere."""
        return frozenset(re.findall(r"\b[a-z][a-z-]+", self.doc.text))

    def holds(self, word: str) -> bool:
        """Whether a name in the article begins with this word."""
        return word in self._first_words

    def _home(self) -> str | None:
        """The country whose own agency is named first: an army's source that told it is that country's."""
        for body in self.bodies.rows:
            naming = known(body.name)
            if naming is not None and naming.body.kind == "agency" and naming.body.roof != naming.body.name:
                nation = nation_of_adjective(naming.body.roof.split()[0])
                return nation if nation in self.scenes[:2] else None
        return None

    def _offices(self) -> dict[str, list[tuple[Named, frozenset[str]]]]:
        """Word of an office -> who holds it, in text order, each with all the words of their offices."""
        words: dict[str, set[str]] = {}
        last = 0
        for one in self.people.rows:
            words.setdefault(one.name, set()).update(self._office_of(one, last))
            last = one.end
        frozen = {name: frozenset(office) for name, office in words.items()}
        holders: dict[str, list[tuple[Named, frozenset[str]]]] = {}
        for one in self.people.rows:
            for word in frozen[one.name]:
                holders.setdefault(word, []).append((one, frozen[one.name]))
        return holders

    def _office_of(self, one: Named, last: int) -> list[str]:
        """The words right before the name, back to the last person, or right behind it after a comma."""
        before = _CLAUSE_END.split(self.doc.text[max(last, one.start - _OFFICE) : one.start])[-1]
        after = _APPOSITION.match(self.doc.text[one.end : one.end + _OFFICE + 5])
        near = before.split()[-_OFFICE_WORDS:]
        words = re.findall(r"[\w.-]+", f"{' '.join(near)} {after.group(1) if after else ''}")
        return [nation_in(word) or word.lower() for word in words]

    def full_name(self, words: str) -> str | None:
        """The person whose name or surname these words are."""
        if not words[:1].isupper():
            return None
        key = " ".join(name_words(words))
        return self._full.get(key) or self._surnames.get(key)

    def short_body(self, core: str) -> str | None:
        """The body of whose name these words are the end: "the Accord" for the Northern Accord."""
        return next((name for name in self._by_name if core[:1].isupper() and name.endswith(" " + core)), None)

    def with_office(self, one: Mention) -> str | None:
        """The person last named before the mention (else first after it) who holds this office."""
        named = {nation_in(word) or word.lower() for word in one.core.split() if word[:1].isupper()} - {one.head}
        later = None
        for person, office in reversed(self._holders.get(one.head, [])):
            if _may_hold(office, named):
                if person.start < one.span[0]:
                    return person.name
                later = person.name
        return later

    def described_body(self, one: Mention) -> str | None:
        """The known body that goes by this description, named anywhere in the article: "civil defence"."""
        core, words = one.core.casefold(), one.words.casefold()
        for description, names in described().items():
            if core == description or words == description or core.endswith(" " + description):
                named = sorted(body for name in names for body in self._by_name.get(name, ()))
                if named:
                    return max((body for body in named if body.start < one.span[0]), default=named[0]).name
        return None

    def body_ahead(self, one: Mention) -> str | None:
        """The body that a lead calls "a monitor" and names further on; the nearest one."""
        core = one.core.casefold()
        kinds = {kind for kind, rows in kind_nouns("ahead").items() if any(core.endswith(row) for row in rows)}
        if not kinds:
            return None
        later = self.bodies.rows[self.bodies.first_from(one.span[0]) :]
        fitting = (body.name for body in (*later, *self.bodies.before(one.span[0])) if kind_of_body(body.name) in kinds)
        return next(fitting, None)

    def fits(self, name: str, one: Mention) -> bool:
        """Whether a body of this name may be called by the mention's head noun: "the ministry", "the group"."""
        if one.head in name.casefold().replace("centre", "center").split():
            return True
        return one.head in kind_nouns("kinds").get(kind_of_body(name) or "", ())

    def body_before(self, one: Mention) -> str | None:
        """The body last named before the mention that fits its head noun."""
        return next((body.name for body in self.bodies.before(one.span[0]) if self.fits(body.name, one)), None)


def _may_hold(office: frozenset[str], named: set[str]) -> bool:
    """Whether the holder of an office may be so described; a nation may go unsaid in it, but not be another."""
    states = frozenset(countries().values())
    missing = named - office
    return missing <= states and not (missing and office & states)


def nation_in(word: str) -> str | None:
    """The nation that a word names, as a country or as an adjective, possessive or not."""
    word = word.removesuffix("'s").removesuffix("’s")
    return nation_of_adjective(word) or countries().get(word)
