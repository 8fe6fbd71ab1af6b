"""The shipped examples: each says that it is invented, stands in their README, and is read as a person would."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

from sayso.reading import read_page
from sayso.records import Page, Reading
from sayso.render import render_html, render_report

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGES = sorted(path for path in EXAMPLES.iterdir() if path.suffix in {".html", ".txt"})
CHARSET = re.compile(rb"charset=[\"']?([\w-]+)")


def words_of(path: Path) -> str:
    """The page in the encoding that it declares (UTF-8 where it declares none); strict, so a wrong byte fails."""
    raw = path.read_bytes()
    declared = CHARSET.search(raw)
    return raw.decode(declared[1].decode() if declared else "utf-8")


def test_there_are_enough_examples() -> None:
    assert len(PAGES) >= 8


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_page_says_that_it_is_invented(path: Path) -> None:
    text = words_of(path)

    assert "This page is an invented example written for sayso" in text
    if path.suffix == ".html":
        assert "<!-- An invented example written for sayso" in text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_links_leave_for_reserved_names_only(path: Path) -> None:
    hosts = set(re.findall(r"https?://([^/\"'\s<]+)", words_of(path)))

    assert all(host.endswith((".example", "schema.org", "creativecommons.org")) for host in hosts)


def test_the_readme_explains_every_page() -> None:
    readme = (EXAMPLES / "README.md").read_text("utf-8")

    assert [path.name for path in PAGES if f"`{path.name}`" not in readme] == []


def test_one_page_is_in_another_encoding() -> None:
    declared = {match[1] for path in PAGES if (match := CHARSET.search(path.read_bytes()))}

    assert b"windows-1252" in declared


#: What a person reads off each page: title, the host's name, the day.
HEADS = {
    "01-lodestar-halvorin-market": (
        "At least 16 killed as rockets hit Halvorin market, hospital says", "Lodestar News Agency", "2024-03-17",
    ),
    "02-harbour-gazette-sixteen-dead": (
        "Sixteen dead after rockets strike village market", "The Harbour Gazette", "2024-03-17",
    ),
    "03-open-desk-notes-repost": (
        "At least 16 killed as rockets hit Halvorin market, hospital says", "Open Desk Notes", "2024-03-18",
    ),
    "04-continental-observer-monitors-count": (
        "Monitors count 23 civilians dead at Halvorin market", "Continental Observer", "2024-03-18",
    ),
    "05-defence-ministry-statement": (
        "Attack on Halvorin repelled", "Ministry of Defence of the Republic of Tarsenia", "2024-03-17",
    ),
    "06-lodestar-update-toll-rises": (
        "UPDATE 1-Halvorin market toll rises to 21; truce talks called off", "Lodestar News Agency", "2024-03-18",
    ),
    "08-accord-voice-halvorin-taken": ("Northern Accord takes Halvorin", "Accord Voice", "2024-03-17"),
    "09-ferry-street-ledger": ("Monitors name 23 dead in village market", "Ferry Street Ledger", "2024-03-19"),
    "10-morning-parallel-what-we-know": ("Halvorin: what we know so far", "Morning Parallel", "2024-03-19"),
}  # fmt: skip

#: Words of adverts, banners, comments and footers: none belongs to an article's text.
FURNITURE = re.compile(
    "cookies|advertisement|sponsored|subscribe|comments|most read|share this|invented example|Harbour Mutual|mackerel",
    re.IGNORECASE,
)

#: Words from the first and the last paragraph of each text: both must be there.
ENDS = {
    "01-lodestar-halvorin-market": ("At least 16 people were killed", "run out of blood by Tuesday"),
    "04-continental-observer-monitors-count": ("Twenty-three civilians", "which was signed in Geneva"),
    "07-daily-quayside-reportedly": ("reportedly killed when a wave", "as far as 20 km away"),
    "08-accord-voice-halvorin-taken": ("seized the village of Halvorin", "until the last grain of wheat"),
}


@cache
def reading_of(stem: str) -> Reading:
    (path,) = (path for path in PAGES if path.stem == stem)
    kind: Literal["html", "text"] = "html" if path.suffix == ".html" else "text"
    return read_page(Page(id=stem, content=path.read_bytes(), kind=kind))


@pytest.mark.parametrize("stem", HEADS)
def test_the_head_of_an_example_is_read(stem: str) -> None:
    article = reading_of(stem).article

    assert (article.title, article.publisher, article.published) == HEADS[stem]


@pytest.mark.parametrize("stem", [path.stem for path in PAGES])
def test_no_furniture_is_read_as_text(stem: str) -> None:
    reading = reading_of(stem)

    assert FURNITURE.findall(reading.article.text) == []
    assert reading.problems == ()
    assert reading.claims


@pytest.mark.parametrize("stem", ENDS)
def test_the_whole_text_is_read(stem: str) -> None:
    text = reading_of(stem).article.text

    assert [words for words in ENDS[stem] if words not in text] == []


def test_the_repost_names_its_origin_by_its_words() -> None:
    first, *_, last = reading_of("03-open-desk-notes-repost").lineage

    assert (first.publisher, first.role) == ("Lodestar News Agency", "origin")
    assert (last.publisher, last.role) == ("Open Desk Notes", "host")


@pytest.mark.parametrize("stem", [path.stem for path in PAGES])
def test_every_example_can_be_shown(stem: str) -> None:
    report = render_report(reading_of(stem), width=80, colour=False)

    assert max(map(len, report.splitlines())) <= 80
    assert (reading_of(stem).article.publisher or "") in render_html([reading_of(stem)])
