"""Pages of the web: as sites ask, bounded, kept before they are read; what is refused is said, by whose word."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import brotli
import pytest

from sayso.gather import Wanted, gather
from sayso.gather.captures import page_of
from sayso.records import Given, Page, SourceError
from sayso.settings import Settings
from tests.gather.sites import HTML, STORY, Clock, Reply, Shelf, Site, loopback, serving, web


def refused(site: Site, path: str, **settings: object) -> str:
    """What is said of a page that is not read; nothing of it may have been kept."""
    shelf = Shelf()
    with pytest.raises(SourceError) as caught:
        web(shelf, **settings).page(site.url(path))
    assert shelf.captures == {}
    return str(caught.value)


def test_a_page_is_fetched_and_kept_as_it_came(site: Site) -> None:
    packed = gzip.compress(STORY)
    site.paths["/a"] = Reply(packed, headers={**HTML, "Content-Encoding": "gzip", "ETag": '"1"'})
    shelf = Shelf()
    page = web(shelf, contact="desk@news.example").page(site.url("/a#part"), Given(publisher="The Daily Example"))
    (capture,) = shelf.captures.values()

    assert (page.content, page.kind, page.charset) == (STORY, "html", "utf-8")
    assert page.given == Given(publisher="The Daily Example", url=site.url("/a"))
    assert page_of(capture, Given(publisher="The Daily Example"), Settings()) == page
    assert packed in gzip.decompress(capture.record)
    assert (capture.url, capture.etag, capture.fetched) == (site.url("/a"), '"1"', page.fetched)
    assert site.asked[-1][1]["User-Agent"].startswith("sayso/")
    assert site.asked[-1][1]["User-Agent"].endswith(" (+desk@news.example)")


def test_sources_may_be_addresses_among_files(site: Site, tmp_path: Path) -> None:
    site.paths["/a"] = Reply()
    (tmp_path / "b.txt").write_text("words")
    names = [site.url("/a"), site.url("/gone"), str(tmp_path / "b.txt"), "http://127.0.0.1/", "odd://x/"]
    first, gone, last, *closed = gather(names, Wanted(), Settings(), web())

    assert isinstance(first, Page)
    assert isinstance(gone, SourceError)
    assert gone.found == "HTTP 404 Not Found"
    assert isinstance(last, Page)
    assert all(isinstance(one, SourceError) for one in closed)


def test_without_the_allowance_of_a_test_loopback_is_never_asked(site: Site) -> None:
    names = [site.url("/", host) for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]")]
    found = list(gather(names, Wanted(), Settings()))

    assert len(found) == 4
    assert all(isinstance(one, SourceError) for one in found)
    assert site.asked == []


@pytest.mark.parametrize("to", [
    "http://inside.example/", "http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[fd00::1]/", "//10.1.1.1/x",
    "file:///etc/passwd", "ftp://news.example/", "http://user@news.example/", "gopher://news.example/",
])  # fmt: skip
def test_no_redirect_leads_where_an_address_may_not(site: Site, to: str) -> None:
    site.paths["/away"] = Reply(b"", 302, {"Location": to})
    shelf = Shelf()
    with pytest.raises(SourceError):
        web(shelf, reach=loopback({"inside.example": "192.168.0.7"})).page(site.url("/away"))

    assert site.pages() == ["/away"]
    assert shelf.captures == {}


def test_no_file_of_a_site_leads_there_either(site: Site) -> None:
    site.paths |= {"/robots.txt": Reply(b"", 301, {"Location": "http://10.0.0.1/robots.txt"}), "/a": Reply()}

    assert "not public" in refused(site, "/a")
    assert site.pages() == []


def test_redirects_are_followed_and_counted(site: Site) -> None:
    site.paths |= {f"/{hop}": Reply(b"", 302, {"Location": f"/{hop + 1}"}) for hop in range(20)}
    site.paths["/5"] = Reply()
    shelf = Shelf()
    page = web(shelf).page(site.url("/0"))

    assert page.given.url == site.url("/5")
    assert shelf.captures[site.url("/0")].final_url == site.url("/5")
    site.paths["/5"] = Reply(b"", 302, {"Location": "/6"})
    assert "at most 5 redirects" in refused(site, "/0")


# what robots are told


def test_robots_are_obeyed_at_every_step(site: Site) -> None:
    site.paths["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /x\n\nUser-agent: sayso\nDisallow: /private\n")
    site.paths |= {"/private/a": Reply(), "/x": Reply(), "/to": Reply(b"", 302, {"Location": "/private/a"})}

    assert f"{site.url('')}/robots.txt keeps from sayso" in refused(site, "/private/a")
    assert "keeps from sayso" in refused(site, "/to")
    assert web().page(site.url("/x")).content == STORY
    assert "/private/a" not in site.pages()


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (410, True), (500, False), (503, False), (429, False)]
)
def test_a_site_without_rules_allows_and_one_in_trouble_does_not(site: Site, status: int, allowed: bool) -> None:
    site.paths |= {"/robots.txt": Reply(b"Disallow", status), "/a": Reply()}
    if allowed:
        assert web().page(site.url("/a")).content == STORY
    else:
        assert f"HTTP {status}" in refused(site, "/a")
        assert site.pages() == []


def test_a_sites_rules_are_asked_for_once(site: Site) -> None:
    site.paths |= {"/a": Reply(), "/b": Reply()}
    one = web()
    one.page(site.url("/a"))
    one.page(site.url("/b"))

    assert [path for path, _ in site.asked] == ["/robots.txt", "/.well-known/tdmrep.json", "/a", "/b"]


def test_pages_of_a_host_come_at_its_pace(site: Site) -> None:
    site.paths |= {"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 7\n"), "/a": Reply(), "/b": Reply()}
    with serving() as other:
        other.paths |= {"/c": Reply(), "/d": Reply()}
        clock = Clock()
        one = web(clock=clock)
        for url in (site.url("/a"), site.url("/b"), *(other.url(path, "other.example") for path in ("/c", "/d"))):
            one.page(url)

    assert clock.slept == [7.0, 2.0]


def test_a_host_that_is_busy_is_given_time(site: Site) -> None:
    busy = [Reply(b"", 429, {"Retry-After": "30"}), Reply(b"", 503, {})]

    def answer(handler: object) -> None:
        site.paths["/a"] = answer if busy else Reply()  # type: ignore[assignment]
        reply = busy.pop(0)
        handler.send_response(reply.status)  # type: ignore[attr-defined]
        for name, value in {"Content-Length": "0", **reply.headers}.items():
            handler.send_header(name, value)  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        if not busy:
            site.paths["/a"] = Reply()

    site.paths["/a"] = answer
    clock = Clock()

    assert web(clock=clock).page(site.url("/a")).content == STORY
    assert clock.slept == [30.0, 10.0]


def test_a_host_that_asks_for_hours_is_left_for_the_run(site: Site) -> None:
    site.paths |= {"/a": Reply(b"", 429, {"Retry-After": "7200"}), "/b": Reply()}
    clock = Clock()
    one = web(clock=clock)
    for path in ("/a", "/b"):
        with pytest.raises(SourceError, match="7200 s"):
            one.page(site.url(path))

    assert site.pages() == ["/a"]
    assert clock.slept == []


# what is reserved

TDM = {**HTML, "TDM-Reservation": "1"}
FILE = b'[{"location": "/free/*", "tdm-reservation": 0}, {"location": "/*.html$", "tdm-reservation": 1}]'


@pytest.mark.parametrize(("reply", "whose"), [
    (Reply(headers=TDM), "header tdm-reservation"),
    (Reply(STORY.replace(b"<head>", b"<head><META NAME='TDM-Reservation' content=1>")), "meta tdm-reservation"),
    (Reply(headers={**HTML, "X-Robots-Tag": "noindex, NoAI"}), "noai in the page's header X-Robots-Tag"),
    (Reply(headers={**HTML, "X-Robots-Tag": "sayso: noml"}), "noml in"),
    (Reply(STORY.replace(b"<head>", b'<head><meta name="robots" content="noimageai, noai">')), "noai in"),
])  # fmt: skip
def test_what_a_page_reserves_is_not_read_without_a_permission(site: Site, reply: Reply, whose: str) -> None:
    site.paths["/a"] = reply

    assert whose in refused(site, "/a")
    assert "reserved" in refused(site, "/a", mining_permitted="other.example") or "noai" in whose or "noml" in whose
    assert web(mining_permitted="wire.example, Example").page(site.url("/a")).content


def test_what_a_site_reserves_in_its_file(site: Site) -> None:
    site.paths |= {
        "/.well-known/tdmrep.json": Reply(FILE),
        "/a.html": Reply(),
        "/free/a.html": Reply(),
        "/a.html5": Reply(),
    }

    assert f"reserved by {site.url('')}/.well-known/tdmrep.json" in refused(site, "/a.html")
    assert web().page(site.url("/free/a.html")).content == STORY
    assert web().page(site.url("/a.html5")).content == STORY


@pytest.mark.parametrize("reply", [
    Reply(headers={**HTML, "TDM-Reservation": "0"}),
    Reply(headers={**HTML, "X-Robots-Tag": "otherbot: noai"}),
    Reply(headers={**HTML, "X-Robots-Tag": "noindex, nofollow, noarchive"}),
    Reply(STORY.replace(b"<head>", b'<head><!-- <meta name="tdm-reservation" content="1"> -->')),
])  # fmt: skip
def test_what_is_not_reserved_is_read(site: Site, reply: Reply) -> None:
    site.paths["/a"] = reply

    assert web().page(site.url("/a")).content


def test_the_word_nearest_to_the_page_holds(site: Site) -> None:
    site.paths |= {"/.well-known/tdmrep.json": Reply(FILE), "/a.html": Reply(headers={**HTML, "TDM-Reservation": "0"})}

    assert web().page(site.url("/a.html")).content == STORY


@pytest.mark.parametrize(
    "file", [b"{", b"[1, null, {}]", b"[" * 100_000, b'[{"location": 3}]', b"\xff\xfe", b'[{"location": "a\\nb"}]']
)
def test_a_broken_file_reserves_nothing(site: Site, file: bytes) -> None:
    site.paths |= {"/.well-known/tdmrep.json": Reply(file), "/robots.txt": Reply(file), "/a.html": Reply()}

    assert web().page(site.url("/a.html")).content == STORY


def test_no_permission_opens_what_robots_may_not_fetch(site: Site) -> None:
    site.paths |= {"/robots.txt": Reply(b"User-agent: *\nDisallow: /"), "/a": Reply()}

    assert "keeps from sayso" in refused(site, "/a", mining_permitted="news.example")


# sizes and kinds

BOMB = bytes(300_000_000)


@pytest.mark.parametrize(("packing", "body"), [
    ("gzip", gzip.compress(BOMB, 1)), ("br", brotli.compress(BOMB, quality=1)), ("deflate", zlib.compress(BOMB, 1)),
    ("gzip, gzip", gzip.compress(gzip.compress(BOMB, 1))),
])  # fmt: skip
def test_a_body_that_unpacks_to_too_much_is_refused_on_the_way(site: Site, packing: str, body: bytes) -> None:
    import tracemalloc

    site.paths["/bomb"] = Reply(body, headers={**HTML, "Content-Encoding": packing})
    tracemalloc.start()
    try:
        said = refused(site, "/bomb", max_page_bytes=2_000_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert "at most 2000000 bytes" in said
    assert peak < 20_000_000


def test_a_page_longer_than_allowed_is_refused(site: Site) -> None:
    site.paths |= {"/long": Reply(STORY + bytes(5000)), "/just": Reply(STORY)}

    assert f"at most {len(STORY)} bytes" in refused(site, "/long", max_page_bytes=len(STORY))
    assert web(max_page_bytes=len(STORY)).page(site.url("/just")).content == STORY


@pytest.mark.parametrize(("reply", "found"), [
    (Reply(b"\x89PNG", headers={"Content-Type": "image/png"}), "image/png"),
    (Reply(STORY, headers={}), "no content type"),
    (Reply(b"", 500), "HTTP 500"),
    (Reply(b"", 304), "HTTP 304"),
    (Reply(b"", 302, {}), "HTTP 302"),
    (Reply(b"words", headers={**HTML, "Content-Encoding": "gzip"}), "unpacks"),
    (Reply(gzip.compress(STORY)[:60], headers={**HTML, "Content-Encoding": "gzip"}), "unpacks"),
])  # fmt: skip
def test_what_is_no_page_is_said(site: Site, reply: Reply, found: str) -> None:
    site.paths["/a"] = reply

    assert found in refused(site, "/a")


# what is kept


def test_what_was_kept_and_not_read_is_not_fetched_again(site: Site) -> None:
    site.paths["/a"] = Reply()
    shelf = Shelf()
    first = web(shelf, fetch_again_after=0).page(site.url("/a"))
    again = web(shelf, fetch_again_after=0).page(site.url("/a"))

    assert again == first
    assert site.pages() == ["/a"]


def test_what_was_read_is_asked_for_again_later_and_only_if_it_changed(site: Site) -> None:
    from msgspec.structs import replace

    site.paths["/a"] = Reply(headers={**HTML, "ETag": '"7"', "Last-Modified": "Mon, 12 Dec 2016 10:00:00 GMT"})
    shelf = Shelf()
    first = web(shelf).page(site.url("/a"))
    shelf.keep(replace(shelf.captures[site.url("/a")], read=True))

    assert web(shelf, fetch_again_after=3600).page(site.url("/a")) == first
    assert site.pages() == ["/a"]
    site.paths["/a"] = Reply(b"", 304)
    assert web(shelf, fetch_again_after=0).page(site.url("/a")) == first
    assert site.asked[-1][1]["If-None-Match"] == '"7"'
    assert site.asked[-1][1]["If-Modified-Since"] == "Mon, 12 Dec 2016 10:00:00 GMT"
    site.paths["/a"] = Reply(STORY.replace(b"Eleven", b"Twelve"))
    assert b"Twelve" in web(shelf, fetch_again_after=0).page(site.url("/a")).content
