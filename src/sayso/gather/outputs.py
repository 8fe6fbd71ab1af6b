"""What bulk reading wrote: the readings in its folder, to be taken as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sayso.gather.parquet import parquet_table
from sayso.gather.rows import Row
from sayso.records import Reading, RecordError, SourceError, from_json
from sayso.settings import Settings

_MANIFEST, _SCHEMA = "job.json", "sayso.bulk/"
_COLUMN = "reading"


def is_output(folder: Path) -> bool:
    """Whether bulk reading wrote a folder."""
    try:
        with (folder / _MANIFEST).open("rb") as file:
            return file.read(64).startswith(f'{{"schema":"{_SCHEMA}'.encode())
    except OSError:
        return False


def readings_of(folder: Path, settings: Settings) -> Iterator[Reading | SourceError]:
    """The readings in it, in the order of the pages; those of parts that are not done are left out."""
    slices = json.loads((folder / _MANIFEST).read_bytes())["slices"]
    for name in (one["name"] for one in slices):
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
