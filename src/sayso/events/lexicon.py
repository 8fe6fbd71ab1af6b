"""The reviewed words of the room: read once from the `.toml` files beside this module, expanded into look-up tables."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import Any

#: A word as the tables know it: "rebel-held" and "de-escalation" are one; a possessive "'s" is not part of it.
WORD = re.compile(r"\w+(?:[-’']\w+)*")

_POSSESSIVE = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the text, lower-case without a possessive ending, and where it stands."""

    text: str
    start: int
    end: int
    possessive: bool = False


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
    return tuple(_word(match) for match in WORD.finditer(text, start, len(text) if end is None else end))


def _word(match: re.Match[str]) -> Word:
    raw = match.group().lower()
    if raw.endswith(_POSSESSIVE):
        return Word(raw[:-2], match.start(), match.end() - 2, possessive=True)
    return Word(raw, match.start(), match.end())


@cache
def table(name: str) -> dict[str, Any]:
    """One data file of this room, as TOML gives it."""
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """A list of words (one string, blanks between) of a data file."""
    return frozenset(table(name)[key].split())


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
    keys = (first, "*-" + first.rsplit("-", 1)[1]) if "-" in first else (first,)
    for key in keys:
        for row, value in phrases.get(key, ()):
            if all(at + n < len(words) and words[at + n].text == word for n, word in enumerate(row) if n):
                return len(row), value
    return None


def find_all(phrases: Phrases, words: tuple[Word, ...]) -> list[tuple[int, int, Any]]:
    """Every match from left to right, none overlapping: (first word, word after the last, value)."""
    found, at = [], 0
    while at < len(words):
        match = match_at(phrases, words, at)
        if match is None:
            at += 1
            continue
        found.append((at, at + match[0], match[1]))
        at += match[0]
    return found
