"""Plain text: lines as they stand, and the article among what was copied with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.pages.plain import article_blocks, body_of_text

FIRST = "More than 300 fighters, backed by tanks, began an attack on the town of Aldham on Sunday, the ministry says."
SECOND = (
    "“They came from the north,” the statement reads. An activist network, cited by a wire agency, spoke of two dead."
)
LAST = "The town was taken in 2015, but government forces managed to regain it in March of this year with air support."

COPIED = f"""300 Fighters Attack Aldham Again - The Example Blog


Post Top Ad

Sunday, December 11, 2016

300 Fighters Attack Aldham Again

Weekly Example, December 11, 2016
EX 11 December 2016

{FIRST}

{SECOND}

War has come.

{LAST}

The original source of this article is EX
Copyright © EX, EX, 2016


The Example Blog published this article following the Creative Commons rule. If you don't want your article to \
appear in this blog email me and I will remove it asap.

2 comments:

Somebody said that this had all been seen before, in another town and in another year, and that nobody had learnt.

Post a Comment
"""


def body(text: str) -> str:
    return body_of_text(text)[0]


def test_the_article_without_what_was_copied_with_it() -> None:
    assert body(COPIED).split("\n\n") == [FIRST, SECOND, "War has come.", LAST]


def test_every_line_is_a_block_and_those_of_the_body_know_where() -> None:
    text, blocks = body_of_text(COPIED)
    assert [block.text for block in blocks] == [" ".join(line.split()) for line in COPIED.split("\n") if line.strip()]
    assert {block.tag for block in blocks} == {"line"}
    assert [block.text for block in blocks if block.start is not None] == text.split("\n\n")
    assert all(text[block.start :].startswith(block.text) for block in blocks if block.start is not None)


@pytest.mark.parametrize(
    "text",
    [
        "Troops left.",
        f"{FIRST}\n\n{SECOND}",
        f"Fighters attack Aldham\n\n{FIRST}\n\nWhat is known\n\n{SECOND}",
        f"{FIRST}\n\nAlso on Saturday, rebels entered some districts.\n\n{LAST}",
        "First line of a poem\nSecond line of a poem",
        "",
    ],
)
def test_text_without_furniture_stays_whole(text: str) -> None:
    assert body(text) == text


def test_a_by_line_above_takes_the_title_along() -> None:
    assert body(f"Fighters attack Aldham\n\nBy Ann Writer\n\n{FIRST}\n\n{LAST}") == f"{FIRST}\n\n{LAST}"


def test_notices_between_paragraphs_go() -> None:
    assert body(f"{FIRST}\n\nADVERTISEMENT\n\n{LAST}\n\nRead more: Bridges closed") == f"{FIRST}\n\n{LAST}"


def test_lines_broken_to_fit_are_joined() -> None:
    wrapped = (
        "More than 300 fighters, backed by tanks, began an attack on the town\n"
        "of Aldham on Sunday, the ministry says in a statement that was sent\nto reporters."
    )
    text, blocks = body_of_text(wrapped)
    assert text == wrapped.replace("\n", " ")
    assert [text[block.start :][: len(block.text)] for block in blocks] == wrapped.split("\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends_of_all_systems(end: str) -> None:
    text, blocks = body_of_text(f"{FIRST}{end}{end}{LAST}{end}")
    assert (text, len(blocks)) == (f"{FIRST}\n\n{LAST}", 2)


lines = st.sampled_from([FIRST, SECOND, LAST, "", "No comments:", "By Ann Writer", "A title", "© 2016", " x  y ", "\t"])


@given(st.lists(lines | st.text(max_size=30), max_size=15).map("\n".join))
def test_whatever_the_text_blocks_lie_in_the_body(text: str) -> None:
    body, blocks = body_of_text(text)
    placed = [block for block in blocks if block.start is not None]
    assert all(body[block.start :].startswith(block.text) for block in placed)
    assert sum(len(block.text) for block in placed) == sum(not mark.isspace() for mark in body) + sum(
        block.text.count(" ") for block in placed
    )
    assert body_of_text(text) == (body, blocks)


@given(st.text(st.characters(), max_size=80))
def test_an_articles_lines_stand_where_they_are(text: str) -> None:
    blocks = article_blocks(text)
    assert all(block.start is not None and text[block.start :].startswith(block.text) for block in blocks)
    assert "".join("".join(block.text.split()) for block in blocks) == "".join(text.split())


def test_long_junk_is_read_in_time() -> None:
    for junk in ("\n" * 200_000, "a\n" * 100_000, "." * 500_000, " \n\t" * 100_000, ".”" * 200_000, "by " * 150_000):
        body_of_text(junk)
        article_blocks(junk)
