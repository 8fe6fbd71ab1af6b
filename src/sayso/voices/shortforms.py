"""Short forms and their full names within one article: "Abdel Rahman" after "Rami Abdel Rahman", "(SNC)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol

from sayso.records import Entity, EntityType
from sayso.text import Doc
from sayso.voices.bodies import known
from sayso.voices.nations import is_demonym
from sayso.voices.spans import InOrder
from sayso.voices.words import Word, word_list

#: No article names more bodies than this; a list of names does.
_MANY = 150
_PARENTHESIS = re.compile(r"\s?[(\[]([A-Z][A-Za-z&-]{1,9})[)\]]")


class Named(Protocol):
    """A name in the text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def type(self) -> EntityType: ...

    @property
    def name(self) -> str: ...


def full_names(doc: Doc, entities: list[Entity]) -> tuple[Entity, ...]:
    """The entities, each under the fullest name that the article gives it."""
    initials, full = _bracketed(doc, entities), by_short_form(entities)
    initials |= _by_fewer_words(entities)
    return tuple(_renamed(entity, initials, full) for entity in entities)


def _by_fewer_words(entities: Sequence[Entity]) -> dict[str, str]:
    """A body's name -> the longer one in the article that has all its words: "Security Council"."""
    names = sorted({entity.name for entity in entities if entity.type == "ORG"})[:_MANY]
    words = {name: {word for word in name_words(name) if len(word) > 2} for name in names}
    return {
        short: next(full for full in names if words[short] < words[full])
        for short in names
        if len(words[short]) > 1 and any(words[short] < words[full] for full in names)
    }


def by_short_form(entities: Sequence[Entity]) -> dict[str, str]:
    """Last words of a person's name -> the name that the article gives first in full."""
    found: dict[str, str] = {}
    for entity in entities:
        if entity.type == "PER":
            parts = name_words(entity.name)
            for at in range(1, len(parts)):
                found.setdefault(" ".join(parts[at:]), entity.name)
    return found


def surnames(words: Sequence[Word], named: Sequence[Named]) -> Iterator[tuple[int, int, EntityType, str]]:
    """Capitalised words outside all names that are the surname of a person the article names in full."""
    last: dict[str, str] = {}
    for one in named:
        if one.type == "PER" and (parts := name_words(one.name)):
            last.setdefault(parts[-1], one.name)
            last.setdefault(parts[0], one.name)
    taken = InOrder(named)
    for word in words if last else ():
        if word.capital and not taken.overlaps((word.start, word.end)):
            key = "".join(name_words(word.text))
            if len(key) > 2 and key in last and key not in _common() and not is_demonym(word.text):
                yield word.start, word.end, "PER", last[key]


@cache
def _common() -> frozenset[str]:
    return frozenset(word.casefold() for word in word_list("no_names") | word_list("titles") | word_list("body_heads"))


def _renamed(entity: Entity, initials: dict[str, str], full: dict[str, str]) -> Entity:
    name = entity.name
    if entity.type == "ORG":
        naming = known(name)
        name = naming.shown if naming is not None else initials.get(name, name)
    elif entity.type == "PER":
        name = full.get(" ".join(name_words(name)), name)
    return entity if name == entity.name else Entity(span=entity.span, type=entity.type, name=name)


def name_words(name: str) -> list[str]:
    """The words of a name for comparing: no case, no Arabic article.

    >>> name_words("Hadi al-Bahra")
    ['hadi', 'bahra']
    """
    return re.findall(r"\w+", re.sub(r"\b[Aa]l-", "", name).casefold())


def _bracketed(doc: Doc, entities: list[Entity]) -> dict[str, str]:
    """Initials that stand in brackets behind a body's name -> that name."""
    found: dict[str, str] = {}
    for entity in entities:
        if entity.type == "ORG" and (match := _PARENTHESIS.match(doc.text, entity.span[1])):
            found.setdefault(match.group(1), entity.name)
    return found
