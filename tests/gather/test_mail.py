"""Saved pages and mails: which part is the page, and what of the head is the page's own."""

from __future__ import annotations

import gzip
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gather import Gathered, Wanted, gather
from sayso.gather.mail import page_of_mail
from sayso.records import Given, Page, SourceError
from sayso.settings import Settings

HTML = "<p>The ministry said “no one” had been killed.</p>"


def read(path: Path, data: bytes, **said: str) -> Gathered:
    path.write_bytes(data)
    (item,) = gather([str(path)], Wanted(given=Given(**said)), Settings())  # type: ignore[arg-type]
    return item


def saved(**head: str) -> MIMEMultipart:
    """A page as browsers save it: a frame may stand before it."""
    message = MIMEMultipart("related", type="text/html", **head)
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "Market hit"
    message["Date"] = "Fri, 1 Mar 2024 23:30:00 -0500"
    for ident, url, body in (
        ("<frame@mhtml>", "cid:frame@mhtml", "<p>An advertisement</p>"),
        ("<root@mhtml>", "https://gazette.example/market", HTML),
    ):
        part = MIMEText(body, "html", "utf-8")
        part["Content-ID"], part["Content-Location"] = ident, url
        message.attach(part)
    return message


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.mhtml.gz"])
def test_a_saved_page_is_the_page_with_its_address_and_when_it_was_saved(tmp_path: Path, name: str) -> None:
    message = saved()
    message["Snapshot-Content-Location"] = "https://gazette.example/market"
    data = message.as_bytes()
    page = read(tmp_path / name, gzip.compress(data) if name.endswith("gz") else data)

    assert page == Page(
        id="a", content=HTML.encode(), kind="html", charset="utf-8", fetched="2024-03-02T04:30:00Z",
        given=Given(url="https://gazette.example/market"),
    )  # fmt: skip


def test_the_part_that_a_saved_page_starts_with_is_the_page(tmp_path: Path) -> None:
    page = read(tmp_path / "a.mht", saved(start="<root@mhtml>").as_bytes())

    assert isinstance(page, Page)
    assert (page.content, page.given.url) == (HTML.encode(), "https://gazette.example/market")


def test_without_a_word_which_the_first_page_is_it_and_has_no_address(tmp_path: Path) -> None:
    page = read(tmp_path / "a.mht", saved().as_bytes())

    assert isinstance(page, Page)
    assert (page.content, page.given.url) == (b"<p>An advertisement</p>", None)


def mail(html: str | None = HTML) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Desk of the Gazette <news@gazette.example>"
    message["To"] = "reader@home.example"
    message["Subject"] = "Sechzehn Tote – der Überblick"
    message["Date"] = "Fri, 1 Mar 2024 23:30:00 -0500"
    message.set_content("Plain words.\n")
    if html:
        message.add_alternative(html, subtype="html", charset="windows-1252")
    message.add_attachment(b"<p>attached</p>", maintype="text", subtype="html", filename="a.html")
    return message


def test_a_mail_is_its_page_published_when_it_was_sent(tmp_path: Path) -> None:
    page = read(tmp_path / "news.eml", mail().as_bytes())

    assert isinstance(page, Page)
    assert (page.id, page.kind, page.content.decode(page.charset or "")) == ("news", "html", HTML + "\n")
    assert page.given == Given(title="Sechzehn Tote – der Überblick", published="2024-03-01")
    assert page.fetched is None


def test_a_mail_without_a_page_is_its_text(tmp_path: Path) -> None:
    page = read(tmp_path / "news.eml", mail(html=None).as_bytes())

    assert isinstance(page, Page)
    assert (page.kind, page.content) == ("text", b"Plain words.\n")


def test_what_the_caller_says_goes_before(tmp_path: Path) -> None:
    page = read(tmp_path / "a.eml", mail().as_bytes(), published="2020-01-01", title="T", publisher="P", url="u")

    assert isinstance(page, Page)
    assert page.given == Given(title="T", publisher="P", published="2020-01-01", url="u")


@pytest.mark.parametrize(
    "date", ["yesterday", "", "Fri, 99 Mar 2024 99:30:00 -9900", "Fri, 1 Mar 99999 23:30:00 +0000"]
)
def test_a_date_that_is_none_is_unknown(tmp_path: Path, date: str) -> None:
    message = mail()
    message.replace_header("Date", "X")
    page = read(tmp_path / "a.eml", message.as_bytes().replace(b"Date: X", f"Date: {date}".encode()))

    assert isinstance(page, Page)
    assert page.given.published is None


@pytest.mark.parametrize("data", [b"", b"From: a\n\n", b"Subject: x\nContent-Type: image/png\n\nxx"])
def test_a_mail_without_a_text_is_named(tmp_path: Path, data: bytes) -> None:
    assert str(read(tmp_path / "a.eml", data)).endswith("a.eml: expected a mail with a text, found none")


def test_a_mail_of_too_many_parts_is_named(tmp_path: Path) -> None:
    head = b"Content-Type: multipart/mixed; boundary=b\n\n"
    error = read(tmp_path / "a.eml", head + b"--b\n\nx\n" * 6000)

    assert "expected a mail of at most" in str(error)


def test_parts_in_parts_without_end_harm_nothing(tmp_path: Path) -> None:
    data = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(40))
    item = read(tmp_path / "a.eml", data + b"Content-Type: text/html\n\n<p>deep</p>")

    assert isinstance(item, Page | SourceError)


@given(
    st.binary(max_size=2000), st.sampled_from([b"", b"Date: ", b"Content-Type: ", b"Subject: =?", b"MIME-Version: "])
)
def test_any_bytes_are_a_page_or_an_error(data: bytes, head: bytes) -> None:
    for content in (head + data, head + data.replace(b"\n", b"") + b"\n\n<p>x</p>", mail().as_bytes()[:400] + data):
        try:
            page = page_of_mail(content, "eml", "a", "a.eml", Given())
        except SourceError:
            continue
        assert page.content.strip()


def test_a_field_that_would_be_taken_apart_for_ever_is_named(tmp_path: Path) -> None:
    error = read(tmp_path / "a.eml", b"Content-Type: text/html; " + b"a=b; " * 1_000_000 + b"\n\n<p>x</p>")

    assert "expected a mail that says in a few words of what kind a part is" in str(error)


def test_a_mail_longer_than_a_page_may_be_is_read_up_to_there_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subject: x\n\n" + b"word " * 1000)
    (page,) = gather([str(tmp_path / "a.eml")], Wanted(), Settings(max_page_bytes=512))

    assert isinstance(page, Page)
    assert len(page.content) == 500
    assert page.problems[0].what == "read up to 512 bytes: the file is longer"
