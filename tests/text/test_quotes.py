"""Quotations: exact reviewed cases, and what holds for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.quotes import MAX_QUOTE, quoted_spans

CASES = [
    ('"We met," she said. "Twice."', ['"We met,"', '"Twice."']),
    ("‘We met,’ she said. ‘The boys’ toys aren’t here.’", ["‘We met,’", "‘The boys’ toys aren’t here.’"]),
    ("“I said ‘no’ twice,” she said.", ["“I said ‘no’ twice,”"]),
    ("‘She called it “late” again,’ he said.", ["‘She called it “late” again,’"]),
    ("“She said, “no,” and left,” he said.", ["“She said, “no,” and left,”"]),
    ('It was "quiet, they said. "Nobody came."', ['"quiet,', '"Nobody came."']),
    ("It was “quiet, they said. More text follows here", ["“quiet, they said."]),
    ("“The first part goes on.\n\n“The second ends.”", ["“The first part goes on.", "“The second ends.”"]),
    ("“The whole paragraph is quoted.\nNext.", ["“The whole paragraph is quoted."]),
    ("They call it “so“ here.", ["“so“"]),
    ("''So it is,'' he said.", ["''So it is,''"]),
    ("'We met,' she said. 'The boys' toys aren't here.'", ["'We met,'", "'The boys' toys aren't here.'"]),
    ("the '90s, don't, the dogs' home, rock 'n' roll 'til dawn", []),
    ("the ‘90s, don’t, the dogs’ home", []),
    ('lost" it all', []),
]


@pytest.mark.parametrize(("text", "quotes"), CASES)
def test_reviewed_cases(text: str, quotes: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_spans(text)] == quotes


@given(st.text(alphabet="ab .,\n\"“”‘’'«»?", max_size=200))
def test_spans_are_ordered_apart_and_within_one_paragraph(text: str) -> None:
    reached = 0
    for start, end in quoted_spans(text):
        assert reached <= start < end <= len(text)
        assert end - start <= MAX_QUOTE
        assert "\n" not in text[start:end]
        reached = end


@pytest.mark.parametrize("piece", ["“", '" ', '"a\n', " ‘a “b” ", "''"])
def test_junk_takes_linear_time(piece: str) -> None:
    def once(size: int) -> float:
        # the processor's time: what else the machine does must not count
        begun = time.process_time()
        quoted_spans(piece * (size // len(piece)))
        return time.process_time() - begun

    def seconds(size: int) -> float:
        return min(once(size) for _ in range(3))

    assert seconds(80_000) < 40 * max(seconds(8_000), 0.005)
