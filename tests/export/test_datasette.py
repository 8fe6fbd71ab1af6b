"""The SQLite file, asked as Datasette would."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from sayso.export import FOLDERS, Material


def test_tables_hang_together_and_are_searched(given: Material, tmp_path: Path) -> None:
    FOLDERS["datasette"](given, tmp_path)
    FOLDERS["datasette"](given, tmp_path)
    connection = sqlite3.connect(tmp_path / "sayso.db")
    count = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in  # noqa: S608
             ("articles", "stories", "claims", "origins", "disputes")}  # fmt: skip

    assert count["articles"] == len(given.readings)
    assert count["stories"] == len(given.stories)
    assert count["claims"] == sum(len(reading.claims) for reading in given.readings.values())
    assert count["origins"] == sum(len(story.origins) for story in given.stories)
    assert count["disputes"] > 0
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    found = (
        "SELECT claims.quote FROM claims JOIN claims_fts ON claims.rowid = claims_fts.rowid WHERE claims_fts MATCH ?"
    )
    assert all("rockets" in quote.casefold() for (quote,) in connection.execute(found, ["quote:rockets"]))
    assert set(json.loads((tmp_path / "metadata.json").read_text())["databases"]["sayso"]["tables"]) == set(count)
    connection.close()
