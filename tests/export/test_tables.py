"""Tables read back by those who read tables."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from hypothesis import given as with_any
from hypothesis import settings
from hypothesis import strategies as st

from sayso.export import FOLDERS, TEXTS, Material, claim_rows, material, story_rows
from sayso.export.tables import csv_of
from sayso.records import Reading
from tests.strategies import readings


def test_every_claim_and_every_story_has_a_row(given: Material) -> None:
    claims, stories = list(claim_rows(given)), list(story_rows(given))

    assert len(claims) == sum(len(reading.claims) for reading in given.readings.values())
    assert [row["story"] for row in stories] == [story.id for story in given.stories]
    assert {row["story"] for row in claims} - {None} <= {row["story"] for row in stories}


def test_a_quote_stands_in_its_article(given: Material) -> None:
    for row in claim_rows(given):
        text = given.readings[row["article"]].article.text
        pieces = row["quote"].split(" … ")
        assert all(piece in " ".join(text.split()) for piece in pieces)
        assert row["start"] < row["end"] <= len(text)


def test_whole_texts_are_handed_over_only_on_request(given: Material, tmp_path: Path) -> None:
    text = next(iter(given.readings.values())).article.text
    for name, make in TEXTS.items():
        assert text not in make(given), name
    FOLDERS["csv"](given, tmp_path)
    assert "text" not in (tmp_path / "claims.csv").read_text("utf-8").splitlines()[0].split(",")
    FOLDERS["csv"](given._replace(full_text=True), tmp_path)
    assert text in (tmp_path / "claims.csv").read_text("utf-8")


@with_any(st.lists(st.dictionaries(st.sampled_from("abc"), st.text(max_size=20), min_size=3), min_size=1, max_size=5))
def test_csv_comes_back_as_it_was_but_runs_nothing(rows: list[dict[str, str]]) -> None:
    back = list(csv.DictReader(StringIO(csv_of(rows), newline="")))

    for row, again in zip(rows, back, strict=True):
        for name, value in row.items():
            held = value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
            assert again[name] in (held, f"'{held}")
            assert not again[name].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_parquet_is_read_by_arrow(given: Material, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    FOLDERS["parquet"](given, tmp_path)

    assert pq.read_table(tmp_path / "stories.parquet").to_pylist() == list(story_rows(given))
    assert pq.read_table(tmp_path / "claims.parquet").num_rows == len(list(claim_rows(given)))


def test_the_order_of_what_is_given_makes_no_difference(examples: tuple[Reading, ...], given: Material) -> None:
    backwards = material(reversed(given.stories), reversed(examples))

    for name, make in TEXTS.items():
        assert make(backwards) == make(given), name


@with_any(st.lists(readings(), max_size=2, unique_by=lambda one: one.id))
@settings(max_examples=25, deadline=None)
def test_no_reading_stops_any_format(tmp_path_factory: object, held: list[Reading]) -> None:
    sound = [one for one in held if all(claim.event is None for claim in one.claims)]
    given = material((), [one for one in sound if all(c.attribution is None for c in one.claims)])
    for make in TEXTS.values():
        make(given).encode("utf-8")
