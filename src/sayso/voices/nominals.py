"""Speakers in words: a name, an office, a description, or somebody whom the text leaves without a name."""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.text import Doc
from sayso.voices.bodies import kind_of_body, known
from sayso.voices.cast import Cast, Named, nation_in
from sayso.voices.memory import Memory
from sayso.voices.mentions import Mention, mention, nouns
from sayso.voices.nations import adjective_of, nation_of_adjective, nation_of_seat
from sayso.voices.unnamed import UNNAMED, apposed_name, is_unnamed, lowered, says_nothing, says_same, tidy, unnamed
from sayso.voices.words import word_list

#: Kinds of bodies whose initials mean little outside the article.
_SPELLED_OUT = frozenset({"army", "armed_group", "opposition"})

_STATE_MEDIUM = re.compile(
    r"(?i)\b(?:state|official|regime)(?:[- ](?:run|owned|controlled|affiliated))? "
    r"(tv|television|media|radio|news agency)\b"
)
_KNOWN_AS = re.compile(r"\b(?:known|identified|described) as (?:the )?$")
_OWNER = re.compile(r"\b(?:by|from|of)\s+(?=\S)")
_FOLLOWER = re.compile(r"(?:['’]s?)?\s+([\w-]+)")
_POSSESSED = re.compile(r"['’]s?\s+\w")
_ADDITION = re.compile(r"\s*[,(]| (?:who|which|that) ")
_ARMY_SOURCE = re.compile(r"(?:military|army) (?:sources?|officials?)")

#: Words of a source that no reader knows are a name of at most so many words, or none.
_LONGEST_NAME = 15
_OF_PEOPLE = ("ist", "man", "woman", "ian")
_GROUPS = frozenset(
    {"agency", "body", "charity", "group", "ministry", "network", "organisation", "organization", "outlet"}
)
_OWNED_NAME = re.compile(r"([A-Z]\w+)['’]s? [A-Z]")
_ANOTHERS = re.compile(r"[A-Z][\w-]+['’]s? [a-z]")
_CAPITAL = re.compile(r"[A-Z]")
_GOVERNING = frozenset({"of", "for", "to", "by", "from", "with", "against", "under"})


class Speaker(NamedTuple):
    """A canonical name and what it names: person, lone, many or body; see ``memory.Heard``."""

    name: str
    sort: str


