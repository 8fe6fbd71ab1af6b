"""Pages kept as they were fetched: one WARC record each, from which a page is read now and whenever it is asked for."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
from typing import Protocol
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from sayso.gather.answers import Answer
from sayso.gather.gunzip import Gunzip
from sayso.gather.warc import pages_of_warc
from sayso.records import Given, Page, Record, SourceError
from sayso.settings import Settings

#: Headers that speak of the connection, not of the page: the record holds the body as one piece.
_OF_THE_CONNECTION = {"transfer-encoding", "connection", "keep-alive", "content-length"}
_DASHES = re.compile(r"[^a-z0-9]+", re.ASCII)


class Capture(Record, frozen=True, kw_only=True):
    """What came from an address at a time.

    ``record`` is a WARC response record in gzip, whole files of which are a WARC when they stand one after another;
    ``sha256`` is of the page's own bytes, decompressed, as a reading's ``page.sha256`` is. ``read`` says whether the
    archive that keeps it has a reading of it.
    """

    url: str
    final_url: str
    fetched: str
    sha256: str
    etag: str | None
    last_modified: str | None
    record: bytes
    read: bool = False


class Known(Record, frozen=True, kw_only=True):
    """By what a host can tell whether something is still as it was: where that was found, and two of its headers."""

    final_url: str
    etag: str | None = None
    last_modified: str | None = None


class Archive(Protocol):
    """Where pages are kept as they were fetched; a case is one."""

    def kept(self, url: str) -> Capture | None:
        """What was fetched from an address last, if anything."""

    def keep(self, capture: Capture) -> None:
        """Keeps what was fetched; on the disk when this returns."""


class NoArchive:
    """Keeps nothing: for reading a page once."""

    def kept(self, _: str) -> Capture | None:
        """Nothing."""
        return None

    def keep(self, _: Capture) -> None:
        """Keeps nothing."""


def captured(url: str, answer: Answer, fetched: str, settings: Settings) -> Capture:
    """An answer as it is kept.

    Raises:
        SourceError: where its body is longer than a page may be, before or after decompression, or cannot be unpacked.
    """
    content = content_of(answer, settings.max_page_bytes)
    return Capture(
        url=url, final_url=answer.address.url, fetched=fetched, sha256=hashlib.sha256(content).hexdigest(),
        etag=answer.header("etag"), last_modified=answer.header("last-modified"),
        record=gzip.compress(_record(answer, fetched), 6, mtime=0),
    )  # fmt: skip


def content_of(answer: Answer, limit: int) -> bytes:
    """The body unpacked, no further than a limit: a small body that unpacks to a huge one is refused on the way.

    Raises:
        SourceError: where it is longer, or cannot be unpacked.
    """
    from fastwarc.warc import ArchiveIterator

    place = answer.address.url
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(_record(answer, "")), auto_decode="all")))
        content = bytes(record.reader.read(limit + 1))
    except (OSError, ValueError, StopIteration) as error:
        packing = answer.header("content-encoding") or "no compression"
        raise SourceError(expected="a body that unpacks", found=f"{packing}: {error}", place=place) from None
    if answer.cut or len(content) > limit:
        raise SourceError(expected=f"a page of at most {limit} bytes", found="a longer one", place=place)
    damage = _damage(answer)
    if damage or (answer.body and not content):
        raise SourceError(expected="a body that unpacks", found=damage or "one that breaks off", place=place)
    return content


def _damage(answer: Answer) -> str | None:
    """What is wrong with a body in gzip: a break in it would be unpacked up to there, and nothing said."""
    if (answer.header("content-encoding") or "").strip().lower() not in {"gzip", "x-gzip"}:
        return None
    gunzip = Gunzip(io.BytesIO(answer.body))
    while gunzip.read(1 << 20):
        pass
    return gunzip.damage


def _record(answer: Answer, fetched: str) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    headers = [(key, value) for key, value in answer.headers if key.lower() not in _OF_THE_CONNECTION]
    headers.append(("Content-Length", str(len(answer.body))))
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        answer.address.url, "response", payload=io.BytesIO(answer.body),
        http_headers=StatusAndHeaders(f"{answer.status} {answer.reason}".rstrip(), headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": fetched} if fetched else {},
    )  # fmt: skip
    writer.write_record(record)
    return out.getvalue()


def page_of(capture: Capture, given: Given, settings: Settings) -> Page | None:
    """The page of a capture, as it is read the first time and every other; None where what came is no page."""
    page = next(iter(pages_of_warc(io.BytesIO(capture.record), capture.final_url, settings)), None)
    if not isinstance(page, Page):
        return None
    url = page.given.url or capture.final_url
    return replace(page, id=id_of(url), given=replace(given, url=url))


def id_of(url: str) -> str:
    """A short name for an address that a person can tell: its host, the end of its path, and a hash.

    >>> id_of("https://www.gazette.example/world/2024/market-hit?id=7")
    'gazette-example-market-hit-66dfbdbb'
    """
    parts = urlsplit(url)
    last = unquote(parts.path).rstrip("/").rpartition("/")[2].rpartition(".")
    words = f"{(parts.hostname or '').removeprefix('www.')} {(last[0] or last[2])[:60]}"
    return f"{_DASHES.sub('-', words.lower()).strip('-')}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"
