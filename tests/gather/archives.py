"""Web archives for tests, written by warcio: pages with bodies of one's choice, and what breaks them."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Sequence

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


def response(
    number: int,
    body: bytes,
    kind: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    packed: bool = False,
    headers: Sequence[tuple[str, str]] = (),
    url: str | None = None,
) -> bytes:
    """One response record, ready to stand in an archive."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    http = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        url or f"http://gazette.example/{number}",
        "response",
        payload=io.BytesIO(body),
        http_headers=http,
        warc_headers_dict={"WARC-Record-ID": named(number), "WARC-Date": "2024-03-01T00:00:00Z"},
    )
    writer.write_record(record)
    return out.getvalue()


def revisit(
    number: int,
    body: bytes,
    url: str,
    packed: bool = False,
    kind: str | None = "text/html",
    status: str = "200 OK",
    **warc: str,
) -> bytes:
    """A revisit record: that what an address gave was met before."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    digest = "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    record = writer.create_revisit_record(
        url,
        digest,
        "http://gazette.example/else",
        "2020-01-01T00:00:00Z",
        http_headers=StatusAndHeaders(status, [("Content-Type", kind)] if kind else [], protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Record-ID": named(number), "WARC-Date": "2024-03-09T00:00:00Z"},
    )
    for name, value in warc.items():
        record.rec_headers.replace_header(f"WARC-{name.replace('_', '-')}", value)
    writer.write_record(record)
    return out.getvalue()


def named(number: int) -> str:
    return f"<urn:uuid:00000000-0000-0000-0000-{number:012}>"
