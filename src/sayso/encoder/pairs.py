"""Scores of pairs of spans: which source goes with a cue, which cue with a content, which place with an event.

The same arithmetic as the network's ``Pairs``, in numpy: a span is the hidden states of its first and last token.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.records import Span

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: Signed distances fall into this many classes: the nearer, the finer.
DISTANCES = 23
_MIDDLE = DISTANCES // 2


def distance_class(steps: int) -> int:
    """The class of a signed distance: 0 is the middle, then 1, 2, 3-4, 5-8, … on either side."""
    size = min(_MIDDLE, int(abs(steps) * 2 - 1).bit_length() if steps else 0)
    return _MIDDLE + (size if steps > 0 else -size)


def distances(left: Sequence[Span], right: Sequence[Span]) -> Ints:
    """The classes of how far each right span stands from each left one, in the units of the spans."""
    rows = [[distance_class(_gap(a, b)) for b in right] for a in left]
    return np.array(rows, dtype=np.int64).reshape(len(left), len(right))


def _gap(a: Span, b: Span) -> int:
    if b[0] >= a[1]:
        return b[0] - a[1] + 1
    return b[1] - a[0] - 1 if b[1] <= a[0] else 0


def sentence_distances(left: Sequence[int], right: Sequence[int]) -> Ints:
    """The classes of how many sentences each right span stands behind each left one."""
    rows = [[distance_class(b - a) for b in right] for a in left]
    return np.array(rows, dtype=np.int64).reshape(len(left), len(right))


class Pairs:
    """A trained scorer."""

    def __init__(self, weights: Mapping[str, Floats], name: str) -> None:
        self._weights = {key.removeprefix(f"{name}."): value for key, value in weights.items() if key.startswith(name)}

    def project(self, states: Floats, side: str) -> tuple[Floats, Floats]:
        """What every token adds to a span's meeting vector as its first and as its last: [tokens, meeting] each.

        Done once for a text, since every token may begin or end many candidates.
        """
        first, last = np.split(self._weights[f"{side}.weight"].T, 2)
        return states @ first, states @ last

    def meet(self, left: Floats, right: Floats, kinds: Sequence[int], near: Ints, apart: Ints) -> Floats:
        """Scores [n, m, roles] of ``left`` [n, meeting] and ``right`` [m, meeting] of ``kinds`` [m].

        ``near`` and ``apart`` [n, m] are the classes of their distances in tokens and in sentences.
        """
        w = self._weights
        a = left + w["left.bias"]
        b = right + w["right.bias"] + w["kinds.weight"][list(kinds)]
        met = a[:, None] + b[None] + w["near.weight"][near] + w["apart.weight"][apart]
        scores: Floats = gelu(met) @ w["score.weight"].T + w["score.bias"]
        return scores


def gelu(x: Floats) -> Floats:
    """The exact form, by the error function's approximation of Abramowitz and Stegun 7.1.26 (error below 1.5e-7)."""
    z = np.abs(x) / np.sqrt(np.float32(2))
    t = 1 / (1 + 0.3275911 * z)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - tail * np.exp(-z * z))
    result: Floats = (0.5 * x * (1 + erf)).astype(np.float32)
    return result
