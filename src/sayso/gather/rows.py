"""One row of a table to a page: an article's text with what else the row says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from sayso.gather.columns import Columns
from sayso.gather.wanted import Wanted
from sayso.records import Given, Page, Problem, SourceError


class Row(NamedTuple):
    """One row: its number from 1, where it stands, the cells of the columns that are used, what was met on the way.

    ``raw`` is the JSON that it came from, if it did: that may be a reading.
    """

    number: int
    place: str
    cells: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    raw: bytes = b""


#: A row, or why there is none.
Told: TypeAlias = Row | SourceError


class Table(NamedTuple):
    """The names of a table's columns, and what gives its rows with the cells of those that are named.

    ``seen`` are columns, by field, that are told by what they hold.
    """

    names: tuple[str, ...]
    rows: Callable[[frozenset[str]], Iterator[Told]]
    seen: Mapping[str, str] = {}


def page_of_row(row: Row, columns: Columns, stem: str, wanted: Wanted) -> Page:
    """The article of a row.

    Raises:
        SourceError: where it has no text.
    """
    (name,) = columns.of["text"]
    text = row.cells.get(name)
    if not isinstance(text, str):
        found = "none" if text is None else type(text).__name__
        raise SourceError(expected=f'"{name}", a string', found=found, place=row.place)
    return Page(
        id=said(row, columns, "id") or f"{stem}-{row.number}",
        content=text.encode("utf-8", "surrogatepass"),
        kind="text" if wanted.take_as == "page" else "article",
        given=given_of(row, columns, wanted.given),
        fetched=_words(row.cells.get("fetched")),
        problems=row.problems,
    )


def given_of(row: Row, columns: Columns, given: Given) -> Given:
    """What the row says of its article; what the row leaves open, the caller may say of all."""
    return Given(
        title=said(row, columns, "title") or given.title,
        publisher=said(row, columns, "publisher") or given.publisher,
        published=said(row, columns, "published") or given.published,
        url=said(row, columns, "url") or given.url,
        authors=_authors(row, columns) or given.authors,
    )


def said(row: Row, columns: Columns, field: str) -> str | None:
    """What a row says of a field, if anything; a number only where it is an id."""
    for name in columns.of.get(field, ()):
        value = row.cells.get(name)
        if field == "id" and isinstance(value, int | float) and value == value // 1:
            return str(int(value))
        if words := _words(value):
            return words
    return None


def _words(value: Any) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) and value.strip() else None


def _authors(row: Row, columns: Columns) -> tuple[str, ...]:
    """Names in a list, or in one cell with semicolons between them."""
    for name in columns.of.get("authors", ()):
        value = row.cells.get(name)
        names = value.split(";") if isinstance(value, str) else value
        if isinstance(names, list):
            return tuple(one.strip() for one in names if isinstance(one, str) and one.strip())
    return ()
