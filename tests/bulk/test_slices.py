"""Slices: whatever the cuts, what comes out is what a whole reading gives, in its order."""

from __future__ import annotations

import gzip
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.bulk.input import files_in
from sayso.bulk.slices import Slice, cut, items_of
from sayso.gather import Gathered, Wanted, gather
from sayso.records import Page, SourceError
from sayso.settings import Settings
from tests.bulk.inputs import article, html_of, warc_of, write_lines

SETTINGS = Settings(reader="rules")


def items(slices: list[Slice], root: Path) -> list[Gathered]:
    return [item for one in slices for item in items_of(one, root, SETTINGS)]


def told(found: list[Gathered]) -> list[object]:
    return [str(item) if isinstance(item, SourceError) else item for item in found]


@given(
    lines=st.lists(st.sampled_from([b'{"id":"x","text":"One."}', b"", b"no json", b'{"text":"Two \xc3\xa9."}', b"\r"])),
    end=st.sampled_from([b"", b"\n", b"\n\n"]),
    size=st.integers(1, 90),
)
def test_any_cuts_of_lines_give_what_the_whole_file_gives(
    lines: list[bytes], end: bytes, size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("lines") / "lines.jsonl"
    path.write_bytes(b"\n".join(lines) + end)
    slices = cut(path, files_in(path), size)

    assert told(items(slices, path)) == told(list(gather([str(path)], Wanted(), SETTINGS)))
    assert [(one.start, one.end) for one in slices[1:]] == [
        (before.end, after.end) for before, after in pairwise(slices)
    ]
    assert len({one.name for one in slices}) == len(slices)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("size", [1, 700, 1500, 10**9])
def test_any_cuts_of_a_web_archive_give_each_page_once(packed: bool, size: int, tmp_path: Path) -> None:
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    path.write_bytes(warc_of([article(number) for number in range(7)], packed=packed))
    slices = cut(path, files_in(path), size)

    assert told(items(slices, path)) == told(list(gather([str(path)], Wanted(), SETTINGS)))
    assert size == 10**9 or len(slices) > 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All kinds of files, and some that are none."""
    root = tmp_path / "in"
    (root / "b").mkdir(parents=True)
    write_lines(root / "a.jsonl", [article(number) for number in range(6)])
    for number in range(6, 9):
        (root / "b" / f"page{number}.html").write_bytes(html_of(article(number)))
    (root / "c.warc.gz").write_bytes(warc_of([article(number) for number in range(9, 12)]))
    (root / "d.jsonl.gz").write_bytes(gzip.compress(b'{"id": "z", "text": "The last."}\n'))
    (root / "notes.docx").write_bytes(b"PK")
    (root / ".hidden.html").write_bytes(b"<p>no</p>")
    return root


@pytest.mark.parametrize("size", [1, 400, 900, 10**9])
def test_any_cuts_of_a_folder_give_its_pages_in_the_order_of_their_paths(size: int, folder: Path) -> None:
    slices = cut(folder, files_in(folder), size)

    assert told(items(slices, folder)) == told(list(gather([str(folder)], Wanted(), SETTINGS)))
    assert sorted(slices, key=lambda one: one.order) == slices


def test_a_slice_of_a_changed_file_has_another_name(folder: Path) -> None:
    before = {one.name for one in cut(folder, files_in(folder))}
    path = folder / "a.jsonl"
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1_000_000))

    assert len(before - {one.name for one in cut(folder, files_in(folder))}) == 1


@pytest.mark.parametrize("name", ["a.jsonl", "c.warc.gz"])
def test_of_a_file_in_parts_that_is_gone_nothing_is_told(name: str, folder: Path) -> None:
    slices = cut(folder, files_in(folder))
    (folder / name).unlink()
    (one,) = [one for one in slices if one.paths == (name,)]

    with pytest.raises(OSError, match=name):
        items([one], folder)
    assert sum(isinstance(item, Page) for item in items([other for other in slices if other != one], folder)) >= 7
