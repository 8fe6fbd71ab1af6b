"""Pairs of spans: distances in classes, and the network's arithmetic in numpy."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.encoder.pairs import DISTANCES, Pairs, distance_class, distances, gelu


@given(st.integers(-100_000, 100_000))
def test_distances_are_classes_with_a_sign(steps: int) -> None:
    found = distance_class(steps)

    assert 0 <= found < DISTANCES
    assert found + distance_class(-steps) == DISTANCES - 1
    assert found <= distance_class(steps + 1)


def test_near_spans_are_told_apart() -> None:
    (row,) = distances([(10, 12)], [(12, 13), (13, 14), (8, 10), (10, 11)])

    assert len(set(row)) == 4
    assert row[3] == DISTANCES // 2


@given(st.lists(st.floats(-6, 6, width=32), min_size=1, max_size=20))
def test_gelu_is_the_exact_one(values: list[float]) -> None:
    wanted = [0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in values]

    assert np.allclose(gelu(np.array(values, dtype=np.float32)), wanted, atol=2e-6)


def test_the_likelier_pair_scores_higher() -> None:
    size, meeting = 4, 3
    ones = np.ones((meeting, 2 * size), dtype=np.float32)
    shapes = {"kinds.weight": (2, meeting), "near.weight": (DISTANCES, meeting), "apart.weight": (DISTANCES, meeting)}
    weights = {f"x.{name}": np.zeros(shape, dtype=np.float32) for name, shape in shapes.items()}
    weights |= {f"x.{side}.bias": np.zeros(meeting, dtype=np.float32) for side in ("left", "right")}
    weights |= {f"x.{side}.weight": ones for side in ("left", "right")}
    weights |= {"x.score.weight": ones[:1, :meeting], "x.score.bias": np.zeros(1, dtype=np.float32)}
    near = apart = np.zeros((1, 2), dtype=np.int64)
    scorer = Pairs(weights, "x")
    states = np.array([[0] * size, [1] * size], dtype=np.float32)
    firsts, lasts = scorer.project(states, "right")
    nobody = np.zeros((1, meeting), dtype=np.float32)

    scores = scorer.meet(nobody, firsts + lasts, [0, 1], near, apart)

    assert scores.shape == (1, 2, 1)
    assert scores[0, 1, 0] > scores[0, 0, 0]
