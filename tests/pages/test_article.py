"""The room's pass: any bytes in, an article and a view that fit each other out."""

from __future__ import annotations

import re
import time
from typing import get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.pages import read_article
from sayso.records import Article, Given, Page, PageView, Problem
from sayso.settings import Settings

KINDS = get_args(get_type_hints(Page)["kind"])

STORY = """<html lang=en><head><title>{0} attack Aldham</title></head><body><nav>Home</nav><h1>{0} attack Aldham</h1>
<div class=story><p>{0} attacked the town of Aldham on Sunday with tanks and mortars, the ministry of defence says.</p>
<p>“They came from the north and they are still there,” a spokesman of {0} told reporters in the capital on Sunday.</p>
<p>An activist network, cited by a wire agency, said that two people had been killed and seven had been hurt.</p>
</div><footer>© 2016 The Example</footer></body></html>"""


def read(
    content: bytes | str, kind: str = "html", limits: Settings = Settings()
) -> tuple[Article, PageView, tuple[Problem, ...]]:
    content = content.encode() if isinstance(content, str) else content
    return read_article(Page(id="p", content=content, kind=kind), limits)  # type: ignore[arg-type]


def fits(article: Article, view: PageView) -> bool:
    """Whether every block that says it is part of the text is."""
    placed = [block for block in view.blocks if block.start is not None]
    return all(article.text[block.start :].startswith(block.text) for block in placed)


def test_a_page_gives_its_article_and_all_that_it_shows() -> None:
    article, view, problems = read(STORY.format("Fighters"))
    assert article.text.startswith("Fighters attacked")
    assert article.text.endswith("hurt.")
    assert article.title == "Fighters attack Aldham"
    assert [block.text for block in view.blocks if block.start is None] == [
        "Home",
        "Fighters attack Aldham",
        "© 2016 The Example",
    ]
    assert len(article.text.split("\n\n")) == 3
    assert fits(article, view)
    assert problems == ()


def test_what_the_sender_gives_is_kept() -> None:
    page = Page(id="p", content=b"Troops left.", kind="article", given=Given(title="T", published="2019-11-18"))
    article, _, _ = read_article(page)
    assert (article.text, article.title, article.published) == ("Troops left.", "T", "2019-11-18")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content", [b"", b" \n ", b"\x00\x00"])
def test_an_empty_page_says_so(kind: str, content: bytes) -> None:
    article, _, problems = read(content, kind)
    if kind != "article":
        assert article.text == ""
    if not article.text.strip():
        assert Problem(reader="pages", what="no article text found") in problems


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pdf"])  # test_pdf.py has its own
def test_a_text_longer_than_the_limit_is_cut_and_told(kind: str) -> None:
    content = STORY.format("Fighters") if kind == "html" else "Troops left the town at noon.\n\n" * 10
    article, view, problems = read(content, kind, Settings(max_text_chars=150))
    assert 0 < len(article.text) <= 150
    assert fits(article, view)
    assert any("only the first 150 were read" in problem.what for problem in problems)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_larger_than_the_limit_is_cut_and_told(kind: str) -> None:
    _, view, problems = read(STORY.format("Fighters"), kind, Settings(max_page_bytes=90))
    assert sum(len(block.text) for block in view.blocks) <= 90
    assert any("only the first 90 were read" in problem.what for problem in problems)


def test_pages_read_before_change_nothing() -> None:
    one, other = STORY.format("Fighters"), STORY.format("Soldiers")
    first = read(one)
    assert read(other) != first
    assert all(read(one) == first for _ in range(3))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(KINDS))
def test_no_bytes_raise(content: bytes, kind: str) -> None:
    article, view, problems = read(content, kind)
    assert fits(article, view)
    assert all(problem.reader == "pages" for problem in problems)
    if kind != "article":
        assert not re.search("[\x00-\x08\x0e-\x1f\x7f]", article.text)


pieces = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div hidden>",
        "<div class='comments ad'>",
        "</div>",
        "<table><td>",
        "<br>",
        "<a href='//[x'>",
        "&#0;",
        '<script type=\'application/ld+json\'>{"articleBody":"',
        "</script>",
        "<meta property=og:title content='x'>",
        "é",
        "\x00",
        "The army said on Monday that it had taken the town after a week of fighting, and its enemies denied it. ",
    ],
)


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, max_size=25).map("".join))
def test_no_mark_up_raises(markup: str) -> None:
    article, view, _ = read(markup)
    assert fits(article, view)
    assert read(markup)[0] == article


@given(st.text(max_size=80))
def test_an_article_is_taken_as_it_stands(text: str) -> None:
    assert read(text.encode(), "article")[0].text == text


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 100_000 + "x",
        "<" * 500_000,
        "<a b='" * 100_000,
        "<p>" + "word " * 100_000,
        "x<br>" * 60_000,
        "<table><tr><td>" * 3_000,
        "&" * 300_000,
        "<!--" * 100_000,
        "<b><p>" * 5_000,
    ],
    ids=lambda content: content[:16],
)
def test_hostile_mark_up_is_read_in_time(content: str) -> None:
    began = time.process_time()
    read(content)
    assert time.process_time() - began < 10
