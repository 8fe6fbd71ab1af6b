"""The article's title, without the name of the site."""

from __future__ import annotations

import re

from sayso.pages.clues import Clues, Found, Maybe, from_mark, from_words, words
from sayso.text.outlets import fold_name

_SEPARATOR = re.compile(r"\s+[|»·•–—-]+\s+|\s*\|\s*")


def read_title(clues: Clues, site_names: tuple[str, ...]) -> Maybe:
    """The visible heading where there is one: it is what a reader of the page is shown.

    Titles in the mark-up are often rewritten for search and sharing: of 111 pages 13 have a ``headline`` or
    ``og:title`` that differs from the heading. Where there is no heading, the first title of the mark-up, without
    ``site_names``.
    """
    if clues.given.title:
        return None
    if clues.heading is not None:
        shown = clues.blocks[clues.heading].text
        return from_words(without_site(shown, site_names), shown)
    for mark in clues.titles:
        title = without_site(mark.value, site_names)
        if words(title):
            return from_mark(title, mark)
    return _first_line(clues)


def _first_line(clues: Clues) -> Maybe:
    """A plain text's first line, if it stands again alone below, with or without the name of the site."""
    title, _ = split_first_line(clues)
    return Found(title, from_words(title, clues.blocks[0].text).evidence) if title else None


def split_first_line(clues: Clues) -> tuple[str, str] | tuple[None, None]:
    """Title and name of the site of a saved page's text: its first line is "title - site", its title stands below.

    The part of the first line that is repeated alone is the title, so that a dash in the title does no harm.
    """
    if not clues.blocks or clues.blocks[0].tag != "line":
        return None, None
    first = clues.blocks[0].text
    below = {block.text for block in clues.blocks[1:40]}
    for cut in reversed(list(_SEPARATOR.finditer(first))):
        if first[: cut.start()] in below:
            return first[: cut.start()], first[cut.end() :]
    return None, None


def without_site(title: str, site_names: tuple[str, ...]) -> str:
    """The title without a site's name, or its section and name, behind (or before) a separator."""
    known = {fold_name(name) for name in site_names} - {""}
    while cuts := list(_SEPARATOR.finditer(title)):
        head, tail = title[: cuts[-1].start()], title[cuts[-1].end() :]
        if fold_name(tail) in known and words(head):
            title = head
            continue
        first, rest = title[: cuts[0].start()], title[cuts[0].end() :]
        if fold_name(first) in known and words(rest):
            title = rest
            continue
        break
    return title.strip()
