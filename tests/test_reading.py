"""The one pass holds its promises for any page whatever: it never raises, and all that it says points at words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import sayso.reading
from sayso.reading import read_page
from sayso.records import Given, Page, Reading, from_json, to_json
from sayso.settings import Settings

WORDS = (
    "The army said on Monday that at least 12 people were killed in Aleppo. “We saw it,” she told Reuters. "
    "Rebels denied it, according to a monitor. <p> </div> Up to 300 fighters reportedly seized the town. (AFP) "
).split(" ")

prose = st.lists(st.sampled_from([*WORDS, "\n\n", "\n", '"', "”", "\u202e", "é", "\x00", "𝔘"]), max_size=120).map(
    " ".join
)
contents = st.one_of(
    st.binary(max_size=3_000),
    prose.map(str.encode),
    prose.map(lambda text: f"<html><body><p>{text}</p></body></html>".encode()),
    st.text(max_size=500).map(lambda text: text.encode("utf-16", "surrogatepass")),
)
pages = st.builds(
    Page, id=st.just("p"), content=contents, kind=st.sampled_from(["html", "text", "article"]),
    charset=st.sampled_from([None, "utf-8", "latin-1", "no-such-charset"]),
    given=st.builds(Given, published=st.sampled_from([None, "2024-03-06", "2024-03-06T10:00:00Z", "long ago"])),
)  # fmt: skip


def spans_of(reading: Reading) -> list[tuple[int, int]]:
    spans = [span for step in reading.lineage for span in step.evidence]
    spans += [span for one in reading.attributions for part in (one.source, one.cue, one.content) for span in part]
    spans += [one.span for part in (reading.entities, reading.times, reading.places) for one in part]
    spans += [event.trigger for event in reading.events]
    spans += [span for event in reading.events for found in event.spans.values() for span in found]
    return spans + [span for claim in reading.claims for span in claim.content]


@given(pages)
@hypothesis_settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_reading_whose_values_point_at_words(page: Page) -> None:
    reading = read_page(page)
    text = reading.article.text

    assert not [problem for problem in reading.problems if problem.what.startswith("failed on this page")]
    assert all(0 <= start < end <= len(text) for start, end in spans_of(reading))
    assert from_json(to_json(reading), Reading, place="here") == reading


@given(pages)
@hypothesis_settings(max_examples=40, deadline=None)
def test_the_same_page_gives_the_same_reading(page: Page) -> None:
    first = read_page(page)
    read_page(Page(id="other", content=b"<p>In between, the ministry said, another page was read.</p>", kind="html"))

    assert to_json(read_page(page)) == to_json(first)


@given(pages)
@hypothesis_settings(max_examples=100, deadline=None)
def test_every_attribution_and_every_event_stands_in_a_claim(page: Page) -> None:
    reading = read_page(page)

    assert {claim.attribution for claim in reading.claims} >= set(range(len(reading.attributions)))
    assert {claim.event for claim in reading.claims} >= set(range(len(reading.events)))
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
    assert all(claim.chain for claim in reading.claims)


def test_a_step_that_fails_costs_that_step_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError("no such month")

    monkeypatch.setattr(sayso.reading, "read_times", fails)
    page = Page(id="p", content=b"Two people died on Monday, the Sample Ministry said.", kind="article")
    reading = read_page(page)

    assert [(problem.reader, problem.what) for problem in reading.problems] == [
        ("times", "failed on this page: ValueError: no such month")
    ]
    assert reading.attributions


def test_another_language_keeps_article_and_lineage_and_says_so() -> None:
    text = "La ministre a déclaré lundi que les soldats avaient quitté la ville pendant la nuit. " * 5
    reading = read_page(Page(id="p", content=text.encode(), kind="text", given=Given(publisher="Le Sample")))

    assert reading.article.language == "fr"
    assert reading.lineage
    assert not reading.attributions
    assert [problem.reader for problem in reading.problems] == ["language"]


def test_ids_do_not_depend_on_when_or_how_a_page_was_fetched() -> None:
    content = b"Two people died on Monday, the Sample Ministry said. The army denied it."
    one = read_page(Page(id="a", content=content, kind="article", fetched="2024-03-06T10:00:00Z"))
    other = read_page(Page(id="b", content=content, kind="article"))

    assert [claim.id for claim in one.claims] == [claim.id for claim in other.claims]


@pytest.mark.parametrize(
    "content",
    [
        b"<div>" * 100_000 + b"The ministry said two people died." + b"</div>" * 100_000,
        b"<p>" + b"The ministry said two people died on Monday. " * 40_000,
        b"\xff\xfe" + "The ministry said two people died.".encode("utf-16-le"),
        b"a" * 3_000_000,
        b'"' * 200_000,
        b"said that " * 60_000,
        b"(" * 100_000 + b"AP" + b")" * 100_000,
        b"12 " * 100_000,
    ],
    ids=["nested", "long", "utf-16", "one word", "quotes", "said that", "brackets", "numbers"],
)
@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("html", Settings(reader="rules", max_text_chars=200_000)),
        ("text", Settings(reader="rules", max_text_chars=200_000)),
        # The network's work is the same for every window, whatever stands in it: a shorter text shows as much.
        ("text", Settings(reader="learned", max_text_chars=20_000, threads=1)),
    ],
    ids=["html", "text", "learned"],
)
def test_hostile_pages_are_read_in_bounded_time(content: bytes, kind: str, settings: Settings) -> None:
    reading = read_page(Page(id="p", content=content, kind=kind), settings)  # type: ignore[arg-type]

    assert len(reading.article.text) <= settings.max_text_chars
    assert not [problem for problem in reading.problems if problem.what.startswith("failed")]
