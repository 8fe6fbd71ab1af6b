"""Files in one file: the members of a zip (a WACZ is one) or a tar, one after the other, nothing written to disk.

A package may be made to harm. A member's path only names its page; links and what is no file are passed; how many
members there are, how long a path is and what they unpack to is bounded; and no package in a package is opened.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

from sayso.gather.sniff import strip_endings
from sayso.records import SourceError

#: Kinds of packages.
PACKAGES = frozenset({"zip", "tar"})

#: Kinds of files that are read in a package. No lists of addresses: what is fetched is named by whoever runs this.
_READ = frozenset({"html", "text", "jsonl", "warc", "mhtml", "eml", "pdf"})

MEMBERS = 200_000
_PATH = 1000
#: So much at least a package may unpack to, and so many times its own size.
_LEAST, _RATIO = 1 << 30, 200


class Member(NamedTuple):
    """A file in a package.

    ``ident`` is its path without endings, unlike that of any other member; ``place`` is where to look for it.
    """

    ident: str
    place: str
    stream: BinaryIO


class Listed(NamedTuple):
    """A member as the package lists it: its path as it is given there, and how it is opened."""

    path: str
    is_file: bool
    stream: io.RawIOBase | None
    problem: str | None = None


def members_of(kind: str, stream: BinaryIO, name: str) -> Iterator[Member | SourceError]:
    """The members that may hold pages, in the package's order; each is read before the next one is asked for.

    Raises:
        SourceError: where it is no such package, breaks off, or unpacks to more than it may.
    """
    from sayso.gather.tars import listed_in_tar
    from sayso.gather.zips import listed_in_zip

    listed = (listed_in_zip if kind == "zip" else listed_in_tar)(stream, name)
    taken: Counter[str] = Counter()
    others = 0
    for one in listed:
        path = _plain(one.path)
        ident, what = strip_endings(path)
        place = f"{name}/{path}"
        if not one.is_file or _is_hidden(path) or what not in _READ | PACKAGES or not path:
            others += 1
            continue
        taken[ident] += 1
        if (problem := one.problem or _problem(path, what)) is not None or one.stream is None:
            yield SourceError(expected="a member that can be read", found=problem or "none", place=place[:_PATH])
            continue
        number = taken[ident]
        yield Member(f"{ident}~{number}" if number > 1 else ident, place, io.BufferedReader(one.stream))
    if not taken:
        raise SourceError(expected="a package with pages", found=f"{others} others" if others else "none", place=name)


def _plain(path: str) -> str:
    """A member's path as a name: no root, no way up, and nothing that a screen could take for more than a name."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return "".join(char if char.isprintable() else "\ufffd" for char in "/".join(parts))


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(path).parts)


def _problem(path: str, kind: str | None) -> str | None:
    if kind in PACKAGES:
        return "a package in a package; unpack it first"
    return f"a path of {len(path)} characters" if len(path) > _PATH else None


class TooMuchError(SourceError):
    """A package unpacks to more than it may: nothing more of it is read."""


class Allowance:
    """What a package may unpack to.

    Args:
        name: the package.
        packed: how many bytes of it were read, or its size.
    """

    def __init__(self, name: str, packed: int = 0) -> None:
        self.packed = packed
        self._name = name
        self._unpacked = 0

    def take(self, size: int) -> None:
        """Counts what was unpacked.

        Raises:
            TooMuchError: where it is more than a package may unpack to.
        """
        self._unpacked += size
        if self._unpacked > max(_LEAST, _RATIO * self.packed):
            expected = f"a package that unpacks to at most {_RATIO} times its size"
            raise TooMuchError(expected=expected, found="a larger one", place=self._name)
