"""What a page states in its mark-up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from sayso.pages.jsonld import MAX_MARKS, jsonld_marks
from sayso.pages.marks import marks_of


def marks(markup: str) -> list[tuple[str, str, str]]:
    return [(mark.origin, mark.key, mark.value) for mark in marks_of(html.document_fromstring(markup))]


def ld(script: str) -> list[tuple[str, str]]:
    return [(mark.key, mark.value) for mark in jsonld_marks([script])]


def test_every_vocabulary_in_one_page() -> None:
    page = """<html lang="en-GB"><head><title>Ferry sinks | Evening Lantern</title>
      <meta property="og:site_name" content="Evening Lantern"><meta name="Author" content="Ann Ode">
      <link rel="canonical" href="https://lantern.example/ferry">
      <link rel="alternate" type="application/rss+xml" title="Evening Lantern » Feed" href="/feed">
      <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry sinks"}</script></head>
      <body><div itemscope itemtype="https://schema.org/NewsArticle"><span itemprop="author" itemscope
      itemtype="https://schema.org/Person"><b itemprop="name">Ann Ode</b></span></div></body></html>"""

    assert marks(page) == [
        ("json-ld", "newsarticle.headline", "Ferry sinks"),
        ("meta", "lang", "en-GB"),
        ("meta", "title", "Ferry sinks | Evening Lantern"),
        ("opengraph", "og:site_name", "Evening Lantern"),
        ("meta", "author", "Ann Ode"),
        ("link", "canonical", "https://lantern.example/ferry"),
        ("link", "feed.title", "Evening Lantern » Feed"),
        ("microdata", "newsarticle.author.name", "Ann Ode"),
    ]


def test_half_a_character_in_a_value_keeps_its_place() -> None:
    assert ld('{"@type": "NewsArticle", "headline": "a \\ud800b"}') == [("newsarticle.headline", "a \ufffdb")]


def test_a_list_repeats_its_key_and_a_graph_is_followed_once() -> None:
    script = """{"@graph": [
      {"@type": "Article", "author": [{"@id": "#ann"}, {"@type": "Person", "name": "Bo Ode"}]},
      {"@type": "Person", "@id": "#ann", "name": "Ann Ode", "knows": {"@id": "#ann"}}]}"""

    found = ld(script)

    assert [value for key, value in found if key == "article.author.name"] == ["Ann Ode", "Bo Ode"]
    assert not any("author.knows.name" in key for key, _ in found)


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "Article", "headline": "Ferry\nsinks"}',
        '<!-- {"@type": "Article", "headline": "Ferry sinks"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Ferry sinks",}\n//]]>',
        '[{"@type": ["Article"], "headline": "Ferry &amp;#32; <b>sinks</b>"}]'.replace("&amp;#32;", "&#32;"),
        '{"@type": "http://schema.org/Article", "headline": "Ferry sinks"};',
    ],
)
def test_broken_json_is_read_as_far_as_it_means_something(script: str) -> None:
    assert ("article.headline", "Ferry sinks") in ld(script)


@pytest.mark.parametrize("script", ["", "{", "null", "[[[1]]]", '{"a": ' * 5000, '"text"', "undefined"])
def test_what_is_no_json_is_left(script: str) -> None:
    assert ld(script) == []


def test_marks_are_bounded() -> None:
    assert len(ld('{"@type": "Article", "keywords": [' + "1," * (MAX_MARKS * 2) + "1]}")) == MAX_MARKS


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["@type", "@id", "@graph", "author", "name"]), inner), max_leaves=20))  # fmt: skip
def test_any_json_gives_marks_with_values(value: object) -> None:
    import json

    script = json.dumps(value)
    found = ld(script)

    assert found == ld(script)
    assert all(key and text and text == text.strip() for key, text in found)
