"""Places that only the text knows, and places that are another thing's: where it was written, signed, said or left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.events.named import datelines, mentions_of, read_called
from tests.events.reports import read


def called(text: str) -> set[str]:
    return set(read_called(text, (), (), ()))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rockets struck the market of Oldmill early on Sunday.", {"Oldmill"}),
        ("Two people died in Oldmill, police said.", {"Oldmill"}),
        ("The guard seized Oldmill on Sunday.", {"Oldmill"}),
        ("Oldmill, a small town on the river, was quiet.", {"Oldmill"}),
        ("Dozens Killed in Harbour Blast", set()),
        ("They met in March and spoke in Arabic.", {"March"}),
        ("The bride waited inside Oldmill hall.", set()),
        ("Shells fell on Norian positions in Norian territory.", set()),
    ],
)
def test_what_the_text_makes_a_place(text: str, names: set[str]) -> None:
    assert called(text) == names


def test_times_and_bodies_are_no_places() -> None:
    text = "They met in March. They work in Parliament Watch."
    march, watch = (text.index("March"), text.index("March") + 5), (text.index("Parl"), len(text) - 1)
    assert read_called(text, [watch], [watch], [march]) == ()


def test_a_place_is_one_at_all_its_mentions_but_not_within_longer_words() -> None:
    pattern = mentions_of(read_called("Two died in Oldmill, police said.", (), (), ()))
    assert pattern is not None
    assert [match.start() for match in pattern.finditer("Oldmill's road, Oldmills, Neu-Oldmill, Oldmill")] == [0, 39]


@pytest.mark.parametrize(
    "line",
    ["VIENNA, March 17 (Lodestar) - ", "VIENNA (Lodestar) – ", "NEW HARBOUR — ", "Vienna, 17 March (Lodestar) - "],
)
def test_datelines(line: str) -> None:
    text = f"{line}Five people died on Sunday."
    assert [text[slice(*span)] for span in datelines(text, ())] == [line]


def test_a_place_in_capitals_before_small_letters_is_a_dateline() -> None:
    assert datelines("VIENNA Five people died on Sunday.", [(0, 6)]) == ((0, 6),)
    assert datelines("FIVE DIE IN VIENNA MARKET BLAST", [(12, 18)]) == ()


def test_a_dateline_is_where_it_was_written() -> None:
    text = "VIENNA, March 17 (Lodestar) - Rockets hit the market of Oldmill. Five people were killed."
    assert {event.place for event in read(text, places=("VIENNA",))} == {"Oldmill"}


def test_a_dateline_s_place_is_taken_where_no_other_is_named() -> None:
    assert {event.place for event in read("VIENNA - A bomb killed five people.", places=("VIENNA",))} == {"VIENNA"}


def test_where_a_thing_was_said_is_not_where_it_happened() -> None:
    text = 'An airstrike hit the village of Oldmill. "They killed two of us," Ana Berg said at a briefing in Marwa.'
    events = read(text, places=("Marwa",), said={"They killed two of us": ("Ana Berg", "said")})
    assert {event.place for event in events} == {"Oldmill"}


def test_where_a_truce_was_signed_is_not_where_it_holds() -> None:
    (event,) = read("A truce signed in Marwa in January has ended.", places=("Marwa",))
    assert (event.type, event.place) == ("agreement", None)


def test_where_a_convoy_came_from_is_not_its_place() -> None:
    events = read(
        "An airstrike hit the village of Oldmill. An aid convoy that left Marwa on Thursday was stopped.",
        places=("Marwa",),
    )
    assert {event.type: event.place for event in events}["aid"] == "Oldmill"


@given(st.text(alphabet="AInrs ,.-(village of market\n", max_size=200))
def test_names_come_from_the_text_and_are_found_in_it_again(text: str) -> None:
    names = read_called(text, (), (), ())
    pattern = mentions_of(names)
    assert all(name in text for name in names)
    assert (pattern is None) == (not names)
