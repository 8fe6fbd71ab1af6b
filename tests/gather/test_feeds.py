"""What feeds, sitemaps and pages of links name; nothing in them is asked for, opened or unfolded."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gather.feeds import LONGEST, Listed, listed_in
from sayso.records import SourceError
from tests.gather.sites import Reply, Site, web

HERE = "https://news.example/list/"

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://news.example/</link>
<item><title>Old</title><link>/a</link><pubDate>Mon, 12 Dec 2016 10:00:00 GMT</pubDate></item>
<item><title>New</title><link>https://news.example/b?x=1&amp;y=2#top</link>
<pubDate>Tue, 13 Dec 2016 10:00:00 GMT</pubDate></item>
<item><title>Again</title><link>/a</link><pubDate>Mon, 12 Dec 2016 09:00:00 GMT</pubDate></item></channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title><link href="c"/></entry>
<entry><title>Two</title><link rel="alternate" href="/d"/></entry></feed>"""

SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/old</loc><lastmod>2016-12-10</lastmod></url>
<url><loc> https://news.example/new </loc><news:news><news:publication_date>2016-12-13T10:00:00Z</news:publication_date>
</news:news></url><url><loc>https://news.example/undated</loc></url></urlset>"""

INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/one.xml</loc></sitemap>
<sitemap><loc>/two.xml.gz</loc><lastmod>2016-12-13</lastmod></sitemap></sitemapindex>"""

PAGE = b"""<html><body><nav><a href="/about">About us</a></nav><h2><a href="/e">Five people died in a market</a></h2>
<a href="https://www.news.example/f"><img alt=""><span>Talks in Geneva</span> <b>go on</b></a>
<a href="https://other.example/g">Five people died at another site</a>
<a href="javascript:x()">One two three four</a></body></html>"""


@pytest.mark.parametrize(("content", "listed"), [
    (RSS, Listed(("https://news.example/b?x=1&y=2", "https://news.example/a"))),
    (ATOM, Listed(("https://news.example/list/c", "https://news.example/d"))),
    (SITEMAP, Listed(tuple(f"https://news.example/{name}" for name in ("new", "old", "undated")))),
    (gzip.compress(SITEMAP), Listed(tuple(f"https://news.example/{name}" for name in ("new", "old", "undated")))),
    (INDEX, Listed((), ("https://news.example/two.xml.gz", "https://news.example/one.xml"))),
    (PAGE, Listed(("https://news.example/e", "https://www.news.example/f"))),
])  # fmt: skip
def test_addresses_come_whole_once_and_newest_first(content: bytes, listed: Listed) -> None:
    assert listed_in(content, HERE) == listed


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("content", [
    BOMB + RSS, BOMB + SITEMAP, gzip.compress(bytes(LONGEST + 1)), bytes(LONGEST + 1), b"", b"<p>words", b"\x00\xff",
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>http://a.example/&e;</loc></url></urlset>',
])  # fmt: skip
def test_what_is_no_list_or_a_dangerous_one_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError):
        listed_in(content, HERE)


def test_the_text_of_a_feed_is_neither_an_address_nor_a_file(site: Site, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(RSS)
    for content in (f"{site.url('/rss')} <rss", f"{tmp_path / 'feed.xml'}"):
        try:
            assert listed_in(content.encode(), HERE).pages == ()
        except SourceError:
            continue
    assert site.asked == []


@given(
    st.binary(max_size=200), st.sampled_from([b"<rss><item><link>", b"<urlset><url><loc>", b"<a href='", b"\x1f\x8b"])
)
def test_any_bytes_are_a_list_or_a_refusal(content: bytes, start: bytes) -> None:
    try:
        listed = listed_in(start + content, HERE)
    except SourceError:
        return
    assert all(url.startswith(("http://", "https://")) for url in (*listed.pages, *listed.sitemaps))


def test_the_sitemaps_of_an_index_are_fetched_as_everything_is(site: Site) -> None:
    xml = {"Content-Type": "application/xml"}
    site.paths |= {
        "/index.xml": Reply(INDEX, headers=xml), "/one.xml": Reply(SITEMAP, headers=xml),
        "/two.xml.gz": Reply(gzip.compress(SITEMAP.replace(b"/old", b"/older")), headers=xml),
    }  # fmt: skip
    found = web().listed(site.url("/index.xml"))

    assert found is not None
    assert found[0] == tuple(f"https://news.example/{name}" for name in ("new", "older", "undated", "old"))
    site.paths["/robots.txt"] = Reply(b"User-agent: sayso\nDisallow: /one.xml")
    with pytest.raises(SourceError, match="keeps from sayso"):
        web().listed(site.url("/index.xml"))
