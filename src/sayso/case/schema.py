"""Brings a case's tables to the newest revision when it is opened; one of a later sayso is refused."""

from __future__ import annotations

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from sayso.records import CaseError

#: Any number that no other program is likely to lock.
_LOCK = 5_379_504_119


def bring_up_to_date(connection: Connection, place: str) -> None:
    """Applies the revisions that the case lacks, in the transaction of ``connection``.

    Raises:
        CaseError: where the case was written by a later version, or holds tables that are no case's.
    """
    if connection.dialect.name == "postgresql":
        # two processes that open a new database at once would both make its tables
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(files("sayso.case") / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    here = MigrationContext.configure(connection).get_current_revision()
    if here == scripts.get_current_head():
        return
    if here is not None and here not in {script.revision for script in scripts.walk_revisions()}:
        found = f"revision {here}: a later version of sayso wrote it; use that one or a newer"
        raise CaseError(expected=f"a case of revision {scripts.get_current_head()} or older", found=found, place=place)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
