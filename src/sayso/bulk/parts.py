"""What a slice gives, on the disk: a part of each table, and last of all a mark that the slice is done.

Whatever ends a job, the parts of a slice with a mark are whole, and those of any other are written again.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sayso.bulk.tables import OF_SLICES, Row, arrow, cleaned, schema
from sayso.records import Record, RecordError, from_json, to_json

#: Rows that are held in memory before they are written.
_AT_ONCE = 256

_TEMPORARY = ".tmp"


class Done(Record, frozen=True, kw_only=True):
    """What became of a slice; ``failed`` says why it could not be read, and is None where it was.

    ``read``: readings, ``skipped``: pages passed over, ``lost``: what there is no reading of; ``why`` counts the
    reasons for which pages were skipped or lost; ``seconds`` from its first page to its mark; ``full``: there was no
    room to write.
    """

    name: str
    read: int = 0
    skipped: int = 0
    lost: int = 0
    claims: int = 0
    why: dict[str, int] = {}
    seconds: float = 0.0
    failed: str | None = None
    full: bool = False


class Part:
    """The parts of all tables that one slice has; kept only where ``finish`` is come to."""

    def __init__(self, output: Path, name: str) -> None:
        self._output, self._name = output, name
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._writers: dict[str, TableFile] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._writers.values():
            writer.drop()

    def add(self, table: str, row: Row) -> None:
        """Takes a row in."""
        rows = self._rows[table]
        rows.append(row)
        if len(rows) >= _AT_ONCE:
            self._flush(table)

    def finish(self, done: Done) -> None:
        """Puts the parts in their places, and then the mark."""
        for table in list(self._rows):
            self._flush(table)
        for table in OF_SLICES:
            if table in self._writers:
                self._writers[table].keep()
            else:
                path_of(self._output, table, self._name).unlink(missing_ok=True)
        write_whole(mark_of(self._output, self._name), to_json(done))

    def _flush(self, table: str) -> None:
        if table not in self._writers:
            self._writers[table] = TableFile(path_of(self._output, table, self._name), table)
        self._writers[table].write(self._rows.pop(table, []))


class TableFile:
    """A Parquet file that has its name only when it is whole."""

    def __init__(self, path: Path, table: str) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._beside = _beside(path)
        self._schema = schema(table)
        self._file = self._beside.open("wb")
        arrow()
        from pyarrow import parquet

        self._writer = parquet.ParquetWriter(self._file, self._schema, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            self.keep()
        self.drop()

    def write(self, rows: Iterable[Row]) -> None:
        """Writes rows as one group."""
        told = [cleaned(row) for row in rows]
        if told:
            self._writer.write_table(arrow().Table.from_pylist(told, schema=self._schema))

    def keep(self) -> None:
        """Puts the file in its place."""
        self._writer.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._beside.replace(self._path)

    def drop(self) -> None:
        """Leaves nothing of a file that is not in its place."""
        # what a full disk refuses once it refuses again as the writer closes
        self._writer.is_open = False
        with suppress(OSError):
            self._file.close()
        self._beside.unlink(missing_ok=True)


def path_of(output: Path, table: str, name: str) -> Path:
    return output / table / f"{name}.parquet"


def mark_of(output: Path, name: str) -> Path:
    return output / "done" / f"{name}.json"


def write_whole(path: Path, content: bytes) -> None:
    """Writes a small file that has its name only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(path)
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    # several processes of several machines may be at one slice
    return path.with_name(f"{path.name}.{os.uname().nodename}.{os.getpid()}{_TEMPORARY}")


def done_with(output: Path, name: str) -> Done | None:
    """What became of a slice, where it is done."""
    mark = mark_of(output, name)
    try:
        return from_json(mark.read_bytes(), Done, place=str(mark))
    except (FileNotFoundError, RecordError):
        return None


def drop_parts(output: Path, names: Iterable[str]) -> None:
    """Takes slices out that the input has no more: the mark first, so that none has a mark and no parts."""
    for name in names:
        mark_of(output, name).unlink(missing_ok=True)
        for table in OF_SLICES:
            path_of(output, table, name).unlink(missing_ok=True)


def fill(output: Path) -> None:
    """Gives a table that has no rows a file without any: programs that ask for the table's files want one."""
    for table in OF_SLICES:
        if not any((output / table).glob("*.parquet")):
            with TableFile(path_of(output, table, "empty"), table):
                pass


def sweep(output: Path) -> None:
    """Removes what was left half written by processes that are no more."""
    for path in output.glob(f"*/*{_TEMPORARY}"):
        path.unlink(missing_ok=True)


def rows_in(output: Path, table: str, names: Iterable[str], columns: list[str]) -> Iterator[Any]:
    """The rows of a table, slice by slice, as tuples of some columns; a slice without the table has none."""
    arrow()
    from pyarrow import parquet

    for name in names:
        path = path_of(output, table, name)
        if path.is_file():
            with parquet.ParquetFile(path) as file:
                for batch in file.iter_batches(_AT_ONCE, columns=columns):
                    yield from zip(*(batch.column(one).to_pylist() for one in columns), strict=True)
