"""The language of a text: what its words are, and what the page says where they are too few."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sayso.pages.clues import Clues, Maybe, from_mark, from_words

#: Fewer letters than this, and detection guesses.
_MIN_LETTERS = 60
_SAMPLE = 4_000
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset("the and of to that with from were which by his their have been".split())


def read_language(clues: Clues) -> Maybe:
    """ISO 639-1. The text's own words decide; ``html lang`` only where they are too few or leave doubt.

    Templates carry the wrong ``lang`` often enough (an Arabic article in an "en" template); words do not.
    """
    stated = next((mark for mark in clues.marks("lang", "og:locale", "content-language") if _code(mark.value)), None)
    sample = clues.text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return from_mark(_code(stated.value), stated) if stated else None
    code, sure = _detected(sample)
    if not sure and stated:
        return from_mark(_code(stated.value), stated)
    return from_words(code, sample[:80].strip()) if sure else None


def language_of(text: str) -> str | None:
    """ISO 639-1 of a text by its words alone; None where they are too few or leave doubt."""
    sample = text[:_SAMPLE]
    code, sure = _detected(sample) if sum(map(str.isalpha, sample)) >= _MIN_LETTERS else ("", False)
    return code if sure else None


def _code(tag: str) -> str:
    code = tag.strip().replace("_", "-").split("-")[0].lower()
    return code if len(code) == 2 and code.isalpha() else ""


def _detected(sample: str) -> tuple[str, bool]:
    if _plainly_english(sample):
        return "en", True
    code, probability = _identifier().classify(sample)
    return str(code), float(probability) >= 0.9


def _plainly_english(sample: str) -> bool:
    """Whether English function words are as many as in English prose: it spares loading the model (about a second).

    They make 15 to 30 in 100 words of English news, and under 5 of any other language's.
    """
    words = _WORD.findall(sample.lower())
    return len(words) >= 20 and sum(word in _ENGLISH for word in words) >= 0.12 * len(words)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # a model of some megabytes

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
