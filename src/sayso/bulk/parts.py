"""What a slice gives, on the disk: a part of each table, and last of all a mark that the slice is done.

Whatever ends a job, the parts of a slice with a mark are whole, and those of any other are written again.
"""

from __future__ import annotations

import os
import platform
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import get_native_id
from types import TracebackType
from typing import Any, Self

from sayso.bulk.tables import OF_SLICES, Row, arrow, cleaned, schema
from sayso.records import JobError, Record, RecordError, from_json, to_json

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
    # several threads of several machines may be at one slice
    return path.with_name(f"{path.name}.{_node()}.{os.getpid()}-{get_native_id()}{_TEMPORARY}")


def _node() -> str:
    return platform.node().replace(".", "-")


def done_with(output: Path, name: str) -> Done | None:
    """What became of a slice, where it is done and its parts are there."""
    mark = mark_of(output, name)
    try:
        done = from_json(mark.read_bytes(), Done, place=str(mark))
    except (FileNotFoundError, RecordError):
        return None
    wanted = {"readings": done.read, "sketches": done.read, "skipped": done.skipped, "problems": done.lost,
              "claims": done.claims}  # fmt: skip
    return done if all(path_of(output, one, name).is_file() for one, rows in wanted.items() if rows) else None


def keep_only(output: Path, names: Iterable[str]) -> None:
    """Takes out what no slice of the plan has written: marks first, so that none has a mark and no parts."""
    kept = set(names)
    folders = (("done", ".json"), *((table, ".parquet") for table in OF_SLICES))
    for folder, ending in folders:
        for path in (output / folder).glob(f"*{ending}"):
            if path.stem not in kept:
                path.unlink(missing_ok=True)


def fill(output: Path) -> None:
    """Gives a table that has no rows a file without any: programs that ask for the table's files want one."""
    for table in OF_SLICES:
        if not any((output / table).glob("*.parquet")):
            with TableFile(path_of(output, table, "empty"), table):
                pass


def sweep(output: Path) -> None:
    """Removes what processes of this machine that are no more left half written."""
    for path in (*output.glob(f"*{_TEMPORARY}"), *output.glob(f"*/*{_TEMPORARY}")):
        *_, node, process, _ = path.name.rsplit(".", 3)
        if node == _node() and not _is_alive(process.partition("-")[0]):
            path.unlink(missing_ok=True)


def is_kept(path: Path) -> bool:
    """Whether a file is more than what a process left half written."""
    return not path.name.endswith(_TEMPORARY)


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def rows_in(output: Path, table: str, names: Iterable[str], columns: list[str]) -> Iterator[Any]:
    """The rows of a table, slice by slice, as tuples of some columns; a slice without the table has none.

    Raises:
        JobError: where a part is damaged; its mark is taken away, so that the next run reads the slice again.
    """
    for name in names:
        path = path_of(output, table, name)
        if path.is_file():
            try:
                yield from _rows_of(path, columns)
            except (arrow().ArrowException, OSError) as error:
                mark_of(output, name).unlink(missing_ok=True)
                expected = "a whole part; the same command reads it again"
                raise JobError(expected=expected, found=str(error)[:200], place=str(path)) from None


def _rows_of(path: Path, columns: list[str]) -> Iterator[Any]:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(_AT_ONCE, columns=columns):
            yield from zip(*(batch.column(one).to_pylist() for one in columns), strict=True)
