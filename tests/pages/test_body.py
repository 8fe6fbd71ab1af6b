"""The body among the lines of a page: invented pages with the furniture of real ones."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sayso.pages
from sayso.pages.body import body_of, chosen_lines
from sayso.pages.furniture import furniture, is_dateline
from sayso.pages.html import read_html
from sayso.pages.opinions import Coverage, stated

PARAGRAPHS = [
    "LONDON (Example Wire) - Troops entered the northern town of Aldham at dawn on Monday, the defence ministry said.",
    "“We have full control of the station and of both bridges,” a spokesman told reporters in the capital on Monday.",
    "Residents said by telephone that they had heard shelling through the night and had seen two buildings on fire.",
    "The ministry gave no figures for casualties, and an aid group said that it could not reach the hospital so far.",
]


def page(*inside: str, head: str = "", around: str = "") -> str:
    body = "\n".join(inside)
    return f"""<html><head><title>Troops enter Aldham at dawn - The Example</title>{head}</head><body>
        <nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
        <div class="page"><h1>Troops enter Aldham at dawn</h1><div class="story-body">{body}</div></div>{around}
        <footer><p>© 2019 The Example. All rights reserved.</p></footer></body></html>"""


def body(markup: str) -> list[str]:
    tree, lines, _ = read_html(markup, 400)
    text, blocks = body_of(tree, lines)
    starts = [(block.start, block.text) for block in blocks if block.start is not None]
    assert all(text[start : start + len(said)] == said for start, said in starts)
    return text.split("\n\n") if text else []


def in_p(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_the_paragraphs_and_nothing_else() -> None:
    assert body(page(in_p(PARAGRAPHS))) == PARAGRAPHS


@pytest.mark.parametrize(
    "furniture_line",
    [
        "<p>The original source of this article is The Other Example</p>",
        "<p>Copyright © The Example, 2019</p>",
        "<p>Read more: <a href='/x'>Bridges closed in Aldham</a></p>",
        "<p>Sunday paper, delivered to your door or through your letterbox: twelve issues for two.</p>",
        "<p>Sign up for our newsletter and get the latest in your inbox.</p>",
        "<h3>Related articles</h3>",
        "<p><a href='/y'>How the fight for Aldham began and why it matters to the region</a></p>",
        "<p>ADVERTISEMENT</p>",
        "<p>The Weekly Example published this article under a Creative Commons licence.</p>",
        "<p>If you do not want your work to appear on this blog, write to me.</p>",
        "<p>First published by the Other Example, 17 November 2019</p>",
        "<p>Example Wire writers Ann Ode and Bo O'Hara contributed to this report.</p>",
        "<p>(c) The Example Wire</p>",
        "<p>Filed under: <a href='/t'>Aldham</a></p>",
        "<p>No comments:</p>",
        "<div class='box related-posts'><p>Another story about something else that happened far away.</p></div>",
    ],
)
def test_furniture_between_and_below_goes(furniture_line: str) -> None:
    assert body(page(in_p(PARAGRAPHS[:2]), furniture_line, in_p(PARAGRAPHS[2:]), furniture_line)) == PARAGRAPHS


def test_a_page_of_furniture_alone_has_no_body() -> None:
    assert body("<html><nav>Home</nav><footer>About</footer></html>") == []
    assert body("<html><nav>Home</nav><p>Aldham is taken.</p><footer>About</footer></html>") == ["Aldham is taken."]


def test_furniture_above_goes() -> None:
    above = "<h2>Bridges taken, ministry says</h2><p>By Ann Writer</p><p>18 November 2019 10:20</p>"
    assert body(page(above, in_p(PARAGRAPHS))) == PARAGRAPHS


def test_a_first_paragraph_above_the_others_box_stays() -> None:
    rest = "".join(f"<div class='para'>{text}</div>" for text in PARAGRAPHS[1:])
    assert body(page(f"<p class='speakable'>{PARAGRAPHS[0]}</p><section>{rest}</section>")) == PARAGRAPHS


def test_sections_lists_quotations_and_tables_stay() -> None:
    parts = [
        in_p(PARAGRAPHS[:2]),
        "<h2>What is known</h2><ul><li>Two bridges are closed</li><li>The station is taken</li></ul>",
        f"<blockquote><p>{PARAGRAPHS[2]}</p></blockquote>",
        "<table><tr><td>Aldham</td><td>taken</td></tr><tr><td>Burford</td><td>held</td></tr></table>",
        in_p(PARAGRAPHS[3:]),
    ]
    assert body(page(*parts)) == [
        *PARAGRAPHS[:2],
        "What is known",
        "Two bridges are closed",
        "The station is taken",
        PARAGRAPHS[2],
        "Aldham",
        "taken",
        "Burford",
        "held",
        PARAGRAPHS[3],
    ]


def test_a_heading_with_nothing_below_goes() -> None:
    assert body(page(in_p(PARAGRAPHS), "<h2>What comes next</h2>")) == PARAGRAPHS


def test_a_body_in_two_boxes_of_one_make_is_one() -> None:
    halves = [f"<div class='grid'>{in_p(part * 2)}</div>" for part in (PARAGRAPHS[:2], PARAGRAPHS[2:])]
    assert set(body(page(*halves))) == set(PARAGRAPHS)


def test_a_summary_above_the_body_is_its_lede() -> None:
    markup = page(in_p(PARAGRAPHS[1:])).replace("</h1>", f"</h1><div class='story__summary'>{PARAGRAPHS[0]}</div>")
    assert body(markup) == PARAGRAPHS


def test_a_second_copy_in_another_make_goes_and_an_interviews_question_stays() -> None:
    copy = f"<div class='telephone'><p class='small'>{PARAGRAPHS[0]}</p></div>"
    assert body(page(in_p(PARAGRAPHS), copy)) == PARAGRAPHS
    asked = "What did you see when the first of the vehicles came over the bridge that morning in November?"
    answered = [asked, *PARAGRAPHS[:2], asked, *PARAGRAPHS[2:]]
    assert body(page(in_p(answered))) == answered


def test_an_address_spelled_out_stays() -> None:
    said = "http://example.org/aid"
    _, lines, _ = read_html(
        page(in_p([*PARAGRAPHS, f"<a href='{said}'>{said}</a>", "<a href='/x'>Elsewhere</a>"])), 400
    )
    chosen = chosen_lines(lines, "\n".join([*PARAGRAPHS, said, "Elsewhere"]), frozenset())
    assert [lines[at].block.text for at in chosen] == [*PARAGRAPHS, said]


def test_a_body_stated_in_the_mark_up_stands_in_for_a_teaser() -> None:
    said = json.dumps({"@graph": [{"@type": "NewsArticle", "articleBody": "\n".join(PARAGRAPHS)}]})
    head = f"<script type='application/ld+json'>{said}</script>"
    assert body(page(f"<p>{PARAGRAPHS[0]}</p>", head=head)) == PARAGRAPHS


@pytest.mark.parametrize("script", ["{", "[" * 100_000, '{"articleBody": 3}', '"articleBody"', "null"])
def test_broken_statements_say_nothing(script: str) -> None:
    tree, _, _ = read_html(f"<script type='application/ld+json'>{script}\"articleBody\"</script><p>x</p>", 400)
    assert stated(tree) == ""


def test_without_an_extractor_the_prose_of_the_page_remains() -> None:
    parts = [*PARAGRAPHS[:2], "A short line.", *PARAGRAPHS[2:]]
    _, lines, _ = read_html(page(in_p(parts), around="<aside><p>Another story, elsewhere.</p></aside>"), 400)
    assert [lines[at].block.text for at in chosen_lines(lines, "", frozenset())] == parts


@given(st.lists(st.sampled_from([*PARAGRAPHS, "Read more", "By Ann Writer", "Two men"]), max_size=12), st.booleans())
def test_the_body_is_made_of_lines_of_the_page(texts: list[str], voted: bool) -> None:
    _, lines, _ = read_html(page(in_p(texts)), 400)
    chosen = chosen_lines(lines, "\n".join(texts) if voted else "", frozenset())
    assert chosen == sorted(set(chosen))
    assert all(lines[at].block.text in texts for at in chosen)


def test_coverage_knows_short_lines_whole_and_long_ones_by_most_of_their_words() -> None:
    coverage = Coverage("Two men\nTroops entered the northern town of Aldham at dawn on Monday")
    assert coverage.has("Two men.")
    assert not coverage.has("men")
    assert coverage.has("Troops entered the northern town of Aldham at dawn on Monday, he said")
    assert not coverage.has("Troops left the northern town at noon and went to Aldham")
    assert not coverage.has("–")


TABLES = tomllib.loads(Path(sayso.pages.__file__).with_name("furniture.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(TABLES))
def test_phrases_of_furniture_are_sorted_once_and_as_lines_are_compared(name: str) -> None:
    phrases = TABLES[name]
    assert phrases == sorted(set(phrases))
    assert all(phrase == phrase.lower() and not re.search("[’‘“”]|  |^ ", phrase) for phrase in phrases)


def test_phrases_of_furniture_are_what_is_read() -> None:
    assert set(TABLES) == set(type(furniture()).__struct_fields__)
    assert all(furniture().is_notice(phrase) for name in ("whole", "starts", "contains") for phrase in TABLES[name])
    assert all(furniture().is_end(phrase) for phrase in TABLES["ends"])
    assert all(re.fullmatch("[a-z]+", word) for name in ("hints", "ledes") for word in TABLES[name])


@pytest.mark.parametrize(
    "sentence",
    [
        "Also on Saturday, rebels reportedly entered some of the town’s districts.",
        "Posted on the bridge, they fired.",
        "The original source of the fire was a shell, the mayor said.",
        "An envoy has been sent to the capital.",
        "The views expressed by the minister were condemned.",
        "“Share this with your people,” the general told them.",
        "By continuing to shell the town, the army broke the truce.",
        "Read more than one report of it, he advised.",
    ],
)
def test_sentences_are_no_notices(sentence: str) -> None:
    assert not furniture().is_notice(sentence)


def test_datelines() -> None:
    assert all(map(is_dateline, ["By Ann Writer", "Sunday, December 11, 2016", "Updated 10:20 GMT"]))
    assert not any(map(is_dateline, ["By dawn it was over.", "In 2016 the town fell.", "Bystanders"]))
