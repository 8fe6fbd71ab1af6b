"""Texts cut into windows, shuffled and stacked: the same seed and pass give the same batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import torch
from torch import Tensor

from sayso.encoder.inputs import WINDOW
from training.corpora import TIMES_READ, UNLABELLED, Text

#: Windows whose order is mixed by length, so that little is padded.
BUCKET = 64


@dataclass
class Window:
    """A range of a text's pieces, with the tokens whose first piece lies in it (their numbers, and where that is)."""

    text: Text
    start: int
    end: int
    tokens: np.ndarray
    firsts: np.ndarray


@dataclass
class Batch:
    """Windows side by side: the encoder's inputs [windows, length] with their mask, and the windows themselves."""

    inputs: tuple[Tensor, Tensor, Tensor, Tensor]
    mask: Tensor | None
    windows: list[Window]


def batches(texts: Sequence[Text], size: int, seed: int, marks: tuple[int, int]) -> Iterator[Batch]:
    """One pass over the texts, each read as often as its corpus says, from another offset every time."""
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    cut = [window for text in texts for window in _windows(text, chance)]
    chance.shuffle(cut)
    groups = []
    for at in range(0, len(cut), BUCKET):
        bucket = sorted(cut[at : at + BUCKET], key=lambda window: window.end - window.start)
        groups += [bucket[n : n + size] for n in range(0, len(bucket), size)]
    chance.shuffle(groups)
    for group in groups:
        yield _stack(group, marks)


def _windows(text: Text, chance: random.Random) -> Iterator[Window]:
    times = TIMES_READ[text.corpus]
    count = int(times) + (chance.random() < times % 1)
    total = len(text.inputs.pieces)
    for _ in range(count):
        first = chance.randrange(WINDOW // 4, WINDOW) if total > WINDOW else total
        starts = [0, *range(first, total, WINDOW)]
        for start, end in zip(starts, [*starts[1:], total], strict=True):
            window = window_of(text, start, end)
            if len(window.tokens):
                yield window


def window_of(text: Text, start: int, end: int) -> Window:
    """The window of a text between two pieces."""
    firsts = text.inputs.firsts
    tokens = np.flatnonzero((firsts >= start) & (firsts < end))
    return Window(text, start, end, tokens, firsts[tokens] - start + 1)


def _stack(group: list[Window], marks: tuple[int, int]) -> Batch:
    rows = [window.text.inputs.cut(window.start, window.end, marks) for window in group]
    length = max(len(row[0]) for row in rows)
    inputs = tuple(
        torch.from_numpy(np.stack([np.pad(row[n], (0, length - len(row[n]))) for row in rows])) for n in range(4)
    )
    sizes = torch.tensor([len(row[0]) for row in rows])
    mask = None
    if int(sizes.min()) < length:
        seen = torch.arange(length)[None] < sizes[:, None]
        mask = torch.zeros(len(rows), 1, 1, length).masked_fill(~seen[:, None, None], -1e4)
    return Batch((inputs[0], inputs[1], inputs[2], inputs[3]), mask, group)


def labels_of(window: Window, head: str) -> np.ndarray:
    """The head's labels of the window's tokens."""
    labels = window.text.labels.get(head)
    return np.full(len(window.tokens), UNLABELLED) if labels is None else labels[window.tokens]


def skipped(all_batches: Iterator[Batch], count: int) -> Iterator[Batch]:
    """The batches after the first ``count``: a run that was interrupted goes on there."""
    return islice(all_batches, count, None)
