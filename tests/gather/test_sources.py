"""Sources become pages in the order given; what cannot be read is named, and the rest is done."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gather import Gathered, Wanted, gather
from sayso.gather.gunzip import Gunzip
from sayso.gather.sniff import looks_binary, sniff, strip_endings
from sayso.records import Article as ArticleRecord
from sayso.records import Given, MadeBy, Page, Reading, SourceError, to_json
from sayso.settings import Settings


def gathered(*names: object, settings: Settings = Settings(), **wanted: object) -> list[Gathered]:
    return list(gather(map(str, names), Wanted(**wanted), settings))  # type: ignore[arg-type]


def test_a_file_is_one_page_and_its_name_the_id(tmp_path: Path) -> None:
    (tmp_path / "a.b.html").write_text("<p>one</p>")
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"two"))
    pages = gathered(tmp_path / "c.txt.gz", tmp_path / "a.b.html")

    assert pages == [Page(id="c", content=b"two", kind="text"), Page(id="a.b", content=b"<p>one</p>", kind="html")]


def test_a_folder_is_its_files_of_known_kinds_in_order_of_path(tmp_path: Path) -> None:
    for name in ("b.html", "a/z.txt", "a/b.htm", ".hidden.html", "notes.md", "c.HTML"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")

    assert [page.id for page in gathered(tmp_path) if isinstance(page, Page)] == ["b", "z", "b", "c"]


def test_how_a_page_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>")
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "a.jsonl").write_text('{"text": "words"}')
    sources = [tmp_path / name for name in ("a.html", "a.txt", "a.jsonl")]

    def kinds(**wanted: object) -> list[str]:
        return [page.kind for page in gathered(*sources, **wanted) if isinstance(page, Page)]

    assert kinds() == ["html", "text", "article"]
    assert kinds(take_as="page") == ["html", "text", "text"]
    assert kinds(take_as="article") == ["article", "article", "article"]


def test_lines_of_articles_keep_their_order_ids_and_words(tmp_path: Path) -> None:
    reading = Reading(id="r", made_by=MadeBy(sayso="0"), page=None, article=ArticleRecord(text="t"))
    lines = [
        json.dumps({"id": "x", "text": "He said\u2028so.", "outlet": "The Sample", "published": "2024-03-01"}),
        "",
        "not json",
        json.dumps({"id": "y"}),
        json.dumps([1]),
        json.dumps({"id": 7, "text": "seven", "authors": ["A", 3]}),
        to_json(reading).decode(),
        json.dumps({"text": "nameless"}),
    ]
    (tmp_path / "l.jsonl").write_text("\n".join(lines), encoding="utf-8")
    first, no_json, no_text, no_object, seven, same, nameless = gathered(
        tmp_path / "l.jsonl", given=Given(publisher="Fallback")
    )

    assert isinstance(first, Page)
    assert (first.id, first.content.decode(), first.kind) == ("x", "He said\u2028so.", "article")
    assert first.given == Given(publisher="The Sample", published="2024-03-01")
    assert [str(error).split(": ")[0].rsplit(", ")[1] for error in (no_json, no_text, no_object)] == [
        "line 3", "line 4", "line 5",
    ]  # fmt: skip
    assert isinstance(seven, Page)
    assert (seven.id, seven.given) == ("7", Given(publisher="Fallback", authors=("A",)))
    assert same == reading
    assert isinstance(nameless, Page)
    assert nameless.id == "l-8"


def test_a_line_longer_than_a_page_may_be_is_named_and_passed_over(tmp_path: Path) -> None:
    rows = [json.dumps({"id": "long", "text": "x" * 5000}), json.dumps({"id": "next", "text": "y"})]
    (tmp_path / "l.jsonl").write_text("\n".join(rows))
    error, page = gathered(tmp_path / "l.jsonl", settings=Settings(max_page_bytes=1000))

    assert isinstance(error, SourceError)
    assert "line 1: expected a line under 1000 bytes" in str(error)
    assert isinstance(page, Page)
    assert page.id == "next"


def test_what_cannot_be_read_is_named_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "binary.html").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.txt").write_text("words")
    names = [
        tmp_path / "missing.html",
        tmp_path / "binary.html",
        "ftp://example.test/a",
        tmp_path / "empty",
        tmp_path / "good.txt",
    ]
    *errors, good = gathered(*names)

    assert [error.found for error in errors if isinstance(error, SourceError)] == [
        "no such file", "binary data", "the scheme ftp", "an empty folder",
    ]  # fmt: skip
    assert isinstance(good, Page)


def test_a_folder_inside_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text("words")
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    error, page = gathered(tmp_path)

    assert str(error) == f"{tmp_path / 'closed'}: expected a readable folder, found Permission denied"
    assert isinstance(page, Page)


def test_a_compressed_page_that_breaks_off_is_read_up_to_the_break(tmp_path: Path) -> None:
    whole = gzip.compress("".join(f"<p>Paragraph {n}</p>" for n in range(20_000)).encode())
    (tmp_path / "cut.html.gz").write_bytes(whole[: len(whole) // 2])
    (page,) = gathered(tmp_path / "cut.html.gz")

    assert isinstance(page, Page)
    assert len(page.content) > 10_000
    assert page.problems[0].what == "read up to a break: gzip data that breaks off"


def test_a_page_is_never_read_past_its_bound(tmp_path: Path) -> None:
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(b"a" * 5_000_000))
    (page,) = gathered(tmp_path / "bomb.html.gz", settings=Settings(max_page_bytes=1_000))

    assert isinstance(page, Page)
    assert len(page.content) == 1_001


def test_standard_input_is_told_by_its_first_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, kind in ((b"<!DOCTYPE html><p>a", "html"), (b'{"id": "a", "text": "b"}', "article"), (b"words", "text")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        (page,) = gathered("-")

        assert isinstance(page, Page)
        assert page.kind == kind


@given(st.lists(st.binary(max_size=200_000), min_size=1, max_size=3))
def test_decompression_gives_back_every_member(members: list[bytes]) -> None:
    stream = Gunzip(io.BytesIO(b"".join(map(gzip.compress, members))))

    assert io.BufferedReader(stream).read() == b"".join(members)
    assert stream.damage is None


@given(st.binary(min_size=1_000, max_size=50_000), st.floats(0.01, 0.99))
def test_a_break_never_costs_what_came_before_it(data: bytes, share: float) -> None:
    packed = gzip.compress(data)
    stream = Gunzip(io.BytesIO(packed[: int(len(packed) * share)]))
    got = io.BufferedReader(stream).read()

    assert data.startswith(got)
    assert stream.damage is not None or not packed[: int(len(packed) * share)]


@given(st.text(min_size=1), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_text_is_not_taken_for_binary(text: str, encoding: str) -> None:
    printable = "".join(char for char in text if char.isprintable()) or "a"

    assert not looks_binary(printable.encode(encoding, "replace"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", ("a", "html")), ("a.HTM.GZ", ("a", "html")), ("a.jsonl.gz", ("a", "jsonl")),
        ("x.warc.gz", ("x", "warc")), ("notes", ("notes", None)), ("v1.2.txt", ("v1.2", "text")),
    ],
)  # fmt: skip
def test_a_name_without_its_endings_is_the_id(name: str, expected: tuple[str, str | None]) -> None:
    assert strip_endings(name) == expected


def test_a_byte_order_mark_does_not_hide_the_kind() -> None:
    assert sniff(b"\xef\xbb\xbf<!doctype html>") == "html"
    assert sniff(b"WARC/1.0\r\n") == "warc"
