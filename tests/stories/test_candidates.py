"""Articles worth comparing: the same pairs whether counted all at once or looked up one by one, early or late."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from msgspec.structs import replace

from sayso.stories.candidates import Candidates
from sayso.stories.columns import Columns
from sayso.stories.mentions import Sketch, sketch_of
from tests.stories.reports import OWN, report


def _sketches(count: int, seed: int) -> list[Sketch]:
    """Articles of two mentions each; some words stand in most of them, some in few, and days run over half a year."""
    draw = np.random.default_rng(seed)
    plain = sketch_of(report("a", OWN, trigger="Shells"))
    found = []
    for number in range(count):
        day = (date(2024, 1, 1) + timedelta(days=int(draw.integers(180)))).isoformat()
        mentions = []
        for which in range(2):
            common, rare = (draw.integers(most, size=size) for most, size in ((12, 6), (count, 3)))
            words = tuple(sorted({*(f"common{n}" for n in common), *(f"rare{n}" for n in rare)}))
            place = (None, "Varnholt", f"Eskmouth {draw.integers(count)}")[int(draw.integers(3))]
            dated = (day, day) if draw.random() < 0.8 else None
            event = replace(plain.mentions[0].event, date=dated, place=place)
            one = replace(plain.mentions[0], article=f"a{number}", number=which, words=words, event=event)
            mentions.append(one)
        published = day if draw.random() < 0.9 else None
        found.append(replace(plain, article=f"a{number}", published=published, mentions=tuple(mentions)))
    return found


def _indexed(sketches: list[Sketch], later: int) -> Candidates:
    """All articles, of which the last ``later`` came one after the other."""
    columns = Columns()
    for sketch in sketches[: len(sketches) - later]:
        columns.add(sketch)
    candidates = Candidates(columns)
    for sketch in sketches[len(sketches) - later :]:
        candidates.add(columns.add(sketch))
    return candidates


@pytest.mark.parametrize("seed", range(3))
def test_pairs_at_once_are_those_looked_up_one_by_one(seed: int) -> None:
    count = 150
    candidates = _indexed(_sketches(count, seed), 0)
    at_once = {
        (one, other) for part in (range(60), range(60, count)) for one, others in candidates.pairs(part)
        for other in others.tolist()
    }  # fmt: skip
    one_by_one = {(one, other) for one in range(count) for other in candidates.of(one) if other > one}
    assert at_once == one_by_one
    assert 0 < len(at_once) < count * (count - 1) / 4


@pytest.mark.parametrize("later", [1, 40, 149])
def test_what_comes_later_is_found_like_what_was_there(later: int) -> None:
    sketches = _sketches(150, 7)
    early, late = _indexed(sketches, 0), _indexed(sketches, later)
    assert [early.of(number) for number in range(150)] == [late.of(number) for number in range(150)]
