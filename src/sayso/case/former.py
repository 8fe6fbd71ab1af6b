"""Ids that stories had: a story is told anew when its reports change, and what was linked to must be found again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Select, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from sayso.case.store import in_batches
from sayso.case.tables import FORMER, REPORTS, STORIES


def keep_ids(connection: Connection, stories: Iterable[str] | None = None) -> None:
    """Notes a claim of each of these stories, of all where none is named, before they go."""
    rows = select(REPORTS.c.story, func.min(REPORTS.c.claim)).where(REPORTS.c.story != "", REPORTS.c.claim.is_not(None))
    if stories is None:
        _note(connection, rows)
        return
    for batch in in_batches(sorted(stories)):
        _note(connection, rows.where(REPORTS.c.story.in_(batch)))


def _note(connection: Connection, rows: Select[tuple[str, str]]) -> None:
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    grouped = rows.group_by(REPORTS.c.story)
    connection.execute(make(FORMER).from_select(["story", "claim"], grouped).on_conflict_do_nothing())


def drop_current(connection: Connection) -> None:
    """Takes out the ids that stories have again."""
    connection.execute(delete(FORMER).where(FORMER.c.story.in_(select(STORIES.c.id))))


def story_now(connection: Connection, former: str) -> str | None:
    """The id of the story that tells what this one told; None where nothing of it is left."""
    claim = select(FORMER.c.claim).where(FORMER.c.story == former).scalar_subquery()
    return connection.scalar(select(REPORTS.c.story).where(REPORTS.c.claim == claim, REPORTS.c.story != "").limit(1))
