"""How values are worded, and how page text is made harmless."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from msgspec.structs import replace

from sayso.records import Attribution, CountRange, DayRange, Event, LineageStep, Place
from sayso.render.wording import (
    counts_words,
    cue_words,
    days_words,
    one_line,
    place_words,
    quoted,
    reasons_words,
    step_words,
    tame,
    title_words,
    words_at,
)
from sayso.stories.values import count_words

from .strategies import words


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ((16, 16), "16"),
        ((20, None), "at least 20"),
        ((None, 300), "up to 300"),
        ((10, 15), "10 to 15"),
        ((250000, 250000), "250,000"),
        ((None, None), "unknown"),
    ],
)
def test_counts_are_worded_as_ranges(count: CountRange, said: str) -> None:
    assert count_words(count) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2024-03-16", "2024-03-16"), "16 March 2024"),
        (("2024-03-16", "2024-03-17"), "16–17 March 2024"),
        (("2024-03-30", "2024-04-02"), "30 March – 2 April 2024"),
        (("2023-12-31", "2024-01-01"), "31 December 2023 – 1 January 2024"),
        (("2024-02-01", "2024-02-29"), "February 2024"),
        (("2022-01-01", "2022-12-31"), "2022"),
        (("2022-01-01", "2022-11-30"), "1 January – 30 November 2022"),
        (("soon", "2022-12-31"), "soon"),
    ],
)
def test_days_are_worded_without_loss(days: DayRange, said: str) -> None:
    assert days_words(days) == said


def test_a_count_says_of_whom_once() -> None:
    event = Event(trigger=(0, 1), type="shelling", killed=(23, 23), injured=(41, None), victims="civilians")

    assert counts_words(event) == ("killed 23 civilians", "injured at least 41")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ((1, 1), "1 civilian"),
        ((1, None), "at least 1 civilian"),
        ((None, 1), "up to 1 civilian"),
        ((1, 2), "1 to 2 civilians"),
    ],
)
def test_one_is_no_plural(count: CountRange, said: str) -> None:
    event = Event(trigger=(0, 1), type="shelling", killed=count, victims="civilians")

    assert counts_words(event) == (f"killed {said}",)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (None, "Vienna, Austria (not located)"),
        (Place(span=(0, 1), lat=48.2, lon=16.4, country="AT", confidence=0.93), "Vienna, Austria (AT 93%)"),
        (Place(span=(0, 1), lat=0.0, lon=0.0), "Vienna, Austria (no country)"),
    ],
)
def test_a_place_says_how_sure_it_is(place: Place | None, said: str) -> None:
    event = Event(trigger=(0, 1), type="protest", place="Vienna", place_in="Austria")

    assert place_words(event, place) == said


@given(words)
def test_tamed_text_keeps_its_length_and_steers_nothing(text: str) -> None:
    tamed = tame(text)

    assert len(tamed) == len(text)
    assert not [mark for mark in tamed if unicodedata.category(mark) in ("Cc", "Cs", "Zl", "Zp") and mark not in "\t\n"]
    assert not [mark for mark in tamed if unicodedata.bidirectional(mark) in ("LRO", "RLO", "LRE", "RLE", "RLI", "LRI")]


@given(words)
def test_one_line_is_one_line(text: str) -> None:
    assert one_line(text).splitlines() == [one_line(text)] or not one_line(text)


def test_quotation_marks_are_not_doubled() -> None:
    assert quoted("“The village is ours”") == "“The village is ours”"
    assert quoted("the village is ours") == "“the village is ours”"


def test_what_stands_between_two_pieces_is_left_out_visibly() -> None:
    assert words_at("Four of them, she added, will die", ((0, 12), (25, 33))) == "Four of them … will die"


def test_a_step_shows_its_words_in_the_text_and_those_beside_it() -> None:
    step = LineageStep(publisher="Lodestar", date=None, role="origin", evidence=((8, 16),), quote="By Lodestar")

    assert step_words("VIENNA (Lodestar) - Rain.", step) == "Lodestar; By Lodestar"
    assert step_words("", replace(step, evidence=(), quote=None)) == ""


def test_a_mark_alone_is_no_cue_to_show() -> None:
    said = Attribution(source=(), cue=((7, 8),), content=((9, 16),), kind="indirect", stance="says", speaker="monitor")

    assert cue_words("Monitor: 20 dead", said) == ""
    assert cue_words("20 dead, says monitor", replace(said, cue=((9, 13),))) == "says"
    assert cue_words("20 dead", None) == ""


@pytest.mark.parametrize(
    ("title", "said", "undated"),
    [
        ("Shelling in Homs, 2024-03-17", "Shelling in Homs, 17 March 2024", "Shelling in Homs"),
        ("Bombing in Washington, D.C., 2024-03-01 to 2024-03-31", "Bombing in Washington, D.C., March 2024",
         "Bombing in Washington, D.C."),
        ("Other conflict in Syria, 2011-01-01 to 2011-12-31", "Other event in Syria, 2011", "Other event in Syria"),
        ("Arrest in Kesterhal", "Arrest in Kesterhal", "Arrest in Kesterhal"), ("Aid", "Aid", "Aid"),
    ],
)  # fmt: skip
def test_a_title_is_said_in_words(title: str, said: str, undated: str) -> None:
    assert title_words(title) == said
    assert title_words(title, dated=False) == undated


def test_reasons_are_told_of_outlets() -> None:
    names = {"a": "Gazette", "a b": "Herald"}
    reasons = ("a was published on 2024-03-17", "a b credits Gazette", "c was published on 2024-03-18", "a")

    assert reasons_words(reasons, names) == [
        "Gazette was published on 17 March 2024", "Herald credits Gazette", "c was published on 18 March 2024", "a"
    ]  # fmt: skip
