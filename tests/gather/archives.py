"""Web archives for tests, written by warcio: pages with bodies of one's choice, and what breaks them."""

from __future__ import annotations

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


def named(number: int) -> str:
    return f"<urn:uuid:00000000-0000-0000-0000-{number:012}>"
