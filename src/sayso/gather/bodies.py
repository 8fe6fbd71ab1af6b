"""The body of an archived answer: unpacked as its headers say, or as it stands where they say what is not so.

Archives are written by many programs, some of which unpack a body and leave the header that says how it was packed.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, Literal, TypeAlias, cast

from sayso.gather.gunzip import Gunzip
from sayso.gather.sniff import looks_binary

#: ``zlib`` window bits for deflate data without a header, which some servers send.
_BARE = -15
_PIECE = 1 << 16

_Mode: TypeAlias = Literal["none", "content", "transfer", "all"]

#: What can be read of a body, no further than a limit, and why it stops early, if it does.
_Unpack: TypeAlias = Callable[[BinaryIO, int], tuple[bytes, str | None]]


def parsed(raw: bytes, head: int, mode: _Mode = "none") -> Any:
    """A WARC record, given its bytes and the longest head that it may have.

    Raises:
        OSError, ValueError: where it is none.
    """
    from fastwarc.warc import ArchiveIterator  # loaded at first use: few sources are archives

    records = ArchiveIterator(io.BytesIO(raw), auto_decode=mode, max_header_len=head, stream_detect=False)
    record = next(iter(records), None)
    if record is None:
        raise ValueError("no record")
    return record


def body_of(raw: bytes, head: int, limit: int) -> tuple[bytes, str | None]:
    """The body of a WARC record, no further than a limit, and what is wrong with it, if anything.

    Raises:
        OSError, ValueError: where it is no record, or cannot be unpacked and is no text as it stands.
    """
    http = parsed(raw, head).http_headers
    packing = ((http and http.get("Content-Encoding")) or "").strip().lower()
    first: str | None = None
    for mode, unpack in _ways(packing):
        content, damage = _tried(raw, head, mode, unpack, limit)
        if content or not damage:
            return content, f"read up to a break: {damage}" if damage else None
        first = first or damage
    as_it_stands: tuple[_Mode, ...] = ("transfer", "none")
    for mode in as_it_stands:
        content, damage = _tried(raw, head, mode, _read, limit)
        if content and not looks_binary(content):
            return content, f"taken as it stands, since it does not unpack as its headers say: {first}"
    raise OSError(first)


def _tried(raw: bytes, head: int, mode: _Mode, unpack: _Unpack, limit: int) -> tuple[bytes, str | None]:
    try:
        stream = parsed(raw, head, mode).reader
    except (OSError, ValueError) as error:
        return b"", str(error)[:200]
    return unpack(stream, limit)


def _ways(packing: str) -> list[tuple[_Mode, _Unpack]]:
    """Ways to unpack a body: what of its packing is undone beforehand, and how it is read then.

    That it was sent in chunks may stand in headers of a body that is whole.
    """
    if packing in {"gzip", "x-gzip"}:
        return [("transfer", _gunzip), ("none", _gunzip)]
    bare: list[tuple[_Mode, _Unpack]] = [("transfer", _inflate)] if packing == "deflate" else []
    return [("all", _read), *bare, ("content", _read)]


def _read(stream: BinaryIO, limit: int) -> tuple[bytes, str | None]:
    content = bytearray()
    try:
        while len(content) < limit and (piece := stream.read(min(_PIECE, limit - len(content)))):
            content += piece
    except (OSError, ValueError) as error:
        return bytes(content), str(error)[:200]
    return bytes(content), None


def _gunzip(stream: BinaryIO, limit: int) -> tuple[bytes, str | None]:
    gunzip = Gunzip(stream)
    content, damage = _read(cast("BinaryIO", gunzip), limit)
    return content, damage or gunzip.damage


def _inflate(stream: BinaryIO, limit: int) -> tuple[bytes, str | None]:
    packed, damage = _read(stream, limit)
    try:
        return zlib.decompressobj(_BARE).decompress(packed, limit), damage
    except zlib.error as error:
        return b"", str(error)
