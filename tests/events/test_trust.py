"""What the model adds to the rules' events, and where the rules keep the last word."""

from __future__ import annotations

import pytest

from sayso.events.seen import Pick
from sayso.events.trust import likeliest


def pick(value: str | None, share: float) -> Pick:
    return Pick(value, share)


@pytest.mark.parametrize(
    ("shares", "own", "wanted"),
    [
        ({"Marwa": 0.9, "Tall": 0.1}, "Tall", "Marwa"),
        ({"Marwa": 0.5, "Tall": 0.5}, "Tall", None),
        ({"Marwa": 0.99}, "Elsewhere", "Marwa"),
        ({"Marwa": 0.02, None: 0.01}, "Tall", None),
    ],
)
def test_the_likeliest_value_wins_unless_the_rules_own_is_near(
    shares: dict[str | None, float], own: str | None, wanted: str | None
) -> None:
    found = likeliest([pick(value, share) for value, share in shares.items()], lambda value: value, own, 1.0)

    assert (found.value if found else None) == wanted


def test_mentions_of_one_value_count_together() -> None:
    picks = [pick("Tall", 0.4), pick("Marwa", 0.3), pick("marwa", 0.3)]
    found = likeliest(picks, lambda value: value.casefold(), "nowhere", 0.0)

    assert found == picks[1]


def test_nothing_is_a_value() -> None:
    found = likeliest([pick(None, 0.97), pick("Marwa", 0.03)], lambda value: value, "Marwa", 1.0)

    assert found is not None
    assert found.value is None
