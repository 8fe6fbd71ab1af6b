"""Readings as rows of ``versions``: written, changed in place, and put where another reading of the same text was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from sayso.case.names import note_reading
from sayso.case.store import in_batches, newest, packed
from sayso.case.tables import STATE, VERSIONS
from sayso.records import CaseError, Reading, from_json, to_json
from sayso.stories import SKETCH_VERSION, sketch_of


def version_row(reading: Reading) -> dict[str, Any]:
    """What a version keeps of a reading."""
    about = reading.article
    return {
        "id": reading.id, "text_sha256": hash_of_text(reading), "title": about.title, "publisher": about.publisher,
        "published": about.published, "url": about.url, "claims": len(reading.claims),
        # PostgreSQL keeps no NUL; this copy of the text is for search alone
        "problems": len(reading.problems), "text": about.text.replace("\x00", "\ufffd"),
        "reading": to_json(reading).decode(), "sketch": packed(sketch_of(reading)), "sketch_version": SKETCH_VERSION,
    }  # fmt: skip


def hash_of_text(reading: Reading) -> str:
    """The hash by which a text is known again."""
    return hashlib.sha256(reading.article.text.encode("utf-8", "surrogatepass")).hexdigest()


def write_reading(connection: Connection, number: int, reading: Reading) -> None:
    """Puts a reading in the place of a version's."""
    connection.execute(update(VERSIONS).where(VERSIONS.c.number == number).values(**version_row(reading)))


def newest_readings(connection: Connection, idents: Iterable[str]) -> Iterator[Reading]:
    """The newest readings of some articles, by id."""
    for batch in in_batches(sorted(idents)):
        numbers = newest().where(VERSIONS.c.id.in_(batch))
        rows = select(VERSIONS.c.reading).where(VERSIONS.c.number.in_(numbers)).order_by(VERSIONS.c.id)
        yield from (from_json(row, Reading, place="case") for row in connection.scalars(rows))


def replace_reading(connection: Connection, reading: Reading, place: str) -> None:
    """Puts a reading of the same text in the place of an article's newest.

    Raises:
        CaseError: where there is no such article, or its text is another one.
    """
    newest = select(func.max(VERSIONS.c.number)).where(VERSIONS.c.id == reading.id).scalar_subquery()
    row = connection.execute(
        select(VERSIONS.c.number, VERSIONS.c.text_sha256).where(VERSIONS.c.number == newest)
    ).first()
    if row is None or row.text_sha256 != hash_of_text(reading):
        found = "no such article" if row is None else "another text"
        raise CaseError(expected=f"the text of {reading.id}", found=found, place=place)
    write_reading(connection, row.number, reading)
    note_reading(connection, reading)
    # what is grouped rests on the old reading
    connection.execute(delete(STATE))
