"""Who acts: names beside plain nouns, the speaker's own fighters, helpers, and those who only tell a toll."""

from __future__ import annotations

import pytest

from tests.events.reports import read

MARWA = ("Marwa",)


def agents(
    text: str, parties: tuple[str, ...], said: dict[str, tuple[str, str]] | None = None
) -> dict[str, str | None]:
    events = read(text, places=MARWA if "Marwa" in text else (), parties=parties, said=said)
    return {text[slice(*event.trigger)]: event.agent for event in events}


@pytest.mark.parametrize(
    "text",
    [
        "Fighters of the Northern Accord seized Marwa.",
        "Fighters of the so-called Northern Accord seized Marwa.",
        "Northern Accord fighters seized Marwa.",
        "The Northern Accord (NA, formerly the League) fighters seized Marwa.",
    ],
)
def test_a_name_beside_a_plain_noun_is_who_acts(text: str) -> None:
    assert agents(text, ("Northern Accord",))["seized"] == "Northern Accord"


def test_plain_nouns_stay_where_no_name_is_near() -> None:
    assert agents("Rebels seized Marwa.", ())["seized"] == "rebels"


def test_its_fighters_are_the_speaking_body_s() -> None:
    text = "The River Guard said its forces had shelled Marwa."
    found = agents(text, ("River Guard",), {"its forces had shelled Marwa": ("River Guard", "said")})
    assert found["shelled"] == "River Guard"


def test_its_fighters_are_those_of_the_side_that_a_spokesman_speaks_for() -> None:
    text = "A spokesman for the Northern Accord, Teo Lind, said its fighters had seized Marwa."
    speaker = "A spokesman for the Northern Accord, Teo Lind"
    found = agents(text, ("Northern Accord",), {"its fighters had seized Marwa": (speaker, "said")})
    assert found["seized"] == "Northern Accord"


def test_it_is_the_body_that_speaks() -> None:
    text = "The Northern Accord claims that it seized Marwa."
    found = agents(text, ("Northern Accord",), {"it seized Marwa": ("Northern Accord", "claims")})
    assert found["seized"] == "Northern Accord"


def test_who_only_helps_does_not_act() -> None:
    text = "The River Guard, backed by Hill Brigade guns, managed to capture Marwa."
    assert agents(text, ("River Guard", "Hill Brigade"))["capture"] == "River Guard"


def test_who_tells_a_toll_did_not_cause_it() -> None:
    text = "Airstrikes hit Marwa. Harbour Monitors put the toll at 23. The River Guard stood by its figure of 12 dead."
    events = read(text, places=MARWA, parties=("Harbour Monitors", "River Guard"))
    tolls = {event.killed: event.agent for event in events if event.killed}
    assert tolls == {(23, 23): None, (12, 12): None}


def test_the_of_of_a_move_names_who_moves() -> None:
    text = "Scouts saw a transfer of up to 5,000 NA-militants to Marwa."
    (event,) = read(text, places=MARWA, parties=("NA",))
    assert (event.type, event.agent, event.strength, event.place) == ("movement", "NA", (None, 5000), "Marwa")
