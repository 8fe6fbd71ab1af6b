"""Decompression that keeps what came before a break: a truncated page is still a page."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

#: ``zlib`` window bits for a gzip header.
_GZIP = 31
_CHUNK = 1 << 15


class Gunzip(io.RawIOBase):
    """Reads gzip data, members one after another. ``damage`` says why reading stopped early, or is None.

    The standard library's reader raises at a break and loses what it had decompressed just before it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.damage: str | None = None
        self._stream = stream
        self._member = zlib.decompressobj(_GZIP)
        self._waiting = b""
        self._between = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill at most ``len(buffer)`` bytes; 0 at the end or at a break."""
        while not self.damage:
            try:
                data = self._next(len(buffer))
            except zlib.error as error:
                self.damage = f"damaged gzip data ({error})"
                break
            if data:
                buffer[: len(data)] = data
                return len(data)
            if data is None:
                break
        return 0

    def _next(self, size: int) -> bytes | None:
        """Some bytes, none yet (b""), or None at the end."""
        if self._member.eof:
            self._waiting = self._member.unused_data.lstrip(b"\0")
            self._member = zlib.decompressobj(_GZIP)
            self._between = True
        self._waiting = self._waiting or self._stream.read(_CHUNK)
        if not self._waiting:
            self.damage = None if self._between else "gzip data that breaks off"
            return None
        self._between = False
        data = self._member.decompress(self._waiting, size)
        self._waiting = self._member.unconsumed_tail
        return data
