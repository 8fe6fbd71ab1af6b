"""Pages added from the browser: read, kept, put to the stories; what cannot be read is named."""

from __future__ import annotations

import time
from pathlib import Path

from starlette.testclient import TestClient

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
    assert "etc" not in text


def test_nothing_sent_is_said(client: TestClient) -> None:
    assert "expected a text or files" in client.post("/add", data={"text": " "}).text
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
