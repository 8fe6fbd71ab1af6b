"""Jobs run in tests, and what they wrote."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from pyarrow import parquet

from sayso.bulk import Job, Report, Sieve
from sayso.bulk.tables import OF_ALL, OF_SLICES
from sayso.settings import Settings

RULES = Settings(reader="rules")
SAYSO = Path(sys.executable).with_name("sayso")

Tables = dict[str, list[dict[str, Any]]]


def done(root: Path, output: Path, settings: Settings = RULES, sieve: Sieve = Sieve(), **more: Any) -> Report:
    """A job run to its end."""
    job = Job(root, output, settings, sieve, **{"processes": 2, **more})
    list(job.read())
    return job.tell()


def tables(output: Path) -> Tables:
    """All rows, in order, without the names of slices: these tell how the input was cut."""
    found: Tables = {}
    for table in (*OF_SLICES, *OF_ALL):
        rows = [row for path in (output / table).glob("*.parquet") for row in parquet.read_table(path).to_pylist()]
        found[table] = sorted(({**row, "slice": None, "number": None} for row in rows), key=str)
    return found


def until(holds: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
