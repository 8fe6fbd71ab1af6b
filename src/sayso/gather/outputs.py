"""What bulk reading wrote: the readings in its folder, to be taken as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from sayso.gather.parquet import parquet_table
from sayso.gather.rows import Row
from sayso.records import Reading, Record, RecordError, SourceError, from_json
from sayso.settings import Settings

_MANIFEST, _SCHEMA = "job.json", "sayso.bulk/"
_COLUMN = "reading"


class _Slice(Record, frozen=True, kw_only=True):
    """A part of the input, by the name of the files that it gave: nothing that leads to other folders."""

    name: Annotated[str, Meta(pattern="^[A-Za-z0-9-]+$")]


class _Manifest(Record, frozen=True, kw_only=True):
    """Of what the folder was made from, that which is needed here."""

    slices: tuple[_Slice, ...]


def is_output(folder: Path) -> bool:
    """Whether bulk reading wrote a folder."""
    try:
        with (folder / _MANIFEST).open("rb") as file:
            return file.read(64).startswith(f'{{"schema":"{_SCHEMA}'.encode())
    except OSError:
        return False


def readings_of(folder: Path, settings: Settings) -> Iterator[Reading | SourceError]:
    """The readings in it, in the order of the pages; those of parts that are not done are left out."""
    manifest = folder / _MANIFEST
    try:
        slices = from_json(manifest.read_bytes(), _Manifest, place=str(manifest)).slices
    except RecordError as error:
        yield SourceError(expected="what bulk reading was made from", found=error.found, place=error.place)
        return
    for name in (one.name for one in slices):
        path = folder / "readings" / f"{name}.parquet"
        if path.is_file() and (folder / "done" / f"{name}.json").is_file():
            yield from _readings_in(path, settings)


def _readings_in(path: Path, settings: Settings) -> Iterator[Reading | SourceError]:
    try:
        with path.open("rb") as stream:
            for row in parquet_table(stream, str(path), settings).rows(frozenset((_COLUMN,))):
                yield _reading(row) if isinstance(row, Row) else row
    except SourceError as error:
        yield error


def _reading(row: Row) -> Reading | SourceError:
    try:
        return from_json(str(row.cells.get(_COLUMN)), Reading, place=row.place)
    except RecordError as error:
        return SourceError(expected=error.expected, found=error.found, place=error.place)
