"""The HTML page: self-contained, complete without script, and deaf to what a page's text would have it do."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from sayso.records import Article, LineageStep, MadeBy, Reading
from sayso.render import render_html
from sayso.render.html import safe_url

from .strategies import readings

#: Every element that the templates write.
ELEMENTS = set(
    "html head meta title style script body header main nav article section aside h1 h2 h3 p b i small span a ol ul li"
    " dl dt dd div table caption tbody tr th td details summary fieldset legend label input button".split()
)


def parsed(page: str) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(page.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))


def digest(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def test_the_policy_allows_this_style_and_script_and_nothing_else(reading: Reading) -> None:
    page = parsed(render_html([reading]))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    (style,), (script,) = page.xpath("//style/text()"), page.xpath("//script/text()")

    assert policy.startswith("default-src 'none';")
    assert f"style-src 'sha256-{digest(style)}'" in policy
    assert f"script-src 'sha256-{digest(script)}'" in policy
    assert "unsafe" not in policy


def test_the_text_stands_in_the_page_word_for_word(reading: Reading) -> None:
    lines = [line.text_content() for line in parsed(render_html([reading])).xpath("//section[@class='text']/p")]

    assert lines == [line for line in reading.article.text.split("\n") if line]


def test_every_claim_has_a_card_and_every_link_within_the_page_a_target(reading: Reading) -> None:
    page = parsed(render_html([reading, reading]))
    ids = page.xpath("//@id")
    cards = {card for cards in page.xpath("//@data-c") for card in cards.split()}

    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= set(ids)
    assert cards <= set(page.xpath("//@data-card"))


def test_a_card_shows_chain_counts_and_modality(reading: Reading) -> None:
    cards = [" ".join(card.text_content().split()) for card in parsed(render_html([reading])).xpath("//*[@data-card]")]

    assert cards[0].endswith("district hospital speakerLodestar publisherOpen Desk Notes republisher")
    assert "killed at least 16" in cards[0]
    assert "planned" in next(card for card in cards if "A second attack" in card)


def test_lineage_comes_with_its_words(reading: Reading) -> None:
    hands = parsed(render_html([reading])).xpath("//section[@class='hands']//li")

    assert [" ".join(hand.text_content().split()) for hand in hands] == [
        "Lodestar origin, 17 March 2024“(Lodestar)”",
        "Open Desk Notes host“Posted by Deskhand”",
    ]


def test_no_page_text_becomes_mark_up() -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7 * 7 }} {% raw %} \u202egnp.exe"
    reading = Reading(
        id=evil, made_by=MadeBy(sayso="0"), page=None,
        article=Article(
            text=evil, title=evil, publisher=evil, site=evil, authors=(evil,), published=evil, licence=evil,
            removal_contact=evil, language='"><script>', url="javascript:alert(1)",
        ),
        lineage=(LineageStep(publisher=evil, role="origin", quote=evil),),
    )  # fmt: skip
    written = render_html([reading])
    page = parsed(written)

    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img | //iframe | //object | //embed | //link | //base | //form")
    assert "javascript:" not in "".join(page.xpath("//@href"))
    assert "49" not in page.xpath("//h1")[0].text_content()
    assert "\u202e" not in written


@settings(max_examples=40, deadline=None)
@given(st.lists(readings, max_size=2))
def test_any_reading_makes_a_page_without_strange_elements(found: list[Reading]) -> None:
    written = render_html(found)
    page = parsed(written)

    assert {str(element.tag) for element in page.iter() if isinstance(element.tag, str)} <= ELEMENTS
    assert not [name for name in {str(name) for e in page.iter() for name in e.attrib} if name.startswith("on")]
    ids = {f"#{name}" for name in page.xpath("//@id")}
    assert all(href in ids or href == "https://a.example/" for href in page.xpath("//@href"))
    assert not page.xpath("//@src | //@style | //@srcset")
    assert written == render_html(found)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://lodestar.example/a?b=c#d", True),
        ("http://lodestar.example", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("//lodestar.example", False),
        ("https:///path", False),
        ("https://a.example/\nx", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, kept: bool) -> None:
    assert safe_url(url) == (url if kept else None)


def test_no_reading_makes_a_page_that_says_so() -> None:
    assert "There is nothing to read." in render_html([])
