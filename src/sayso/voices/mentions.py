"""What the words of a source are: their article, core and head noun."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from sayso.records import Span
from sayso.voices.bodies import load_table

#: Inside a source, behind the relay and before the speaker: "AP, citing the network".
CITING = re.compile(r",?\s(?:citing|quoting)\s+(?=\S)")

#: The same right behind a source: the words cited, up to the next comma.
CITED = re.compile(r",\s(?:citing|quoting)\s+([^,.;:\"“”\n]{3,120})(?=[,.;])")

_LEADING = re.compile(r"(?i)(the|an?|some|other|another|several|many|one)\s+(?:so-called\s+)?|so-called\s+")
_TRAILING = re.compile(r" (?:also|earlier|later|meanwhile|previously|reportedly|then)$")
_INDEFINITE = frozenset({"a", "an", "another", "one", "some", "other", "several", "many"})
#: Where the first noun phrase of a source ends.
_BREAK = re.compile(
    r"\s*[,(\[:;]|\s+(?:of|at|in|on|for|from|by|with|near|inside|against|who|which|that|known|named|identified|based|whose"
    r"|linked|affiliated|loyal)\b"
)

#: A source longer than this (characters) is no noun phrase; only its beginning is looked at.
_LONGEST = 300
_PRONOUNS = {
    "he": "person", "she": "person", "i": "person", "him": "person", "her": "person",
    "they": "many", "we": "many", "it": "body", "its": "body", "who": "nearest", "which": "nearest", "that": "nearest",
}  # fmt: skip


class Mention(NamedTuple):
    """The words of a source, without their leading article.

    ``definite`` is True behind "the", False behind "a" and its like, None where no article stands; ``core`` is the
    first noun phrase, ``head`` its last word in lower case.
    """

    span: Span
    words: str
    definite: bool | None
    core: str
    head: str

    @property
    def pronoun(self) -> str | None:
        """What a pronoun stands for ("person", "many", "body", "nearest"); None where the source is none."""
        return _PRONOUNS.get(self.words.lower())

    @property
    def plural(self) -> bool:
        """Whether the head noun looks like a plural."""
        return (self.head.endswith("s") and not self.head.endswith("ss")) or self.head in ("media", "people", "women")


def mention(text: str, span: Span) -> Mention:
    """The source at ``span`` of ``text``, taken apart."""
    span = (span[0], min(span[1], span[0] + _LONGEST))
    raw = " ".join(text[span[0] : span[1]].split()).strip("\"“”'‘’ ,")
    raw = _TRAILING.sub("", raw)
    leading = _LEADING.match(raw)
    article = (leading.group(1) or "").lower() if leading else ""
    words = raw[leading.end() :] if leading else raw
    definite = True if article == "the" else False if article in _INDEFINITE else None
    cut = _BREAK.search(words, 1)
    core = (words[: cut.start()] if cut else words).strip() or words
    head = re.sub(r"['’]s?$", "", core.split()[-1]).lower() if core.split() else ""
    return Mention(span, words, definite, core, head)


@cache
def nouns(name: str) -> frozenset[str]:
    """A word list of ``descriptions.toml``."""
    return frozenset(str(load_table("descriptions.toml")[name]).split())


@cache
def kind_nouns(section: str) -> dict[str, tuple[str, ...]]:
    """Kind of body -> what it is called, from ``descriptions.toml``."""
    rows: dict[str, Any] = load_table("descriptions.toml")[section]
    return {kind: tuple(words) for kind, words in rows.items()}
