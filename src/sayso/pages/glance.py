"""A glance at a page: its title, the greater part of its text and its language, a dozen times as fast as its article.

Good enough to tell what a page is not about; what is found this way is never shown, and no reading rests on it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sayso.pages.decode import decode
from sayso.pages.language import language_of
from sayso.records import MissingExtraError, Page, Record
from sayso.settings import Settings

_NESTING = re.compile(
    "<(/?)(?:div|span|section|article|main|table|tbody|tr|td|font|blockquote|ul|ol|center|em|b|i|u|a)\\b", re.IGNORECASE
)


class Glance(Record, frozen=True, kw_only=True):
    """What a glance shows; ``language`` is ISO 639-1, None where the words do not tell."""

    title: str | None
    text: str
    language: str | None


def glance(page: Page, settings: Settings = Settings()) -> Glance | None:
    """A glance at a page in HTML; None for any other, whose article costs no more, and for one nested too deep.

    Raises:
        MissingExtraError: where resiliparse is not installed.
    """
    if page.kind != "html":
        return None
    parse, text_of = resiliparse()
    markup, _ = decode(page, settings.max_page_bytes)
    if _depth(markup) > settings.max_html_depth:
        # the quick parser's time grows with the square of it
        return None
    tree = parse(markup)
    text = text_of(tree, main_content=True, alt_texts=False, comments=False)[: settings.max_text_chars]
    return Glance(title=(tree.title or "").strip() or None, text=text, language=language_of(text))


def _depth(markup: str) -> int:
    """About how deep elements are nested, by the tags that are always closed."""
    depth = deepest = 0
    for closing in _NESTING.findall(markup):
        # what closes nothing counts for nothing
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


@cache
def resiliparse() -> tuple[Any, Any]:
    """What makes a tree of HTML, and what takes the text from it.

    Raises:
        MissingExtraError: where it is not installed.
    """
    try:
        from resiliparse.extract.html2text import extract_plain_text  # an extra: only bulk reading is in such a hurry
        from resiliparse.parse.html import HTMLTree
    except ModuleNotFoundError:
        raise MissingExtraError.of("resiliparse", "bulk", "bulk") from None
    return HTMLTree.parse, extract_plain_text
