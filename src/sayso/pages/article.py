"""One page to its article and its view: the room's pass."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.pages.body import body_of
from sayso.pages.decode import decode, decode_article, visible
from sayso.pages.html import read_html
from sayso.pages.marks import marks_of
from sayso.pages.metadata import describe
from sayso.pages.plain import article_blocks, body_of_text
from sayso.records import Article, Block, Mark, Page, PageView, Problem
from sayso.settings import Settings

_Found = tuple[str, tuple[Block, ...], tuple[Mark, ...], tuple[Problem, ...]]


def read_article(page: Page, settings: Settings = Settings()) -> tuple[Article, PageView, tuple[Problem, ...]]:
    """The article in a page, and all that the page shows.

    Args:
        page: bytes of any kind, in any encoding, whole or broken.
        settings: its ``max_...`` fields bound what is read.

    Returns:
        The article with its metadata, the view in which ``start`` tells which lines are its body, and what could
        not be read. Never raises for anything that a page may hold.
    """
    text, blocks, marks, problems = _READERS[page.kind](page, settings)
    view = PageView(marks=marks, blocks=blocks)
    what = []
    if len(text) > settings.max_text_chars:
        what.append(f"the text has {len(text)} characters; only the first {settings.max_text_chars} were read")
        text, view = _cut(text, view, settings.max_text_chars)
    if not text.strip():
        what.append("no article text found")
    return describe(page, view, text), view, (*problems, *(Problem(reader="pages", what=said) for said in what))


def _cut(text: str, view: PageView, length: int) -> tuple[str, PageView]:
    """The text up to ``length``, and the view in which what stands behind is no part of it."""
    blocks = (
        block if block.start is None or block.start + len(block.text) <= length else replace(block, start=None)
        for block in view.blocks
    )
    return text[:length], PageView(marks=view.marks, blocks=tuple(blocks))


def _html(page: Page, settings: Settings) -> _Found:
    markup, problems = decode(page, settings.max_page_bytes)
    tree, lines, more = read_html(markup, settings.max_html_depth)
    text, blocks = body_of(tree, lines)
    return text, blocks, () if tree is None else marks_of(tree), problems + more


def _text(page: Page, settings: Settings) -> _Found:
    text, problems = decode(page, settings.max_page_bytes)
    return *body_of_text(visible(text)), (), problems


def _article(page: Page, settings: Settings) -> _Found:
    text, problems = decode_article(page.content, settings.max_page_bytes)
    return text, article_blocks(text), (), problems


_READERS = {"html": _html, "text": _text, "article": _article}
