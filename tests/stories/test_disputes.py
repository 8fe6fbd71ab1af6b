"""What origins disagree on, and what only looks as if they did."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sayso.records import CountRange, Place, Reading, Story
from sayso.stories import sketch_of
from sayso.stories.apart import are_apart
from sayso.stories.sides import side_of
from sayso.stories.stories import story_of
from tests.stories.reports import report

VARNHOLT = Place(
    span=(0, 1), name="Varnholt", lat=60.0, lon=10.0, geonameid=1, country="NO", admin1="01", confidence=1.0
)
KESTERHAL = replace(VARNHOLT, name="Kesterhal", lat=61.0, geonameid=2, admin1="02")


def said(
    ident: str, speaker: str, killed: CountRange | None = (16, 16), place: Place | None = None, **event: Any
) -> Reading:
    """What one speaker says of an attack, in one article."""
    name = place.name if place else "Varnholt"
    text = f"Shells hit the market of {name}, {speaker} said."
    reading = report(ident, text, trigger="Shells", speaker=speaker, killed=killed, place=name)
    at = text.index(str(name))
    places = (replace(place, span=(at, at + len(str(name)))),) if place else ()
    return replace(reading, events=(replace(reading.events[0], **event),), places=places)


def story(*readings: Reading) -> Story:
    """Of all reports, whatever the grouping would make of them."""
    return story_of([mention for reading in readings for mention in sketch_of(reading).mentions])


def slots(*readings: Reading) -> list[str]:
    return [dispute.slot for dispute in story(*readings).disputes]


def test_two_places_far_apart_with_one_toll_are_a_dispute() -> None:
    found = story(said("a", "the hospital", place=VARNHOLT), said("b", "the mayor", place=KESTERHAL)).disputes

    assert [(one.slot, {(side.value, side.origins) for side in one.sides}) for one in found] == [
        ("place", {("Varnholt", ("the hospital",)), ("Kesterhal", ("the mayor",))})
    ]


@pytest.mark.parametrize(
    "other",
    [
        replace(KESTERHAL, lat=60.1, admin1="02"),  # a suburb
        replace(KESTERHAL, admin1="01"),  # a town may stand for its province
        replace(KESTERHAL, name="Norway", admin1=None),  # the country
        replace(KESTERHAL, name="Kesterhal Province", geonameid=None),
        replace(KESTERHAL, name="East Varnholt"),  # a part of the name
        replace(KESTERHAL, lat=None, lon=None),
    ],
)
def test_a_place_that_is_near_or_vaguer_is_no_dispute(other: Place) -> None:
    assert slots(said("a", "the hospital", place=VARNHOLT), said("b", "the mayor", place=other)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"killed": (3, 3)},  # a toll that many attacks have
        {"killed": None},
        {"type": "offensive"},  # a battle has many places and days
        {"modality": "possible"},
    ],
)
def test_what_may_be_another_deed_is_no_dispute_over_place_or_day(change: dict[str, Any]) -> None:
    killed = change.pop("killed", (16, 16))
    one, other = (
        said(name, speaker, killed, place, date=(day, day), **change)
        for name, speaker, place, day in (
            ("a", "the hospital", VARNHOLT, "2024-03-12"), ("b", "the mayor", KESTERHAL, "2024-03-14"),
        )
    )  # fmt: skip

    assert slots(one, other) == []


def test_two_days_with_one_toll_are_a_dispute_unless_the_ranges_meet() -> None:
    tuesday = said("a", "the hospital")
    found = story(tuesday, said("b", "the mayor", date=("2024-03-13", "2024-03-14"))).disputes

    assert [(one.slot, [side.value for side in one.sides]) for one in found] == [
        ("date", ["2024-03-12", "2024-03-13 to 2024-03-14"])
    ]
    assert slots(tuesday, said("b", "the mayor", date=("2024-03-12", "2024-03-13"))) == []
    assert slots(tuesday, said("b", "the mayor", date=("2024-03-13", "2024-03-20"))) == []


def test_a_day_from_another_sentence_is_a_guess() -> None:
    guessed = said("b", "the mayor", date=("2024-03-14", "2024-03-14"), spans={"place": ((24, 32),)})
    stated = said("b", "the mayor", date=("2024-03-14", "2024-03-14"), spans={"date": ((24, 32),)})

    assert slots(said("a", "the hospital"), guessed) == []
    assert slots(said("a", "the hospital"), stated) == ["date"]


def test_an_origin_that_gives_both_places_agrees_with_either() -> None:
    both = (said("a", "the hospital", place=VARNHOLT), said("c", "the hospital", place=KESTERHAL))

    assert slots(*both, said("b", "the mayor", place=KESTERHAL)) == []


def test_who_says_at_least_18_and_18_says_18() -> None:
    open_ended, exact = said("a", "the hospital", (18, None)), said("b", "the hospital", (18, 18))

    assert slots(open_ended, said("c", "the mayor", (26, 26))) == []
    assert slots(open_ended, exact, said("c", "the mayor", (26, 26))) == ["killed"]


def test_a_single_dead_is_part_of_a_toll() -> None:
    assert slots(said("a", "the hospital", (56, 56)), said("b", "the mayor", (1, 1))) == []
    assert slots(said("a", "the hospital", (6, 6)), said("b", "the mayor", (1, 1))) == ["killed"]


def test_a_toll_of_no_day_and_no_cause_is_a_whole_wars() -> None:
    war = said("b", "the mayor", (250000, None), type="casualties", date=None)

    assert slots(said("a", "the hospital"), war) == []


def test_wounded_counted_alone_are_no_toll_beside_the_dead() -> None:
    toll, ward = said("a", "the hospital", injured=(40, 40)), said("b", "the mayor", None, injured=(12, 12))

    assert slots(toll, ward) == []
    assert slots(toll, said("b", "the mayor", (16, 16), injured=(12, 12))) == ["injured"]
    assert slots(said("a", "the hospital", None, injured=(40, 40)), ward) == ["injured"]


@pytest.mark.parametrize(("words", "expected"), [("was not", ["occurrence"]), ("will not be", [])])
def test_to_deny_what_is_to_come_is_not_to_deny_that_it_happened(words: str, expected: list[str]) -> None:
    text = f"Varnholt {words} shelled, the mayor said."
    denial = report("b", text, trigger="shelled", speaker="the mayor")
    denied = replace(denial, events=(replace(denial.events[0], modality="denied"),))

    assert slots(said("a", "the hospital"), denied) == expected


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("held by Daesh", "taken by Islamic State", False),
        ("held by regime forces", "held by the Syrian army", False),
        ("held by rebels", "held by Army of Conquest", False),
        ("held by rebels", "held by the government", True),
        ("held by the Turkish army", "held by the Syrian army", True),
        ("held by Hezbollah and the army", "held by Hezbollah", False),
        ("attack repelled", "taken by rebels", True),
        ("Russian warplanes: asserted", "Russia: denied", True),
        ("DAESH: asserted", "Daesh: asserted", False),
    ],
)
def test_a_side_is_one_side_by_whatever_name(one: str, other: str, apart: bool) -> None:
    assert are_apart(one, other) == are_apart(other, one) == apart


def test_words_that_are_no_side_hold_nothing() -> None:
    army = said("a", "the hospital", None, type="control", agent="the army")

    assert slots(army, said("b", "the mayor", None, type="control", agent="a convoy")) == []
    assert slots(army, said("b", "the mayor", None, type="control", agent="militants")) == ["control"]


def test_an_own_toll_below_the_cited_one_is_a_part_of_it_and_one_above_is_an_origin() -> None:
    cited = said("a", "the hospital", (19, 19))

    def with_own(killed: int) -> Story:
        own = report("a", "Rockets struck the mill by the river.", trigger="Rockets", killed=(killed, killed))
        return story(cited, own)

    assert with_own(14).independent_origins == 1
    assert with_own(30).independent_origins == 2


def test_kinds_of_sides() -> None:
    assert [side_of(name) for name in ("ISIS", "government troops", "Syrian rebels", "the Lake Brigade")] == [
        "Islamic State", "a state", "somebody", "lake brigade",
    ]  # fmt: skip
