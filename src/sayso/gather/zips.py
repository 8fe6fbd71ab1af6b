"""Members of a zip, and of a WACZ: a zip of web archives, of whose files only the archives hold pages."""

from __future__ import annotations

import io
import stat
import struct
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, BinaryIO

from sayso.gather.packages import MEMBERS, Allowance, Listed
from sayso.gather.sniff import strip_endings
from sayso.records import SourceError

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

#: Bytes of the list of members, which is read as one piece.
_LIST = 1 << 25
_ENCRYPTED = 1
_STORED = 0
#: Bytes of the head of a member; the last four give the lengths of its name and of what else stands before it.
_HEAD = 30


def listed_in_zip(stream: BinaryIO, name: str) -> Iterator[Listed]:
    """The members, in the order of the zip's own list.

    Raises:
        SourceError: where it is no zip, or its list is too long.
    """
    from zipfile import BadZipFile, ZipFile

    if not stream.seekable():
        raise SourceError(expected="a zip in a file of its own", found="one in a stream", place=name)
    size = stream.seek(0, io.SEEK_END)
    try:
        package = ZipFile(_Bounded(stream, name))
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise SourceError(expected="a zip", found=str(error), place=name) from None
    with package:
        members = package.infolist()
        if len(members) > MEMBERS:
            raise SourceError(expected=f"a zip of at most {MEMBERS} members", found=str(len(members)), place=name)
        is_wacz = any(one.filename == "datapackage.json" for one in members) and any(map(_is_archive, members))
        allowance = Allowance(name, size)
        for one in members:
            if not is_wacz or _is_archive(one):
                yield _listed(stream, package, one, allowance)


def _is_archive(member: ZipInfo) -> bool:
    return member.filename.startswith("archive/")


def _listed(stream: BinaryIO, package: ZipFile, member: ZipInfo, allowance: Allowance) -> Listed:
    mode = member.external_attr >> 16
    is_file = not member.is_dir() and stat.S_IFMT(mode) in {0, stat.S_IFREG}
    if member.flag_bits & _ENCRYPTED:
        return Listed(member.filename, is_file, None, "one that is encrypted")
    if member.compress_type == _STORED and strip_endings(member.filename)[1] == "warc":
        # a web archive speaks of earlier records of its own, which are gone back to
        return Listed(member.filename, is_file, Window(stream, member, allowance))
    return Listed(member.filename, is_file, ZipMember(package, member, allowance))


class _Bounded(io.RawIOBase):
    """A zip's file, of which no piece is read that is larger than a list of members may be."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, at: int, whence: int = 0) -> int:
        return self._stream.seek(at, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def read(self, size: int = -1) -> bytes:
        if size > _LIST:
            raise SourceError(expected=f"a list of members of at most {_LIST} bytes", found=str(size), place=self._name)
        return self._stream.read(size)


class ZipMember(io.RawIOBase):
    """One member of a zip, unpacked and opened when it is first read; all that can be wrong with it is an OSError."""

    def __init__(self, package: ZipFile, member: ZipInfo, allowance: Allowance) -> None:
        self._package, self._member, self._allowance = package, member, allowance
        self._open: IO[bytes] | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill at most ``len(buffer)`` bytes; 0 at the end."""
        import lzma
        import zlib
        from zipfile import BadZipFile

        try:
            self._open = self._open or self._package.open(self._member)
            data = self._open.read(len(buffer))
        except (BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError) as error:
            raise OSError(str(error) or type(error).__name__) from None
        self._allowance.take(len(data))
        buffer[: len(data)] = data
        return len(data)


class Window(io.RawIOBase):
    """A member that is not packed, as a part of the zip's file in which one can go back."""

    def __init__(self, stream: BinaryIO, member: ZipInfo, allowance: Allowance) -> None:
        self._stream, self._allowance = stream, allowance
        self._head, self._size = member.header_offset, member.file_size
        self._start: int | None = None
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, at: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, at + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill at most ``len(buffer)`` bytes; 0 at the end."""
        if self._start is None:
            self._stream.seek(self._head)
            head = self._stream.read(_HEAD)
            if head[:4] != b"PK\x03\x04" or len(head) < _HEAD:
                raise OSError("no member where the zip says")
            self._start = self._head + _HEAD + sum(struct.unpack("<HH", head[-4:]))
        self._stream.seek(self._start + self._at)
        data = self._stream.read(max(0, min(len(buffer), self._size - self._at)))
        self._allowance.take(len(data))
        self._at += len(data)
        buffer[: len(data)] = data
        return len(data)
