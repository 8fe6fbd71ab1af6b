"""The text of PDF files: paragraphs as they were, without what stands on every sheet; never an exception."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.pages import read_article
from sayso.pages.pdf import SHEETS, text_of_pdf
from sayso.records import Page
from sayso.settings import Settings
from tests.pages.sheets import At, column, pdf

FIRST = [
    "The regional health directorate said on Tuesday that sixteen",
    "people, among them four children, had been killed when shells",
    "hit the covered market.",
]
SECOND = [
    "A spokesman for the defence ministry denied that its artillery",
    "had been in operation, and called the accusations “unfounded”.",
]
FIRST_TEXT, SECOND_TEXT = " ".join(FIRST), " ".join(SECOND)


def paragraphs(*sheets: list[At]) -> list[str]:
    text, _, problems = text_of_pdf(pdf(sheets), Settings())
    assert not problems
    return text.split("\n\n")


def test_lines_are_paragraphs_again() -> None:
    gap = column([*FIRST, "", *SECOND])
    by_short_line = column([*FIRST, *SECOND])
    indented = [(x + (20 if at in {0, 3} else 0), *rest) for at, (x, *rest) in enumerate(column([*FIRST, *SECOND]))]

    for sheet in (gap, by_short_line, indented):
        assert paragraphs(sheet) == [FIRST_TEXT, SECOND_TEXT]  # type: ignore[arg-type]


def test_a_heading_in_larger_type_is_a_paragraph_of_its_own_on_any_number_of_lines() -> None:
    heading = column(["Sixteen killed as shells", "hit market of Halvorin"], top=760, size=20, step=25)

    assert paragraphs([*heading, *column(FIRST)]) == ["Sixteen killed as shells hit market of Halvorin", FIRST_TEXT]


def test_columns_are_read_one_after_the_other_and_a_sentence_goes_on_in_the_next() -> None:
    narrow = ["The ministry said that no", "one had been in the market", "when it was hit, although"]
    rest = ["witnesses had counted ten", "people there at noon."]

    assert paragraphs([*column(narrow), *column(rest, x=320)]) == [" ".join(narrow + rest)]


def test_what_stands_on_every_sheet_is_no_text() -> None:
    def sheet(number: int, lines: list[str]) -> list[At]:
        return [(60, 780, 9, "The Harbour Gazette"), *column(lines), (290, 20, 9, f"Page {number} of 3")]

    text = paragraphs(sheet(1, FIRST[:2]), sheet(2, FIRST[2:]), sheet(3, SECOND))

    assert text == [FIRST_TEXT, SECOND_TEXT]


def test_what_stands_once_at_the_edge_of_a_sheet_stays() -> None:
    sheets = [[(60, 780, 11, f"Dateline {word}"), *column(FIRST)] for word in ("Aleppo", "Homs")]

    assert [one for one in paragraphs(*sheets) if "Dateline" in one] == ["Dateline Aleppo", "Dateline Homs"]


def test_what_a_browser_prints_around_a_page_is_no_text() -> None:
    around = [(30, 785, 8, "11/27/26, 8:01 AM"), (30, 10, 8, "https://gazette.example/market 1/1")]

    assert paragraphs([*around, *column(FIRST)]) == [FIRST_TEXT]  # type: ignore[list-item]


def test_a_word_broken_at_the_end_of_a_line_is_whole_again() -> None:
    lines = [
        "The adminis-",
        "tration of the well-",
        "known market, a well-known",
        "one, and its Anti-",
        "Corruption office",
    ]

    assert paragraphs(column(lines)) == [
        "The administration of the well-known market, a well-known one, and its Anti-Corruption office"
    ]


def test_a_title_counts_where_the_first_sheet_shows_it() -> None:
    sheet = [(60, 760, 20, "Shells hit market"), *column(FIRST)]
    for stated, title in (("Shells hit market", "Shells hit market"), ("Microsoft Word - final2.docx", None)):
        article, _, _ = read_article(Page(id="a", content=pdf([sheet], stated), kind="pdf"))

        assert article.title == title
        assert FIRST_TEXT in article.text


def test_a_pdf_of_pictures_says_that_it_has_no_text() -> None:
    article, _, problems = read_article(Page(id="a", content=pdf([[], []]), kind="pdf"))

    assert article.text == ""
    assert "no text layer: its pages are pictures" in [problem.what for problem in problems]


def test_no_more_sheets_than_allowed_are_read() -> None:
    text, _, problems = text_of_pdf(pdf([column([f"Sheet {n} of many."]) for n in range(SHEETS + 5)]), Settings())

    assert f"Sheet {SHEETS - 1} of" in text
    assert f"Sheet {SHEETS} of" not in text
    assert problems[0].what == f"it has {SHEETS + 5} pages; only the first {SHEETS} were read"


def test_no_more_text_than_allowed_is_read() -> None:
    sheets = [column(FIRST) for _ in range(50)]
    article, _, problems = read_article(Page(id="a", content=pdf(sheets), kind="pdf"), Settings(max_text_chars=300))

    assert len(article.text) <= 300
    assert any("only the first 300" in problem.what for problem in problems)


WHOLE = pdf([column(FIRST), column(SECOND)])


@given(st.integers(0, len(WHOLE)), st.binary(max_size=40))
def test_a_broken_pdf_is_read_as_far_as_it_goes(at: int, other: bytes) -> None:
    for content in (WHOLE[:at], WHOLE[:at] + other + WHOLE[at + len(other) :]):
        text, _, problems = text_of_pdf(content, Settings())

        assert text or problems


def test_without_the_extra_it_is_said_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(WHOLE)
    script = (
        "import sys; sys.modules['pypdfium2'] = None; sys.path_importer_cache.clear()\n"
        "from sayso.pages.pdf import text_of_pdf; from sayso.records import MissingExtraError\n"
        "from sayso.settings import Settings\n"
        "try: text_of_pdf(b'', Settings())\n"
        "except MissingExtraError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "pdf: expected pypdfium2, found none; install it with: pip install 'sayso[pdf]'"


@pytest.mark.parametrize("text", ["", "x"])
def test_a_sheet_of_next_to_nothing_is_read(text: str) -> None:
    assert text_of_pdf(pdf([column([text, "."])]), Settings())[0].startswith(text)


def test_a_line_that_ends_before_it_is_full_ends_a_paragraph_without_a_full_stop() -> None:
    furniture = ["Posted on 17 March 2024 by Webdesk / Lodestar", "Print this page"]

    assert paragraphs(column([*furniture, *FIRST, *SECOND])) == [*furniture, FIRST_TEXT, SECOND_TEXT]
