"""The reviewed words of the room: read once from the `.toml` files beside this module, expanded into look-up tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import Any, NamedTuple

from sayso.records import Span

#: A word as the tables know it: "rebel-held" and "de-escalation" are one; a possessive "'s" is not part of it.
WORD = re.compile(r"\w+(?:[-’']\w+)*")

_POSSESSIVE = ("'s", "’s")


class Word(NamedTuple):
    """One word of the text, lower-case without a possessive ending, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Trigger:
    """One line of triggers.toml; ``share`` is the smoothed share of its occurrences that are events."""

    type: str
    form: str
    open: bool
    share: float


Phrases = dict[str, tuple[tuple[tuple[str, ...], Any], ...]]


def words_of(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words of ``text[start:end]``, at their offsets in ``text``."""
    found = []
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        raw, (first, last) = match.group().lower(), match.span()
        found.append(Word(raw[:-2], first, last - 2) if raw.endswith(_POSSESSIVE) else Word(raw, first, last))
    return tuple(found)


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether the span shares a letter with any of the others."""
    start, end = span
    return any(other[0] < end and start < other[1] for other in others)


@cache
def table(name: str) -> dict[str, Any]:
    """One data file of this room, as TOML gives it."""
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def word_list(name: str, key: str) -> frozenset[str]:
    """A list of a data file as a set."""
    return frozenset(table(name)[key])


def expand(phrase: str) -> list[tuple[str, ...]]:
    """Every word row that a phrase with ``a|b`` alternatives stands for."""
    return list(product(*(word.split("|") for word in phrase.split())))


def index(pairs: list[tuple[str, Any]]) -> Phrases:
    """Phrases by their first word, longest first, each with its value."""
    found: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
    for phrase, value in pairs:
        for row in expand(phrase):
            found.setdefault(row[0], []).append((row, value))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}


@cache
def triggers() -> Phrases:
    """triggers.toml, by first word."""
    return index(
        [
            (line["words"], Trigger(kind, line["form"], line["open"], (line["events"] + 1.4) / (line["seen"] + 2)))
            for kind, group in table("triggers").items()
            for line in group["phrases"]
        ]
    )


def match_at(phrases: Phrases, words: tuple[Word, ...], at: int) -> tuple[int, Any] | None:
    """The longest phrase that begins at ``words[at]``: how many words it takes, and its value."""
    first = words[at].text
    rows = phrases.get(first)
    if rows is None and "-" in first:
        rows = phrases.get("*-" + first.rsplit("-", 1)[1])
    for row, value in rows or ():
        if len(row) == 1 or tuple(word.text for word in words[at + 1 : at + len(row)]) == row[1:]:
            return len(row), value
    return None


def find_all(phrases: Phrases, words: tuple[Word, ...]) -> list[tuple[int, int, Any]]:
    """Every match from left to right, none overlapping: (first word, word after the last, value)."""
    found: list[tuple[int, int, Any]] = []
    reached = 0
    for at in [n for n, (text, _, _) in enumerate(words) if text in phrases or "-" in text]:
        match = match_at(phrases, words, at) if at >= reached else None
        if match is not None:
            reached = at + match[0]
            found.append((at, reached, match[1]))
    return found
