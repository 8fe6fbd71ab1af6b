"""Pages added from the browser: read, kept, put to the stories; what cannot be read is named."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.case import open_case
from sayso.gather import addresses
from sayso.serve import Options, jobs, make_app
from sayso.settings import Settings
from tests.gather.sites import Reply, Site, loopback, serving
from tests.serve.conftest import EXAMPLES

TEXT = "Eleven people were killed when a shell hit a bakery in Aleppo on Monday, the health ministry said."


def finished(client: TestClient, address: str) -> str:
    """The page of an addition once it is done."""
    patience = time.monotonic() + 60
    while "Reading pages" in (text := client.get(address).text) and time.monotonic() < patience:
        time.sleep(0.05)
    return text


def test_a_pasted_text_is_an_article_with_its_stories(client: TestClient) -> None:
    sent = {"text": TEXT, "title": "Bakery hit", "publisher": "The Daily Example", "published": "2016-12-13"}
    answer = client.post("/add", data=sent, files={}, follow_redirects=False)

    assert answer.status_code == 303
    assert "1 page read; 1 added. 12 articles" in finished(client, answer.headers["location"])
    patience = time.monotonic() + 60
    while not (found := client.get("/api/stories?place=aleppo").json()["stories"]) and time.monotonic() < patience:
        time.sleep(0.05)
    assert found[0]["first_day"] == "2016-12-12"
    assert "1 unchanged" in finished(client, client.post("/add", data=sent, follow_redirects=False).headers["location"])


def test_dropped_files_are_read_and_faults_are_named(client: TestClient) -> None:
    page = next(EXAMPLES.glob("*.html")).read_bytes()
    files = [
        (
            "files",
            (
                "../../etc/new.html",
                b"<html><body><p>Five people died in Homs on Sunday, police said.</p></body></html>",
            ),
        ),
        ("files", ("new.html", b"<html><body><p>Six people died in Homs on Sunday, police said.</p></body></html>")),
        ("files", ("again.html", page)),
        ("files", ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(500))),
    ]
    text = finished(client, client.post("/add", files=files, follow_redirects=False).headers["location"])

    assert "picture.png" in text
    assert "3 pages read" in text
    assert "/etc" not in text


def test_nothing_sent_is_said(client: TestClient) -> None:
    assert "expected addresses, a text or files" in client.post("/add", data={"text": " "}).text
    assert client.post("/add", data={"text": TEXT, "published": "soon"}).status_code == 400
    assert client.get("/add/unknown").status_code == 404


def test_no_file_is_left_behind(client: TestClient, tmp_path: Path, monkeypatch: object) -> None:
    import tempfile

    tempfile.tempdir = str(tmp_path)
    try:
        answer = client.post("/add", files=[("files", ("a.txt", TEXT.encode()))], follow_redirects=False)
        finished(client, answer.headers["location"])
        patience = time.monotonic() + 20
        while list(tmp_path.glob("sayso-*")) and time.monotonic() < patience:
            time.sleep(0.05)
        assert not list(tmp_path.glob("sayso-*"))
    finally:
        tempfile.tempdir = None


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site on loopback, which the application of this test alone may reach."""
    monkeypatch.setattr(addresses, "PUBLIC", loopback())
    with serving() as site:
        yield site


