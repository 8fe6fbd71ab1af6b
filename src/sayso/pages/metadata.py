"""An article's metadata, each value with the words that say it."""

from __future__ import annotations

from sayso.pages.authors import read_authors
from sayso.pages.clues import Clues, Found, Maybe, from_mark
from sayso.pages.dates import given_day, read_date
from sayso.pages.language import read_language
from sayso.pages.publishers import read_publisher, site_names
from sayso.pages.rights import read_licence, read_removal
from sayso.pages.titles import read_title
from sayso.records import Article, Evidence, Page, PageView


def describe(page: Page, view: PageView, text: str) -> Article:
    """The article of a page: its text as it is, and what page, mark-up and sender say of it.

    The order of trust: what the sender gives (``page.given``), then JSON-LD, OpenGraph, meta, the visible lines. Two
    fields differ, for reasons their readers state: the visible heading and by-line outrank rewritten mark-up, and a
    visible date within a day of a marked-up one is the local date.

    Args:
        page: where the page came from and what its sender says.
        view: its marks and visible lines.
        text: the body, which is taken over unchanged.

    Returns:
        The article; a value that nothing says is None. ``evidence`` has one entry for each value that is known.
    """
    clues = Clues(page, view, text)
    publisher = read_publisher(clues)
    name = clues.given.publisher or (publisher.value if publisher else None)
    found: dict[str, Maybe] = {
        "title": read_title(clues, site_names(clues, name)),
        "publisher": publisher,
        "site": _site(clues),
        "published": read_date(clues),
        "url": _url(clues),
        "language": read_language(clues),
        "licence": read_licence(clues),
        "removal_contact": read_removal(clues),
    }
    values, evidence = _given(clues)
    for field, value in found.items():
        if value and field not in values:
            values[field], evidence[field] = value.value, value.evidence
    authors = read_authors(clues, name)
    if authors:
        evidence["authors"] = authors.evidence
    names = clues.given.authors or (authors.names if authors else ())
    return Article(text=text, authors=names, evidence=evidence, **values)


def _given(clues: Clues) -> tuple[dict[str, str], dict[str, Evidence]]:
    """What the sender says; a date that cannot be read as a day is left to the page."""
    given = clues.given
    published = given_day(given.published) if given.published else None
    pairs = {"title": given.title, "publisher": given.publisher, "published": published, "url": given.url}
    values = {field: value for field, value in pairs.items() if value}
    quotes = {**values, **({"published": given.published} if published and given.published else {})}
    evidence = {field: Evidence(origin="given", quote=quote) for field, quote in quotes.items()}
    if given.authors:
        evidence["authors"] = Evidence(origin="given", quote="; ".join(given.authors))
    return values, evidence


def _url(clues: Clues) -> Maybe:
    """The canonical address."""
    for mark in clues.marks("canonical", "og:url"):
        if mark.value == clues.address:
            return from_mark(mark.value, mark)
    for mark in clues.article_marks("url", "mainentityofpage", "mainentityofpage.@id"):
        if mark.value == clues.address:
            return from_mark(mark.value, mark)
    return None


def _site(clues: Clues) -> Maybe:
    """The host of the address."""
    if not clues.host:
        return None
    url = _url(clues)
    given = Evidence(origin="given", quote=clues.address or "")
    return Found(clues.host, given if clues.given.url or not url else url.evidence)
