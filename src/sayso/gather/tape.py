"""A stream read forwards, piece by piece, on which one can go back to where a record began.

A file is gone back in by seeking. A pipe keeps what was read since the place that is held, up to a bound.
"""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

_PIECE = 1 << 16
#: ``zlib`` window bits for a gzip header.
_GZIP = 31


class Tape:
    """Bytes and the place they stand at, ``at``; a stream that stands elsewhere than at 0 counts from there.

    Args:
        stream: what is read.
        keep: of a stream that cannot seek, so many bytes behind the place that is held can be gone back to.
    """

    def __init__(self, stream: BinaryIO | io.RawIOBase, keep: int) -> None:
        self.at = 0
        self._stream = stream
        self._base = stream.tell() if stream.seekable() else None
        self._keep = max(keep, 2 * _PIECE)
        self._held = 0
        self._begin, self._data = 0, bytearray()

    @property
    def seeks(self) -> bool:
        """Whether any place can be gone back to."""
        return self._base is not None

    def hold(self) -> None:
        """What stands before this place is not gone back to any more."""
        self._held = self.at

    def peek(self, size: int) -> bytes:
        """The next bytes, fewer only at the end."""
        while len(self._data) < (wanted := self.at - self._begin + size):
            piece = self._stream.read(max(_PIECE, min(wanted - len(self._data), 16 * _PIECE)))
            if not piece:
                break
            self._drop()
            self._data += piece
        here = self.at - self._begin
        return bytes(memoryview(self._data)[here : here + size])

    def read(self, size: int) -> bytes:
        """The next bytes, fewer only at the end."""
        parts: list[bytes] = []
        while size and (part := self.peek(min(size, _PIECE))):
            parts.append(part)
            self.at += len(part)
            size -= len(part)
        return b"".join(parts)

    def skip(self, size: int) -> int:
        """Goes on without keeping what is passed; gives how far it came."""
        start = self.at
        if self._base is not None and size > 16 * _PIECE:
            end = self._stream.seek(0, io.SEEK_END) - self._base
            self._move(self._base, min(start + size, end))
        else:
            while (left := start + size - self.at) and (part := self.peek(min(left, _PIECE))):
                self.at += len(part)
        return self.at - start

    def goto(self, at: int) -> None:
        """Goes back or on to a place; where that is kept no more, to the first after it that is."""
        if self._begin <= at <= self._begin + len(self._data):
            self.at = at
        elif self._base is not None:
            self._move(self._base, at)
        elif at < self._begin:
            self.at = self._begin
        else:
            self.skip(at - self.at)

    def _move(self, base: int, at: int) -> None:
        self._stream.seek(base + at)
        self.at = self._begin = at
        self._data.clear()

    def _drop(self) -> None:
        """Lets go of what lies behind: all but a piece where the stream seeks, else what is over the bound."""
        first = self.at - _PIECE if self.seeks else max(min(self._held, self.at), self.at - self._keep)
        if (over := first - self._begin) > 0:
            del self._data[:over]
            self._begin = first


class Member(io.RawIOBase):
    """One gzip member on a tape, unpacked; read to its end, it leaves the tape right behind itself.

    ``damage`` says why reading stopped early, or is None.
    """

    def __init__(self, tape: Tape) -> None:
        self.damage: str | None = None
        self._tape = tape
        self._unpack = zlib.decompressobj(_GZIP)
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill at most ``len(buffer)`` bytes; 0 at the end or at a break."""
        while not self.damage and not self._unpack.eof:
            packed = self._waiting or self._tape.read(_PIECE)
            if not packed:
                self.damage = "gzip data that breaks off"
                break
            try:
                data = self._unpack.decompress(packed, len(buffer))
            except zlib.error as error:
                self.damage = f"damaged gzip data ({error})"
                break
            self._waiting = self._unpack.unconsumed_tail
            if self._unpack.eof:
                self._tape.goto(self._tape.at - len(self._unpack.unused_data))
            if data:
                buffer[: len(data)] = data
                return len(data)
        return 0
