"""Tables of articles and lists of addresses: the rows of any kind of file to pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from sayso.gather.columns import STANDARD, Columns, columns_of
from sayso.gather.delimited import delimited_table
from sayso.gather.fetch import Web
from sayso.gather.gunzip import Gunzip
from sayso.gather.jsonl import json_table, rows_of_lines
from sayso.gather.lists import ONE_A_LINE, fetched, rows_of_list
from sayso.gather.parquet import parquet_table
from sayso.gather.rows import Row, Table, Told, page_of_row
from sayso.gather.sniff import looks_binary, strip_endings
from sayso.gather.wanted import Wanted
from sayso.records import Page, Reading, RecordError, SourceError, from_json
from sayso.settings import Settings

#: Kinds of files that hold rows; what the rows hold, their columns say.
TABLES = frozenset({"csv", "tsv", "json", "parquet"})
_ROWS = TABLES | {"jsonl", "text"}
_HEAD = 4096

#: Kinds in which a part of a row looks like a row.
_OPEN_ENDED = frozenset({"csv", "tsv", "text"})

#: Letters of a cell that is a text, not a summary; and rows that are looked at for one.
_TEXT, _LOOKED_AT = 1000, 20

#: One of these beside a text tells a table of articles from any other that has a column called "text".
_OF_ARTICLES = frozenset({"title", "publisher", "published", "url", "authors"})

Item: TypeAlias = Page | Reading | SourceError
ColumnsAt: TypeAlias = Callable[[Row], Columns]


def items_of_rows(
    stream: io.BufferedReader,
    name: str,
    kind: str,
    wanted: Wanted,
    settings: Settings,
    web: Web,
    is_broken: Callable[[], bool],
    stem: str,
) -> Iterator[Item]:
    """The article of each row; where rows hold no text but an address, the page there.

    ``is_broken`` says at the end of the file whether it ended too early. A row without an id is called by its number
    after ``stem``.

    Raises:
        SourceError: where the file is of another kind, or its columns do not tell.
    """
    rows, columns, is_list = _told(stream, name, kind, wanted, settings)
    if kind in _OPEN_ENDED:
        rows = _whole(rows, is_broken)
    if is_list:
        yield from fetched(rows, columns, wanted, web)
        return
    for row in rows:
        yield row if isinstance(row, SourceError) else _item(row, columns, stem, wanted)


def items_of_lines(stream: io.BufferedIOBase, name: str, settings: Settings, before: int = 0) -> Iterator[Item]:
    """The article of each line of JSON in a part of a file; so many lines of it went ``before``."""
    stem, wanted = strip_endings(Path(name).name)[0], Wanted()
    for row in rows_of_lines(cast("BinaryIO", stream), name, settings, before=before):
        yield row if isinstance(row, SourceError) else _item(row, lambda one: _of_line(one, wanted), stem, wanted)


def _whole(rows: Iterator[Told], is_broken: Callable[[], bool]) -> Iterator[Told]:
    """The rows, but for the last of a file that breaks off: that may be a part of one."""
    ahead: Told | None = None
    for row in rows:
        if ahead is not None:
            yield ahead
        ahead = row
    if ahead is not None and not is_broken():
        yield ahead


def _item(row: Row, columns: ColumnsAt, stem: str, wanted: Wanted) -> Item:
    try:
        return from_json(row.raw, Reading, place=row.place) if row.raw else page_of_row(row, columns(row), stem, wanted)
    except (SourceError, RecordError) as error:
        return SourceError(expected=error.expected, found=error.found, place=error.place)


def _told(
    stream: io.BufferedReader, name: str, kind: str, wanted: Wanted, settings: Settings
) -> tuple[Iterator[Told], ColumnsAt, bool]:
    """Rows, the columns of each, and whether they are a list of addresses."""
    as_list = wanted.take_as == "list"
    if kind not in _ROWS:
        raise SourceError(expected="a list of addresses: a text, a table or JSON", found=kind, place=name)
    if kind == "text":
        if looks_binary(stream.peek(_HEAD)):
            raise SourceError(expected="a list of addresses", found="binary data", place=name)
        return rows_of_list(stream, name), lambda _: ONE_A_LINE, True
    table = rows_of_lines(stream, name, settings) if kind == "jsonl" else _opened(stream, name, kind, wanted, settings)
    if not isinstance(table, Table):
        return table, lambda row: _of_line(row, wanted), as_list
    found = _of_table(table, name, wanted)
    if found.is_list and not found.is_sure:
        rows = _without_texts(table.rows(frozenset(table.names)), found)
    else:
        rows = table.rows(found.used)
    return rows, lambda _: found, found.is_list


def _without_texts(rows: Iterator[Told], columns: Columns) -> Iterator[Told]:
    """The rows of a list of addresses.

    Raises:
        SourceError: where a column that nothing is known of holds whole texts: nobody asked for them to be fetched.
    """
    first = list(islice(rows, _LOOKED_AT))
    for row in first:
        for column, cell in row.cells.items() if isinstance(row, Row) else ():
            if isinstance(cell, str) and len(cell) >= _TEXT and column not in columns.used:
                expected = (
                    f"a list of addresses (else say --column text={column}; to fetch them all the same, --as list)"
                )
                raise SourceError(expected=expected, found=f"a text in the column {column}", place=row.place)
    return chain(first, rows)


def _opened(
    stream: io.BufferedReader, name: str, kind: str, wanted: Wanted, settings: Settings
) -> Table | Iterator[Told]:
    if kind == "json":
        return json_table(stream, name, settings)
    if kind == "parquet":
        return parquet_table(stream, name, settings)
    numbered = bool(wanted.columns) and all(one.isdecimal() for one in wanted.columns.values())
    return delimited_table(stream, name, "\t" if kind == "tsv" else None, settings, numbered=numbered)


def _of_table(table: Table, name: str, wanted: Wanted) -> Columns:
    """The columns of a whole table; readings are told by their schema."""
    try:
        return columns_of(table.names, {**table.seen, **wanted.columns}, name, as_list=wanted.take_as == "list")
    except SourceError:
        if wanted.take_as == "list" or "schema" not in table.names:
            raise
        return STANDARD


def _of_line(row: Row, wanted: Wanted) -> Columns:
    """The columns of a line of JSON: those it has always been read by, unless it or the caller says others."""
    try:
        found = _told_by_line(row, wanted)
    except SourceError:
        if wanted.columns or wanted.take_as == "list":
            raise
        return STANDARD
    if found.is_list and wanted.take_as != "list":
        raise SourceError(expected='"text", a string', found="an address; --as list fetches it", place=row.place)
    return found


def _told_by_line(row: Row, wanted: Wanted) -> Columns:
    as_list = wanted.take_as == "list"
    if row.raw or ("text" in row.cells and not wanted.columns and not as_list):
        return STANDARD
    return columns_of(row.cells, wanted.columns, row.place, as_list=as_list)


def is_table(name: str) -> bool:
    """Whether a file is a table by its ending."""
    return strip_endings(name)[1] in TABLES


def holds_articles(path: Path, wanted: Wanted, settings: Settings) -> bool:
    """Whether a table that nobody named is one of articles: it has a text, and something more that articles have."""
    columns = _looked_at(path, wanted, settings)
    if columns is None or columns.is_list:
        return False
    return bool(wanted.columns) or bool(_OF_ARTICLES & columns.of.keys())


def is_list(path: Path, wanted: Wanted, settings: Settings) -> bool:
    """Whether a table holds addresses alone, which would be fetched."""
    columns = _looked_at(path, wanted, settings)
    return columns is not None and columns.is_list


def _looked_at(path: Path, wanted: Wanted, settings: Settings) -> Columns | None:
    """The columns of a table, None where they do not tell or it cannot be read."""
    kind = strip_endings(path.name)[1] or ""
    try:
        with path.open("rb") as stream:
            gunzip = Gunzip(stream) if stream.peek(2)[:2] == b"\x1f\x8b" else None
            plain = io.BufferedReader(gunzip or cast("io.RawIOBase", stream))
            table = _opened(cast("io.BufferedReader", plain), str(path), kind, wanted, settings)
            if isinstance(table, Table):
                return _of_table(table, str(path), wanted)
            first = next(table, None)
            return _told_by_line(first, wanted) if isinstance(first, Row) else None
    except (SourceError, OSError):
        return None
