"""Rows in JSON: one object a line, or one array of objects, which is read whole and therefore bounded."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from sayso.gather.rows import Row, Table, Told
from sayso.records import READING_SCHEMA, SourceError
from sayso.settings import Settings

#: Objects of an array whose keys are taken for its columns: not every object has every key.
_LOOKED_AT = 100


def rows_of_lines(
    stream: BinaryIO, name: str, settings: Settings, first: bytes = b"", before: int = 0
) -> Iterator[Told]:  # fmt: skip
    """One row or error for each line that is not blank, in order.

    ``first`` is a line that was taken already; so many lines went ``before``.
    """
    limit, number = settings.max_page_bytes, before
    while line := first or stream.readline(limit):
        first = b""
        number += 1
        place = f"{name}, line {number}"
        if len(line) >= limit:
            _skip_line(stream, limit)
            yield SourceError(expected=f"a line under {limit} bytes", found="a longer one", place=place)
        elif line.strip():
            yield _row_of_line(line, number, place)


def _skip_line(stream: BinaryIO, size: int) -> None:
    while (piece := stream.readline(size)) and not piece.endswith(b"\n"):
        pass


def _row_of_line(line: bytes, number: int, place: str) -> Told:
    try:
        return _row(_parsed(line, place), number, place, line)
    except SourceError as error:
        return error


def _parsed(content: bytes, place: str) -> Any:
    """JSON as lenient as programs write it: half a character, ``NaN``."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise SourceError(expected="a JSON object", found=f"no JSON ({error})", place=place) from None


def _row(value: Any, number: int, place: str, raw: bytes | None = None) -> Told:
    if not isinstance(value, dict):
        return SourceError(expected="a JSON object", found=type(value).__name__, place=place)
    is_reading = value.get("schema") == READING_SCHEMA
    return Row(number, place, value, raw=(raw or json.dumps(value).encode()) if is_reading else b"")


def json_table(stream: io.BufferedReader, name: str, settings: Settings) -> Table | Iterator[Told]:
    """The objects of an array, or of the one array that an object holds, as answers of many services do.

    A file of one object a line that is called ``.json`` gives its lines.

    Raises:
        SourceError: where it is no JSON, holds no objects, or is longer than a page may be.
    """
    limit = settings.max_page_bytes
    first = stream.readline(limit)
    if _is_object(_line(first)):
        return rows_of_lines(stream, name, settings, first)
    content = first + stream.read(limit + 1 - len(first))
    if len(content) > limit:
        expected = f"JSON of at most {limit} bytes, or one object a line (.jsonl)"
        raise SourceError(expected=expected, found="a longer array", place=name)
    values = _objects(_parsed(content, name))
    if values is None:
        raise SourceError(expected="a JSON array of objects", found="another value", place=name)
    keys = dict.fromkeys(key for one in values[:_LOOKED_AT] if isinstance(one, dict) for key in one)
    return Table(tuple(keys), lambda _: (_row(one, at, f"{name}, row {at}") for at, one in enumerate(values, 1)))


def _line(line: bytes) -> Any:
    """The value of a first line, None where it is no JSON by itself."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _is_object(value: Any) -> bool:
    """Whether a value is an object for itself, not one around an array of them."""
    return isinstance(value, dict) and _objects(value) == [value]


def _objects(value: Any) -> list[Any] | None:
    """The objects of an array, of the only array of objects within an object, or the object itself."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    lists = [one for one in value.values() if isinstance(one, list) and one and isinstance(one[0], dict)]
    is_article = "text" in value or "schema" in value
    return lists[0] if len(lists) == 1 and not is_article else [value]