def sent(client: TestClient, text: str) -> str:
    """The page of an addition of addresses, once it is done."""
    answer = client.post("/add", data={"addresses": text}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return finished(client, answer.headers["location"])


def test_addresses_are_fetched_kept_and_read(site: Site, client: TestClient, tmp_path: Path) -> None:
    site.paths |= {
        "/market-hit": Reply(),
        "/private": Reply(),
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /private"),
    }
    urls = [site.url("/market-hit", "a.example"), site.url("/private", "b.example"), site.url("/gone", "c.example")]
    text = sent(client, "\r\n".join([urls[0], *urls, "  "]))

    assert "1 page read; 1 added. 12 articles" in text
    assert "/private: expected a page that robots may fetch" in text
    assert "found HTTP 404 Not Found" in text
    assert "a-example-market-hit-" in text
    with open_case(tmp_path / "a.sayso") as case:
        assert [one.url for one in case.captures()] == [urls[0]]
    assert "1 unchanged" in sent(client, urls[0])
    assert site.pages().count("/market-hit") == 1


def test_dropped_tables_are_read_and_lists_fetched_from(
    site: Site, client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.paths |= {"/market-hit": Reply()}
    articles = f'title,text\nBakery hit,"{TEXT}"\nNo text\n'.encode()
    listed = f"url,title\n{site.url('/market-hit')},Market hit\n{site.url('/gone')},\n".encode()
    both = [("files", ("articles.csv", articles)), ("files", ("list.csv", listed))]
    text = finished(client, client.post("/add", files=both, follow_redirects=False).headers["location"])

    assert "2 pages read; 2 added" in text
    assert "<li>articles.csv, line 3: expected 2 cells, found 1</li>" in text
    assert f"<li>list.csv, line 3, {site.url('/gone')}: expected a page, found HTTP 404 Not Found</li>" in text
    with open_case(tmp_path / "a.sayso") as case:
        assert [one.url for one in case.captures()] == [site.url("/market-hit")]
    monkeypatch.setattr(jobs, "MOST_ADDRESSES", 2)
    site.paths["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    many = "\n".join(["url", *(site.url(f"/{number}", "b.example") for number in range(4))]).encode()
    sent_many = client.post("/add", files=[("files", ("many.csv", many))], follow_redirects=False)
    assert "many.csv, line 4: expected at most 2 addresses, found more" in finished(
        client, sent_many.headers["location"]
    )
    inside = b"url\nfile:///etc/passwd\n/etc/passwd\nhttp://169.254.169.254/\n"
    sent_inside = client.post("/add", files=[("files", ("inside.csv", inside))], follow_redirects=False)
    assert "0 pages read" in finished(client, sent_inside.headers["location"])


def test_no_address_leads_into_this_machine(client: TestClient, examples: Path) -> None:
    with serving() as site:
        site.paths["/"] = Reply()
        inside = [site.url("/", host) for host in ("127.0.0.1", "localhost", "[::1]")] + ["http://169.254.169.254/"]
        text = sent(client, "\n".join(inside))

        assert site.asked == []
    assert text.count("expected a web address") + text.count("which is not public") == 4
    assert "0 pages read" in text
    for file in (str(EXAMPLES), f"file://{EXAMPLES}", "-", "news.example"):
        answer = client.post("/add", data={"addresses": file})
        assert answer.status_code == 400
        assert "begin with https://" in answer.text
    many = "\n".join(f"https://a.example/{number}" for number in range(1001))
    assert client.post("/add", data={"addresses": many}).status_code == 400


def test_an_application_that_ends_waits_for_no_host(site: Site, examples: Path, tmp_path: Path) -> None:
    site.paths |= {f"/{number}": Reply() for number in range(9)}
    copy = tmp_path / "a.sayso"
    shutil.copy(examples, copy)
    began = time.monotonic()
    with open_case(copy, keeps_up=False) as case:
        with TestClient(make_app(case, Options(settings=Settings(reader="rules", fetch_pause=60)))) as client:
            answer = client.post(
                "/add", data={"addresses": "\n".join(map(site.url, site.paths))}, follow_redirects=False
            )
            while "/0" not in site.pages() and time.monotonic() < began + 20:
                time.sleep(0.02)
        job = client.app.state.jobs.named(answer.headers["location"].rpartition("/")[2])  # type: ignore[attr-defined]
        while not job.finished and time.monotonic() < began + 20:
            time.sleep(0.02)

    assert time.monotonic() < began + 20
    assert site.pages() == ["/0"]
