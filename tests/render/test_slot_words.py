"""Every slot that can be disputed has words."""

from __future__ import annotations

from typing import get_args

from sayso.records import Slot
from sayso.render.wording import slot_words


def test_every_slot_is_asked_in_words_of_its_own() -> None:
    words = [slot_words(slot) for slot in get_args(Slot)]

    assert len(set(words)) == len(words)
    assert not set(words) & set(get_args(Slot))
