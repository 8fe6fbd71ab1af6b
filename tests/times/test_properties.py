"""What holds for any text: spans lie in it, days are days, values are TIMEX3's, and nothing raises or hangs."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.text import Doc
from sayso.times import read_times
from sayso.times.lexicon import lexicon

_MORE = {
    "ago",
    "later",
    "in a row",
    "the",
    "said",
    "will",
    "last",
    "next",
    "this",
    "that",
    "a",
    "of",
    "in",
    "every",
    "today",
}
_WORDS = sorted({word for table in lexicon().values() for word in table} | _MORE)
_FIGURES = ["0", "31", "2016", "1999", "12:30", "5 p.m.", "28.04.2017", "9999", "1/2", "'80s", "99999999", "٢٠١٦", "²"]
_MARKS = [" ", " ", " ", ", ", "-", "\n", ". ", "’s ", "–"]

#: Text dense in words of time, in capitals and small letters.
dense = st.lists(
    st.sampled_from(_WORDS).flatmap(lambda word: st.sampled_from([word, word.title()]))
    | st.sampled_from(_FIGURES)
    | st.sampled_from(_MARKS),
    max_size=40,
).map("".join)
published = st.none() | st.dates().map(str) | st.text(max_size=12)

_VALUE = re.compile(
    r"(?:PAST|PRESENT|FUTURE)_REF|P[T\dX.YMWDHSEQC]+"
    r"|\d\d|\d{3}|(?:\d{4}|XXXX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?|-W(?:\d\d|XX)(?:-(?:\d|WE))?|-[QH]\d|-(?:SP|SU|FA|WI))?"
    r"(?:T(?:\d\d:\d\d|MO|AF|EV|NI))?"
)


def check(text: str, day: str | None) -> None:
    doc, end = Doc(text), 0
    for found in read_times(doc, day):
        assert end <= found.span[0] < found.span[1] <= len(text)
        assert doc.words(found.span) == doc.words(found.span).strip()
        assert _VALUE.fullmatch(found.value), found
        assert (found.start is None) == (found.end is None)
        if found.start is not None and found.end is not None:
            assert date.fromisoformat(found.start) <= date.fromisoformat(found.end)
        end = found.span[1]


@settings(max_examples=300, deadline=None)
@given(dense, published)
def test_any_words_of_time(text: str, day: str | None) -> None:
    check(text, day)
    assert read_times(Doc(text), day) == read_times(Doc(text), day)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), published)
def test_any_text(text: str, day: str | None) -> None:
    check(text, day)


def test_a_text_reads_alike_wherever_it_stands() -> None:
    sentence = "Officials said on Saturday the dam burst at 5 p.m. on 4 April 2015, two days earlier than told."
    padded = "Nothing was said. " * 20 + sentence

    alone = [(found.value, found.mod) for found in read_times(Doc(sentence), "2016-12-11")]

    assert [(found.value, found.mod) for found in read_times(Doc(padded), "2016-12-11")] == alone
    assert len(alone) == 3


@pytest.mark.parametrize(
    "unit",
    [
        "1", "2016 ", "12 may 2016-", "last" + " " * 40, "the ", "hundred ", "a week ", "12:", "more than ", "May ",
        "one-", "two hundred thousand years ago ", "the end of the first quarter of ", "Friday said ", "\n",
        "early \n ",
    ],
)  # fmt: skip
def test_junk_of_any_length_is_read_in_time_in_line_with_its_length(unit: str) -> None:
    doc = Doc(unit * (100_000 // len(unit)))
    begin = time.process_time()

    check(doc.text, "2016-12-11")

    assert time.process_time() - begin < 5  # a quadratic rule takes minutes
