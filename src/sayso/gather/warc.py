"""Web archives: each response of a ``.warc`` or ``.warc.gz`` that holds a page.

A break costs what is broken: it is one ``SourceError`` with its place, and reading goes on behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Literal, TypeAlias

from msgspec.structs import replace

from sayso.gather.archived import HEAD, Broken, Found, records
from sayso.gather.bodies import body_of, parsed
from sayso.gather.mementos import Memento, memento_of
from sayso.gather.pdf import check_pdf
from sayso.gather.revisits import Earlier
from sayso.gather.sniff import looks_binary
from sayso.gather.tape import Tape
from sayso.records import Given, Page, Problem, SourceError
from sayso.settings import Settings

_Kind: TypeAlias = Literal["html", "text", "pdf"]

_KINDS: dict[str, _Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
}
_PAGES = {"response", "resource", "revisit"}
#: What a server answers where a page is as it was: 200 with the same bytes, or that it was not changed.
_UNCHANGED = {200, 304}


def pages_of_warc(stream: BinaryIO, name: str, settings: Settings) -> Iterator[Page | SourceError]:
    """The pages of an archive, in order."""
    yield from pages_between(tape_of(stream, settings), name, settings)


def tape_of(stream: BinaryIO, settings: Settings) -> Tape:
    """An open archive, to be read by its records."""
    return Tape(stream, longest(settings))


def longest(settings: Settings) -> int:
    """So many bytes of a record are held."""
    return settings.max_page_bytes + HEAD


def pages_between(
    tape: Tape, name: str, settings: Settings, start: int = 0, end: int | None = None
) -> Iterator[Page | SourceError]:
    """The pages of the records that begin in ``[start, end)``; the tape stands where a record begins, or before.

    Revisits without their pages are summed up in one error for a whole archive; in a part each has its own, since
    what parts give together must not depend on the cuts.
    """
    earlier = Earlier(tape, longest(settings))
    number = 0
    for item in records(tape, longest(settings), start):
        if end is not None and item.at >= end:
            break
        if isinstance(item, Found):
            earlier.note(item)
        if item.at >= start:
            missing = earlier.count
            page = _page_of_item(item, name, settings, earlier)
            if end is not None and earlier.count > missing:
                place = f"{name}, at byte {item.at}"
                yield SourceError(expected="a page that stands earlier in the archive", found="none", place=place)
            number += page is not None or (isinstance(item, Found) and item.kind in _PAGES)
            if page is not None:
                yield page
    if earlier.missing and end is None:
        yield SourceError(expected="pages that stand earlier in the archive", found=earlier.missing, place=name)
    if number == 0 and end is None:
        yield SourceError(expected="a WARC archive with responses", found="none", place=name)


def _page_of_item(item: Found | Broken, name: str, settings: Settings, earlier: Earlier) -> Page | SourceError | None:
    """The page that a record holds, None for other records; for a break the error that names it."""
    place = f"{name}, at byte {item.at}"
    if isinstance(item, Broken):
        return SourceError(expected=item.expected, found=item.found, place=place)
    if item.kind not in _PAGES:
        return None
    try:
        record = parsed(item.raw, HEAD)
        page = _revisited(item, record, settings, earlier) if item.kind == "revisit" else _page(item, record, settings)
    except (OSError, ValueError) as error:
        return SourceError(expected="a record that unpacks", found=str(error)[:200], place=place)
    return page and _sound(page, place)


def _sound(page: Page, place: str) -> Page | SourceError:
    """The page, if its bytes are of the kind that they were said to be, and can be read here."""
    if page.kind != "pdf":
        is_text = not looks_binary(page.content)
        return page if is_text else SourceError(expected="a page of text", found="binary data", place=place)
    try:
        check_pdf(page.content, place)
    except SourceError as error:
        return error
    return page


def _page(item: Found, record: Any, settings: Settings) -> Page | None:
    http = record.http_headers
    kind = _kind(record.http_content_type or record.headers.get("Content-Type"))
    if kind is None or (http is not None and http.status_code != 200):
        return None
    content, damage = body_of(item.raw, HEAD, settings.max_page_bytes + 1)
    page = Page(
        id="",
        content=content,
        kind=kind,
        charset=record.http_charset,
        problems=(Problem(reader="gather", what=damage),) if damage else (),
    )
    return _stamped(page, record, item.at)


def _revisited(item: Found, record: Any, settings: Settings, earlier: Earlier) -> Page | None:
    """A page that was met again unchanged: its earlier bytes, at this address and time."""
    http = record.http_headers
    if http is not None and (http.status_code not in _UNCHANGED or _kind(record.http_content_type, "html") is None):
        return None
    found = earlier.of(item)
    page = found and _page(found, parsed(found.raw, HEAD), settings)
    return _stamped(page, record, item.at) if page else None


def _stamped(page: Page, record: Any, at: int) -> Page:
    """The page under the name of its record, with its address and time."""
    http = record.http_headers
    # some writers put addresses in angle brackets, as the grammar of WARC 1.0 has it
    url, fetched = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None, record.headers.get("WARC-Date")
    copy = memento_of(url or "", http.get("Memento-Datetime"), http.get("Link")) if http is not None else None
    return replace(
        page,
        id=(record.record_id or f"record-at-{at}").removeprefix("<urn:uuid:").removeprefix("urn:uuid:").rstrip(">"),
        # of a copy in an archive: when it was taken from where it stood
        fetched=(copy and copy.taken) or fetched,
        given=Given(url=copy.original if copy else url),
        problems=(*page.problems, _copied(copy, url)) if copy else page.problems,
    )


def _kind(declared: str | None, unsaid: Literal["html"] | None = None) -> _Kind | None:
    """What a media type stands for, None where that is no page."""
    return _KINDS.get(declared.split(";")[0].strip().lower()) if declared else unsaid


def _copied(copy: Memento, url: str | None) -> Problem:
    """That the page was not read where it stood: whoever looks at its reading must see that."""
    return Problem(reader="gather", what=f"read from the copy of {copy.taken or 'an unknown time'} at {url}")
