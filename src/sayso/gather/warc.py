"""Web archives: each response of a ``.warc`` or ``.warc.gz`` that holds a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Literal

from sayso.gather.mementos import Memento, memento_of
from sayso.records import Given, Page, Problem, SourceError
from sayso.settings import Settings

_KINDS: dict[str, Literal["html", "text"]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}


def pages_of_warc(stream: BinaryIO, name: str, settings: Settings) -> Iterator[Page | SourceError]:
    """The pages of an archive, in order; a damaged tail costs the tail, not what came before it."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # loaded at first use: few sources are archives

    wanted = WarcRecordType.response | WarcRecordType.resource
    records = iter(ArchiveIterator(stream, record_types=wanted, auto_decode="all"))
    number = 0
    while True:
        try:
            record = next(records)
            number += 1
            page = _page_of_record(record, settings)
        except StopIteration:
            break
        except (OSError, ValueError) as error:
            yield SourceError(expected="a WARC record", found=str(error), place=f"{name}, after record {number}")
            return
        if page is not None:
            yield page
    if number == 0:
        yield SourceError(expected="a WARC archive with responses", found="none", place=name)


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
