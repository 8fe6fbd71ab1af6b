"""The input of a job cut into slices: each can be read alone, again, and on any machine that sees the files."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path, PurePosixPath
from typing import Literal

from sayso.bulk.input import Seen, base_of, seen_now, unescaped
from sayso.gather import (
    Gathered,
    Wanted,
    cuts_of_warc,
    gather,
    items_of_lines,
    kind_of,
    pages_of_warc_range,
)
from sayso.gather.sources import sound
from sayso.records import Record
from sayso.settings import Settings

How = Literal["warc", "jsonl", "files"]

#: Bytes of a slice: web archives are packed, and most of what they hold is passed over.
WARC_BYTES, BYTES = 32_000_000, 4_000_000

#: Files of a slice: of empty ones there may be a million, and a slice is told of, and lost, as one.
_FILES = 500

_BLOCK = 1 << 20


class Slice(Record, frozen=True, kw_only=True):
    """A part of the input: bytes [start, end) of one web archive or JSONL file, or whole files of other kinds.

    ``name`` tells it from all others, and from a slice of a file that was changed; ``lines`` stand before it.
    ``paths`` are ``escaped``; ``seen``: what was known of each file when it was cut.
    """

    name: str
    how: How
    paths: tuple[str, ...]
    seen: tuple[Seen, ...]
    start: int = 0
    end: int = 0
    lines: int = 0

    @property
    def order(self) -> tuple[tuple[str, ...], int]:
        """Slices, and so pages, stand in the order of their paths and places, however they were cut."""
        return order_of(self.paths[0]), self.start


def order_of(path: str) -> tuple[str, ...]:
    """What a path is sorted by: folder by folder, as sources of a folder are."""
    return PurePosixPath(path).parts


def cut(root: Path, files: dict[str, Seen], slice_bytes: int = 0) -> list[Slice]:
    """Slices of some files, in order.

    Args:
        slice_bytes: about so large; where 0, ``WARC_BYTES`` for web archives and ``BYTES`` for all else.
    """
    base = base_of(root)
    found: list[Slice] = []
    for how, group in groupby(sorted(files, key=order_of), key=lambda path: _how(base / unescaped(path))):
        if how == "files":
            found += _together(group, files, slice_bytes or BYTES)
        else:
            for path in group:
                found += _in_parts(how, base, path, files[path], slice_bytes)
    return found


def _in_parts(how: How, base: Path, path: str, seen: Seen, size: int) -> list[Slice]:
    """Parts of a file; one that cannot be read now is a slice as a whole, so that its reading fails, and it alone."""
    try:
        if how == "warc":
            return list(_by_records(base, path, seen, size or WARC_BYTES))
        return list(_by_lines(base, path, seen, size or BYTES))
    except OSError:
        return [_slice(how, [path], {path: seen}, 0, seen[0])]


def _how(path: Path) -> How:
    kind = kind_of(path.name)
    if kind == "warc":
        return "warc"
    # of a packed file no part can be read without what stands before it
    return "jsonl" if kind == "jsonl" and not _is_packed(path) else "files"


def _is_packed(path: Path) -> bool:
    """Whether a file is packed, whatever it is called; one that cannot be opened is told of when it is read."""
    try:
        with path.open("rb") as stream:
            return stream.read(2) == b"\x1f\x8b"
    except OSError:
        return path.name.lower().endswith(".gz")


def _together(paths: Iterable[str], files: dict[str, Seen], most: int) -> Iterator[Slice]:
    """Whole files, several small ones in one slice."""
    lot: list[str] = []
    size = 0
    for path in paths:
        size += files[path][0]
        if lot and (size > most or len(lot) == _FILES):
            yield _slice("files", lot, files)
            lot, size = [], files[path][0]
        lot.append(path)
    if lot:
        yield _slice("files", lot, files)


def _by_records(base: Path, path: str, seen: Seen, most: int) -> Iterator[Slice]:
    """Parts of a web archive that begin where a record does: a large one is walked through once, to see where."""
    cuts = (0, seen[0]) if seen[0] <= most else cuts_of_warc(base / unescaped(path), most)
    for start, end in pairwise(cuts):
        yield _slice("warc", [path], {path: seen}, start, end)


def _by_lines(base: Path, path: str, seen: Seen, most: int) -> Iterator[Slice]:
    """Whole lines: the file is gone through once, to see where they end and how many stand before each slice."""
    start = lines = 0
    with (base / unescaped(path)).open("rb") as stream:
        while start < seen[0] or start == 0:
            stream.seek(start)
            inside, end = 0, start
            while end - start < most and (block := stream.read(min(_BLOCK, most - (end - start)))):
                inside, end = inside + block.count(b"\n"), end + len(block)
            inside, end = _to_line_end(stream, inside, end, block)
            if end > start or start == 0:
                yield _slice("jsonl", [path], {path: seen}, start, end, lines)
            if end == start:
                # an empty file, or one that became shorter since it was seen
                return
            start, lines = end, lines + inside


def _to_line_end(stream: io.BufferedReader, inside: int, end: int, last: bytes) -> tuple[int, int]:
    """Lines and end of a slice, moved on to the end of the line that it breaks off in."""
    while last and not last.endswith(b"\n") and (last := stream.readline(_BLOCK)):
        inside, end = inside + last.count(b"\n"), end + len(last)
    return inside, end


def _slice(
    how: How, paths: Sequence[str], files: dict[str, Seen], start: int = 0, end: int = 0, lines: int = 0
) -> Slice:
    seen = tuple(files[path] for path in paths)
    told = f"{list(zip(paths, seen, strict=True))} {start} {end}"
    stem = "".join(char if char.isalnum() and char.isascii() else "-" for char in Path(paths[0]).name)[:40]
    name = f"{stem}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
    return Slice(name=name, how=how, paths=tuple(paths), seen=seen, start=start, end=end, lines=lines)


def is_unchanged(one: Slice, root: Path) -> bool:
    """Whether all files of a slice are there as they were when it was cut."""
    base = base_of(root)
    try:
        return tuple(seen_now(base / unescaped(path)) for path in one.paths) == one.seen
    except OSError:
        return False


def items_of(one: Slice, root: Path, settings: Settings) -> Iterator[Gathered]:
    """What a slice holds, in order: pages, readings, and errors in the place of what cannot be had.

    Raises:
        OSError: where a file cannot be opened: that is no page's fault, and the next run may have it.
    """
    base = base_of(root)
    paths = [base / unescaped(path) for path in one.paths]
    path = paths[0]
    if one.how == "files":
        for each in paths:
            # one that cannot be opened may be there again at the next run
            each.open("rb").close()
        yield from gather(map(str, paths), Wanted(), settings)
    elif one.how == "warc":
        yield from pages_of_warc_range(path, one.start, one.end, settings, walked=True)
    else:
        with path.open("rb") as stream:
            part = io.BufferedReader(_Part(stream, one.start, one.end))
            yield from map(sound, items_of_lines(part, str(path), settings, before=one.lines))


class _Part(io.RawIOBase):
    """Bytes [start, end) of a file, read as they are asked for: a slice may be larger than the memory."""

    def __init__(self, stream: io.BufferedReader, start: int, end: int) -> None:
        self._stream, self._left = stream, end - start
        stream.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill at most ``len(buffer)`` bytes; 0 at the end."""
        data = self._stream.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)
