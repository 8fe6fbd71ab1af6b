"""Event data sets' columns, and the table by which types are called elsewhere."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import get_args

import pytest

from sayso.export import TEXTS, Material
from sayso.export.events import ACLED, GED, best, types
from sayso.records import EventType

PLOVER = set("AGREE CONSULT SUPPORT COOPERATE AID YIELD RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
             "MOBILIZE COERCE ASSAULT".split())  # fmt: skip
ACLED_TYPES = {"Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
               "Strategic developments"}  # fmt: skip


def test_every_type_is_in_the_table_and_says_nothing_unknown() -> None:
    assert set(types()) == set(get_args(EventType))
    for name, row in types().items():
        assert set(row) <= {"plover", "ged", "acled"}, name
        assert row.get("plover", ["AID"])[0] in PLOVER
        assert row.get("acled", ["", "Battles"])[1] in ACLED_TYPES


@pytest.mark.parametrize(("form", "columns"), [("ged", GED), ("acled", ACLED)])
def test_rows_have_the_columns_and_count_origins(given: Material, form: str, columns: tuple[str, ...]) -> None:
    rows = list(csv.DictReader(StringIO(TEXTS[form](given))))
    stories = {story.id: story for story in given.stories}

    assert rows
    assert tuple(rows[0]) == columns
    for row in rows:
        story = stories[row["id" if form == "ged" else "event_id_cnty"]]
        if form == "ged":
            assert int(row["number_of_sources"]) == story.independent_origins
            assert (row["date_start"] or None) == (story.date[0] if story.date else None)
            if row["best"]:
                assert int(row["low"] or 0) <= int(row["best"]) <= int(row["high"] or 10**9)


def test_an_empty_case_still_has_a_head(given: Material) -> None:
    empty = given._replace(stories=())

    assert TEXTS["ged"](empty) == ",".join(GED) + "\r\n"


def test_the_best_count_is_what_most_roofs_say_and_of_two_the_lower() -> None:
    assert best([((16, 16), "a"), ((18, None), "b"), ((16, None), "c")]) == 16
    assert best([((16, 16), "a"), ((16, 16), "a"), ((18, 18), "b"), ((18, 20), "c")]) == 18
    assert best([((18, 18), "b"), ((16, 16), "a")]) == 16
    assert best([((None, 40), "a")]) == 40
    assert best([]) is None


def test_plover_records_are_of_types_that_plover_has(given: Material) -> None:
    rows = [json.loads(line) for line in TEXTS["plover"](given).splitlines()]

    assert rows
    assert {row["event_type"] for row in rows} <= PLOVER
    assert {row["story"] for row in rows} <= {story.id for story in given.stories}
