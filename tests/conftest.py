"""What all tests share: Hypothesis without deadlines (machines differ), fixed examples in CI, a PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


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


def new_database(server: str, for_test: Path) -> str:
    """The URL of an empty database of that server, of a test's own."""
    import psycopg

    name = f"case_{abs(hash(for_test))}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{server}/{name}"
