"""Sides and peoples by common nouns: "Syrian rebels", "government forces", "Kurds"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sayso.records import Span
from sayso.text import Doc
from sayso.voices.bodies import known
from sayso.voices.nations import adjective_of, countries, is_state, nation_of_adjective, nation_of_people
from sayso.voices.words import Word, word_list

#: These belong to a state; without a nation of their own they are those of the country that the text is about.
_OF_THE_STATE = frozenset({"army", "military", "government", "regime", "police"})

_CAPITALISED = re.compile(r"\b[A-Z][\w.]+")

#: No side is named by more words than these before its noun.
_MAX_ADJECTIVES = 4


def scenes_of(doc: Doc) -> list[str]:
    """The countries that the text names, by name or adjective, most often first."""
    return list(_scenes(doc.text))


@lru_cache(maxsize=4)
def _scenes(text: str) -> tuple[str, ...]:
    """Kept for the text at hand: three steps of this room ask for it."""
    counts = Counter(_CAPITALISED.findall(text))
    nations: Counter[str] = Counter()
    for word, count in counts.items():
        nation = countries().get(word) or nation_of_adjective(word) or countries().get(word.rstrip("."))
        if nation is not None and is_state(nation):
            nations[nation] += count
    return tuple(sorted(nations, key=lambda nation: (-nations[nation], nation)))


def read_groups(doc: Doc, words: Sequence[Word]) -> Iterator[tuple[Span, str]]:
    """Spans and names of sides and peoples, in text order."""
    nouns = word_list("faction_nouns")
    scene = next(iter(scenes_of(doc)), None)
    held: tuple[Span, str] | None = None
    for span, name in _mentions(doc, words, nouns, scene):
        if held is not None and span[0] >= held[0][1]:
            yield held
        held = span, name  # "regime" is part of "regime forces", which comes next
    if held is not None:
        yield held


def _mentions(doc: Doc, words: Sequence[Word], nouns: frozenset[str], scene: str | None) -> Iterator[tuple[Span, str]]:
    for at, word in enumerate(words):
        if (word.text.lower() if word.capital else word.text) in nouns:
            first = _first_adjective(doc, words, at)
            if first < at or not word.capital:
                yield (words[first].start, word.end), _group_name([one.text for one in words[first : at + 1]], scene)
        elif word.capital and nation_of_people(word.text):
            yield (word.start, word.end), word.text


def _first_adjective(doc: Doc, words: Sequence[Word], at: int) -> int:
    adjectives, first = word_list("faction_adjectives"), at
    while first > 0 and at - first < _MAX_ADJECTIVES:
        before = words[first - 1]
        if doc.text[before.end : words[first].start] != " ":
            break
        if before.text not in adjectives and nation_of_adjective(before.text) is None:
            break
        first -= 1
    return first


def _group_name(parts: list[str], scene: str | None) -> str:
    """The words, with the nation of the scene where a state's forces stand without one."""
    name = " ".join(part.replace("U.S.", "US") for part in parts)
    if (naming := known(name)) is not None:
        return naming.shown
    nation = next((country for part in parts if (country := nation_of_adjective(part))), None)
    state = parts[0] in ("government", "regime", "state") or parts[-1].lower() in _OF_THE_STATE
    if nation is None and scene is not None and state and len(parts) <= 2:
        name = f"{adjective_of(scene)} {name}"
        naming = known(name)
    return naming.shown if naming is not None else name
