"""How much a word tells: by how few texts hold it, in a table of news of all kinds that ships with sayso.

A table, and not a count over the case at hand: what two reports have in common must not depend on which others lie
beside them. On the development data nothing is lost by it. ``scripts/count_words.py`` makes the table.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from math import log, sqrt

from sayso.records import DataError

_TABLE = "rarity.tsv"


def rarity(word: str) -> float:
    """The logarithm of how many texts there are for one that holds the word; a word not listed is as rare as can be."""
    found, rarest = _table()
    return found.get(word, rarest)


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that two texts have in common, each weighed by its rarity, in [0, 1]."""
    return _sum(one & other) / max(1e-9, sqrt(_sum(one) * _sum(other)))


def _sum(words: Iterable[str]) -> float:
    return sum(map(rarity, words))


@cache
def _table() -> tuple[dict[str, float], float]:
    """Word -> rarity, and the rarity of all others."""
    try:
        head, *rows = (files("sayso.stories") / _TABLE).read_text("utf-8").splitlines()
        texts, fewest = (int(number) for number in head.split("\t"))
        counts = (row.split("\t") for row in rows)
        return {word: log((texts + 1) / int(count)) for word, count in counts}, log((texts + 1) / (fewest - 1))
    except (OSError, ValueError) as error:
        raise DataError(
            expected="words and in how many texts each stands", found=str(error), place=f"sayso/stories/{_TABLE}"
        ) from None
