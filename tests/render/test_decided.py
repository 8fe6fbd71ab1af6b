"""What was decided, in words: each kind in its own, and values as people write them."""

from __future__ import annotations

from typing import get_args

import pytest

from sayso.case import Decision
from sayso.case.decisions import What
from sayso.render.decided import decision_words, what_words
from sayso.stories import correction_of

CLAIMS = ("accept", "reject", "together", "apart")
VOICES = ("merge", "split", "roof", "kind")


@pytest.mark.parametrize(
    ("slot", "value", "words"),
    [
        ("killed", "77..", "corrected: killed at least 77"), ("injured", "10..15", "corrected: injured 10 to 15"),
        ("date", "2016-12-11..2016-12-13", "corrected: date 11–13 December 2016"),
        ("type", "air_strike", "corrected: type air strike"), ("happened", "denied", "corrected: happened denied"),
        ("place", "Deir\nez-Zor", "corrected: place Deir ez-Zor"),
    ],
)  # fmt: skip
def test_a_correction_says_its_value(slot: str, value: str, words: str) -> None:
    decision = Decision(what="correct", claims=("ab12",), correction=correction_of(slot, value))

    assert what_words(decision) == words
    assert decision_words(decision) == words.replace("corrected:", "correct") + " (ab12)"


def test_every_kind_of_decision_has_words_of_its_own() -> None:
    claims = [what_words(Decision(what=what, claims=("ab12",))) for what in CLAIMS]
    voices = [what_words(Decision(what=what, voice="Daesh", to="Islamic State")) for what in VOICES]

    assert sorted((*CLAIMS, *VOICES, "correct")) == sorted(get_args(What))
    assert len({*claims, *voices}) == len(CLAIMS) + len(VOICES)
    assert voices[0] == "Daesh goes by the name Islamic State"
