"""Readings as rows of ``versions``: written, changed in place, and put where another reading of the same text was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, delete, func, insert, select, update

from sayso.case.names import note_reading
from sayso.case.store import in_batches, newest, packed
from sayso.case.tables import STATE, VERSIONS
from sayso.records import CaseError, Reading, from_json, to_json
from sayso.stories import SKETCH_VERSION, sketch_of

#: Where a version was put: behind all others, before some, or nowhere, since its text is there.
Put: TypeAlias = Literal["last", "earlier", "there"]


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


def insert_version(connection: Connection, article: int, reading: Reading, now: str) -> Put:
    """Adds a version where its page's time puts it among the others; says where that is.

    Versions are in the order of their numbers: those seen later are written anew behind an earlier one that comes to
    light. One whose page's time is not known comes last; the text of the version beside it is no other version.
    """
    rows = connection.execute(select(VERSIONS).where(VERSIONS.c.article == article).order_by(VERSIONS.c.number)).all()
    later = list(takewhile(lambda row: _is_before(reading, row.reading), reversed(rows)))[::-1]
    beside = (*rows[: len(rows) - len(later)][-1:], *later[:1])
    if any(row.text_sha256 == hash_of_text(reading) for row in beside):
        return "there"
    connection.execute(insert(VERSIONS).values(article=article, added=now, **version_row(reading)))
    for row in later:
        values = {column.name: getattr(row, column.name) for column in VERSIONS.c if column.name != "number"}
        connection.execute(delete(VERSIONS).where(VERSIONS.c.number == row.number))
        connection.execute(insert(VERSIONS).values(values))
    return "earlier" if later else "last"


def _is_before(reading: Reading, other: str) -> bool:
    """Whether a page was seen before that of another reading."""
    page = from_json(other, Reading, place="case").page
    if reading.page is None or page is None or not reading.page.fetched or not page.fetched:
        return False
    return reading.page.fetched < page.fetched


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
