"""CSV, TSV and their kin, a row at a time: where quotes no longer come in pairs, no row is made up of what follows.

A quotation mark too many or too few turns texts inside out: the end of one becomes a row, the rows after it one text.
That shows at the next quotation marks, so a row is given when later ones with quotation marks were found sound.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from sayso.gather.rows import Row, Table, Told
from sayso.gather.sniff import looks_binary
from sayso.records import Problem, SourceError
from sayso.settings import Settings

#: What stands between cells, where the ending of a file does not say: the one that its first line has most of.
_DELIMITERS = ",;|"
_ADDRESS = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)
_ESCAPED = re.compile("[\udc80-\udcff]")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 4096

#: How many rows with quotation marks must be in order before one is given that stands before them. One would do, were
#: there no text with a line such as ``He called it "bad,"`` in it: turned inside out that is two cells.
_SOUND = 3


class _BrokenError(Exception):
    """Rows can no longer be told: what was found, in which line."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what, self.line = what, line


class _Record(NamedTuple):
    """The cells of a row, the line in which it begins, how long it is, and whether it has quotation marks."""

    cells: list[str]
    line: int
    size: int
    quoted: bool

    def is_sound(self, width: int) -> bool:
        """Whether it speaks for what stands before it: quotation marks in order, as many cells as there should be."""
        return self.quoted and len(self.cells) == width


class _Lines:
    """The lines of a file for one ``csv.reader``; counts what each of its rows takes, which is bounded."""

    def __init__(self, text: io.TextIOWrapper, first: str, limit: int) -> None:
        self._text, self._ahead, self._limit = text, first, limit
        self.number = 0
        self.begin()

    def begin(self) -> None:
        """Before each row."""
        self.start, self.size, self.quotes = self.number + 1, 0, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line, self._ahead = self._ahead or self._text.readline(self._limit), ""
        if not line:
            raise StopIteration
        self.number += 1
        self.size += len(line)
        self.quotes += line.count('"')
        if self.size >= self._limit:
            raise _BrokenError(f"a row of more than {self._limit} characters", self.start)
        return line


def delimited_table(
    stream: io.BufferedReader, name: str, delimiter: str | None, settings: Settings, *, numbered: bool
) -> Table:
    """A table of text; one whose first row holds an address has no heading, and its columns are called 1, 2, 3.

    Args:
        stream: the file, unpacked.
        name: its name.
        delimiter: what stands between its cells, None where its first line shall tell.
        settings: bounds on the size of a row.
        numbered: whether the caller speaks of its columns by numbers; then it has no heading, unless of numbers.

    Raises:
        SourceError: where it is no text, is empty, or breaks within its heading.
    """
    head = stream.peek(_HEAD)
    if looks_binary(head):
        raise SourceError(expected="a table of text", found="binary data", place=name)
    wide = head.startswith(_WIDE)
    text = io.TextIOWrapper(
        stream, encoding="utf-16" if wide else "utf-8-sig", errors="replace" if wide else "surrogateescape", newline=""
    )
    limit = settings.max_page_bytes
    first = text.readline(limit)
    delimiter = delimiter or _delimiter(first)
    # what programs write with tabs and without a heading is raw: a quotation mark there is no more than that
    raw = delimiter == "\t" and _is_headless(first.split("\t"))
    records = _records(_Lines(text, first, limit), delimiter, raw=raw)
    try:
        heading = next(one for one in records if any(one.cells))
    except StopIteration:
        raise SourceError(expected="a row with the names of columns", found="nothing", place=name) from None
    except _BrokenError as broken:
        raise SourceError(expected="a row with the names of columns", found=broken.what, place=name) from None
    names, seen = tuple(cell.strip() for cell in heading.cells), {}
    if _is_headless(names) or (numbered and not any(one.isdecimal() for one in names)):
        addresses = [str(at) for at, cell in enumerate(names, 1) if _ADDRESS.fullmatch(cell)]
        seen = {"url": addresses[0]} if addresses else {}
        names, records = tuple(map(str, range(1, len(names) + 1))), chain([heading], records)
    return Table(names, lambda used: _rows(records, names, used, name, settings.max_text_chars), seen)


def _delimiter(line: str) -> str:
    """A tab where the first line has one, since few headings do otherwise; else the most frequent."""
    return "\t" if "\t" in line else max(_DELIMITERS, key=line.count)


def _is_headless(cells: Sequence[str]) -> bool:
    return any(_ADDRESS.fullmatch(cell) for cell in cells)


def _records(lines: _Lines, delimiter: str, *, raw: bool) -> Iterator[_Record]:
    """Rows as the file has them.

    Raises:
        _BrokenError: where its quotation marks are uneven, or a row is too long.
    """
    # the bound of the module is one for the whole program: rows have their own here
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 30))
    quoting: Any = csv.QUOTE_NONE if raw else csv.QUOTE_MINIMAL
    reader = csv.reader(lines, delimiter=delimiter, strict=True, quoting=quoting)
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _BrokenError(str(error), lines.start) from None
        if lines.quotes % 2 and not raw:
            raise _BrokenError("an odd number of quotation marks", lines.start)
        yield _Record(cells, lines.start, lines.size, lines.quotes > 0 and not raw)


def _rows(
    records: Iterator[_Record], names: Sequence[str], used: frozenset[str], name: str, most: int
) -> Iterator[Told]:
    """The rows that are told for certain, with the cells of the columns that are used."""
    places: dict[str, int] = {}
    for at, one in enumerate(names):
        if one in used:
            # of two columns with one name the first
            places.setdefault(one, at)
    number = 0
    for record in _certain(records, len(names), name, most):
        if isinstance(record, SourceError):
            yield record
            return
        number += bool(record.cells)
        place = f"{name}, line {record.line}"
        if not any(record.cells):
            continue
        if len(record.cells) != len(names):
            yield SourceError(expected=f"{len(names)} cells", found=f"{len(record.cells)}", place=place)
            continue
        cells = {one: record.cells[index] for one, index in places.items()}
        whole = {one: _mended(cell) for one, cell in cells.items()}
        problems = (Problem(reader="gather", what="not UTF-8: read as windows-1252"),) if whole != cells else ()
        yield Row(number, place, whole, problems)


def _certain(records: Iterator[_Record], width: int, name: str, most: int) -> Iterator[_Record | SourceError]:
    """Rows, each when enough later ones were found sound, or all were read.

    What is held back meanwhile is no longer than the longest text that is read: a break could hide in no more.
    """
    held: deque[_Record] = deque()
    sound = size = 0
    try:
        for record in records:
            held.append(record)
            sound += record.is_sound(width)
            size += record.size
            while sound > _SOUND or (sound == _SOUND and not held[0].is_sound(width)) or size > most:
                sound -= held[0].is_sound(width)
                size -= held[0].size
                yield held.popleft()
    except _BrokenError as broken:
        since = held[0].line if held else broken.line
        found = f"{broken.what} in the row of line {broken.line}; nothing was read from line {since} on"
        expected = 'cells in quotation marks, any within a cell doubled ("")'
        yield SourceError(expected=expected, found=found, place=f"{name}, line {since}")
        return
    yield from held


def _mended(cell: str) -> str:
    """A cell; one whose bytes are no UTF-8 is read as windows-1252, as browsers do."""
    if _ESCAPED.search(cell) is None:
        return cell
    return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
