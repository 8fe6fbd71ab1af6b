"""Addresses that a feed, a sitemap or a page of links names, newest first: what is new is found there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from sayso.gather.gunzip import Gunzip
from sayso.records import SourceError

#: How long a list of addresses may be unpacked, how many of it are taken, and how many sitemaps of an index.
LONGEST = 16_000_000
_MOST, _SITEMAPS = 500, 10

#: A link of a page is taken where it has as many words as a headline; menus have fewer.
_HEADLINE = 4

_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex)\b", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_OLDEST = datetime.min.replace(tzinfo=UTC)


class Listed(NamedTuple):
    """The addresses of pages, and of further sitemaps that name more."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...] = ()


def listed_in(content: bytes, url: str) -> Listed:
    """What a list names.

    Args:
        content: RSS, Atom, a sitemap or an HTML page, perhaps in gzip.
        url: its address, to which what it names is relative.

    Raises:
        SourceError: where it is too long, declares entities, or names nothing.
    """
    content = _plain(content, url)
    root = _ROOT.search(content[:4000])
    kind = root[1].lower() if root else b""
    if kind and _ENTITY.search(content):
        raise SourceError(expected="a feed or sitemap without entities of its own", found="some", place=url)
    if kind in (b"urlset", b"sitemapindex"):
        listed = _of_sitemap(content, url)
    else:
        listed = Listed(_whole(_of_feed(content) if kind else _of_page(content, url), url))
    if not kind and not listed.pages:
        raise SourceError(expected="a feed, a sitemap or a page of links", found="no headline with a link", place=url)
    return listed


def _plain(content: bytes, url: str) -> bytes:
    if content.startswith(b"\x1f\x8b"):
        content = io.BufferedReader(Gunzip(io.BytesIO(content))).read(LONGEST + 1)
    if len(content) > LONGEST:
        raise SourceError(expected=f"a list of at most {LONGEST} bytes", found="a longer one", place=url)
    return content


def _of_feed(content: bytes) -> list[str]:
    """The links of a feed's entries, newest first where all are dated."""
    import feedparser

    # a stream: of a text it would ask whether that is an address or a file
    entries = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False).entries
    dated = [one.get("published_parsed") or one.get("updated_parsed") for one in entries]
    if all(dated):
        order = sorted(range(len(entries)), key=lambda number: dated[number][:6], reverse=True)
        entries = [entries[number] for number in order]
    return [str(one.get("link") or one.get("id") or "") for one in entries]


def _of_sitemap(content: bytes, url: str) -> Listed:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    root = etree.fromstring(content, parser)
    found: list[tuple[datetime, str]] = []
    for entry in () if root is None else root:
        parts = {etree.QName(one).localname: (one.text or "").strip() for one in entry.iter(etree.Element)}
        found.append((_time(parts.get("publication_date") or parts.get("lastmod")), parts.get("loc", "")))
    found.sort(key=lambda one: one[0], reverse=True)
    addresses = _whole((one for _, one in found), url)
    is_index = root is not None and etree.QName(root).localname == "sitemapindex"
    return Listed((), addresses[:_SITEMAPS]) if is_index else Listed(addresses)


def _time(text: str | None) -> datetime:
    try:
        then = datetime.fromisoformat(text or "")
    except ValueError:
        return _OLDEST
    return then if then.tzinfo else then.replace(tzinfo=UTC)


def _of_page(content: bytes, url: str) -> list[str]:
    """The links of a page that read like headlines and stay on its site."""
    from lxml import etree, html

    try:
        root: Any = html.document_fromstring(content, parser=html.HTMLParser(no_network=True))
    except (etree.ParserError, ValueError):
        return []
    site = _site(url)
    links = [(one.get("href", ""), one.text_content().split()) for one in root.iter("a")]
    return [href for href, words in links if len(words) >= _HEADLINE and _site(_joined(url, href)) == site]


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _joined(url: str, link: str) -> str:
    """A link as an address; nothing where it is none."""
    try:
        whole = urljoin(url, link.strip()).partition("#")[0]
        return whole if urlsplit(whole).hostname else ""
    except ValueError:
        return ""


def _whole(links: Iterable[str], url: str) -> tuple[str, ...]:
    """Links as addresses of other pages, each once, no more than may be taken."""
    found = dict.fromkeys(_joined(url, link) for link in links if link)
    own = url.partition("#")[0]
    return tuple(one for one in found if one.startswith(("http://", "https://")) and one != own)[:_MOST]
