"""Events of invented reports: types, tolls, places, days, parties, modality, claimants and the words of each."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.events import read_events
from sayso.records import Article
from sayso.text import Doc
from tests.events.reports import read, span_of


def test_a_strike_that_kills_is_one_event_of_the_strike() -> None:
    text = (
        "Air strikes on Marwa in Tall province killed at least 20 civilians and wounded 30 on Tuesday, a monitor said."
    )
    (event,) = read(
        text,
        places=("Marwa", "Tall province"),
        times={"Tuesday": ("2021-05-11", "2021-05-11")},
        said={text[: text.index(", a monitor")]: ("a monitor", "said")},
    )
    assert (event.type, event.killed, event.injured, event.victims) == ("air_strike", (20, None), (30, 30), "civilians")
    assert (event.place, event.place_in) == ("Marwa", "Tall province")
    assert (event.date, event.attribution, event.modality) == (("2021-05-11", "2021-05-11"), 0, "asserted")
    words = {slot: [text[s:e] for s, e in spans] for slot, spans in event.spans.items()}
    assert words["killed"] == ["at least 20"]
    assert words["injured"] == ["30"]
    assert words["place"] == ["Marwa"]
    assert words["date"] == ["Tuesday"]


def test_an_open_word_takes_the_means_that_stand_near() -> None:
    kinds = {
        "Government warplanes hit a market in Marwa.": "air_strike",
        "Mortar shells fired from the hills hit a market in Marwa.": "shelling",
        "The car bomb attack tore through a market in Marwa.": "bombing",
    }
    for text, kind in kinds.items():
        assert kind in {event.type for event in read(text, places=("Marwa",))}, text


def test_the_day_of_the_speech_is_not_the_day_of_the_event() -> None:
    text = "A spokesman said on Sunday that two airstrikes killed nine people in Marwa."
    content = text[text.index("that two") + 5 : -1]
    (event,) = read(
        text, places=("Marwa",), times={"Sunday": ("2021-05-09", "2021-05-09")}, said={content: ("A spokesman", "said")}
    )
    assert "date" not in event.spans
    assert event.killed == (9, 9)


def test_overnight_covers_both_days() -> None:
    night = {"overnight": ("2021-05-13", "2021-05-13")}
    events = read("Mortar fire hit Marwa overnight.", places=("Marwa",), times=night)
    assert {event.date for event in events} == {("2021-05-13", "2021-05-14")}


def test_an_event_without_a_place_goes_on_where_the_last_one_was() -> None:
    text = "An airstrike hit a school in Marwa. Ten civilians were killed and four were injured."
    events = read(text, places=("Marwa",))
    assert [event.place for event in events] == ["Marwa"] * len(events)
    assert events[-1].spans["place"] == (span_of(text, "Marwa"),)


def test_what_is_called_a_district_or_town_is_a_place_that_no_gazetteer_need_know() -> None:
    texts = {
        "Mortar fire hit the village of Old Mill on Friday.": "Old Mill",
        "Mortar fire hit Old Mill district on Friday.": "Old Mill",
        "Mortar fire hit Old Mill, a small town on the river.": "Old Mill",
        "Mortar fire hit Tall city's rebel-held district of Marwa.": "Marwa",
    }
    for text, place in texts.items():
        events = read(text, places=("Tall",) if "Tall" in text else ())
        assert {event.place for event in events if event.type == "shelling"} == {place}, text


def test_parties_stand_by_their_clause() -> None:
    text = "Northern Army fighters shelled the village of Marwa. A convoy was bombed by the River Brigade near Marwa."
    events = read(text, places=("Marwa",), parties=("Northern Army", "River Brigade"))
    agents = {text[slice(*event.trigger)]: event.agent for event in events}
    assert agents["bombed"] == "River Brigade"


def test_what_is_held_names_its_holder() -> None:
    (event,) = read("Aid has not reached rebel-held Marwa since April.", places=("Marwa",))[:1]
    assert (event.type, event.agent, event.place) == ("control", "rebels", "Marwa")
    assert event.date == ("2021-05-14", "2021-05-14")


def test_modality_follows_words_and_stance() -> None:
    planned = read("The army will launch an offensive on Marwa.", places=("Marwa",))
    assert {event.modality for event in planned} == {"planned"}
    text = "The ministry denied that its jets carried out an air strike on Marwa."
    denied = read(
        text, places=("Marwa",), said={"its jets carried out an air strike on Marwa": ("The ministry", "denied")}
    )
    assert {event.modality for event in denied} == {"denied"}


def test_a_force_is_counted_by_the_fight_it_is_in() -> None:
    text = "Over 4,000 Northern League (NL) fighters, reinforced by tanks, have started an offensive to retake Marwa."
    (event,) = read(text, places=("Marwa",), parties=("Northern League",))
    assert (event.type, event.strength, event.agent) == ("offensive", (4000, None), "Northern League")
    repelled = read("The garrison repelled an attack by 600 fighters on Marwa.", places=("Marwa",))
    assert (600, 600) in {event.strength for event in repelled}


@pytest.mark.parametrize(
    "text",
    [
        "Fighters seized a village near Marwa, a commander said.", "One fighter attacked Marwa.",
        "Fighters from a rebel unit seized a village near Marwa.", "At least one fighter attacked Marwa.",
        "A soldier fled as the army retook Marwa.", "Two rebel groups attacked Marwa.",
        "Three police units withdrew from Marwa.",
    ],
)  # fmt: skip
def test_one_man_or_a_few_units_are_no_size_of_a_force(text: str) -> None:
    events = read(text, places=("Marwa",))
    assert events
    assert {event.strength for event in events} == {None}


def test_one_dead_is_still_counted() -> None:
    (event,) = read("A soldier was killed in an attack on Marwa.", places=("Marwa",))
    assert (event.killed, event.strength) == ((1, 1), None)


def test_what_a_fight_is_for_has_not_happened_but_what_was_managed_has() -> None:
    purpose = read("The army began an operation to capture Marwa.", places=("Marwa",))
    assert {event.type for event in purpose} <= {"offensive"}
    managed = read("The army managed to capture Marwa.", places=("Marwa",))
    assert [(event.type, event.modality) for event in managed] == [("territory_taken", "asserted")]


def test_each_taking_has_its_own_day_and_taker() -> None:
    text = "Marwa was seized by the League in 2015, but in March this year the River Army managed to liberate the city."
    events = read(
        text,
        places=("Marwa",),
        parties=("League", "River Army"),
        times={"2015": ("2015-01-01", "2015-12-31"), "March this year": ("2021-03-01", "2021-03-31")},
    )
    assert [(event.agent, event.date and event.date[0], event.place) for event in events] == [
        ("League", "2015-01-01", "Marwa"),
        ("River Army", "2021-03-01", "Marwa"),
    ]


def test_a_body_whose_name_begins_like_a_verb_is_may_act() -> None:
    (event,) = read("IS has control of the old castle in Marwa.", places=("Marwa",), parties=("IS",))
    assert (event.type, event.agent, event.place) == ("control", "IS", "Marwa")


def test_a_word_within_a_name_tells_no_event() -> None:
    assert read("The Center for Reconciliation opened in Marwa.", parties=("Center for Reconciliation",)) == ()


def test_questions_and_headings_that_ask_tell_no_event() -> None:
    assert read("Who fired\n\nThe council met.") == ()
    assert read("Why was the market of Marwa shelled?") == ()


def test_people_who_are_captured_are_no_ground_taken() -> None:
    events = read("Ten soldiers were killed in Marwa and seven were captured.", places=("Marwa",))
    assert "territory_taken" not in {event.type for event in events}


def test_a_move_needs_a_force() -> None:
    assert read("The museum moved to Marwa.", places=("Marwa",)) == ()
    moved = read("Over 600 militants with mortars had been moved to Marwa from the north.", places=("Marwa",))
    assert [(event.type, event.strength) for event in moved] == [("movement", (600, None))]


def test_days_to_come_stay_to_come() -> None:
    text = "Talks on a truce, planned for Wednesday, were called off."
    (event,) = read(text, times={"Wednesday": ("2021-05-19", "2021-05-19")})
    assert (event.date, event.modality) == (("2021-05-19", "2021-05-19"), "planned")


def test_a_night_has_two_days() -> None:
    night = {"night of 11 May": ("2021-05-11", "2021-05-11")}
    events = read("On the night of 11 May mortar fire hit Marwa.", places=("Marwa",), times=night)
    assert {event.date for event in events} == {("2021-05-11", "2021-05-12")}


def test_what_may_follow_is_possible() -> None:
    assert {event.modality for event in read("A second attack may follow.")} == {"possible"}


def test_a_repeated_headline_is_set_apart() -> None:
    text = "14 May 2021 Airstrike kills ten in Marwa An airstrike killed at least twelve people in Marwa on Friday."
    events = read(text, places=("Marwa",), title="Airstrike kills ten in Marwa")
    assert [event.killed for event in events] == [(10, 10), (12, None)]


def test_a_text_of_no_conflict_has_no_events() -> None:
    assert read("The council met on Monday to talk about the price of bread.") == ()
    assert read("") == ()


WORDS = (
    "airstrikes killed at least 20 people in Marwa on Monday . , and rebel-held town of attack by the army said \n "
    'death toll rose to 25 wounded dozens shelling clashes between 2016 " ( who fled'
).split(" ")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join))
def test_spans_lie_in_the_text_and_reading_is_repeatable(text: str) -> None:
    article = Article(text=text, published="2021-05-14")
    events = read_events(Doc(text), article, (), (), (), ())
    for event in events:
        for start, end in (event.trigger, *(span for spans in event.spans.values() for span in spans)):
            assert 0 <= start < end <= len(text)
        assert event.confidence is not None
        assert 0 <= event.confidence <= 1
    assert events == read_events(Doc(text), article, (), (), (), ())
    assert [event.trigger for event in events] == sorted(event.trigger for event in events)


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    read_events(Doc(text), Article(text=text), (), (), (), ())


def test_junk_of_any_length_is_read_in_time() -> None:
    for junk in (
        "killed 20 and ",
        "a" * 7 + "-",
        "Al Al ",
        "al al ",
        "20 ",
        ", in the ",
        "in Oldmill. ",
        "It (",
        "A (B) ",
    ):
        text = (junk * (500_000 // len(junk)))[:100_000]
        began = time.perf_counter()
        read_events(Doc(text), Article(text=text, title=text[:500]), (), (), (), ())
        assert time.perf_counter() - began < 20
