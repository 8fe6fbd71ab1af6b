"""What counts as a disagreement within one article, and what does not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from sayso.records import Article, Attribution, ChainLink, Claim, Event, MadeBy, Reading
from sayso.render.disagreements import disagreements

from .strategies import readings

DAY = ("2024-03-16", "2024-03-16")


def told(*said: tuple[str, dict[str, Any]], text: str = "attack", trigger: tuple[int, int] = (0, 6)) -> Reading:
    """A reading in which each voice says one event."""
    attributions, events, claims = [], [], []
    for index, (voice, slots) in enumerate(said):
        stance = slots.pop("stance", "says")
        slots = {"type": "shelling", "place": "Halvorin", "date": DAY, **slots}
        attributions.append(
            Attribution(source=(), cue=(), content=(trigger,), kind="indirect", stance=stance, speaker=voice)
        )
        events.append(Event(trigger=trigger, attribution=index, **slots))
        chain = (ChainLink(voice=voice, role="speaker"),)
        claims.append(
            Claim(
                id=str(index), event=index, attribution=index, stance=stance, content=((0, len(text)),), chain=chain,
                interested=False,
            )
        )  # fmt: skip
    return Reading(
        id="x", made_by=MadeBy(sayso="0"), page=None, article=Article(text=text),
        attributions=tuple(attributions), events=tuple(events), claims=tuple(claims),
    )  # fmt: skip


def found(reading: Reading) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    return [(one.slot, [(side.value, side.origins) for side in one.sides]) for one in disagreements(reading)]


def test_disjoint_tolls_of_two_origins() -> None:
    reading = told(("hospital", {"killed": (16, None)}), ("ministry", {"killed": (12, 12)}))

    assert found(reading) == [("killed", [("at least 16", ("hospital",)), ("12", ("ministry",))])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"killed": (16, None)}, {"killed": (23, 23)}),
        ({"killed": (16, 16)}, {"killed": (12, 12), "place": "Pelnik"}),
        ({"killed": (16, 16)}, {"killed": (12, 12), "date": ("2024-03-20", "2024-03-20")}),
        ({"killed": (16, 16)}, {"killed": (12, 12), "type": "offensive"}),
        ({"killed": (16, 16), "victims": "civilians"}, {"killed": (3, 3), "victims": "soldiers"}),
        ({"killed": (16, 16)}, {"killed": (900, None), "date": ("2022-01-01", "2024-03-18")}),
        ({"killed": (16, 16)}, {"killed": (12, 12), "modality": "possible"}),
        ({"type": "territory_taken", "agent": "Accord"}, {"type": "control", "agent": "Guard", "place": "Pelnik"}),
        ({"modality": "denied", "agent": "Guard"}, {"agent": "Accord"}),
        ({"modality": "denied", "agent": "Guard", "patient": "homes"}, {"agent": "Guard"}),
    ],
)
def test_claims_that_can_both_be_true(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert found(told(("hospital", one), ("ministry", other))) == []


def test_one_origin_does_not_disagree_with_itself() -> None:
    assert found(told(("hospital", {"killed": (16, 16)}), ("hospital", {"killed": (21, 21)}))) == []


def test_a_part_of_a_toll_is_no_disagreement() -> None:
    reading = told(
        ("network", {"killed": (31, 31)}), ("network", {"killed": (10, 10)}), ("agency", {"killed": (30, None)})
    )

    assert found(reading) == []


def test_single_dead_of_whom_the_article_tells_are_no_toll() -> None:
    reading = told(("hospital", {"killed": (16, None)}), ("outlet", {"killed": (2, 2)}))
    own = replace(reading, claims=(reading.claims[0], replace(reading.claims[1], attribution=None)))

    assert found(reading)
    assert found(own) == []


@pytest.mark.parametrize(("text", "apart"), [("attack.", True), ("attack against homes", False)])
def test_to_deny_one_target_is_not_to_deny_the_deed(text: str, apart: bool) -> None:
    denied = {"agent": "army", "modality": "denied"}
    reading = told(("monitor", {"agent": "army"}), ("army", denied), text=text)

    assert ("agent" in [slot for slot, _ in found(reading)]) == apart


def test_those_among_the_dead_are_part_of_them() -> None:
    text = "attack killed 16, said the hospital; attack, with three among the dead, said the monitor"
    reading = told(("hospital", {"killed": (16, None)}), ("monitor", {"killed": (3, 3)}), text=text)
    among = replace(reading, events=(reading.events[0], replace(reading.events[1], trigger=(37, 43))))

    assert found(replace(reading, article=Article(text="attack")))
    assert found(among) == []


@pytest.mark.parametrize(("other", "apart"), [("terrorists", False), ("opposition", False), ("army", True)])
def test_sides_that_nobody_names_are_not_told_apart(other: str, apart: bool) -> None:
    seized = {"type": "control", "agent": "rebels"}

    assert bool(found(told(("monitor", seized), ("ministry", {"type": "control", "agent": other})))) == apart


def test_asserted_against_denied() -> None:
    reading = told(("residents", {"agent": "Guard"}), ("ministry", {"agent": "guard", "modality": "denied"}))

    assert [slot for slot, _ in found(reading)] == ["agent"]


def test_a_denial_that_anything_happened() -> None:
    reading = told(("residents", {"agent": "Guard"}), ("ministry", {"stance": "denies"}))

    assert found(reading) == [("occurrence", [("asserted", ("residents",)), ("denied", ("ministry",))])]


def test_seized_against_repelled() -> None:
    reading = told(
        ("ministry", {"type": "offensive", "agent": "Guard"}),
        ("Accord Voice", {"type": "territory_taken", "agent": "Accord", "date": None}),
        text="the Guard repelled several attacks",
        trigger=(27, 34),
    )

    assert found(reading) == [("control", [("attack repelled", ("ministry",)), ("taken by Accord", ("Accord Voice",))])]


def test_who_repels_an_attack_may_hold_what_it_took() -> None:
    reading = told(
        ("ministry", {"type": "offensive", "agent": "Guard"}),
        ("state television", {"type": "territory_taken", "agent": "Guard"}),
        text="the Guard repelled several attacks",
        trigger=(27, 34),
    )

    assert found(reading) == []


def test_the_fixture_has_three(reading: Reading) -> None:
    assert [slot for slot, _ in found(reading)] == ["agent", "killed", "control"]


@settings(max_examples=50, deadline=None)
@given(readings)
def test_sides_differ_and_rest_on_claims_of_the_reading(reading: Reading) -> None:
    for one in disagreements(reading):
        assert len({side.value for side in one.sides}) == len(one.sides) >= 2
        assert len({origin for side in one.sides for origin in side.origins}) >= 2
        assert all(claim in reading.claims for side in one.sides for claim in side.claims)
