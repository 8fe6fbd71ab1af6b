"""Members of a tar, read forwards, so that one in a pipe or in gzip is read too."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from sayso.gather.gunzip import Gunzip
from sayso.gather.packages import MEMBERS, Allowance, Listed
from sayso.gather.tape import Tape
from sayso.records import SourceError

if TYPE_CHECKING:
    from tarfile import TarFile, TarInfo

_GZIP_MAGIC = b"\x1f\x8b"
#: Bytes of what stands before a member: long names, attributes.
_HEAD = 1 << 20
_BLOCK = 512


def listed_in_tar(stream: BinaryIO, name: str) -> Iterator[Listed]:
    """The members, in order.

    Raises:
        SourceError: where it is no tar, breaks off, or unpacks to more than it may.
    """
    from tarfile import TarError, TarFile

    allowance = Allowance(name)
    counted = _Counted(stream, allowance)
    raw = io.BufferedReader(counted)
    gunzip = Gunzip(cast("BinaryIO", raw)) if raw.peek(2)[:2] == _GZIP_MAGIC else None
    forwards = _Forwards(Tape(gunzip or raw, 0), allowance)
    number = 0
    try:
        package = TarFile(fileobj=cast("IO[bytes]", forwards))
        while (member := _next(package, forwards)) is not None:
            number += 1
            if number > MEMBERS:
                raise SourceError(expected=f"a tar of at most {MEMBERS} members", found="more", place=name)
            yield Listed(member.name, member.isreg(), TarMember(package, member))
        # the library takes what is no member for the end
        forwards.seek(package.offset)
        forwards.check_end()
    except (TarError, ValueError, RecursionError, OverflowError, EOFError) as error:
        found = (gunzip and gunzip.damage) or str(error) or "what breaks off"
        raise SourceError(expected="a tar", found=f"{found}, after member {number}", place=name) from None
    if gunzip and gunzip.damage:
        raise SourceError(expected="whole gzip data", found=gunzip.damage, place=name)


def _next(package: TarFile, forwards: _Forwards) -> TarInfo | None:
    """The next member; those before are not kept, since the library keeps all that it met."""
    forwards.limit = _HEAD
    member = package.next()
    package.members = []  # type: ignore[attr-defined]
    forwards.limit = None
    return member


class _Counted(io.RawIOBase):
    """The package's file, as far as it was read."""

    def __init__(self, stream: BinaryIO, allowance: Allowance) -> None:
        self._stream, self._allowance = stream, allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._allowance.packed += len(data)
        return len(data)


class _Forwards:
    """What the library reads from: it may go on, and back by the last bytes.

    ``limit`` bounds a single piece: a member's name is read whole, and could be said to be of any length.
    """

    def __init__(self, tape: Tape, allowance: Allowance) -> None:
        self.limit: int | None = _HEAD
        self._tape, self._allowance = tape, allowance

    def tell(self) -> int:
        return self._tape.at

    def seek(self, at: int) -> None:
        while self._tape.at < at and (passed := self._tape.skip(min(at - self._tape.at, _HEAD))):
            self._allowance.take(passed)
        self._tape.hold()
        self._tape.goto(min(at, self._tape.at))

    def read(self, size: int) -> bytes:
        if self.limit is not None and size > self.limit:
            raise ValueError(f"{size} bytes before a member")
        data = self._tape.read(size)
        self._allowance.take(len(data))
        return data

    def check_end(self) -> None:
        """Raises a ValueError where there is something else than the end here."""
        if any(self._tape.read(_BLOCK)):
            raise ValueError("something else than a member")


class TarMember(io.RawIOBase):
    """One member of a tar; all that can be wrong with it is an OSError."""

    def __init__(self, package: TarFile, member: TarInfo) -> None:
        self._package, self._member = package, member
        self._open: IO[bytes] | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill at most ``len(buffer)`` bytes; 0 at the end."""
        from tarfile import TarError

        try:
            self._open = self._open or self._package.extractfile(self._member)
            data = self._open.read(len(buffer)) if self._open else b""
        except (TarError, ValueError, EOFError) as error:
            raise OSError(str(error) or type(error).__name__) from None
        buffer[: len(data)] = data
        return len(data)
