"""A page's lines as lineage reads them: above the body, in it, and below it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from sayso.records import Article, Block, PageView, Span

Zone = Literal["head", "body", "tail"]

#: Lines above the body in which by-lines stand, and below it in which a page says where its text is from.
HEAD_LINES, TAIL_LINES = 25, 15
#: A text in one line opens and ends within this many characters; the longest furniture before a date has 160.
OPENING, ENDING = 600, 300
#: Lines of the body that open it: a stack of by-lines, a date and a dateline are often taken for body.
_OPENING_LINES = 6
_PICTURE = ("caption", "photo", "credit", "gallery", "image", "img", "picture", "thumb", "media")
_TEXT_LINE = re.compile(r"[^\r\n]*[^\s][^\r\n]*")


class Line(NamedTuple):
    """One line. ``start`` is where it begins in ``article.text``, None where it is not part of it."""

    text: str
    start: int | None
    zone: Zone
    hints: tuple[str, ...] = ()

    def span(self, start: int, end: int) -> Span | None:
        """Where a part of the line stands in the text."""
        return None if self.start is None or start >= end else (self.start + start, self.start + end)


class Lines(NamedTuple):
    """The lines that can hold a credit: around the heading, the first of the body, the last, and those below."""

    head: tuple[Line, ...]
    opening: tuple[Line, ...]
    ending: tuple[Line, ...]
    body: tuple[Line, ...]
    tail: tuple[Line, ...]


def lines_of(article: Article, view: PageView) -> Lines:
    """The lines of a page by where they stand. A bare text is all body."""
    blocks = [block for block in view.blocks if not _is_picture(block)]
    inside = [at for at, block in enumerate(blocks) if block.start is not None]
    if not inside:
        body = _text_lines(article.text)
        return Lines((), body[:_OPENING_LINES], body[-_OPENING_LINES:], body, ())
    body = tuple(line for at in inside if (line := _body_line(blocks[at], article.text)))
    first, last = inside[0], inside[-1]
    head = blocks[_heading(blocks, article.title, first) : first]
    # by-lines often stand between the first lines of the body: a standfirst above them is taken for body
    early = blocks[first : min(first + HEAD_LINES, inside[min(len(inside) - 1, 3)])]
    head += [block for block in early if block.start is None and len(block.text) < 120]
    tail = blocks[last + 1 : last + 1 + TAIL_LINES]
    between = [block for block in blocks[inside[-min(len(inside), 4)] : last] if block.start is None]
    return Lines(
        head=tuple(Line(block.text, None, "head", block.hints) for block in head),
        opening=body[:_OPENING_LINES],
        ending=body[-_OPENING_LINES:],
        body=body,
        tail=tuple(Line(block.text, None, "tail", block.hints) for block in [*between, *tail]),
    )


def _body_line(block: Block, text: str) -> Line | None:
    """The block as a line of the text, in the text's own characters; None where they are not the same."""
    start = block.start or 0
    end = text.find("\n", start)
    own = text[start : end if end >= 0 else len(text)].rstrip()
    return Line(own, start, "body", block.hints) if own else None


def _text_lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(found[0], found.start(), "body") for found in _TEXT_LINE.finditer(text))


def _heading(blocks: list[Block], title: str | None, first: int) -> int:
    """Index of a few lines before the last line above the body that says the title; else a few before the body."""
    for at in range(first - 1, max(-1, first - 60), -1):
        if title and blocks[at].text == title:
            return max(0, at - 3)
    return max(0, first - 8)


def _is_picture(block: Block) -> bool:
    """Whether the line belongs to a picture: its credit is not the text's."""
    if block.tag in ("figcaption", "figure") or "figure" in block.path:
        return True
    return any(word in hint for hint in block.hints[:3] for word in _PICTURE)
