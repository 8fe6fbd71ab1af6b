"""Sources to pages: files, folders, archives, addresses and standard input, one page at a time, in the order given.

A source that cannot be read yields a ``SourceError`` in its place and the rest goes on; nothing here
holds more than one page (or one line of a ``.jsonl``) in memory.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from msgspec.structs import asdict, replace

from sayso.gather.fetch import Web
from sayso.gather.gunzip import Gunzip
from sayso.gather.mail import MAILS, page_of_mail
from sayso.gather.outputs import is_output, readings_of
from sayso.gather.packages import PACKAGES, TooMuchError, members_of
from sayso.gather.pdf import check_pdf
from sayso.gather.sniff import KINDS, looks_binary, sniff, strip_endings
from sayso.gather.tables import TABLES, holds_articles, is_table, items_of_rows
from sayso.gather.wanted import Wanted
from sayso.gather.warc import pages_of_warc
from sayso.records import Given, Page, PageKind, Problem, Reading, SourceError
from sayso.settings import Settings

#: What a source yields: a page to read, a reading that is one already, or why there is neither.
Gathered: TypeAlias = Page | Reading | SourceError

_HALVES = re.compile("[\ud800-\udfff]")
_GZIP_MAGIC = b"\x1f\x8b"
_HEAD = 4096


def gather(names: Iterable[str], wanted: Wanted, settings: Settings, web: Web | None = None) -> Iterator[Gathered]:
    """Everything that the named sources hold, in the order given; a folder's files in the order of their paths.

    Args:
        names: paths, addresses of pages, or ``-`` for standard input.
        wanted: how to take them.
        settings: bounds on the size of a page.
        web: where pages are fetched from and kept; else they are fetched for this once.
    """
    web = web or Web(settings)
    for name in names:
        try:
            yield from map(sound, _gather_one(name, wanted, settings, web))
        except SourceError as error:
            yield error
        except OSError as error:
            yield SourceError(expected="a readable file", found=error.strerror or str(error), place=name)


def _gather_one(name: str, wanted: Wanted, settings: Settings, web: Web) -> Iterator[Gathered]:
    if name == "-":
        yield from _pages_of(sys.stdin.buffer, "-", wanted, settings, web)
        return
    if wanted.take_as == "list" and ("://" in name or Path(name).is_dir()):
        found = "an address" if "://" in name else "a folder"
        raise SourceError(expected="a file that lists addresses", found=found, place=name)
    if "://" in name:
        yield web.page(name, wanted.given)
        return
    path = Path(name)
    if path.is_dir():
        yield from _folder(path, wanted, settings, web)
    elif not path.exists():
        raise SourceError(expected="a file, a folder or -", found="no such file", place=name)
    else:
        with path.open("rb") as stream:
            yield from _pages_of(stream, name, wanted, settings, web)


def sound(item: Gathered) -> Gathered:
    """The item; in a page's id and in what is said of it, half a character is U+FFFD, since no JSON can carry it.

    Names of files and words of the command line hold such halves where their bytes are no UTF-8, JSON where it says so.
    """
    if not isinstance(item, Page):
        return item
    said = _whole_texts(item.given)
    authors = tuple(_HALVES.sub("\ufffd", author) for author in item.given.authors)
    return replace(item, **_whole_texts(item), given=replace(item.given, **said, authors=authors))


def _whole_texts(record: Page | Given) -> dict[str, str]:
    return {field: _HALVES.sub("\ufffd", value) for field, value in asdict(record).items() if isinstance(value, str)}


def _folder(folder: Path, wanted: Wanted, settings: Settings, web: Web) -> Iterator[Gathered]:
    """The files of known kinds below a folder in the order of their paths; hidden ones and linked folders are left.

    So are tables whose columns are not those of articles: other work lies in folders too, and no address is fetched
    whose list was not named itself. A folder inside that cannot be listed is named, like a file that cannot be read.
    """
    if is_output(folder):
        yield from readings_of(folder, settings)
        return
    unread: list[OSError] = []
    below = [Path(root) / name for root, _, names in os.walk(folder, onerror=unread.append) for name in names]
    files = sorted(path for path in below if is_source(path, folder, wanted, settings))
    for error in unread:
        yield SourceError(expected="a readable folder", found=error.strerror or str(error), place=str(error.filename))
    if not files and not unread:
        found = f"{len(below)} others" if below else "an empty folder"
        yield SourceError(expected=f"files ending in {', '.join(KINDS)}", found=found, place=str(folder))
    yield from gather(map(str, files), wanted, settings, web)


def is_source(path: Path, folder: Path, wanted: Wanted, settings: Settings) -> bool:
    """Whether a file below a folder is read with it: of a known ending, not hidden, and if a table, one of articles."""
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    if hidden or strip_endings(path.name)[1] is None or not path.is_file():
        return False
    return not is_table(path.name) or holds_articles(path, wanted, settings)


def _pages_of(
    stream: BinaryIO, name: str, wanted: Wanted, settings: Settings, web: Web, called: str | None = None
) -> Iterator[Gathered]:
    """The pages of one open file, whatever kind it is; the kind is told by its ending, else by its first bytes.

    A file that is not called otherwise is called by its name.
    """
    ident, kind = ("stdin", None) if name == "-" else strip_endings(Path(name).name)
    ident = called or ident
    raw = io.BufferedReader(cast("io.RawIOBase", stream))
    kind = kind or _kind_by_head(raw.peek(_HEAD), wanted)
    as_list = wanted.take_as == "list"
    if kind == "warc" and not as_list:
        yield from pages_of_warc(cast("BinaryIO", raw), name, settings)
        return
    if kind in PACKAGES and not as_list:
        yield from _unpacked(kind, cast("BinaryIO", raw), name, wanted, settings, web)
        return
    gunzip = Gunzip(cast("BinaryIO", raw)) if raw.peek(2)[:2] == _GZIP_MAGIC else None
    plain = io.BufferedReader(gunzip or raw)
    if kind == "jsonl" or kind in TABLES or as_list:
        rows = cast("io.BufferedReader", plain)
        yield from items_of_rows(
            rows, name, kind, wanted, settings, web, lambda: bool(gunzip and gunzip.damage), stem=ident
        )
    else:
        content = plain.read(settings.max_page_bytes + 1)
        page = _page_of(content, kind, ident, name, wanted, settings.max_page_bytes)
        yield _broken_off(page, name, gunzip.damage) if gunzip and gunzip.damage else page
        return
    if gunzip and gunzip.damage:
        yield SourceError(expected="whole gzip data", found=gunzip.damage, place=name)


def _kind_by_head(head: bytes, wanted: Wanted) -> str:
    """By the first bytes; a text of which columns are named is a table."""
    kind = sniff(head)
    return "csv" if kind == "text" and wanted.columns else kind


def _unpacked(
    kind: str, stream: BinaryIO, name: str, wanted: Wanted, settings: Settings, web: Web
) -> Iterator[Gathered]:
    """The pages of the members of a package; one that cannot be read is named, and the others are read."""
    for member in members_of(kind, stream, name):
        if isinstance(member, SourceError):
            yield member
            continue
        try:
            yield from _pages_of(member.stream, member.place, wanted, settings, web, member.ident)
        except TooMuchError:
            raise
        except SourceError as error:
            yield error
        except OSError as error:
            yield SourceError(expected="a member that can be read", found=str(error), place=member.place)


def _page_of(content: bytes, kind: str, ident: str, name: str, wanted: Wanted, most: int) -> Page:
    """The page that a whole file is."""
    if kind in MAILS:
        page = page_of_mail(content[:most], kind, ident, name, wanted.given)
        return _with_problem(page, f"read up to {most} bytes: the file is longer") if len(content) > most else page
    if kind == "pdf":
        check_pdf(content, name)
        return Page(id=ident, content=content, kind="pdf", given=wanted.given)
    if looks_binary(content):
        raise SourceError(expected="a page of text", found="binary data", place=name)
    return Page(id=ident, content=content, kind=_page_kind(kind, wanted), given=wanted.given)


def _broken_off(page: Page, name: str, damage: str) -> Page:
    if not page.content:
        raise SourceError(expected="gzip data", found=damage, place=name)
    return _with_problem(page, f"read up to a break: {damage}")


def _with_problem(page: Page, what: str) -> Page:
    return replace(page, problems=(*page.problems, Problem(reader="gather", what=what)))


def _page_kind(kind: str, wanted: Wanted) -> PageKind:
    if wanted.take_as == "article":
        return "article"
    return "html" if kind == "html" else "text"
