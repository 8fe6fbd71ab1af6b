"""The connection to a case's database: SQLite by a path, any other by its URL."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from sayso.records import CaseError, MissingExtraError

#: Seconds that one process waits for another that is writing.
_PATIENCE = 60

_URL = re.compile(r"[a-z][a-z0-9+]*://")


def is_url(where: str) -> bool:
    """Whether a case is named by a database's URL rather than by a file's path."""
    return _URL.match(where) is not None


def shown(where: str) -> str:
    """The case's name without the user and password that a URL may carry."""
    return where.rpartition("@")[2] if is_url(where) else where


def engine_for(where: str) -> Engine:
    """An engine for the case.

    Raises:
        CaseError: where the URL is of no database that sayso knows.
        MissingExtraError: where the database's driver is not installed.
    """
    if not is_url(where):
        return _sqlite(Path(where))
    url = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", where)
    if not url.startswith("postgresql+psycopg://"):
        raise CaseError(expected="a file, or postgresql://...", found=url.partition("://")[0], place="--case")
    try:
        return create_engine(url, poolclass=NullPool, hide_parameters=True)
    except ModuleNotFoundError:
        raise MissingExtraError.of("psycopg", "postgres", "--case") from None
    except (ArgumentError, NoSuchModuleError) as error:
        raise CaseError(expected="a database's URL", found=str(error), place="--case") from None


def _sqlite(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"timeout": _PATIENCE}, poolclass=NullPool,
        # what somebody looked for stands in no fault's words
        hide_parameters=True,
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        # SQLAlchemy begins transactions below; a page that was reported as added must outlive a killed process
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # what may not be kept is overwritten, not only marked as free
        connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # taking the write lock at once lets several processes add without one failing halfway; readers take none
        options = connection.get_execution_options()
        if options.get("isolation_level") == "AUTOCOMMIT":
            return
        writes = options.get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
