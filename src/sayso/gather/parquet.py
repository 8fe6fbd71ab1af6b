"""Rows of a Parquet file, a few at a time, and of its columns only those that are looked at."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from sayso.gather.rows import Row, Table, Told
from sayso.records import SourceError
from sayso.settings import Settings

#: Rows that are unpacked at once.
_ROWS = 16

#: A column that is said to grow more than this when it is unpacked is no text: text grows two to tenfold.
_GROWTH = 1000


def parquet_table(stream: io.BufferedReader, name: str, settings: Settings) -> Table:
    """A Parquet file; one that comes through a pipe or in gzip is held in memory, and bounded like a page.

    Raises:
        SourceError: where pyarrow is not installed, or it is no Parquet file.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        found = "none; install it with: pip install 'sayso[parquet]'"
        raise SourceError(expected="pyarrow, which reads Parquet", found=found, place=name) from None
    try:
        file = pq.ParquetFile(_seekable(stream, name, settings.max_page_bytes))
        names = tuple(file.schema_arrow.names)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(expected="a Parquet file", found=_short(error), place=name) from None
    return Table(names, lambda used: _rows(file, [one for one in names if one in used], name, settings.max_page_bytes))


def _seekable(stream: io.BufferedReader, name: str, limit: int) -> Any:
    if stream.seekable():
        return stream
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise SourceError(
            expected=f"a Parquet file, or at most {limit} bytes of one", found="a longer pipe", place=name
        )
    return io.BytesIO(content)


def _rows(file: Any, names: list[str], name: str, limit: int) -> Iterator[Told]:
    import pyarrow as pa

    number = 0
    try:
        _check_growth(file, set(names), limit)
        for batch in file.iter_batches(batch_size=_ROWS, columns=names):
            columns = [(one, _in_seconds(batch.column(one))) for one in names]
            for at in range(batch.num_rows):
                number += 1
                yield _row(columns, at, number, f"{name}, row {number}")
    except (pa.ArrowException, OSError, ValueError) as error:
        yield SourceError(expected="a whole Parquet file", found=_short(error), place=f"{name}, after row {number}")


def _in_seconds(column: Any) -> Any:
    """A column; of times only the seconds, since Python's own times are no finer than microseconds."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type):
        return column.cast(pa.timestamp("s", column.type.tz), safe=False)
    return column


def _row(columns: list[tuple[str, Any]], at: int, number: int, place: str) -> Told:
    try:
        return Row(number, place, {one: column[at].as_py() for one, column in columns})
    except (ValueError, OverflowError) as error:
        return SourceError(expected="a row of values", found=_short(error), place=place)


def _check_growth(file: Any, names: set[str], limit: int) -> None:
    """Raises where a small file says that it unpacks to a huge one."""
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        for at in range(group.num_columns):
            chunk = group.column(at)
            unpacked = chunk.total_uncompressed_size
            is_huge = unpacked > limit and unpacked > _GROWTH * max(chunk.total_compressed_size, 1)
            if is_huge and chunk.path_in_schema.partition(".")[0] in names:
                raise ValueError(f"a column that unpacks to {unpacked} bytes")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
