"""Ready articles, one JSON object a line: ``id``, ``text`` and, if known, title, publisher, published, url, authors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal

from sayso.gather.sniff import strip_endings
from sayso.records import READING_SCHEMA, Given, Page, Reading, RecordError, SourceError, from_json
from sayso.settings import Settings

Line = Page | Reading | SourceError


def pages_of_jsonl(
    stream: BinaryIO, name: str, take_as: Literal["auto", "page", "article"], given: Given, settings: Settings,
    before: int = 0, stem: str | None = None,
) -> Iterator[Line]:  # fmt: skip
    """One page, reading or error for each line that is not blank, in order; ``before``: lines that went before.

    A line without an id is called by its number after ``stem``, which is the file's name where nothing else is said.
    """
    stem = stem or ("stdin" if name == "-" else strip_endings(Path(name).name)[0])
    number = before
    while line := stream.readline(settings.max_page_bytes):
        number += 1
        place = f"{name}, line {number}"
        if len(line) == settings.max_page_bytes:
            _skip_line(stream, settings.max_page_bytes)
            yield SourceError(
                expected=f"a line under {settings.max_page_bytes} bytes", found="a longer one", place=place
            )
        elif line.strip():
            try:
                yield _page_of_line(line, place, f"{stem}-{number}", take_as, given)
            except (SourceError, RecordError) as error:
                yield SourceError(expected=error.expected, found=error.found, place=error.place)


def _skip_line(stream: BinaryIO, size: int) -> None:
    while (piece := stream.readline(size)) and not piece.endswith(b"\n"):
        pass


def _page_of_line(
    line: bytes, place: str, ident: str, take_as: Literal["auto", "page", "article"], given: Given
) -> Page | Reading:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(expected="a JSON object", found=f"no JSON ({error})", place=place) from None
    if not isinstance(row, dict):
        raise SourceError(expected="a JSON object", found=type(row).__name__, place=place)
    if row.get("schema") == READING_SCHEMA:
        return from_json(line, Reading, place=place)
    text = row.get("text")
    if not isinstance(text, str):
        raise SourceError(
            expected='"text", a string', found="none" if text is None else type(text).__name__, place=place
        )
    return Page(
        id=_text(row, "id") or ident,
        content=text.encode("utf-8", "surrogatepass"),
        kind="text" if take_as == "page" else "article",
        given=_given(row, given),
        fetched=_text(row, "fetched"),
    )


def _given(row: dict[str, Any], given: Given) -> Given:
    """What the line says of itself; what the line leaves open, the caller may say of all."""
    authors = row.get("authors")
    return Given(
        title=_text(row, "title") or given.title,
        publisher=_text(row, "publisher") or _text(row, "outlet") or given.publisher,
        published=_text(row, "published") or given.published,
        url=_text(row, "url") or given.url,
        authors=tuple(a for a in authors if isinstance(a, str)) if isinstance(authors, list) else given.authors,
    )


def _text(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    if isinstance(value, int) and key == "id":
        return str(value)
    return value if isinstance(value, str) and value.strip() else None
