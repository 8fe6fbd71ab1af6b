"""What pages print around their articles: phrases and mark-up words, from ``furniture.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from sayso.records import Record

#: A line longer than this says something of its own, whatever it begins with. The longest notice on 111 news pages
#: that begins with one of the phrases has 290 characters.
MAX_NOTICE = 300

_PARTS = re.compile(r"[a-z]+")
_STRAIGHT = str.maketrans("’‘ʼ“”", "'''\"\"")


class Furniture(Record, frozen=True, kw_only=True):
    """The tables of ``furniture.toml``; see there."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    contains: tuple[str, ...]
    hints: frozenset[str]

    def is_notice(self, text: str) -> bool:
        """Whether a line is a notice, a label or an invitation and no part of an article."""
        if len(text) > MAX_NOTICE:
            return False
        line = text.translate(_STRAIGHT).lower()
        if line.startswith(self.starts) or line.strip(" .:;!?…|-–—>»«<[]()*•") in self.whole:
            return True
        return any(phrase in line for phrase in self.contains)

    def is_boxed(self, hints: Iterable[str]) -> bool:
        """Whether a box with these words of class and id holds furniture."""
        return any(part in self.hints for hint in hints for part in _PARTS.findall(hint))


@cache
def furniture() -> Furniture:
    """The tables, read once."""
    table = tomllib.loads(files("sayso.pages").joinpath("furniture.toml").read_text("utf-8"))
    return Furniture(
        whole=frozenset(table["whole"]), starts=tuple(table["starts"]), contains=tuple(table["contains"]),
        hints=frozenset(table["hints"]),
    )  # fmt: skip
