"""Claims in the order in which a person asks for them."""

from __future__ import annotations

from hypothesis import given, settings

from sayso.records import Reading
from sayso.render.groups import group_by_origin, is_unnamed
from sayso.stories import place_of

from .strategies import readings


def test_origins_with_events_come_first_and_the_article_itself_last(reading: Reading) -> None:
    groups = group_by_origin(reading)

    assert [group.voice for group in groups] == [
        "district hospital",
        "Defence Ministry",
        "Northern Accord",
        "unnamed residents (Halvorin)",
        "unnamed",
        "Mira Talven",
        "Lodestar",
    ]
    assert [group.own for group in groups] == [False] * 6 + [True]


def test_events_of_the_same_words_stand_under_them_once(reading: Reading) -> None:
    ministry = group_by_origin(reading)[1]

    assert [[event.type for event in statement.events] for statement in ministry.statements] == [
        ["offensive", "shelling"],
        ["shelling"],
    ]


def test_a_place_is_found_by_its_words(reading: Reading) -> None:
    hit, *_, truce = reading.events

    assert place_of(reading, hit) == reading.places[0]
    assert place_of(reading, truce) == reading.places[1]


def test_unnamed_voices() -> None:
    assert is_unnamed("unnamed")
    assert is_unnamed("unnamed military source (Syria)")
    assert not is_unnamed("Unnamed Soldier Society")


@settings(max_examples=50, deadline=None)
@given(readings)
def test_no_claim_is_lost_or_shown_twice(reading: Reading) -> None:
    shown = [
        claim for group in group_by_origin(reading) for statement in group.statements for claim in statement.claims
    ]

    assert sorted(map(repr, shown)) == sorted(map(repr, reading.claims))
