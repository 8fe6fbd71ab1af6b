"""The best path is the best of all paths, and ranges are what its labels say."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.encoder.decode import Floats, Ints, allowed_steps, best_path, ranges, softmax
from sayso.encoder.labels import COLUMNS, TAGS, WIDTH, bio

LABELS = bio("a", "b")
STEPS = allowed_steps(LABELS)
STARTS = np.array([0, 0, -1e4, 0, -1e4], dtype=np.float32)
NUMBERS = st.floats(-4, 4, width=16)


def score_of(logits: Floats, path: tuple[int, ...]) -> float:
    steps = sum(float(STEPS[a, b]) for a, b in pairwise(path))
    return float(STARTS[path[0]]) + steps + sum(float(logits[n, label]) for n, label in enumerate(path))


@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, len(LABELS)), elements=NUMBERS)))
def test_no_path_is_better(logits: Floats) -> None:
    found = score_of(logits, tuple(int(n) for n in best_path(logits, STEPS, STARTS)))
    best = max(score_of(logits, path) for path in product(range(len(LABELS)), repeat=len(logits)))

    assert abs(found - best) < 1e-3


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 3), st.integers(0, 2)), max_size=5))
def test_ranges_are_what_was_labelled(pieces: list[tuple[str, int, int]]) -> None:
    path, wanted = [], []
    for kind, length, gap in pieces:
        wanted.append((kind, len(path), len(path) + length))
        path += [LABELS.index(f"B-{kind}")] + [LABELS.index(f"I-{kind}")] * (length - 1) + [0] * gap
    labels: Ints = np.array(path, dtype=np.int64)
    shares = np.full((len(path), len(LABELS)), 0.25, dtype=np.float32)

    found = ranges(labels, LABELS, shares)

    assert [(one.kind, one.first, one.last) for one in found] == wanted
    assert all(one.share == 0.25 for one in found)


def test_an_empty_text_has_no_path() -> None:
    nothing = np.zeros((0, len(LABELS)), dtype=np.float32)

    assert ranges(best_path(nothing, STEPS, STARTS), LABELS, nothing) == []


def test_shares_add_up_to_one() -> None:
    shares = softmax(np.array([[1000.0, 0.0], [0.0, 0.0]], dtype=np.float32))

    assert np.allclose(shares.sum(axis=1), 1)
    assert shares[0, 0] == 1


def test_the_heads_share_the_columns_out() -> None:
    taken = [n for start, end in COLUMNS.values() for n in range(start, end)]

    assert taken == list(range(WIDTH))
    assert all(end - start == len(TAGS[name]) for name, (start, end) in COLUMNS.items())
