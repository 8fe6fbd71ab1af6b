"""Every name of a case once, so that a part of a name is looked for among names and not among all that has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from sqlalchemy import Connection, Select, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from sayso.case.store import in_batches, note_speakers
from sayso.case.tables import NAMES, SPEAKERS, VERSIONS
from sayso.records import Reading

#: What a name is of: a first voice of a report, its roof, a story's place, an outlet, somebody cited.
Whose: TypeAlias = Literal["voice", "roof", "place", "outlet", "speaker"]


def named(whose: Whose, part: str) -> Select[tuple[str]]:
    """The names that hold a part, whatever its case."""
    holds = NAMES.c.folded.contains(part.casefold(), autoescape=True)
    return select(NAMES.c.name).where(NAMES.c.what == whose, holds)


def note_names(connection: Connection, names: Iterable[tuple[Whose, str | None]]) -> None:
    """Keeps names that are not there yet; a missing name is none."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    wanted = {(whose, name) for whose, name in names if name}
    rows = ({"what": whose, "name": name, "folded": name.casefold()} for whose, name in sorted(wanted))
    for batch in in_batches(rows):
        connection.execute(make(NAMES).on_conflict_do_nothing(), batch)


def note_reading(connection: Connection, reading: Reading) -> None:
    """Notes whom an article cites, instead of whom it cited before, and the names in it."""
    note_speakers(connection, reading)
    speakers: set[tuple[Whose, str | None]] = {("speaker", one.speaker) for one in reading.attributions}
    note_names(connection, speakers | {("outlet", reading.article.publisher)})


def forget_names(connection: Connection) -> None:
    """Begins anew, with the outlets and speakers that are there; reports and stories note theirs as they are told."""
    connection.execute(delete(NAMES))
    note_names(connection, _there(connection))


def _there(connection: Connection) -> Iterator[tuple[Whose, str | None]]:
    yield from (("outlet", name) for name in connection.scalars(select(VERSIONS.c.publisher).distinct()))
    yield from (("speaker", name) for name in connection.scalars(select(SPEAKERS.c.voice).distinct()))
