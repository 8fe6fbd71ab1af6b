"""A text's parts tile it in order and always slice to their words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Span
from sayso.text import Doc

WORDS = [
    "Dr.",
    "Smith",
    "said",
    "“no”",
    '"yes,"',
    "U.S.",
    "troops",
    "left.",
    "Then?",
    "\n",
    "\n\n",
    "3.5",
    "…",
    "é",
    "  ",
]
prose = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
texts = st.one_of(prose, st.text(max_size=300))


def rising(spans: tuple[Span, ...]) -> bool:
    return all(a[1] <= b[0] for a, b in pairwise(spans))


@given(texts)
def test_parts_lie_in_the_text_in_order_and_hold_words(text: str) -> None:
    doc = Doc(text)
    for spans in (doc.paragraphs, doc.sentences, doc.tokens, doc.quotes):
        assert rising(spans)
        assert all(0 <= start < end <= len(text) and doc.words((start, end)).strip() for start, end in spans)


@given(texts)
def test_every_token_stands_in_a_sentence_and_every_sentence_in_a_paragraph(text: str) -> None:
    doc = Doc(text)
    for start, end in doc.sentences:
        assert any(a <= start and end <= b for a, b in doc.paragraphs)
    covered = sum(len(doc.tokens_in(sentence)) for sentence in doc.sentences)

    assert covered == len(doc.tokens)


@given(texts, st.integers(0, 300))
def test_the_sentence_at_an_offset_begins_at_or_before_it(text: str, offset: int) -> None:
    doc = Doc(text)
    if doc.sentences and offset >= doc.sentences[0][0]:
        start, _ = doc.sentence_at(offset)
        later = doc.sentences[doc.sentence_index(offset) + 1 :]

        assert start <= offset
        assert all(other[0] > offset for other in later)


def test_sentences_of_news_prose() -> None:
    text = (
        "U.S. forces hit Sirte at 5 a.m. on Monday, Gen. John Smith said. \"We saw it. It was near,\" he said. "
        "Mr. Jones (of the U.N.) denied it.\n\nNo. 5 followed."
    )  # fmt: skip
    doc = Doc(text)

    assert [doc.words(span) for span in doc.sentences] == [
        "U.S. forces hit Sirte at 5 a.m. on Monday, Gen. John Smith said.",
        '"We saw it.',
        'It was near," he said.',
        "Mr. Jones (of the U.N.) denied it.",
        "No. 5 followed.",
    ]
