"""The brief of a story: all reports, their words, and nothing of a page that could run."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from msgspec.structs import replace

from sayso.gather import Wanted, gather
from sayso.reading import read_page
from sayso.records import Article, Page, Reading, Story
from sayso.render import render_brief, render_changes, render_copies
from sayso.render.wording import one_line
from sayso.settings import Settings
from sayso.stories import find_copies, find_stories, sketch_of, text_of
from tests.stories.reports import report
from tests.stories.test_stories import ALL, HOSPITAL, MONITOR

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    settings = Settings(reader="rules")
    pages = gather((str(EXAMPLES),), Wanted(), settings)
    return {page.id: read_page(page, settings) for page in pages if isinstance(page, Page)}


@pytest.fixture(scope="module")
def stories(readings: dict[str, Reading]) -> tuple[Story, ...]:
    return find_stories(readings.values())


def text_in(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def test_every_origin_and_every_statement_stands_in_the_brief(
    readings: dict[str, Reading], stories: tuple[Story, ...]
) -> None:
    for story in stories:
        shown = text_in(render_brief(story, readings))
        assert all(one_line(origin.voice) in shown for origin in story.origins)
        assert all(one_line(side.value) in shown for dispute in story.disputes for side in dispute.sides)
        assert f"{story.independent_origins} independent origin" in shown
        assert not any(f"through {one_line(origin.voice)}, " in shown for origin in story.origins)


def test_a_denial_cannot_be_taken_for_a_claim() -> None:
    denied = replace(MONITOR, events=(replace(MONITOR.events[0], modality="denied"),))
    story = next(one for one in find_stories((HOSPITAL, denied)) if len(one.reports) == 2)
    tree = html.fromstring(render_brief(story, {"gazette": HOSPITAL, "herald": denied}))

    assert {"".join(one.itertext()).split()[0] for one in tree.iter("blockquote") if one.get("class") == "denied"} == {
        "Denied:"
    }


def test_nothing_of_a_page_runs_or_loads() -> None:
    evil = report(
        "evil", f"Shells killed 16 people {EVIL}, the hospital said.", trigger="Shells", speaker="the hospital",
        killed=(16, 16), publisher=EVIL, place=EVIL,
    )  # fmt: skip
    evil = replace(evil, article=replace(evil.article, title=EVIL, url="javascript:alert(3)"))
    (story,) = find_stories((evil,))
    page = render_brief(story, {"evil": evil})
    tree = html.fromstring(page)

    assert "default-src" in page
    assert {one.tag for one in tree.iter() if isinstance(one.tag, str)}.isdisjoint({"script", "img", "iframe", "link"})
    assert not [name for one in tree.iter() for name in one.keys() if name.startswith("on")]  # noqa: SIM118
    assert all(link.startswith(("http", "#")) for _, _, link, _ in tree.iterlinks())


def test_the_brief_can_be_read_without_eyes(readings: dict[str, Reading], stories: tuple[Story, ...]) -> None:
    widest = max(stories, key=lambda story: len(story.reports))
    tree = html.fromstring(render_brief(widest, readings))
    labels = {one.get("aria-labelledby") for one in tree.iter("section")}

    assert tree.get("lang") == "en"
    assert len(list(tree.iter("h1"))) == len(list(tree.iter("main"))) == 1
    assert labels <= {one.get("id") for one in tree.iter("h2")}
    assert all(one.find("caption") is not None for one in tree.iter("table"))


def test_the_graph_of_its_voices_links_pages_to_where_they_were_printed() -> None:
    here, there = (
        replace(HOSPITAL, article=replace(HOSPITAL.article, url=url)) for url in ("https://a.example/", EVIL)
    )
    (story,) = find_stories((HOSPITAL,))
    linked, bare = (html.fromstring(render_brief(story, {"gazette": one})) for one in (here, there))

    assert [one.get("href") for one in linked.find(".//svg").iter("a")] == ["https://a.example/"]
    assert not list(bare.find(".//svg").iter("a"))


def test_copies_are_shown_with_their_words_in_both(readings: dict[str, Reading], stories: tuple[Story, ...]) -> None:
    copies = find_copies([text_of(sketch_of(one), one.article.text) for one in readings.values()])
    listed = render_copies(copies, readings, width=100, colour=False)
    whole = render_copies(copies[:1], readings, width=100, colour=False, passages=True)
    brief = text_in(render_brief(stories[0], readings, copies))

    assert all(copy.first in listed and copy.second in listed for copy in copies)
    assert len(whole) > len(render_copies(copies[:1], readings, width=100, colour=False))
    assert brief.count("of the shorter one") == len(copies) > 0


def test_changes_show_what_went_and_what_came() -> None:
    old = HOSPITAL
    text = old.article.text.replace("16", "21")
    new = report("gazette", text, trigger="Shells", speaker="the hospital", killed=(21, 21))
    new = replace(new, article=replace(new.article, title="More dead"))
    shown = render_changes(old, new, width=100, colour=False)

    assert "[16] +21+" in shown
    assert "title: none → More dead" in shown
    assert "killed 16" in shown
    assert "killed 21" in shown
    assert "[" not in render_changes(old, old, width=100, colour=False)


def test_a_story_whose_readings_are_not_at_hand_is_still_shown() -> None:
    for story in find_stories(ALL):
        assert one_line(story.title) in text_in(render_brief(story, {}))


def test_an_empty_article_changes_into_a_full_one() -> None:
    empty = replace(HOSPITAL, article=Article(text=""), attributions=(), events=(), claims=())

    assert "+Shells killed 16 people" in render_changes(empty, HOSPITAL, width=200, colour=False)
