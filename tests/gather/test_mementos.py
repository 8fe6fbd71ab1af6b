"""Copies in web archives are of the page that they were taken from, then; nobody else's word for that is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gather.addresses import PUBLIC, address_of
from sayso.gather.mementos import Memento, memento_of, unaltered
from sayso.records import Page
from tests.gather.sites import HTML, STORY, Reply, Site, loopback, web

TAKEN = "2016-12-13T10:15:20Z"


@pytest.mark.parametrize(("url", "original", "taken"), [
    ("https://web.archive.org/web/20161213101520/http://gazette.example:80/a?b", "http://gazette.example/a?b", TAKEN),
    ("https://web.archive.org/web/20161213101520id_/https://gazette.example/", "https://gazette.example/", TAKEN),
    ("https://web.archive.org/web/20161213101520/gazette.example/a", "http://gazette.example/a", TAKEN),
    ("https://web.archive.org/web/20161213101520/https:/gazette.example/a", "https://gazette.example/a", TAKEN),
    ("https://web.archive.org/web/2016/http://gazette.example/a", "http://gazette.example/a", None),
    ("https://archive.ph/2016.12.13-101520/https://gazette.example/a", "https://gazette.example/a", TAKEN),
    ("https://archive.is/20161213101520/http://gazette.example/", "http://gazette.example/", TAKEN),
    ("https://arquivo.pt/wayback/20161213101520/http://gazette.example/", "http://gazette.example/", TAKEN),
    ("https://wayback.archive-it.org/1234/20161213101520/http://gazette.example/", "http://gazette.example/", TAKEN),
])  # fmt: skip
def test_an_archives_address_says_what_it_holds(url: str, original: str, taken: str | None) -> None:
    assert memento_of(url, None, None) == Memento(original, taken)


@pytest.mark.parametrize("url", [
    "https://gazette.example/web/20161213101520/http://other.example/", "https://web.archive.org/about/", "odd",
    "https://web.archive.org.gazette.example/web/20161213101520/http://other.example/", "https://archive.ph/AbCdE",
    "https://web.archive.org/web/20161213101520/javascript:alert(1)", "https://web.archive.org/web/2016121310/http://a@b/",
])  # fmt: skip
def test_other_addresses_hold_no_copy(url: str) -> None:
    assert memento_of(url, None, None) is None


def test_headers_go_before_the_address() -> None:
    link = '<https://archive.ph/timemap/x>; rel="timemap"; type="a,b", <http://gazette.example/a>; rel="original first"'

    assert memento_of("https://archive.ph/AbCdE", "Tue, 13 Dec 2016 10:15:20 GMT", link) == Memento(
        "http://gazette.example/a", TAKEN
    )
    assert memento_of("https://gazette.example/AbCdE", "Tue, 13 Dec 2016 10:15:20 GMT", link) is None


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=60))
def test_no_words_break_it(path: str, time: str, link: str) -> None:
    memento_of(f"https://web.archive.org/{path}", time, link)
    memento_of(f"https://web.archive.org/web/20161213101520/{path}", time, f"<{link}>; rel=original")


def test_the_page_is_asked_for_as_it_was() -> None:
    def asked(url: str) -> str:
        return unaltered(address_of(url, PUBLIC)).url

    plain = "https://web.archive.org/web/20161213101520id_/http://gazette.example/a"
    assert asked("https://web.archive.org/web/20161213101520/http://gazette.example/a") == plain
    assert asked("https://web.archive.org/web/20161213101520if_/http://gazette.example/a") == asked(plain) == plain
    other = "https://archive.ph/20161213101520/http://gazette.example/a"
    assert asked(other) == other


def test_a_copy_is_the_originals_page_and_says_that_it_is_a_copy(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.gather import mementos

    monkeypatch.setattr(mementos, "PUBLIC", loopback())
    path = "/web/20161213101520id_/http://www.gazette.example/market-hit"
    site.paths[path] = Reply(STORY, headers={**HTML, "Memento-Datetime": "Tue, 13 Dec 2016 10:15:20 GMT"})
    page = web().page(site.url(path, "web.archive.org"))

    assert isinstance(page, Page)
    assert (page.given.url, page.fetched) == ("http://www.gazette.example/market-hit", TAKEN)
    (problem,) = page.problems
    assert TAKEN in problem.what
    assert site.url(path, "web.archive.org") in problem.what
