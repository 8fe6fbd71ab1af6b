"""Sentence boundaries, by syntok; bounded, since a page may hold a line of any length.

syntok was chosen over pysbd (six times slower) and blingfire (breaks after "a.m." and before "said") on
news prose with abbreviations and quotations.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from sayso.records import Span

#: A paragraph longer than this (code points) is cut at white space first: no editor writes one.
MAX_PARAGRAPH = 20_000


def split_sentences(paragraph: str) -> Iterator[Span]:
    """Spans of the sentences of one paragraph, in order, without surrounding white space."""
    from syntok import segmenter  # loaded at first use: start-up counts

    logging.getLogger("syntok").setLevel(logging.ERROR)
    for start, end in _pieces(paragraph):
        for group in segmenter.analyze(paragraph[start:end]):
            for tokens in group:
                words = [token for token in tokens if token.value]
                if words:
                    yield start + words[0].offset, start + words[-1].offset + len(words[-1].value)


def _pieces(paragraph: str) -> Iterator[Span]:
    start = 0
    while len(paragraph) - start > MAX_PARAGRAPH:
        cut = paragraph.rfind(" ", start, start + MAX_PARAGRAPH)
        cut = cut if cut > start else start + MAX_PARAGRAPH
        yield start, cut
        start = cut
    yield start, len(paragraph)
