"""Everybody whom an article names: people with their offices, bodies with their kinds, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sayso.records import Entity, Span
from sayso.text import Doc
from sayso.voices.bodies import described, known
from sayso.voices.groups import scenes_of
from sayso.voices.mentions import Mention, kind_nouns
from sayso.voices.nations import countries, nation_of_adjective
from sayso.voices.shortforms import is_short_for
from sayso.voices.words import words_of

#: How far an office stands from the name it belongs to (characters): "X, the head of the opposition's delegation".
_OFFICE = 60


class Named(NamedTuple):
    """One mention of somebody by name."""

    start: int
    end: int
    name: str


class Cast:
    """Who is named in an article, for finding whom a description means."""

    def __init__(self, doc: Doc, entities: Sequence[Entity]) -> None:
        self.doc = doc
        self.people = [Named(*one.span, one.name) for one in entities if one.type == "PER"]
        self.bodies = [Named(*one.span, one.name) for one in entities if one.type == "ORG" or known(one.name)]
        self.groups = [Named(*one.span, one.name) for one in entities if one.type == "GROUP"]
        self.scenes = scenes_of(words_of(doc))
        self.scene = self.scenes[0] if self.scenes else None
        self.home = self._home() or self.scene
        self._offices: dict[str, set[str]] = {}
        for before, one in zip([None, *self.people], self.people, strict=False):
            self._offices.setdefault(one.name, set()).update(self._office_of(one, before.end if before else 0))

    def _home(self) -> str | None:
        """The country whose own agency is named first: an army's source that told it is that country's."""
        for body in self.bodies:
            naming = known(body.name)
            if naming is not None and naming.body.kind == "agency" and naming.body.roof != naming.body.name:
                nation = nation_of_adjective(naming.body.roof.split()[0])
                return nation if nation in self.scenes[:2] else None
        return None

    def _office_of(self, one: Named, last: int) -> set[str]:
        """The words right before the name, back to the last person, or right behind it after a comma."""
        before = re.split(r"[.;:!?\"“”]\s|\n", self.doc.text[max(last, one.start - _OFFICE) : one.start])[-1]
        after = re.match(r",\s(?:the |a |an )?([^.,;:\"“”]{3,60})", self.doc.text[one.end : one.end + _OFFICE + 5])
        words = re.findall(r"[\w.-]+", f"{before} {after.group(1) if after else ''}")
        return {_nation(word) or word.lower() for word in words}

    def full_name(self, words: str) -> str | None:
        """The person whose name or surname these words are."""
        if not words[:1].isupper():
            return None
        for one in self.people:
            if one.name.casefold() == words.casefold() or is_short_for(words, one.name):
                return one.name
        return None

    def with_office(self, one: Mention) -> str | None:
        """The person last named before the mention (else first after it) who holds this office."""
        named = {_nation(word) or word.lower() for word in one.core.split() if word[:1].isupper()}
        holders = [person for person in self.people if self._holds(self._offices[person.name], one.head, named)]
        earlier = [person for person in holders if person.start < one.span[0]]
        found = earlier[-1] if earlier else holders[0] if holders else None
        return found.name if found else None

    def _holds(self, office: set[str], head: str, named: set[str]) -> bool:
        """Whether an office is this one; a nation may go unsaid in it, but not be another."""
        states = set(countries().values())
        missing = named - office - {head}
        return head in office and missing <= states and not (missing and office & states)

    def described_body(self, one: Mention) -> str | None:
        """The known body that goes by this description, named anywhere in the article: "civil defence"."""
        core = one.core.casefold()
        for description, names in described().items():
            if one.words.casefold() == description or core == description or core.endswith(" " + description):
                named = [body for body in self.bodies if body.name in names]
                earlier = [body for body in named if body.start < one.span[0]]
                if named:
                    return (earlier[-1] if earlier else named[0]).name
        return None

    def body_ahead(self, one: Mention) -> str | None:
        """The body that a lead calls "a monitor" and names further on; the nearest one."""
        core = one.core.casefold()
        kinds = {kind for kind, rows in kind_nouns("ahead").items() if any(core.endswith(row) for row in rows)}
        fitting = [body for body in self.bodies if (naming := known(body.name)) and naming.body.kind in kinds]
        later = [body for body in fitting if body.start >= one.span[0]]
        found = later[0] if later else fitting[-1] if fitting else None
        return found.name if found else None

    def fits(self, name: str, one: Mention) -> bool:
        """Whether a body of this name may be called by the mention's head noun: "the ministry", "the group"."""
        if re.search(rf"\b{re.escape(one.head)}\b", name.casefold().replace("centre", "center")):
            return True
        naming = known(name)
        return naming is not None and one.head in kind_nouns("kinds").get(naming.body.kind, ())

    def body_before(self, one: Mention) -> str | None:
        """The body last named before the mention that fits its head noun."""
        fitting = [body.name for body in self.bodies if body.start < one.span[0] and self.fits(body.name, one)]
        return fitting[-1] if fitting else None

    def within(self, span: Span) -> tuple[list[Named], list[Named], list[Named]]:
        """People, bodies and groups named inside a span."""
        rows = (self.people, self.bodies, self.groups)
        people, bodies, groups = ([one for one in row if span[0] <= one.start and one.end <= span[1]] for row in rows)
        return people, bodies, groups


def _nation(word: str) -> str | None:
    word = word.removesuffix("'s").removesuffix("’s")
    return nation_of_adjective(word) or countries().get(word)
