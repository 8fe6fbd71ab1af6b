"""The reviewed phrases of ``phrases.toml``, compiled once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

#: An outlet's name as it stands behind a phrase: words that begin with a capital, and the small ones between them.
NAME = (
    r"(?P<name>(?:[Tt]he\s+)?[A-Z0-9][\w.'’&/-]*"
    r"(?:\s+(?:of|the|and|for|on|al|el|de|la|&)(?=\s+[A-Z])|\s+[A-Z0-9][\w.'’&/-]*){0,6})"
)


class Phrases(NamedTuple):
    """What ``phrases.toml`` holds."""

    sentences: tuple[re.Pattern[str], ...]
    weak_sentences: tuple[re.Pattern[str], ...]
    unnamed: tuple[str, ...]
    house: tuple[tuple[str, str], ...]
    anonymous: dict[str, str]
    couriers: frozenset[str]
    jobs: frozenset[str]
    outlet_words: frozenset[str]


@cache
def phrases() -> Phrases:
    """All phrases. A sentence pattern matches from the sentence's beginning; its group ``name`` is the outlet."""
    data = tomllib.loads((files("sayso.lineage") / "phrases.toml").read_text("utf-8"))
    return Phrases(
        sentences=tuple(_compiled(data["subject"], pattern) for pattern in data["sentence"]),
        weak_sentences=tuple(_compiled(data["subject"], pattern) for pattern in data["weak_sentence"]),
        unnamed=tuple(data["unnamed"]),
        house=tuple((row["words"], row["outlet"]) for row in data["house"]),
        anonymous=data["anonymous"],
        couriers=frozenset(name.lower() for name in data["couriers"]),
        jobs=frozenset(data["jobs"]),
        outlet_words=frozenset(data["outlet_words"]),
    )


def _compiled(subject: str, pattern: str) -> re.Pattern[str]:
    """The words of the phrase count without case, the name with it: it ends where the capitals do."""
    before, _, after = pattern.partition("{name}")
    return re.compile(rf"\W*(?i:{subject}{before}){NAME}{after}")
