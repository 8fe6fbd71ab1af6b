"""The report: what it says, how wide it is, and that a page cannot steer a terminal."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from sayso.records import Reading
from sayso.render import render_report

from .conftest import claims_of, says
from .strategies import readings

ESCAPE = re.compile(r"\x1b\[[\d;]*m")


def test_the_head_says_where_the_page_comes_from(reading: Reading) -> None:
    head = render_report(reading, width=80, colour=False).split("─ Who says what")[0]

    assert head.splitlines()[:4] == [
        "Rockets hit Halvorin market",
        "Open Desk Notes · 18 March 2024 · opendesknotes.example · by Ines Corvell",
        "lineage  Lodestar (origin, 17 March 2024) → Open Desk Notes (host)",
        "         origin: “(Lodestar)”",
    ]
    assert "removals@opendesknotes.example" in head


def test_a_claim_shows_its_words_its_event_and_its_party(reading: Reading) -> None:
    report = render_report(reading, width=80, colour=False)

    assert (
        "Northern Accord [party]\n"
        "  said: its fighters had seized Halvorin\n"
        "    - territory taken · Halvorin (not located) · undated · by Northern Accord\n"
    ) in report
    assert "told via Lodestar: “Most of them were traders,”" in report
    assert "agreement · Geneva (CH 93%) · January 2024" in report


def test_disagreements_stand_side_by_side(reading: Reading) -> None:
    report = render_report(reading, width=80, colour=False)

    assert "  at least 16  district hospital\n  12           Defence Ministry [party]\n" in report


def test_the_legend_explains_only_the_marks_that_are_there(reading: Reading, empty: Reading) -> None:
    assert "[party] the origin takes part" in render_report(reading, width=80, colour=False)
    assert "[party]" not in render_report(empty, width=80, colour=False)


def test_sayings_without_an_event_are_counted_when_many(reading: Reading) -> None:
    sayings = tuple(
        says("The ministry", "", word, "Defence Ministry") for word in ("VIENNA", "market", "Halvorin", "traders")
    )
    talk = Reading(
        id="talk", made_by=reading.made_by, page=None, article=reading.article,
        attributions=sayings, claims=claims_of(sayings, ()),
    )  # fmt: skip

    assert "and 1 more that tell of no event" in render_report(talk, width=80, colour=False)


def test_long_words_are_left_out_not_altered(reading: Reading) -> None:
    narrow = render_report(reading, width=40, colour=False)

    assert " …" in narrow
    assert "said: the Interior Guard had repelled the attack" in " ".join(narrow.split())


@pytest.mark.parametrize("width", [32, 40, 80, 132])
def test_colour_changes_no_word(reading: Reading, width: int) -> None:
    coloured = render_report(reading, width=width, colour=True)

    assert ESCAPE.sub("", coloured) == render_report(reading, width=width, colour=False)
    assert ESCAPE.search(coloured)


def test_colour_ends_with_the_words_it_marks(reading: Reading) -> None:
    coloured = render_report(reading, width=80, colour=True)

    assert "\x1b[3msaid\x1b[0m: its fighters had seized Halvorin\n" in coloured
    assert "\x1b[32mterritory taken\x1b[0m · Halvorin" in coloured
    assert "\x1b[1;36mNorthern Accord\x1b[0m\x1b[35m [party]\x1b[0m\n" in coloured


@settings(max_examples=50, deadline=None)
@given(readings, st.integers(20, 100), st.booleans())
def test_any_reading_fits_and_steers_nothing(reading: Reading, width: int, colour: bool) -> None:
    report = render_report(reading, width=width, colour=colour)
    plain = ESCAPE.sub("", report) if colour else report

    assert all(cell_len(line) <= max(width, 32) for line in plain.split("\n"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain)
    assert plain.encode()
    assert report == render_report(reading, width=width, colour=colour)


def test_a_reading_of_thousands_of_claims_is_quick(reading: Reading) -> None:
    many = Reading(
        id="many", made_by=reading.made_by, page=None, article=reading.article, attributions=reading.attributions,
        events=reading.events, claims=reading.claims * 300,
    )  # fmt: skip
    begun = time.perf_counter()
    render_report(many, width=80, colour=True)

    assert time.perf_counter() - begun < 5


def test_one_of_a_series_begins_with_its_id_and_leaves_out_the_hint(reading: Reading) -> None:
    alone = render_report(reading, width=80, colour=False)
    lines = render_report(reading, width=80, colour=False, in_series=True).splitlines()

    assert lines[0].startswith(f"══ {reading.id} ")
    assert max(map(len, lines)) <= 80
    assert "--format json" in alone
    assert not any("--format json" in line for line in lines)
