"""The words of a text as names need them: "al-Assad", "O'Brien" and "U.S." are one word, a possessive is none."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from sayso.text import Doc
from sayso.voices.bodies import load_table

_WORD = re.compile(r"\bU\.[A-Z]\b\.?|\w+(?:[-@&’'](?!s\b)\w+)*")
_ARABIC_ARTICLE = re.compile(r"(?:al|el|as|ash|ad|an|at|az|ez|ed|ibn|bin|bint|de|der|den|van|von|abu)-?(?=[A-Z])")

#: "Britain-based", "US-led": an adjective, however it begins.
_ADJECTIVAL = re.compile(r"-[a-z]+(?:ed|run|led|held|born|wide|owned)$")


class Word(NamedTuple):
    """A word, where it starts and ends, and whether it can be part of a name."""

    text: str
    start: int
    end: int
    capital: bool


def words_of(doc: Doc) -> list[Word]:
    """The words of the text in order."""
    words = []
    for match in _WORD.finditer(doc.text):
        word = match.group()
        plain = word.isalpha()  # most words are, and need no closer look
        capital = word[0].isupper() if plain else _is_capital(word)
        words.append(Word(word, match.start(), match.end(), capital))
    return words


def _is_capital(word: str) -> bool:
    if word[0].isupper():
        return _ADJECTIVAL.search(word) is None
    return _ARABIC_ARTICLE.match(word) is not None


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of ``names.toml``."""
    return frozenset(str(load_table("names.toml")[name]).split())
