"""Sources to pages: files, folders, archives and standard input, one page at a time, in the order given.

A source that cannot be read yields a ``SourceError`` in its place and the rest goes on; nothing here
holds more than one page (or one line of a ``.jsonl``) in memory.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeAlias

from sayso.gather.jsonl import pages_of_jsonl
from sayso.gather.sniff import KINDS, looks_binary, sniff, strip_endings
from sayso.gather.warc import pages_of_warc
from sayso.records import Given, Page, Reading, Record, SourceError
from sayso.settings import Settings

#: What a source yields: a page to read, a reading that is one already, or why there is neither.
Gathered: TypeAlias = Page | Reading | SourceError

_GZIP_MAGIC = b"\x1f\x8b"
_BROKEN_GZIP = (EOFError, zlib.error, gzip.BadGzipFile)
_CHUNK = 1 << 16


class Wanted(Record, frozen=True, kw_only=True):
    """How sources are to be taken: as pages to clean or articles as they stand, and what is said of them."""

    take_as: Literal["auto", "page", "article"] = "auto"
    given: Given = Given()


def gather(names: Iterable[str], wanted: Wanted, settings: Settings) -> Iterator[Gathered]:
    """Everything that the named sources hold, in the order given; a folder's files in the order of their paths.

    Args:
        names: paths, or ``-`` for standard input.
        wanted: how to take them.
        settings: bounds on the size of a page.
    """
    for name in names:
        try:
            yield from _gather_one(name, wanted, settings)
        except SourceError as error:
            yield error
        except OSError as error:
            yield SourceError(expected="a readable file", found=error.strerror or str(error), place=name)


def _gather_one(name: str, wanted: Wanted, settings: Settings) -> Iterator[Gathered]:
    if name == "-":
        yield from _pages_of(sys.stdin.buffer, "-", wanted, settings)
        return
    if "://" in name:
        raise SourceError(
            expected="a file, a folder or -", found="a URL (fetch it first; sayso does not fetch yet)", place=name
        )
    path = Path(name)
    if path.is_dir():
        yield from gather(map(str, _files_below(path)), wanted, settings)
    elif not path.exists():
        raise SourceError(expected="a file, a folder or -", found="no such file", place=name)
    else:
        with path.open("rb") as stream:
            yield from _pages_of(stream, name, wanted, settings)


def _files_below(folder: Path) -> list[Path]:
    """Files of known kinds below a folder, sorted; hidden ones and links that leave it are left alone."""
    if not any(True for _ in folder.iterdir()):
        raise SourceError(expected="pages", found="an empty folder", place=str(folder))
    files = [path for path in sorted(folder.rglob("*")) if _is_page(path, folder)]
    if not files:
        raise SourceError(expected=f"files ending in {', '.join(KINDS)}", found="none", place=str(folder))
    return files


def _is_page(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and strip_endings(path.name)[1] is not None and path.is_file()


def _pages_of(stream: BinaryIO, name: str, wanted: Wanted, settings: Settings) -> Iterator[Gathered]:
    """The pages of one open file, whatever kind it is; the kind is told by its ending, else by its first bytes."""
    ident, kind = ("stdin", None) if name == "-" else strip_endings(Path(name).name)
    if kind == "warc":
        yield from pages_of_warc(stream, name, settings)
        return
    plain, head = _decompressed(stream)
    kind = kind or sniff(head)
    if kind == "jsonl":
        yield from pages_of_jsonl(plain, name, wanted.take_as, wanted.given, settings)
        return
    content = _read_bounded(plain, name, settings.max_page_bytes + 1)
    if looks_binary(content):
        raise SourceError(expected="a page of text", found="binary data", place=name)
    yield Page(id=ident, content=content, kind=_page_kind(kind, wanted), given=wanted.given)


def _page_kind(kind: str, wanted: Wanted) -> Literal["html", "text", "article"]:
    if wanted.take_as == "article":
        return "article"
    return "html" if kind == "html" else "text"


def _decompressed(stream: BinaryIO) -> tuple[BinaryIO, bytes]:
    """A stream of the plain bytes and its first kilobytes; compression is told by the bytes, not by the name."""
    plain = _buffered(stream)
    if plain.peek(2)[:2] == _GZIP_MAGIC:
        plain = _buffered(gzip.GzipFile(fileobj=plain))
    try:
        return plain, plain.peek(4096)[:4096]
    except _BROKEN_GZIP:
        return plain, b""


def _buffered(stream: Any) -> io.BufferedReader:
    return io.BufferedReader(stream, _CHUNK)


def _read_bounded(stream: BinaryIO, name: str, limit: int) -> bytes:
    """At most ``limit`` bytes. Of a compressed file that breaks off, what came before the break."""
    pieces: list[bytes] = []
    size = 0
    try:
        while size < limit and (piece := stream.read(min(_CHUNK, limit - size))):
            pieces.append(piece)
            size += len(piece)
    except _BROKEN_GZIP as error:
        if not pieces:
            raise SourceError(expected="gzip data", found=f"a damaged file ({error})", place=name) from None
    return b"".join(pieces)
