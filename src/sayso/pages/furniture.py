"""What pages print around their articles: phrases and mark-up words, from ``furniture.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from msgspec import convert

from sayso.records import Record

#: A line longer than this says something of its own, whatever it begins with. The longest notice on 111 news pages
#: that begins with one of the phrases has 290 characters.
MAX_NOTICE = 300

#: The same for phrases with which a sentence could begin.
MAX_LEAD = 90

_WORD = re.compile(r"\w+")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d?\d:\d\d\b")
_BYLINE = re.compile(r"(?:by|von|par|por|di|da|door|av|autor|author|staff|report(?:er)?)\b", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:©|ⓒ|\([cC]\)) ?[A-Z0-9]")
_PARTS = re.compile(r"[a-z]+")
_AROUND = " .:;!?…|-–—>»«<[]()*•"
_DIGITS = "0123456789 ,."
_STRAIGHT = str.maketrans("’‘ʼ“”", "'''\"\"")


class Furniture(Record, frozen=True, kw_only=True):
    """The tables of ``furniture.toml``; see there."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    leads: tuple[str, ...]
    contains: tuple[str, ...]
    hints: frozenset[str]
    ledes: frozenset[str]
    ends: frozenset[str]

    def is_notice(self, text: str) -> bool:
        """Whether a line is a notice, a label or an invitation and no part of an article."""
        if len(text) > MAX_NOTICE:
            return False
        line = _folded(text)
        if line.startswith(self.starts) or line.strip(_AROUND) in self.whole:
            return True
        if len(text) <= MAX_LEAD and (
            _COPYRIGHT.match(text) or (line.startswith(self.leads) and text[-1] not in ".!?")
        ):
            return True
        return any(phrase in line for phrase in self.contains)

    def is_end(self, text: str) -> bool:
        """Whether a line of plain text begins what stands below an article: comments, other articles."""
        return len(text) <= MAX_LEAD and _folded(text).lstrip(_DIGITS).strip(_AROUND) in self.ends

    def is_boxed(self, hints: Iterable[str]) -> bool:
        """Whether a box with these words of class and id holds furniture."""
        return not self.hints.isdisjoint(_parts(hints))

    def is_lede(self, hints: Iterable[str]) -> bool:
        """Whether a box with these words of class and id holds an article's first paragraph."""
        return not self.ledes.isdisjoint(_parts(hints))


def is_dateline(text: str) -> bool:
    """Whether a short line above an article tells when it appeared or who wrote it."""
    return len(text) < MAX_LEAD and bool(_DATED.search(text) or _BYLINE.match(text)) and text[-1] not in '.!?:”"'


def plain_words(text: str) -> str:
    """The words of a text, lower-case with single spaces: what is compared with titles."""
    return " ".join(_WORD.findall(text.lower()))


def _folded(text: str) -> str:
    return text.translate(_STRAIGHT).lower()


def _parts(hints: Iterable[str]) -> Iterator[str]:
    return (part for hint in hints for part in _PARTS.findall(hint))


@cache
def furniture() -> Furniture:
    """The tables, read once."""
    table = tomllib.loads(files("sayso.pages").joinpath("furniture.toml").read_text("utf-8"))
    return convert({name: table[name] for name in Furniture.__struct_fields__}, Furniture)
