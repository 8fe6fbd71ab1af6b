"""One page to its article and its view: the room's pass."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.pages.body import body_of
from sayso.pages.decode import decode, decode_article, visible
from sayso.pages.html import read_html
from sayso.pages.marks import marks_of
from sayso.pages.metadata import describe
from sayso.pages.pdf import text_of_pdf
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
    if not text.strip():
        problems += (Problem(reader="pages", what="no article text found"),)
    return describe(page, view, text), view, problems


def _html(page: Page, settings: Settings) -> _Found:
    markup, problems = decode(page, settings.max_page_bytes)
    tree, lines, more = read_html(markup, settings.max_html_depth)
    text, blocks = body_of(tree, lines)
    kept, cut = _cut(text, settings)
    if cut:
        blocks = tuple(_within(block, len(kept)) for block in blocks)
    return kept, blocks, () if tree is None else marks_of(tree), problems + more + cut


def _text(page: Page, settings: Settings) -> _Found:
    text, problems = decode(page, settings.max_page_bytes)
    kept, cut = _cut(visible(text), settings)
    return *body_of_text(kept), (), problems + cut


def _article(page: Page, settings: Settings) -> _Found:
    text, problems = decode_article(page.content, settings.max_page_bytes)
    kept, cut = _cut(text, settings)
    return kept, article_blocks(kept), (), problems + cut


def _pdf(page: Page, settings: Settings) -> _Found:
    text, marks, problems = text_of_pdf(page.content, settings)
    kept, cut = _cut(visible(text), settings)
    return *body_of_text(kept), marks, problems + cut


_READERS = {"html": _html, "text": _text, "article": _article, "pdf": _pdf}


def _cut(text: str, settings: Settings) -> tuple[str, tuple[Problem, ...]]:
    """The text up to ``max_text_chars``, and that it was cut if it was."""
    most = settings.max_text_chars
    if len(text) <= most:
        return text, ()
    what = f"the text has {len(text)} characters; only the first {most} were read"
    return text[:most], (Problem(reader="pages", what=what),)


def _within(block: Block, length: int) -> Block:
    """The block; one that a text of this length does not hold whole is no part of it."""
    if block.start is None or block.start + len(block.text) <= length:
        return block
    return replace(block, start=None)
