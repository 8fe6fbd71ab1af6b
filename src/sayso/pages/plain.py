"""Plain text to lines, and the article's paragraphs among them."""

from __future__ import annotations

import re

from sayso.records import Block

_LINE = re.compile(r"[^\r\n]+")


def article_blocks(text: str) -> tuple[Block, ...]:
    """The lines of a text that is taken as it stands, each where it begins."""
    return tuple(
        Block(text=" ".join(line[0].split()), tag="line", start=line.start() + len(line[0]) - len(line[0].lstrip()))
        for line in _LINE.finditer(text)
        if line[0].strip()
    )
