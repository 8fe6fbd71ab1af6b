"""Names of people, bodies, places and groups, by reviewed lists, titles, head words and the places already read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast

from sayso.encoder import Marks
from sayso.records import Entity, EntityType, Place, Span
from sayso.text import Doc
from sayso.voices.bodies import Naming, name_tree
from sayso.voices.groups import read_groups
from sayso.voices.nations import countries, is_demonym
from sayso.voices.owners import owning_bodies
from sayso.voices.runs import breaks, read_runs
from sayso.voices.shortforms import full_names, surnames
from sayso.voices.spans import InOrder
from sayso.voices.words import word_list, words_of

#: A guessed name is left out where the learned model gives it less, and has the model's type where that has more.
NAME_FROM, TYPE_FROM = 0.15, 0.8

#: A name that only the model marks counts from here.
NEW_FROM = 0.6


class Candidate(NamedTuple):
    """A possible name; where two overlap, the longer wins, then the one whose ``rank`` is lower."""

    start: int
    end: int
    type: EntityType
    name: str
    rank: int


def read_entities(doc: Doc, places: tuple[Place, ...], marks: Marks | None = None) -> tuple[Entity, ...]:
    """Names in the text, in order, each with its canonical form within the article.

    Names of people, bodies and places do not overlap one another; a GROUP ("US troops") may hold a place.

    Args:
        doc: the article's text.
        places: the place names already read; those that name a people ("Syrian") are no places here.
    """
    words = words_of(doc)
    located = tuple(place.span for place in places if not is_demonym(doc.words(place.span), place.name))
    bodies = _known_bodies(doc)
    apart = breaks(words, bodies)
    marked = _marked(marks) if marks is not None else {}
    runs = [Candidate(*span, type_, name, 2) for span, type_, name in read_runs(doc, apart, located)]
    runs = [_seen_as(one, marked) for one in runs if marks is None or _is_seen(one, marks)]
    people = {word for one in runs if one.type == "PER" for word in one.name.split()} | word_list("first_names")
    owners = [Candidate(*span, "ORG", name, 2) for span, name in owning_bodies(doc, words)]
    found = [*bodies, *runs, *owners]
    found += [
        Candidate(*span, "LOC", name, 1)
        for span in located
        if (name := doc.words(span)) not in people or name in countries()
    ]
    found += [Candidate(one.start, one.end, "LOC", one.text, 3) for one in apart if one.text in countries()]
    names = _with_marked(doc, _without_overlap(found), marked)
    names = sorted([*names, *(Candidate(*one, 2) for one in surnames(apart, names))])
    held = InOrder([one for one in names if one.type != "LOC"])
    groups = [Candidate(*span, "GROUP", name, 0) for span, name in read_groups(doc, words) if not held.overlaps(span)]
    entities = [Entity(span=(one.start, one.end), type=one.type, name=one.name) for one in sorted([*names, *groups])]
    return full_names(doc, entities)


def _is_seen(one: Candidate, marks: Marks) -> bool:
    """Whether the learned model does not take a guessed name for ordinary words."""
    return marks.presence("entity", (one.start, one.end)) >= NAME_FROM


def _marked(marks: Marks) -> dict[Span, tuple[EntityType, float]]:
    """The names that the model marks, with their types and how sure it is."""
    ranges = marks.ranges("entity")
    return {marks.span(one.first, one.last): (cast("EntityType", one.kind), one.share) for one in ranges}


def _seen_as(one: Candidate, marked: Mapping[Span, tuple[EntityType, float]]) -> Candidate:
    """A guessed name with the type that the model is sure of."""
    kind, share = marked.get((one.start, one.end), (one.type, 0.0))
    return one._replace(type=kind) if share >= TYPE_FROM else one


def _with_marked(doc: Doc, names: list[Candidate], marked: Mapping[Span, tuple[EntityType, float]]) -> list[Candidate]:
    """The names, and those that the model marks where none stands."""
    held = InOrder(names)
    found = [
        Candidate(*span, kind, " ".join(doc.words(span).split()), 3)
        for span, (kind, share) in marked.items()
        if share >= NEW_FROM and not held.overlaps(span)
    ]
    return sorted([*names, *found])


def _known_bodies(doc: Doc) -> list[Candidate]:
    """Every name of the reviewed table, longest first at each place; a word like "IS" only where it must be one."""
    tree, tokens = name_tree(), doc.tokens
    texts = [doc.text[start:end] for start, end in tokens]
    found: list[tuple[Naming, Span]] = []
    free = 0
    for at, text in enumerate(texts):
        if at < free or text not in tree:
            continue
        for parts, naming in tree[text]:
            if tuple(texts[at : at + len(parts)]) == parts:
                free = at + len(parts)
                found.append((naming, (tokens[at][0], tokens[free - 1][1])))
                break
    surely = {naming.body.name for naming, _ in found if naming.sure}
    return [
        Candidate(*span, naming.body.type, naming.shown, 0)
        for naming, span in found
        if naming.sure or naming.body.name in surely
    ]


def _without_overlap(found: list[Candidate]) -> list[Candidate]:
    """The longest names first, each unless a longer one holds some of it."""
    kept: list[Candidate] = []
    covered: set[int] = set()
    for one in sorted(found, key=lambda one: (one.start - one.end, one.rank, one.start)):
        if one.start not in covered and one.end - 1 not in covered:
            covered.update(range(one.start, one.end))
            kept.append(one)
    return sorted(kept)
