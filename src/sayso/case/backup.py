"""A copy of a case as it was at one moment, made while others read and write it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sayso.case.engine import is_url, shown
from sayso.records import CaseError


def back_up(where: str, to: Path) -> None:
    """Writes a case in a file to another file, which is a case itself; that one is there whole or not at all.

    Raises:
        CaseError: where the case is a database (which has its own programs for this), is not there or is damaged,
            or where the other file is there already or cannot be written.
    """
    if is_url(where):
        remedy = f"a database; back it up with: pg_dump --format=custom --file={to} URL"
        raise CaseError(expected="a case in a file", found=remedy, place=shown(where))
    if not Path(where).is_file():
        raise CaseError(expected="a case", found="no such file", place=where)
    if to.exists():
        raise CaseError(expected="a file that is not there yet", found="one that is", place=str(to))
    part = to.with_name(f"{to.name}.part")
    try:
        # hashes of passwords are in it: nobody else reads it, from its first byte on
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        _copy(where, part)
        part.rename(to)
    except (OSError, sqlite3.Error) as error:
        raise CaseError(expected="a copy of the case", found=str(error), place=str(to)) from None
    finally:
        part.unlink(missing_ok=True)


def _copy(where: str, part: Path) -> None:
    with closing(sqlite3.connect(where)) as case, closing(sqlite3.connect(part)) as copy:
        # all pages in one step: one moment of the case, for which nobody who writes has to wait
        case.backup(copy)
        # one file, without a log beside it
        copy.execute("PRAGMA journal_mode = DELETE")
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
