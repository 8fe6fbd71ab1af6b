"""Numbers in words and figures come out as the whole number they say, or as None."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text import NUMBER, number_value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("4,000", 4000), ("twenty-two", 22), ("two dozen", 24), ("3.5 million", 3_500_000), ("a hundred", 100),
        ("one hundred and five", 105), ("two thousand three hundred", 2300), ("zero", 0), ("12", 12), ("dozen", 12),
        ("3.14159", None), ("", None), ("and", None), ("many", None), ("a", None),
    ],
)  # fmt: skip
def test_values(words: str, value: int | None) -> None:
    assert number_value(words) == value


@given(st.integers(0, 10**9))
def test_figures_with_and_without_marks(number: int) -> None:
    assert number_value(str(number)) == number
    assert number_value(f"{number:,}") == number


@given(st.text(max_size=200))
def test_what_the_pattern_finds_in_any_text_has_a_value_or_none(text: str) -> None:
    for match in NUMBER.finditer(text):
        value = number_value(match.group())

        assert value is None or value >= 0


def test_where_numbers_stand() -> None:
    text = "At least 1,200 people, twenty-two of them children; a dozen, two hundred and six, 3.5 million."

    assert [match.group() for match in NUMBER.finditer(text)] == [
        "1,200", "twenty-two", "a dozen", "two hundred and six", "3.5 million",
    ]  # fmt: skip
