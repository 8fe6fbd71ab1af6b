"""From the logits of every token to labelled ranges of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: A step that no labelling may take costs this much.
_NEVER = np.float32(-1e4)


class Range(NamedTuple):
    """The tokens [``first``, ``last``) of one kind; ``share`` is the mean probability of their labels."""

    kind: str
    first: int
    last: int
    share: float


def allowed_steps(labels: Sequence[str]) -> Floats:
    """Zero for every step between two labels that may follow each other, else the cost of what never may."""
    costs = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for n, before in enumerate(labels):
        for k, after in enumerate(labels):
            if after.startswith("I-") and before[1:] != after[1:]:
                costs[n, k] = _NEVER
    return costs


def best_path(logits: Floats, steps: Floats, starts: Floats) -> Ints:
    """The labels of greatest total score (Viterbi): ``logits`` [tokens, labels], ``steps`` [label, next label]."""
    if not len(logits):
        return np.zeros(0, dtype=np.int64)
    score = starts + logits[0]
    back = np.zeros(logits.shape, dtype=np.int64)
    for n in range(1, len(logits)):
        ways = score[:, None] + steps
        back[n] = ways.argmax(axis=0)
        score = ways[back[n], np.arange(len(score))] + logits[n]
    path = np.empty(len(logits), dtype=np.int64)
    path[-1] = score.argmax()
    for n in range(len(logits) - 1, 0, -1):
        path[n - 1] = back[n, path[n]]
    return path


def ranges(path: Ints, labels: Sequence[str], shares: Floats) -> list[Range]:
    """The ranges that a path of BIO labels marks, in order; ``shares`` [tokens, labels] are probabilities."""
    found: list[Range] = []
    first = 0
    for n in range(len(path) + 1):
        ended = n == len(path) or not labels[path[n]].startswith("I-")
        if ended and n and labels[path[n - 1]] != "O":
            share = float(np.mean([shares[k, path[k]] for k in range(first, n)]))
            found.append(Range(labels[path[first]][2:], first, n, share))
        if n < len(path) and labels[path[n]].startswith("B-"):
            first = n
    return found


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares
