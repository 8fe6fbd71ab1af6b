"""Web archives: each response of a ``.warc`` or ``.warc.gz`` that holds a page.

A break costs what is broken: it is one ``SourceError`` with its place, and reading goes on behind it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal

from sayso.gather.archived import HEAD, Broken, Found, records
from sayso.gather.mementos import Memento, memento_of
from sayso.gather.sniff import looks_binary
from sayso.gather.tape import Tape
from sayso.records import Given, Page, Problem, SourceError
from sayso.settings import Settings

_KINDS: dict[str, Literal["html", "text"]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}
_PAGES = ("response", "resource")


def pages_of_warc(stream: BinaryIO, name: str, settings: Settings) -> Iterator[Page | SourceError]:
    """The pages of an archive, in order."""
    number = 0
    for item in records(tape_of(stream, settings), longest(settings)):
        number += isinstance(item, Broken) or item.fields.get("warc-type") in _PAGES
        if (page := page_of_item(item, name, settings)) is not None:
            yield page
    if number == 0:
        yield SourceError(expected="a WARC archive with responses", found="none", place=name)


def tape_of(stream: BinaryIO, settings: Settings) -> Tape:
    """An open archive, to be read by its records."""
    return Tape(stream, longest(settings))


def longest(settings: Settings) -> int:
    return settings.max_page_bytes + HEAD


def page_of_item(item: Found | Broken, name: str, settings: Settings) -> Page | SourceError | None:
    """The page that a record holds, None for other records; for a break the error that names it."""
    place = f"{name}, at byte {item.at}"
    if isinstance(item, Broken):
        return SourceError(expected=item.expected, found=item.found, place=place)
    if item.fields.get("warc-type") not in _PAGES:
        return None
    try:
        page = _page_of_record(_parsed(item), settings)
    except (OSError, ValueError) as error:
        return SourceError(expected="a record that unpacks", found=str(error)[:200], place=place)
    if page is not None and looks_binary(page.content):
        return SourceError(expected="a page of text", found="binary data", place=place)
    return page


def _parsed(item: Found) -> Any:
    from fastwarc.warc import ArchiveIterator  # loaded at first use: few sources are archives

    return next(iter(ArchiveIterator(io.BytesIO(item.raw), auto_decode="all")))


def _page_of_record(record: Any, settings: Settings) -> Page | None:
    http = record.http_headers
    declared = (record.http_content_type or record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    kind = _KINDS.get(declared)
    if kind is None or (http is not None and http.status_code != 200):
        return None
    url, fetched = record.headers.get("WARC-Target-URI"), record.headers.get("WARC-Date")
    copy = memento_of(url or "", http.get("Memento-Datetime"), http.get("Link")) if http is not None else None
    return Page(
        id=record.record_id.removeprefix("<urn:uuid:").removeprefix("urn:uuid:").rstrip(">"),
        content=record.reader.read(settings.max_page_bytes + 1),
        kind=kind,
        charset=record.http_charset,
        # of a copy in an archive: when it was taken from where it stood
        fetched=(copy and copy.taken) or fetched,
        given=Given(url=copy.original if copy else url),
        problems=(_copied(copy, url),) if copy else (),
    )


def _copied(copy: Memento, url: str | None) -> Problem:
    """That the page was not read where it stood: whoever looks at its reading must see that."""
    return Problem(reader="gather", what=f"read from the copy of {copy.taken or 'an unknown time'} at {url}")
