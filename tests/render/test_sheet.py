"""Lines never wider than the screen; words left out, never altered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from sayso.render.sheet import MIN_WIDTH, Sheet, shorten
from sayso.render.wording import one_line

from .strategies import words


@given(words, words, st.integers(1, 120), st.integers(0, 40))
def test_no_line_is_wider_than_the_sheet(text: str, lead: str, width: int, indent: int) -> None:
    sheet = Sheet(width=width)
    sheet.put(Text(one_line(text)), lead=one_line(lead), indent=indent)
    sheet.rule("Who says what")

    assert all(cell_len(line) <= max(width, MIN_WIDTH) for line in sheet.plain().split("\n"))


@given(words.map(one_line), st.integers(1, 80))
def test_shortened_words_are_the_first_words(text: str, cells: int) -> None:
    short = shorten(text, cells)

    assert short == text or (short.endswith(" …") and text.startswith(short[:-2] + " "))
    assert cell_len(short) <= cells or " " not in short.removesuffix(" …")


def test_lines_after_the_first_hang_under_it() -> None:
    sheet = Sheet(width=30)
    sheet.put(Text("at least 16 people were killed in the night"), lead="  - ")

    assert sheet.plain() == "  - at least 16 people were\n    killed in the night\n"


def test_colour_only_on_request() -> None:
    sheet = Sheet(width=40)
    sheet.put(Text("words", style="bold"))

    assert sheet.plain() == "words\n"
    assert sheet.coloured() == "\x1b[1mwords\x1b[0m\n"
