"""A first look at a text: does it report on armed conflict at all? Costly readers can then pass over the rest.

A linear model over words that any reader can look up in ``conflict.tsv``; ``scripts/fit_conflict.py`` fits it. Names
are not among the words, so that it looks for what war reports have in common and not for one war. What is passed
over is always said, with the reason: a look is a record like any other.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from math import exp, sqrt
from typing import Literal, NamedTuple

from sayso.records import DataError, Record

_TABLE = "conflict.tsv"
_WORD = re.compile(r"[^\W\d_]{3,}")

#: A text of fewer words tells too little to be passed over for what it says, or to be read.
FEWEST_WORDS = 12

#: The subject of a report stands in its first words; what follows is often about something else.
WORDS_LOOKED_AT = 400

#: The languages (ISO 639-1) whose words are in the table.
LANGUAGES = ("en",)

Why = Literal["conflict", "other subject", "other language", "too short"]


class Look(Record, frozen=True, kw_only=True):
    """What a first look says: whether to read the text, why, and its score from 0 to 1 where words were weighed."""

    read: bool
    why: Why
    score: float | None


class _Model(NamedTuple):
    weights: dict[str, float]
    bias: float
    least: float


def first_look(text: str, language: str | None = None, least: float | None = None) -> Look:
    """Whether a text reports on armed conflict, by its language, its length and its words.

    Args:
        text: an article's text; its title before it helps.
        language: ISO 639-1; a text whose language nobody knows is looked at as if it were in one of ``LANGUAGES``.
        least: the score from which a text is read; the table's own, at which 98 in 100 reports of war or more pass,
            where none is given.

    Raises:
        DataError: where the table is missing or damaged.
    """
    words = words_of_look(text)
    if language is not None and language not in LANGUAGES:
        return Look(read=False, why="other language", score=None)
    if len(words) < FEWEST_WORDS:
        return Look(read=False, why="too short", score=None)
    score = conflict_score(words)
    passes = score >= (_model().least if least is None else least)
    return Look(read=passes, why="conflict" if passes else "other subject", score=score)


def least_score() -> float:
    """The score from which a text is read, where none is given."""
    return _model().least


def words_of_look(text: str) -> list[str]:
    """The words that are looked at, in lower case."""
    return [match.group().lower() for _, match in zip(range(WORDS_LOOKED_AT), _WORD.finditer(text), strict=False)]


def conflict_score(words: list[str]) -> float:
    """How likely it is that words are those of a report on armed conflict, from 0 to 1.

    Each word counts once, however often it stands there, and a long text counts as much as a short one.
    """
    model, kinds = _model(), set(words)
    told = [weight for word in sorted(kinds) if (weight := model.weights.get(word)) is not None]
    return round(1 / (1 + exp(-max(-60.0, min(60.0, model.bias + sum(told) / sqrt(max(1, len(told))))))), 4)


@cache
def _model() -> _Model:
    try:
        head, *rows = (files("sayso.text") / _TABLE).read_text("utf-8").splitlines()
        bias, least = (float(number) for number in head.split("\t"))
        return _Model({word: float(weight) for word, weight in (row.split("\t") for row in rows)}, bias, least)
    except (OSError, ValueError) as error:
        raise DataError(expected="words and their weights", found=str(error), place=f"sayso/text/{_TABLE}") from None
