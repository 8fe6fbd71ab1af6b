"""A feed watched: only what is new is fetched, what waits is kept in the case, what was forgotten stays away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.bulk.watching import Outcome, Watch
from sayso.case import Case, open_case
from sayso.settings import Settings
from tests.gather.sites import STORY, Reply, Site, serving, web

RULES = Settings(reader="rules")


def feed_of(site: Site, *numbers: int, etag: str = '"1"') -> None:
    """The site's feed names these pages, which tell of as many dead as their number."""
    items = "".join(f"<item><title>x</title><link>/{number}</link></item>" for number in numbers)
    headers = {"Content-Type": "application/rss+xml", "ETag": etag}
    site.paths["/rss"] = Reply(f"<rss><channel>{items}</channel></rss>".encode(), headers=headers)
    for number in numbers:
        site.paths[f"/{number}"] = Reply(STORY.replace(b"Eleven", str(number + 20).encode()))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        feed_of(site, 1, 2, 3)
        yield site


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "a.sayso") as case:
        yield case


def look(case: Case, site: Site, **settings: object) -> list[Outcome]:
    return list(Watch(case, web(case, **settings), RULES).look(site.url("/rss")))


def states(outcomes: list[Outcome]) -> list[str | None]:
    return [one.state for one in outcomes]


def test_only_what_is_new_is_fetched(case: Case, site: Site) -> None:
    assert states(look(case, site)) == ["added"] * 3
    feed_of(site, 4, 1, 2, 3, etag='"2"')
    assert states(look(case, site)) == ["added"]
    site.paths["/rss"] = Reply(b"", 304)
    assert states(look(case, site)) == []

    assert site.pages() == ["/rss", "/1", "/2", "/3", "/rss", "/4", "/rss"]
    assert site.asked[-1][1]["If-None-Match"] == '"2"'
    assert len(case.articles()) == 4


def test_what_is_in_the_case_already_is_not_fetched(case: Case, site: Site) -> None:
    from sayso.reading import read_page

    case.add(read_page(web(case).page(site.url("/2")), RULES))

    assert states(look(case, site)) == ["added"] * 2
    assert site.pages().count("/2") == 1


def test_a_watch_that_was_stopped_goes_on_even_if_the_feed_has_not_changed(case: Case, site: Site) -> None:
    stop: list[bool] = []
    looking = Watch(case, web(case), RULES, lambda: bool(stop)).look(site.url("/rss"))
    assert next(looking).state == "added"
    stop.append(True)
    assert list(looking) == []
    site.paths["/rss"] = Reply(b"", 304)

    assert states(look(case, site)) == ["added"] * 2
    assert site.pages() == ["/rss", "/1", "/rss", "/2", "/3"]


def test_a_page_that_cannot_be_had_is_tried_a_few_times(case: Case, site: Site) -> None:
    site.paths["/2"] = Reply(b"", 500)
    assert states(look(case, site)) == ["added", None, "added"]
    found = [look(case, site) for _ in range(9)]

    assert [len(one) for one in found] == [1, 1, 1, 1, 0, 0, 0, 0, 0]
    assert "HTTP 500" in str(found[0][0].trouble)
    assert site.pages().count("/2") == 5


def test_a_feed_that_cannot_be_had_is_said_and_what_waits_is_read(case: Case, site: Site) -> None:
    site.paths["/2"] = Reply(b"", 500)
    look(case, site)
    feed_of(site, 2)
    site.paths["/rss"] = Reply(b"", 404)

    assert states(look(case, site)) == [None, "added"]


def test_only_wanted_addresses_are_taken(case: Case, site: Site) -> None:
    found = list(Watch(case, web(case), RULES).look(site.url("/rss"), lambda url: url.endswith("/3")))

    assert states(found) == ["added"]
    assert site.pages() == ["/rss", "/3"]


def test_what_is_forgotten_is_not_found_again_nor_named_in_the_file(case: Case, site: Site, tmp_path: Path) -> None:
    site.paths["/2"] = Reply(b"", 500)
    look(case, site)
    case.forget("article", site.url("/1"), why="asked to", who="Ada")
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert site.url("/1").encode() not in files
    assert site.url("/2").encode() not in files
    feed_of(site, 1, 2, 3)

    assert states(look(case, site)) == ["added"]
    assert site.pages().count("/1") == 1
