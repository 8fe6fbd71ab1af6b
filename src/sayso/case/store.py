"""Sketches, texts and copies of a case, read in bulk and by article."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Select, Table, bindparam, delete, func, insert, or_, select, update

from sayso.case.rows import speaker_rows
from sayso.case.tables import COPIES, SPEAKERS, VERSIONS
from sayso.records import Reading, Record, from_json
from sayso.stories import SKETCH_VERSION, Copy, Sketch, Text, sketch_of, text_of

R = TypeVar("R", bound=Record)

#: ``progress(what, done, of)``; ``of`` is 0 where it cannot be told.
Progress = Callable[[str, int, int], None]

#: Rows written at once, and names asked for at once: SQLite takes no more than some thousand in one statement.
BATCH = 500

_DECODER = msgspec.msgpack.Decoder(Sketch)

_COLUMNS = (VERSIONS.c.number, VERSIONS.c.id, VERSIONS.c.text, VERSIONS.c.sketch, VERSIONS.c.sketch_version)


def no_progress(_: str, __: int, ___: int) -> None:
    """Says nothing."""


def as_record(kind: type[R], row: Any) -> R:
    """A row as the record that has its columns."""
    return kind(**{name: getattr(row, name) for name in kind.__struct_fields__})


def packed(sketch: Sketch) -> bytes:
    """A sketch as the case keeps it."""
    return zlib.compress(msgspec.msgpack.encode(sketch), 1)


def unpacked(data: bytes) -> Sketch:
    """The sketch that was packed."""
    return _DECODER.decode(zlib.decompress(data))


def newest() -> Select[Any]:
    """The number of the newest version of every article."""
    return select(func.max(VERSIONS.c.number)).group_by(VERSIONS.c.article)


def in_batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists of ``BATCH`` items, the last one shorter."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def insert_rows(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Inserts any number of rows, none too."""
    for batch in in_batches(rows):
        connection.execute(insert(table), batch)


def sketch_at(connection: Connection, row: Any) -> bytes:
    """The packed sketch of a version; made anew, and kept, where it is missing or another sayso made it."""
    if row.sketch is not None and row.sketch_version == SKETCH_VERSION:
        return bytes(row.sketch)
    text = connection.scalar(select(VERSIONS.c.reading).where(VERSIONS.c.number == row.number))
    reading = from_json(str(text), Reading, place="case")
    note_speakers(connection, reading)
    data = packed(sketch_of(reading))
    change = update(VERSIONS).where(VERSIONS.c.number == bindparam("at"))
    connection.execute(change.values(sketch=data, sketch_version=SKETCH_VERSION), {"at": row.number})
    return data


def note_speakers(connection: Connection, reading: Reading) -> None:
    """Notes whom an article cites, instead of whom it cited before."""
    connection.execute(delete(SPEAKERS).where(SPEAKERS.c.article == reading.id))
    insert_rows(connection, SPEAKERS, speaker_rows(reading))


class Store:
    """All articles of a case at once: their sketches stay packed in memory, and are unpacked as they are asked for."""

    def __init__(self, connection: Connection, before: int | None = None) -> None:
        self._connection = connection
        self._rows = select(*_COLUMNS).where(VERSIONS.c.number.in_(newest())).order_by(VERSIONS.c.id)
        if before is not None:
            self._rows = self._rows.where(VERSIONS.c.number < before)
        self._packed: list[bytes] = []
        self.texts: list[Text] = []
        self._sketch = lru_cache(maxsize=2048)(lambda article: unpacked(self._packed[article]))

    def load(self, progress: Progress = no_progress, *, texts: bool = True) -> Iterator[Sketch]:
        """Every article's sketch, by id; ``texts`` are kept at hand too where they are wanted."""
        count = self._connection.scalar(select(func.count()).select_from(self._rows.subquery())) or 0
        for number, row in enumerate(self._connection.execute(self._rows.execution_options(yield_per=BATCH))):
            progress("indexing", number, count)
            self._packed.append(sketch_at(self._connection, row))
            sketch = unpacked(self._packed[-1])
            if texts:
                self.texts.append(text_of(sketch, row.text))
            yield sketch

    def sketch(self, article: int) -> Sketch:
        """The sketch of an article, by its number in the order of ``load``."""
        return self._sketch(article)


def sketches_of(connection: Connection, articles: Iterable[str]) -> Iterator[tuple[Sketch, str]]:
    """The sketches and texts of the newest versions of some articles."""
    for batch in in_batches(sorted(articles)):
        numbers = newest().where(VERSIONS.c.id.in_(batch))
        for row in connection.execute(select(*_COLUMNS).where(VERSIONS.c.number.in_(numbers))).all():
            yield unpacked(sketch_at(connection, row)), row.text


def all_copies(connection: Connection) -> Iterator[Copy]:
    """Every copy in the case."""
    for row in connection.execute(select(COPIES.c.copy).order_by(COPIES.c.first, COPIES.c.second)):
        yield from_json(row.copy, Copy, place="case")


def copies_of(connection: Connection, articles: Iterable[str]) -> Iterator[Copy]:
    """The copies between some articles, and between these and others."""
    seen: set[tuple[str, str]] = set()
    for batch in in_batches(sorted(articles)):
        touching = or_(COPIES.c.first.in_(batch), COPIES.c.second.in_(batch))
        for row in connection.execute(select(COPIES).where(touching).order_by(COPIES.c.first, COPIES.c.second)):
            if (row.first, row.second) not in seen:
                seen.add((row.first, row.second))
                yield from_json(row.copy, Copy, place="case")
