"""Names of people, bodies, places and groups, by reviewed lists, titles, head words and the places already read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sayso.records import Entity, EntityType, Place, Span
from sayso.text import Doc
from sayso.voices.bodies import Naming, name_tree
from sayso.voices.groups import read_groups
from sayso.voices.nations import countries, is_demonym
from sayso.voices.runs import breaks, read_runs
from sayso.voices.shortforms import full_names, surnames
from sayso.voices.words import words_of


class Candidate(NamedTuple):
    """A possible name; where two overlap, the longer wins, then the one whose ``rank`` is lower."""

    span: Span
    type: EntityType
    name: str
    rank: int


def read_entities(doc: Doc, places: tuple[Place, ...]) -> tuple[Entity, ...]:
    """Names in the text, in order, each with its canonical form within the article.

    Names of people, bodies and places do not overlap one another; a GROUP ("US troops") may hold a place.

    Args:
        doc: the article's text.
        places: the place names already read; those that name a people ("Syrian") are no places here.
    """
    words = words_of(doc)
    located = tuple(place.span for place in places if not is_demonym(doc.words(place.span)))
    found = _known_bodies(doc)
    apart = breaks(words, [one.span for one in found])
    found += [Candidate(span, "LOC", doc.words(span), 1) for span in located]
    found += [Candidate((one.start, one.end), "LOC", one.text, 3) for one in apart if one.text in countries()]
    found += [Candidate(span, type_, name, 2) for span, type_, name in read_runs(doc, apart, located)]
    names = _without_overlap(found)
    names += surnames(apart, names)
    taken = [entity for entity in names if entity.type != "LOC"]
    groups = [
        Entity(span=span, type="GROUP", name=name)
        for span, name in read_groups(doc, words)
        if not any(span[0] < entity.span[1] and entity.span[0] < span[1] for entity in taken)
    ]
    return full_names(doc, sorted([*names, *groups], key=lambda entity: (entity.span, entity.type)))


def _known_bodies(doc: Doc) -> list[Candidate]:
    """Every name of the reviewed table, longest first at each place; a word like "IS" only where it must be one."""
    tree, tokens = name_tree(), doc.tokens
    texts = [doc.words(token) for token in tokens]
    found: list[tuple[Naming, Span]] = []
    at = 0
    while at < len(tokens):
        for parts, naming in tree.get(texts[at], ()):
            if tuple(texts[at : at + len(parts)]) == parts:
                found.append((naming, (tokens[at][0], tokens[at + len(parts) - 1][1])))
                at += len(parts) - 1
                break
        at += 1
    surely = {naming.body.name for naming, _ in found if naming.sure}
    return [
        Candidate(span, naming.body.type, naming.shown, 0)
        for naming, span in found
        if naming.sure or naming.body.name in surely
    ]


def _without_overlap(found: Iterable[Candidate]) -> list[Entity]:
    kept: list[Entity] = []
    covered: set[int] = set()
    for one in sorted(found, key=lambda one: (one.span[0] - one.span[1], one.rank, one.span)):
        letters = range(*one.span)
        if covered.isdisjoint(letters):
            covered.update(letters)
            kept.append(Entity(span=one.span, type=one.type, name=one.name))
    return kept
