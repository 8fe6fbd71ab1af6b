"""A page as it came, and what can be seen in it before anything is thrown away."""

from __future__ import annotations

from typing import Literal, TypeAlias

from sayso.records.base import Record
from sayso.records.reading import Problem

PageKind: TypeAlias = Literal["html", "text", "article", "pdf"]


class Given(Record, frozen=True, kw_only=True):
    """What the sender says of a page, which its own words may not say. None where nothing is said."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()


class Page(Record, frozen=True, kw_only=True):
    """Bytes from somewhere, at a time.

    ``kind`` tells what the bytes are: ``html``, ``text`` (plain text that may carry page furniture), ``pdf``
    or ``article`` (UTF-8 text that is taken exactly as it stands). Bytes are never compressed here.
    ``charset`` is what the transport declared, ``fetched`` an ISO timestamp; both may be unknown. ``problems`` are
    those met on the way here.
    """

    id: str
    content: bytes
    kind: PageKind
    charset: str | None = None
    fetched: str | None = None
    given: Given = Given()
    problems: tuple[Problem, ...] = ()


class Mark(Record, frozen=True, kw_only=True):
    """One value that a page states in its mark-up, for programs rather than for eyes.

    ``key`` is the name in its own vocabulary, lower-case, with a dotted path inside JSON-LD
    (``newsarticle.publisher.name``); ``value`` is text, stripped, never empty.
    """

    origin: Literal["json-ld", "opengraph", "meta", "link", "microdata"]
    key: str
    value: str


class Block(Record, frozen=True, kw_only=True):
    """One visible line of a page, in document order, furniture included.

    ``tag`` is the block element that holds it (``p``, ``h1``, ``li``, ``footer``; ``line`` in plain
    text); ``path`` the tags of its ancestors, outermost first; ``hints`` the words of ``class``, ``id``,
    ``rel`` and ``itemprop`` on it and its ancestors, lower-case, nearest first, bounded; ``links``
    the (text, href) pairs inside it. ``start`` is where the line begins in ``article.text``, or
    None where the line is not part of the body.
    """

    text: str
    tag: str
    path: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    start: int | None = None


class PageView(Record, frozen=True, kw_only=True):
    """All that a page shows, before furniture is dropped: where lineage looks for its evidence."""

    marks: tuple[Mark, ...] = ()
    blocks: tuple[Block, ...] = ()
