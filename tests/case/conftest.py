"""The databases that a case is tried on: SQLite always, PostgreSQL where its server is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server of the tests' own, on loopback; skips where none is installed."""
    initdb, server = _program("initdb"), _program("postgres")
    pytest.importorskip("psycopg")
    if initdb is None or server is None:
        pytest.skip("no PostgreSQL server is installed")
    folder = tmp_path_factory.mktemp("postgres")
    # the server refuses to run as root
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        for one in (folder, *list(folder.parents)[:3]):
            one.chmod(one.stat().st_mode | 0o755)
        shutil.chown(folder, "postgres")
    data = folder / "data"
    subprocess.run([*user, initdb, "-D", str(data), "-A", "trust", "-U", "sayso"], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    control = _program("pg_ctl")
    options = f"-h 127.0.0.1 -p {port} -k {folder}"
    start = [*user, str(control), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start"]
    subprocess.run(start, check=True, capture_output=True)
    yield f"postgresql://sayso@127.0.0.1:{port}"
    subprocess.run([*user, str(control), "-D", str(data), "-m", "immediate", "stop"], check=True, capture_output=True)


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
    server = request.getfixturevalue("postgres")
    import psycopg

    name = f"case_{abs(hash(tmp_path))}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{server}/{name}"
