"""One page to its article and its view: the room's pass."""

from __future__ import annotations

from sayso.pages.body import body_of
from sayso.pages.decode import decode, decode_article
from sayso.pages.html import lines_of, parse_html
from sayso.pages.marks import marks_of
from sayso.pages.plain import article_blocks
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
    return Article(text=text), view, problems


def _html(page: Page, settings: Settings) -> _Found:
    markup, problems = decode(page, settings.max_page_bytes)
    tree, more = parse_html(markup, settings.max_html_depth)
    text, blocks = body_of(tree, lines_of(tree))
    return text, blocks, () if tree is None else marks_of(tree), problems + more


def _text(page: Page, settings: Settings) -> _Found:
    text, problems = decode(page, settings.max_page_bytes)
    return text, article_blocks(text), (), problems


def _article(page: Page, settings: Settings) -> _Found:
    text, problems = decode_article(page.content, settings.max_page_bytes)
    return text, article_blocks(text), (), problems


_READERS = {"html": _html, "text": _text, "article": _article}
