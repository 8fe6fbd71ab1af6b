"""Who publishes the page: the host, not the agency whose text it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.pages.clues import Clues, Found, Maybe, from_mark, from_words, words
from sayso.pages.titles import split_first_line
from sayso.records import Mark
from sayso.text.outlets import outlet_at, outlet_name, outlet_named

#: What makes a page rather than publishes it, what a house calls its own desks, and what any site may be called.
_NOT_A_HOST = re.compile(
    r"blogger|wordpress|medium|tumblr|hosted|home ?page|home|(?:my |our )?(?:blog|news|web ?site|site)|"
    r".*\b(?:news service|bureau|desk)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|^@|\.\w+/")
_BARE = re.compile(r"[a-z0-9-]+(?:\.[a-z]{2,})*")
_SEGMENT = re.compile(r"\s+[|»·–—-]+\s+|\s*[|»]\s*")
_FEED = re.compile(r"\s*\b(?:rss ?2?|atom|feed|comments|stories|all|main)\b.*$", re.IGNORECASE)
_HOLDER = re.compile(
    r"(?:©|\(c\)|ⓒ|copyright)[\s©ⓒ,.:]*(?:\d{4}(?:\s*[-–—]\s*(?:\d{4}|\d{2}|present))?)?[\s,.]*"
    r"(?:by\s+)?(?P<name>[^\W\d_][^|©.]{1,60}?)\s*(?:[|.©]|,?\s*(?:all rights|inc\b|llc\b|ltd\b)|$)",
    re.IGNORECASE,
)
#: Longer names are slogans.
_MAX_WORDS = 6


def read_publisher(clues: Clues) -> Maybe:
    """The host's name, in the order JSON-LD, OpenGraph, meta, title, feeds, copyright line, known site.

    A JSON-LD publisher that is an agency is the text's origin, unless the page stands on the agency's own site; a
    name that is an address or all lower-case ("floridatoday") only counts where there is no better one.
    """
    if clues.given.publisher:
        return None
    candidates = [*_from_marks(clues), *_from_titles(clues), *_from_feeds(clues), *_from_copyright(clues)]
    candidates = [found for found in candidates if not _NOT_A_HOST.fullmatch(found.value)]
    proper = [found for found in candidates if not _BARE.fullmatch(found.value)]
    chosen = next(iter(proper or candidates), None) or _from_host(clues)
    return Found(outlet_name(chosen.value), chosen.evidence) if chosen else None


def site_names(clues: Clues, publisher: str | None) -> tuple[str, ...]:
    """All names under which the page speaks of its site, for taking them off titles."""
    said = [mark.value for mark in clues.marks("og:site_name", "application-name", "website.name", "organization.name")]
    own = [publisher, clues.given.publisher, clues.host, *said, *(_first_segment(name) for name in said)]
    return tuple(name for name in own if name)


def _from_marks(clues: Clues) -> Iterator[Found]:
    host = outlet_at(clues.host or "")
    for mark in _name_marks(clues):
        name = _first_segment(mark.value).removeprefix("www.")
        known = outlet_named(name)
        foreign = known is not None and known.kind == "agency" and known != host
        if name and not foreign and not _ADDRESS.search(name):
            yield from_mark(name, mark)


def _name_marks(clues: Clues) -> Iterator[Mark]:
    said = list(clues.article_marks("publisher.name", "publisher"))
    yield from (mark for mark in said if mark.origin == "json-ld")
    yield from clues.marks("og:site_name", "application-name", "site_name", "website.name", "dc.publisher")
    yield from (mark for mark in said if mark.origin == "microdata")
    yield from clues.marks("publisher.name", "publisher", "organization.name", "newsmediaorganization.name")
    yield from clues.marks("apple-mobile-web-app-title", "newsarticle.sourceorganization.name", "sourceorganization")


def _from_titles(clues: Clues) -> Iterator[Found]:
    """The part of ``<title>`` that the heading does not say; in plain text that of the first line."""
    _, site = split_first_line(clues)
    if site:
        yield from_words(site, clues.blocks[0].text)
    heading = words(clues.blocks[clues.heading].text) if clues.heading is not None else frozenset()
    for mark in clues.marks("title"):
        parts = _SEGMENT.split(mark.value)
        if len(parts) > 1 and heading and words(parts[0]) & heading and not words(parts[-1]) & heading:
            yield from_mark(parts[-1].strip(), mark)


def _from_feeds(clues: Clues) -> Iterator[Found]:
    for mark in clues.marks("feed.title"):
        name = _FEED.sub("", _first_segment(mark.value)).strip(" -–|»")
        if name and len(words(name)) <= _MAX_WORDS:
            yield from_mark(name, mark)


def _from_copyright(clues: Clues) -> Iterator[Found]:
    for block in clues.all_blocks[-60:]:
        found = _HOLDER.search(block.text[:400])
        if found and len(words(found["name"])) <= _MAX_WORDS:
            yield from_words(found["name"].strip(" ,"), block.text)


def _from_host(clues: Clues) -> Maybe:
    known = outlet_at(clues.host or "")
    for mark in clues.marks("canonical", "og:url"):
        if known and clues.host and clues.host in mark.value:
            return from_mark(known.name, mark)
    return None


def _first_segment(name: str) -> str:
    return next((part.strip() for part in _SEGMENT.split(name) if part.strip()), "")
