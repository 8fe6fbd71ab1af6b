"""The databases that a case is tried on: SQLite always, PostgreSQL where its server is installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from tests.conftest import new_database


def words_by_index_alone(connection: Connection) -> None:
    """Makes PostgreSQL's search of a case as it was before revision 0005."""
    if connection.dialect.name == "postgresql":
        words = "to_tsvector('simple', coalesce(title, '') || ' ' || text)"
        connection.execute(text("ALTER TABLE versions DROP COLUMN searchable"))
        connection.execute(text(f"CREATE INDEX versions_searchable ON versions USING gin ({words})"))


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A case that is not there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "a.sayso")
    return new_database(request.getfixturevalue("postgres"), tmp_path)
