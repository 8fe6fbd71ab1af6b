"""What the model sees of a text: its tokens in word pieces, with their form, quotation marks and breaks.

The vocabulary is that of the uncased MiniLM encoder. It folds case, so the form of a word comes in beside it; it knows
no paragraphs and no pairs of quotation marks, so these come in too.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.records import Span

Ints = NDArray[np.int64]

#: Word pieces of one window, without the two marks around it: what training saw.
WINDOW = 254

#: A word of more letters is one unknown piece, as the vocabulary's makers did.
MAX_WORD = 100

FORMS = ("lower", "title", "upper", "letter", "mixed", "digits", "alphanumeric", "mark", "none")
QUOTES = ("outside", "inside", "opens", "closes")
BREAKS = ("spaced", "glued", "within", "sentence", "paragraph")


class Doc(Protocol):
    """What the room needs of a text: ``sayso.text.Doc`` has it."""

    text: str

    @property
    def tokens(self) -> tuple[Span, ...]: ...
    @property
    def sentences(self) -> tuple[Span, ...]: ...
    @property
    def paragraphs(self) -> tuple[Span, ...]: ...
    @property
    def quotes(self) -> tuple[Span, ...]: ...
    def words(self, span: Span) -> str: ...


class Inputs(NamedTuple):
    """Word pieces of a text in order, and of each token the place of its first one (-1 where it has none)."""

    pieces: Ints
    forms: Ints
    quotes: Ints
    breaks: Ints
    tokens: Ints
    firsts: Ints

    def cut(self, start: int, end: int, marks: tuple[int, int]) -> tuple[Ints, Ints, Ints, Ints]:
        """What the model takes for the pieces from ``start`` to ``end``: between its two marks, whose form is none."""
        none = FORMS.index("none")
        return (
            np.concatenate(([marks[0]], self.pieces[start:end], [marks[1]])),
            np.concatenate(([none], self.forms[start:end], [none])),
            np.concatenate(([0], self.quotes[start:end], [0])),
            np.concatenate(([0], self.breaks[start:end], [0])),
        )


class Vocabulary:
    """Words in pieces, longest first."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._ids: Mapping[str, int] = {piece: n for n, piece in enumerate(pieces)}
        self._known: dict[str, tuple[int, ...]] = {}
        self.marks = (self._ids["[CLS]"], self._ids["[SEP]"])

    def split(self, word: str) -> tuple[int, ...]:
        """The pieces of one word; none where nothing of it can be read, the unknown piece where no pieces fit."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._longest_first(fold(word))
        return known

    def _longest_first(self, word: str) -> tuple[int, ...]:
        pieces: list[int] = []
        start = 0
        while start < len(word):
            joined = "##" * (start > 0)
            ends = range(len(word) if len(word) <= MAX_WORD else start, start, -1)
            end = next((end for end in ends if joined + word[start:end] in self._ids), None)
            if end is None:
                return (self._ids["[UNK]"],)
            pieces.append(self._ids[joined + word[start:end]])
            start = end
        return tuple(pieces)


def fold(word: str) -> str:
    """The word in small letters, without accents and control characters."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(char for char in parts if unicodedata.category(char) not in ("Mn", "Cc", "Cf"))


def make_inputs(doc: Doc, vocabulary: Vocabulary) -> Inputs:
    """The whole text as the model's inputs; windows are cut from them."""
    rows: list[tuple[int, int, int, int, int]] = []
    firsts: list[int] = []
    quotes, breaks = _quotes(doc), _breaks(doc)
    for n, span in enumerate(doc.tokens):
        word = doc.text[span[0] : span[1]]
        pieces = vocabulary.split(word)
        firsts.append(len(rows) if pieces else -1)
        form = _form(word)
        rows += [(piece, form, quotes[n], breaks[n] if k == 0 else 2, n) for k, piece in enumerate(pieces)]
    ids, forms, marked, parted, tokens = np.array(rows, dtype=np.int64).reshape(-1, 5).T
    return Inputs(ids, forms, marked, parted, tokens, np.array(firsts, dtype=np.int64))


def _form(word: str) -> int:
    if word.isdecimal():
        return 5
    if not word.isalnum():
        return 7
    if not word.isalpha():
        return 6
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 3
    return 1 if word[0].isupper() and word[1:].islower() else 4


def _quotes(doc: Doc) -> list[int]:
    """For each token whether it stands in a quotation, or is one of its marks."""
    states = [0] * len(doc.tokens)
    starts = [start for start, _ in doc.tokens]
    for start, end in doc.quotes:
        first, last = bisect_right(starts, start - 1), bisect_right(starts, end - 1)
        states[first:last] = [1] * (last - first)
        if first < last:
            states[last - 1] = 3 if not doc.text[end - 1].isalnum() else 1
            states[first] = 2
    return states


def _breaks(doc: Doc) -> list[int]:
    """For each token what stands before it: white space, nothing, or the start of a sentence or paragraph."""
    paragraphs = _starts(doc.paragraphs)
    sentences = _starts(doc.sentences)
    states: list[int] = []
    before = -1
    for start, end in doc.tokens:
        state = 4 if start in paragraphs else 3 if start in sentences else 1 if start == before else 0
        states.append(state)
        before = end
    return states


def _starts(spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(start for start, _ in spans)


def windows(inputs: Inputs, size: int = WINDOW, *, overlap: int = 64) -> list[Span]:
    """Ranges of pieces that cover the text, none longer than ``size``, each with ``overlap`` pieces of the last."""
    total = len(inputs.pieces)
    if total <= size:
        return [(0, total)] if total else []
    step = size - overlap
    count = -(-(total - overlap) // step)
    # Equal windows rather than a short last one: each token has as much around it as can be.
    width = min(size, -(-(total + (count - 1) * overlap) // count))
    return [
        (min(n * (width - overlap), total - width), min(n * (width - overlap), total - width) + width)
        for n in range(count)
    ]
