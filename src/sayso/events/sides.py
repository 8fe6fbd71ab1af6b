"""Parties: whom the words of a passage name, and whose "its fighters" are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sayso.events.lexicon import Word, overlaps, table
from sayso.events.passages import Passage
from sayso.events.scene import Scene, countries
from sayso.records import Entity, Span

#: What stands between a name and the plain noun that it names: "Islamic State (IS) terrorists", "IS-militants".
_JOINS = re.compile(r"(?:(?:\s+\([^()]{1,40}\))?\s+|-)$")

#: What stands between a name and another for the same: "Islamic State (IS, formerly ISIS".
_ALSO = re.compile(r"\s+\([^()]{0,30}$")

#: What stands between the plain noun and the name after it: "fighters of the so-called Northern Accord".
_OF = re.compile(r"\s+(?:of|belonging to|loyal to)\s+(?:the\s+)?(?:so-called\s+)?[\"“‘]?$")

#: Who only helps: "the army, backed by Russian air power, managed to".
_HELPS = re.compile(
    r"\b(?:backed|supported|reinforced|aided|helped|assisted|accompanied)\s+by\s+(?:the\s+)?$", re.IGNORECASE
)

#: "its fighters", "our own forces": the owner's words.
_OWNED = re.compile(r"\b(?:its|our|his|her|their|my)\s+(?:own\s+)?$", re.IGNORECASE)

#: Words that stand for the speaker before a verb: "the Accord claims that it seized the village".
_SELF = frozenset({"it", "we"})

#: Passages before a party in which its owner is looked for, where a person speaks for a body.
OWNER_WITHIN = 1


@dataclass(frozen=True, slots=True)
class Party:
    """A name or plain noun that may act or be acted on, with the words (first, after the last) that it takes."""

    span: Span
    name: str
    first: int
    last: int
    acts: bool
    suffers: bool
    plain: bool = False
    helps: bool = False


@cache
def words_for(group: str, key: str) -> frozenset[str]:
    """One list of who.toml."""
    return frozenset(table("who")[group][key].split())


@cache
def _plain() -> dict[str, tuple[str, bool, bool]]:
    """Plain nouns and peoples: their name as a party, whether they act, whether they are acted on."""
    data = table("who")
    acts, suffers = data["sides"]["agents"].split(), data["sides"]["patients"].split()
    nouns = {word: (data["alone"].get(word, word), word in acts, word in suffers) for word in (*acts, *suffers)}
    return nouns | {people: (state, True, False) for people, state in data["states"].items()}


def read_parties(scene: Scene, number: int) -> tuple[Party, ...]:
    """The parties of a passage (by its number) in text order: names of bodies, sides, people, states; plain nouns."""
    passage = scene.passages[number]
    found = list(_named(scene, passage))
    taken = tuple(party.span for party in found)
    for n, word in enumerate(passage.words):
        plain = _plain().get(word.text)
        if plain is not None and not overlaps((word.start, word.end), taken):
            name, acts, suffers = plain
            bare = word.text not in table("who")["states"]
            found.append(Party((word.start, word.end), name, n, n + 1, acts, suffers, bare))
        elif word.text in _SELF and (owner := _speaker(scene, word.start)):
            found.append(Party((word.start, word.end), owner, n, n + 1, True, False))
    found.sort(key=lambda party: party.span)
    owned = (_owned(scene, number, party) for party in _joined(scene.doc.text, found))
    return tuple(replace(party, helps=_is_helper(scene.doc.text, party.span[0])) for party in owned)


def _is_helper(text: str, start: int) -> bool:
    return _HELPS.search(text, max(0, start - 40), start) is not None


def _named(scene: Scene, passage: Passage) -> Iterator[Party]:
    """The parties that the reader of names found."""
    for entity in scene.entities_in(passage.span):
        state = entity.type == "LOC" and entity.name in countries() and entity.name != scene.main_country
        if (entity.type != "LOC" or state) and not scene.in_speech(entity.span):
            first, last = _range(passage.words, entity.span)
            name = table("who")["alone"].get(entity.name.lower(), entity.name)
            yield Party(entity.span, name, first, last, True, True, scene.doc.words(entity.span).islower())


def _range(words: tuple[Word, ...], span: Span) -> Span:
    inside = [n for n, word in enumerate(words) if word.start < span[1] and span[0] < word.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _joined(text: str, parties: Sequence[Party]) -> list[Party]:
    """One party where a name stands with a plain noun: "Islamic State terrorists", "fighters of the Accord"."""
    out: list[Party] = []
    for party in parties:
        last = out[-1] if out else None
        if last is not None and not last.plain and _ALSO.match(text, last.span[1], party.span[0]):
            out[-1] = replace(last, last=party.last)
            continue
        if last is not None and last.plain != party.plain and last.span[1] <= party.span[0]:
            gap = text[last.span[1] : party.span[0]]
            if party.plain and _JOINS.match(gap):
                out[-1] = replace(last, last=party.last)
                continue
            if last.plain and _OF.match(gap):
                out[-1] = replace(party, first=last.first)
                continue
        out.append(party)
    return out


def _owned(scene: Scene, number: int, party: Party) -> Party:
    """The party under its owner's name, where it is only somebody's: "its fighters"."""
    start = party.span[0]
    if not party.plain or not _OWNED.search(scene.doc.text, max(0, start - 12), start):
        return party
    owner = _speaker(scene, start) or _side_before(scene, number, start)
    return replace(party, name=owner) if owner else party


def _speaker(scene: Scene, offset: int) -> str | None:
    """Who says what stands there, where that is a body or side."""
    said = scene.speaker_of(offset)
    name = scene.attributions[said].speaker if said is not None else None
    return name if name in scene.sides else None


def _side_before(scene: Scene, number: int, offset: int) -> str | None:
    """The side that the speaker's own words name ("A spokesman for the Accord"), else the last one named before."""
    said = scene.speaker_of(offset)
    spans = scene.attributions[said].source if said is not None else ()
    near = (scene.passages[max(0, number - OWNER_WITHIN)].span[0], offset)
    for span in (*spans, near):
        sides = [entity for entity in scene.entities_in(span) if _is_side(entity)]
        if sides:
            return sides[-1].name
    return None


def _is_side(entity: Entity) -> bool:
    return entity.type in ("ORG", "GROUP") and not entity.name.islower()
