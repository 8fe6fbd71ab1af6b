"""Which names of a case are one voice: kept as names come, so that no list has to be gone through again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, func, select

from sayso.case.decisions import all_of, rulings_of
from sayso.case.store import insert_rows
from sayso.case.tables import MEETINGS, SPEAKERS
from sayso.stories import Meeting, Rulings, meet


def replace_meetings(connection: Connection) -> None:
    """Compares all names of the case: the most frequent of those that meet is the name of all."""
    counted = func.sum(SPEAKERS.c.claims)
    names = select(SPEAKERS.c.voice).group_by(SPEAKERS.c.voice).order_by(counted.desc(), SPEAKERS.c.voice)
    found = meet(connection.scalars(names))
    connection.execute(delete(MEETINGS))
    insert_rows(connection, MEETINGS, _rows(found.items()))


def note_meetings(connection: Connection, voices: Iterable[str]) -> None:
    """Notes what new names are known to go by; how they are spelled is compared when all are grouped anew."""
    known = set(connection.scalars(select(MEETINGS.c.voice)))
    insert_rows(
        connection, MEETINGS, _rows((voice, one) for voice, one in meet(sorted(voices)).items() if voice not in known)
    )


def names_of(connection: Connection) -> dict[str, str]:
    """Voice -> the name that it goes by, where that is another one."""
    return {row.voice: row.name for row in connection.execute(select(MEETINGS.c.voice, MEETINGS.c.name))}


def current_rulings(connection: Connection) -> Rulings:
    """What people decided, over the names that meet: by what stories are told."""
    return rulings_of(all_of(connection), names_of(connection))


def _rows(found: Iterable[tuple[str, Meeting]]) -> Iterator[dict[str, str]]:
    return ({"voice": voice, "name": one.name, "reason": one.reason} for voice, one in found)