class Nominals:
    """Reads the words of a source, with whom the article names and who has spoken before."""

    def __init__(self, doc: Doc, cast: Cast, memory: Memory, host: str = "") -> None:
        self.doc = doc
        self.cast = cast
        self.memory = memory
        self.host = host

    def speaker(self, one: Mention) -> Speaker:
        """Who the source is; the first reader that knows decides, and the words themselves stand last."""
        for reader in (
            self._nobody, self._person, self._document, self._whose, self._described, self._unnamed, self._body,
            self._office, self._definite, self._state_medium, self._side,
        ):  # fmt: skip
            found = reader(one)
            if found is not None:
                return found
        name = self._in_words(one)
        someone = one.definite is False and is_unnamed(name) and one.head not in _GROUPS  # "a trader", not "a group"
        sort = "many" if one.plural else "lone" if someone or one.head.endswith(_OF_PEOPLE) else "body"
        return Speaker(name, sort)

    def _in_words(self, one: Mention) -> str:
        """The words of the source: a name where they hold one, else what they say of somebody unnamed."""
        words = tidy(one.words)
        if says_nothing(words) or len(one.words.split()) > _LONGEST_NAME:
            return UNNAMED
        if (naming := known(words)) is not None:
            return naming.shown
        if (name := apposed_name(one.core)) is not None:
            return name
        owner = _OWNED_NAME.match(words)
        if owner is not None and (full := self.cast.short_body(owner.group(1))) is not None:
            return full + words[owner.end(1) :]
        rest = words.partition(" ")[2]
        of_sentence = _at_sentence_start(self.doc, one) and not _CAPITAL.search(rest)
        if of_sentence and self._is_common(words.split()[0], rest):
            words = lowered(words)
        nameless = one.definite is False or (one.plural and _ANOTHERS.match(words))
        return words if _CAPITAL.search(words) and not nameless else unnamed(words)

    def _is_common(self, first: str, rest: str) -> bool:
        """Whether a word owes its capital to the sentence: the text has it small, or small words follow no name."""
        if "'" in first or "’" in first or nation_in(first) is not None:
            return False
        return first.lower() in self.cast.lowered or (bool(rest) and not self.cast.holds(first))

    def _nobody(self, one: Mention) -> Speaker | None:
        """ "Another", "named for fear of reprisals": whoever was unnamed right before, or nobody."""
        if not says_nothing(one.words):
            return None
        latest = self.memory.latest
        again = latest is not None and is_unnamed(latest.name) and says_same(one.words)
        return Speaker(latest.name, latest.sort) if latest is not None and again else Speaker(UNNAMED, "lone")

    def _person(self, one: Mention) -> Speaker | None:
        """A person whose name heads the source, with an office before or behind it."""
        people = self.cast.people.within(one.span)
        named = next((person.name for person in people if self._heads(one, person)), None)
        name = named or self.cast.full_name(one.words)
        return Speaker(name, "person") if name else None

    def _heads(self, one: Mention, named: Named) -> bool:
        """Whether a name is what the source speaks of, not an addition ("opponents of X", "X's office")."""
        if _POSSESSED.match(self.doc.text, named.end, max(named.end, one.span[1])):
            return False
        words = self.doc.text[one.span[0] : named.start].split()
        if words and words[-1].endswith((",", "(")):
            return True
        while words and (words[-1][:1].isupper() or words[-1].strip(".,").lower() in nouns("roles")):
            words.pop()
        return not words or words[-1].lower() not in _GOVERNING

    def _document(self, one: Mention) -> Speaker | None:
        """A statement by X, X's statement, an X report: X; "the statement": who spoke last."""
        if one.head not in nouns("documents"):
            return None
        for rows, sort in ((self.cast.people, "person"), (self.cast.bodies, "body")):
            if named := rows.within(one.span):
                return Speaker(named[0].name, sort)
        described = self.cast.described_body(one._replace(core=one.core.rpartition(" ")[0]))
        if described is not None:
            return Speaker(described, "body")
        owner = _OWNER.search(self.doc.text, *one.span)
        unnamed = one.head in nouns("unnamed")
        if owner is not None and (owner.group().startswith("by") or not unnamed):
            return self.speaker(mention(self.doc.text, (owner.end(), one.span[1])))
        past = self.memory.last_named("body", "person") if " " not in one.core and not unnamed else None
        return Speaker(past.name, past.sort) if past is not None else None

    def _whose(self, one: Mention) -> Speaker | None:
        """ "His office": the office of whoever spoke last."""
        owner, _, owned = one.words.partition(" ")
        past = self.memory.last("person") if owner.lower() in ("his", "her") and owned else None
        return Speaker(f"{owned} of {past.name}", "body") if past is not None else None

    def _described(self, one: Mention) -> Speaker | None:
        """ "The civil defence", "a monitor": the body that the article names elsewhere."""
        if self._at_core_end(one):
            return None
        name = self.cast.described_body(one)
        if name is None and not self.cast.bodies.within(one.span):
            name = self.cast.body_ahead(one)
        return Speaker(name, "body") if name else None

    def _at_core_end(self, one: Mention) -> list[Named]:
        """Bodies whose names end where the first noun phrase of the source ends."""
        end = self._core_end(one)
        return [body for body in self.cast.bodies.within(one.span) if body.end == end]

    def _core_end(self, one: Mention) -> int:
        return self.doc.text.find(one.core[-12:], *one.span) + len(one.core[-12:])

    def _unnamed(self, one: Mention) -> Speaker | None:
        """Those whom the text leaves without a name; "the source" is the last one."""
        if one.head not in nouns("unnamed") or self._at_core_end(one) or " known as " in one.words:
            return None
        sort = "many" if one.plural else "lone"
        if one.definite:
            past, latest = self.memory.called(one.head), self.memory.latest
            if past is not None:
                return Speaker(past.name, sort)
            if one.head == "official" and latest is not None and latest.sort == "person":
                return Speaker(latest.name, "person")
            if one.head in nouns("roles") and (holder := self.cast.with_office(one)) is not None:
                return Speaker(holder, "person")
        return Speaker(self._unnamed_name(one), sort)

    def _unnamed_name(self, one: Mention) -> str:
        """ "unnamed" with what the text says of them: their kind, and where they are."""
        words = tidy(_ADDITION.split(one.words)[0])
        first = words.split()[0] if words else ""
        if first.istitle() and nation_of_adjective(first) is None and not self._begins_with_name(one):
            words = lowered(words)
        if _ARMY_SOURCE.match(words) and self.cast.home:
            words = f"{words} ({self.cast.home})"
        for body in self.cast.bodies.within(one.span):
            initials = self.doc.text[body.start : body.end]
            if initials.isupper() and kind_of_body(body.name) in _SPELLED_OUT:
                words = words.replace(initials, body.name, 1)
        return unnamed(words)

    def _begins_with_name(self, one: Mention) -> bool:
        at = self.doc.text.find(one.words[:8], *one.span)
        rows = (self.cast.people, self.cast.bodies, self.cast.groups)
        return any(named.start == at for row in rows for named in row.within(one.span))

    def _body(self, one: Mention) -> Speaker | None:
        """A body whose name is the head of the source: the one that ends its core, else one that heads it."""
        bodies, core_end = self.cast.bodies.within(one.span), self._core_end(one)
        also_known = [body for body in bodies if _KNOWN_AS.search(self.doc.text, one.span[0], body.start)]
        at_end = [body for body in bodies if body.end == core_end]
        if one.head in nouns("roles") | nouns("unnamed") and not (at_end or also_known):
            return None
        in_brackets = [body for body in bodies if body.end + 1 == one.span[1] and self.doc.text[body.start - 1] in "(["]
        in_core = [body for body in reversed(bodies) if body.end <= core_end]
        for body in (*also_known, *at_end, *in_brackets, *in_core, *bodies):
            follower = _FOLLOWER.match(self.doc.text, body.end, one.span[1])
            if follower and follower.group(1).lower() in nouns("roles") | nouns("unnamed"):
                return None
            if self._heads(one, body):
                return Speaker(body.name, "body")
        return None

    def _office(self, one: Mention) -> Speaker | None:
        """An office without a name: who holds it in this article, else the words."""
        if one.head not in nouns("roles"):
            return None
        holder = self.cast.with_office(one) if one.definite is not False else None
        if holder is None and one.definite and " " not in one.core:
            past = self.memory.last("person") or self.memory.last("lone")
            holder = past.name if past is not None else None
        return Speaker(holder, "person") if holder else Speaker(self._in_words(one), "lone")

    def _definite(self, one: Mention) -> Speaker | None:
        """ "The group", "the ministry": the last speaker it fits, else the last body named."""
        if (one.definite is None and " " in one.core) or one.definite is False:
            return None
        if any(nation_of_adjective(word) or "'s" in word or "’s" in word for word in one.core.split()):
            return None
        past = (name for name in self.memory.bodies() if self.cast.fits(name, one))
        short = self.cast.short_body(one.core) if one.definite else None
        own = self.host if one.definite and one.core.lower() in self.host.casefold().split() else None
        name = short or next(past, None) or self.cast.body_before(one) or own or self._group_of_late(one)
        return Speaker(name, "body") if name else None

    def _group_of_late(self, one: Mention) -> str | None:
        """ "The relief group", right after a body spoke of whose kind neither its name nor a table says anything."""
        latest = self.memory.latest
        if one.head not in _GROUPS or latest is None or latest.sort != "body" or kind_of_body(latest.name):
            return None
        return None if is_unnamed(latest.name) or latest.name.split()[-1] in word_list("body_heads") else latest.name

    def _state_medium(self, one: Mention) -> Speaker | None:
        """ "State television", of the nation it is said to be of, else of the one that the article is about."""
        found = _STATE_MEDIUM.search(one.core)
        nation = next((nation for word in one.core.split() if (nation := nation_in(word))), self.cast.home)
        if not found or nation is None:
            return None
        return Speaker(f"{adjective_of(nation)} state {found.group(1)}", "body")

    def _side(self, one: Mention) -> Speaker | None:
        """A side or a state: by the group's name, by the country's, or by the seat of its government."""
        country = nation_in(one.words)
        if country is not None:
            return Speaker(country, "body")
        seat = nation_of_seat(one.words)
        if seat is not None:
            government = f"{adjective_of(seat)} government"
            naming = known(government)
            return Speaker(naming.shown if naming else government, "body")
        for group in self.cast.groups.within(one.span):
            if self._heads(one, group) and group.end >= self._core_end(one):
                name = group.name if _CAPITAL.search(group.name) else unnamed(group.name)
                return Speaker(name, "many" if group.name.endswith("s") else "body")
        return None


def _at_sentence_start(doc: Doc, one: Mention) -> bool:
    return doc.sentence_at(one.span[0])[0] >= one.span[0] - 1
