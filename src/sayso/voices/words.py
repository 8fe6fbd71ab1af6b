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
    capitals: dict[str, bool] = {}
    words = []
    for match in _WORD.finditer(doc.text):
        word = match.group()
        capital = capitals.get(word)  # words come back: half of all need no look
        if capital is None:
            capital = capitals[word] = _is_capital(word)
        start, end = match.span()
        words.append(Word(word, start, end, capital))
    return words


def _is_capital(word: str) -> bool:
    if word[0].isupper():
        return word.isalpha() or _ADJECTIVAL.search(word) is None
    return not word.isalpha() and _ARABIC_ARTICLE.match(word) is not None


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of ``names.toml``."""
    return frozenset(str(load_table("names.toml")[name]).split())
