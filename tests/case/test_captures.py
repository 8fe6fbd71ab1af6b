"""Pages kept as they were fetched: before they are read, on every database, and gone with what is forgotten."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from sayso.case import Case, open_case
from sayso.case.forgetting import hash_of
from sayso.gather import Capture, Wanted, gather
from sayso.gather.captures import captured
from sayso.reading import read_page
from sayso.records import Page
from sayso.settings import Settings
from tests.case.test_forgetting import HERS, HIS, NAME, bytes_of
from tests.gather.sites import Reply, Site, serving, web
from tests.stories.reports import report

RULES = Settings(reader="rules")


def capture(url: str, words: bytes, sha256: str | None = None) -> Capture:
    from sayso.gather.addresses import PUBLIC, address_of
    from sayso.gather.answers import Answer

    answer = Answer(address_of(url, PUBLIC), 200, "OK", (("Content-Type", "text/html; charset=utf-8"),), words)
    made = captured(url, answer, "2024-03-13T10:00:00Z", Settings())
    return replace(made, sha256=sha256 or made.sha256)


def fetched(case: Case, site: Site, *paths: str, **settings: object) -> list[str]:
    """Adds pages of a site to a case; what became of each."""
    one = web(case, reader="rules", **settings)
    pages = gather([site.url(path) for path in paths], Wanted(), RULES, one)
    return [case.add(read_page(page, RULES)) for page in pages if isinstance(page, Page)]


def test_a_page_is_kept_before_it_is_read_and_read_from_there(where: str) -> None:
    with serving() as site:
        site.paths |= {"/a": Reply(), "/b": Reply(b"<p>Six people died in Homs on Sunday, police said.</p>")}
        with open_case(where) as case:
            # the run is cut off after the first page was fetched
            next(iter(gather([site.url("/a"), site.url("/b")], Wanted(), RULES, web(case))))
        with open_case(where) as case:
            assert case.kept(site.url("/a")).read is False  # type: ignore[union-attr]
            assert fetched(case, site, "/a", "/b") == ["added", "added"]
            assert site.pages() == ["/a", "/b"]
            assert [one.read for one in case.captures()] == [True, True]
            # nothing is asked for again a moment later, and a page that did not change changes nothing
            assert fetched(case, site, "/a", "/b") == ["same", "same"]
            assert site.pages() == ["/a", "/b"]
            assert fetched(case, site, "/a", fetch_again_after=0) == ["same"]
            assert site.pages() == ["/a", "/b", "/a"]
            assert [one.read for one in case.captures()] == [True, True, True]
            assert case.count_captures() == 3


def test_a_capture_says_what_the_reading_rests_on(where: str) -> None:
    with serving() as site, open_case(where) as case:
        site.paths["/a"] = Reply()
        fetched(case, site, "/a")
        (reading,), (kept,) = case.readings(), case.captures()

        assert reading.page is not None
        assert (reading.page.sha256, reading.page.fetched) == (kept.sha256, kept.fetched)
        assert reading.article.url == kept.final_url == site.url("/a")
        assert hashlib.sha256(Reply().body).hexdigest() == kept.sha256


SECRET = b"<html><p>Zephyrous shells of the harbour battery killed 16, Qorvindel Marsk said.</p></html>"


@pytest.mark.parametrize(("what", "name"), [
    ("article", "gazette"), ("article", "http://gazette.example/a"), ("outlet", "the forgettable"),
    ("voice", f"{NAME} Marsk"),
])  # fmt: skip
def test_what_is_forgotten_is_not_kept_as_it_was_fetched_either(tmp_path: Path, what: str, name: str) -> None:
    where = str(tmp_path / "a.sayso")
    his = replace(HIS, page=page_info(SECRET), article=replace(HIS.article, url="http://gazette.example/a"))
    mayor = b"<p>Traders marched in Eskmouth, the mayor said.</p>"
    hers = replace(HERS, page=page_info(mayor))
    unread = capture("http://unread.example/c", b"<p>Nobody has read this yet.</p>")
    kept = [capture("http://gazette.example/a", SECRET), capture("http://herald.example/b", mayor), unread]
    with open_case(where) as case:
        for one in kept:
            case.keep(one)
        for reading in (his, hers):
            case.add(reading)
        assert [middle(one) in bytes_of(where) for one in kept] == [True, True, True]
        case.forget(what, name, why="asked to", who="Ada")  # type: ignore[arg-type]

        assert [one.url for one in case.captures()] == ["http://herald.example/b"]
    assert [middle(one) in bytes_of(where) for one in kept] == [False, True, False]
    for word in (b"gazette.example", b"unread.example"):
        # the words of a voice go, the article that cited it stays under its address
        assert (word in bytes_of(where)) == (what == "voice" and word == b"gazette.example")


def page_info(content: bytes) -> object:
    from sayso.records import PageInfo

    sha256 = hashlib.sha256(content).hexdigest()
    return PageInfo(sha256=sha256, bytes=len(content), media_type="text/html", fetched=None)


def middle(one: Capture) -> bytes:
    """Bytes that no other capture has."""
    return one.record[100:140]


@pytest.mark.parametrize(
    ("what", "name"),
    [("article", "http://gazette.example/a"), ("outlet", "the forgettable"), ("voice", f"{NAME} Marsk")],
)
def test_what_comes_back_is_not_kept(tmp_path: Path, what: str, name: str) -> None:
    where = str(tmp_path / "a.sayso")
    his = replace(HIS, page=page_info(SECRET), article=replace(HIS.article, url="http://gazette.example/a"))
    again = capture("http://gazette.example/a", SECRET)
    with open_case(where) as case:
        case.add(his)
        case.add(HERS)
        case.forget(what, name, why="asked to", who="Ada")  # type: ignore[arg-type]
        case.keep(again)
        case.add(his)

        assert list(case.captures()) == []
        assert case.kept(again.url) is None
        # read while the case is open: what its journal holds counts too
        assert middle(again) not in bytes_of(where)


def test_a_voice_is_forgotten_where_no_reader_looks(where: str) -> None:
    words = b"<html><body><p>Traders marched in Eskmouth.</p><footer>Photo: QORVINDEL MARSK</footer></body></html>"
    with open_case(where) as case:
        case.keep(capture("http://herald.example/b", words))
        case.add(replace(report("b", "Traders marched in Eskmouth.", trigger="marched"), page=page_info(words)))
        case.forget("voice", f"{NAME} Marsk", why="asked to", who="Ada")

        assert list(case.captures()) == []
        assert len(case.articles()) == 1


def test_an_address_at_which_a_forgotten_page_was_is_remembered_by_its_hash(where: str) -> None:
    his = replace(HIS, page=page_info(SECRET), article=replace(HIS.article, url="http://gazette.example/a"))
    moved = replace(capture("http://gazette.example/a", SECRET), url="http://short.example/x")
    with open_case(where) as case:
        case.keep(moved)
        case.add(his)
        case.forget("article", "gazette", why="asked to", who="Ada")

        assert hash_of("article", "http://short.example/x") in {stone.sha256 for stone in case.tombstones()}
        case.keep(moved)
        assert list(case.captures()) == []


def test_records_are_whole(where: str) -> None:
    one = capture("http://herald.example/b", SECRET)
    with open_case(where) as case:
        case.keep(one)

        assert [kept.record for kept in case.captures()] == [one.record]
        assert gzip.decompress(one.record).startswith(b"WARC/1.1\r\n")


def seen(words: str, fetched: str | None, url: str = "https://gazette.example/a") -> object:
    """The reading of an article as its page was at a time."""
    info = replace(page_info(words.encode()), fetched=fetched)
    one = report("gazette", f"{words}, the mayor said.", trigger="shells", speaker="the mayor")
    return replace(one, page=info, article=replace(one.article, url=url))


OLD, MIDDLE, NEW = (f"Harbour shells killed {count}" for count in ("sixteen", "seventeen", "eighteen"))


def test_an_archived_copy_is_an_earlier_version_of_its_article(where: str) -> None:
    late, early = "2016-12-20T00:00:00Z", "2016-12-13T00:00:00Z"
    with open_case(where) as case, open_case(where) as other:
        case.add(HERS)
        case.add(seen(NEW, late))
        before = tuple(case.full_stories())
        states = [
            case.add(seen(OLD, early, "http://gazette.example/a")),
            case.add(seen(MIDDLE, "2016-12-15T00:00:00Z")),
            case.add(seen(OLD, early)), case.add(seen(MIDDLE, "2016-12-15T00:00:00Z")), case.add(seen(NEW, late)),
        ]  # fmt: skip

        assert states == ["changed", "changed", "same", "same", "same"]
        assert [one.article.text.partition(",")[0] for one in case.versions("gazette")] == [OLD, MIDDLE, NEW]
        assert len(case.articles()) == 2
        # stories tell of the page as it is now, and no word of the older ones is found by searching
        assert tuple(case.full_stories()) == before == tuple(other.full_stories())
        assert [len(case.search(word)) for word in ("eighteen", "seventeen", "sixteen")] == [1, 0, 0]
        assert {row.name for row in case.voices()} == {"the mayor"}


def test_what_was_seen_later_or_at_a_time_unknown_comes_last(where: str) -> None:
    with open_case(where) as case:
        for words, fetched in (
            (OLD, "2016-12-13T00:00:00Z"),
            (MIDDLE, None),
            (NEW, "2016-12-20T00:00:00Z"),
            (OLD, None),
        ):
            assert case.add(seen(words, fetched)) != "same"

        assert [one.article.text.partition(",")[0] for one in case.versions("gazette")] == [OLD, MIDDLE, NEW, OLD]


def test_a_forgotten_address_is_forgotten_under_both_schemes(where: str) -> None:
    with open_case(where) as case:
        case.add(seen(NEW, None))
        case.add(HERS)
        case.forget("article", "https://gazette.example/a", why="asked to", who="Ada")

        assert case.add(seen(OLD, None, "http://gazette.example/a")) == "forgotten"
