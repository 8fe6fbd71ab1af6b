"""Short forms and their full names within one article: "Abdel Rahman" after "Rami Abdel Rahman", "(SNC)"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sayso.records import Entity
from sayso.text import Doc
from sayso.voices.bodies import known
from sayso.voices.nations import is_demonym
from sayso.voices.words import Word, word_list

_PARENTHESIS = re.compile(r"\s?[(\[]([A-Z][A-Za-z&-]{1,9})[)\]]")


def full_names(doc: Doc, entities: list[Entity]) -> tuple[Entity, ...]:
    """The entities, each under the fullest name that the article gives it."""
    initials = _bracketed(doc, entities)
    people = [entity.name for entity in entities if entity.type == "PER" and " " in entity.name]
    return tuple(_renamed(entity, initials, people) for entity in entities)


def surnames(words: Iterable[Word], entities: list[Entity]) -> list[Entity]:
    """Capitalised words outside all names that are the surname of a person the article names in full."""
    inside = {at for entity in entities for at in range(*entity.span)}
    last: dict[str, str] = {}
    for entity in entities:
        if entity.type == "PER" and len(parts := _name_words(entity.name)) > 1:
            last.setdefault(parts[-1], entity.name)
    found = []
    for word in words:
        if word.capital and word.start not in inside:
            key = "".join(_name_words(word.text))
            if len(key) > 2 and key in last and key not in _common() and not is_demonym(word.text):
                found.append(Entity(span=(word.start, word.end), type="PER", name=last[key]))
    return found


@cache
def _common() -> frozenset[str]:
    return frozenset(word.casefold() for word in word_list("no_names") | word_list("titles") | word_list("body_heads"))


def _renamed(entity: Entity, initials: dict[str, str], people: Iterable[str]) -> Entity:
    name = entity.name
    if entity.type == "ORG":
        naming = known(name)
        name = naming.shown if naming is not None else initials.get(name, name)
    elif entity.type == "PER":
        name = next((full for full in people if full != name and is_short_for(name, full)), name)
    return entity if name == entity.name else Entity(span=entity.span, type=entity.type, name=name)


def is_short_for(short: str, full: str) -> bool:
    """Whether ``short`` is the surname, or the last words, of ``full``.

    >>> is_short_for("Abdel Rahman", "Rami Abdel Rahman"), is_short_for("Bahra", "Hadi al-Bahra")
    (True, True)
    """
    a, b = _name_words(short), _name_words(full)
    return 0 < len(a) < len(b) and (b[-len(a) :] == a or (len(a) == 1 and len(a[0]) > 3 and a[0] in b[1:]))


def _name_words(name: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"\b[Aa]l-", "", name).casefold())


def _bracketed(doc: Doc, entities: list[Entity]) -> dict[str, str]:
    """Initials that stand in brackets behind a body's name -> that name."""
    found: dict[str, str] = {}
    for entity in entities:
        if entity.type == "ORG" and (match := _PARENTHESIS.match(doc.text, entity.span[1])):
            found.setdefault(match.group(1), entity.name)
    return found
