"""The input of a job as disks really hold it: many files, files that change, and names and folders of any kind."""

from __future__ import annotations

import gzip
import os
import shutil
import time
import tracemalloc
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import Table, parquet

from sayso.bulk import Job
from sayso.bulk.input import escaped, files_in, unescaped
from sayso.bulk.slices import _by_lines, cut, is_unchanged, items_of
from sayso.gather import Wanted, gather
from sayso.records import JobError, Page
from tests.bulk.inputs import article, html_of, warc_of, write_lines
from tests.bulk.jobs import RULES, done, tables


def test_many_small_files_are_cut_at_once_and_no_slice_has_more_than_500(tmp_path: Path) -> None:
    files = {f"{number:06}.html": (0, 1) for number in range(40_000)}
    began = time.process_time()
    slices = cut(tmp_path, files, 10**9)

    assert time.process_time() - began < 5
    assert [len(one.paths) for one in slices] == [500] * 80
    assert [path for one in slices for path in one.paths] == sorted(files)


def test_cutting_ends_where_a_file_became_shorter_since_it_was_seen(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "in.jsonl", map(article, range(3)))
    size = path.stat().st_size
    slices = list(islice(_by_lines(tmp_path, path.name, (10 * size, 1), size // 2), 9))

    assert slices[-1].end == size
    assert len(slices) < 9


def test_a_slice_of_lines_is_never_held_whole(tmp_path: Path) -> None:
    text = "The army said so. " * 3_000
    path = write_lines(tmp_path / "in.jsonl", (article(number, text) for number in range(300)))
    (one,) = cut(path, files_in(path), 10**9)
    tracemalloc.start()
    count = sum(isinstance(item, Page) for item in items_of(one, path, RULES))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 300
    assert most < path.stat().st_size / 10


@pytest.mark.parametrize("name", ["a.jsonl", "b.html", "c.html", "d.warc.gz"])
@pytest.mark.parametrize("change", ["written to", "touched", "gone"])
def test_a_slice_tells_whether_its_files_are_as_they_were(name: str, change: str, tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", map(article, range(4)))
    (tmp_path / "b.html").write_bytes(html_of(article(5)))
    (tmp_path / "c.html").write_bytes(html_of(article(6)))
    (tmp_path / "d.warc.gz").write_bytes(warc_of([article(7)]))
    slices = cut(tmp_path, files_in(tmp_path))
    assert all(is_unchanged(one, tmp_path) for one in slices)
    path = tmp_path / name
    told = path.stat()
    if change == "gone":
        path.unlink()
    elif change == "touched":
        os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns + 1))
    else:
        path.write_bytes(path.read_bytes() + b"\n")
        os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))

    assert [one.paths for one in slices if not is_unchanged(one, tmp_path)] == [
        one.paths for one in slices if name in one.paths
    ]


def unlisted(root: Path) -> None:
    """A folder below another that nobody can list, root included: its path is longer than paths may be."""
    at = os.open(root, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=at)
        at, above = os.open("d" * 250, os.O_RDONLY, dir_fd=at), at
        os.close(above)
    os.close(at)


def test_a_folder_in_the_input_that_cannot_be_listed_is_no_silence(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", [article(1)])
    (tmp_path / "b").mkdir()
    unlisted(tmp_path / "b")

    with pytest.raises(JobError, match="File name too long") as raised:
        files_in(tmp_path)
    assert str(tmp_path / "b") in raised.value.place


def test_hidden_folders_are_not_looked_into(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", [article(1)])
    (tmp_path / ".b").mkdir()
    unlisted(tmp_path / ".b")

    assert list(files_in(tmp_path)) == ["a.jsonl"]


def test_a_folder_without_pages_is_no_input(tmp_path: Path) -> None:
    with pytest.raises(JobError, match=r"files ending in \.html, .*, found an empty folder"):
        files_in(tmp_path)
    for name in ("notes.docx", ".hidden.html"):
        (tmp_path / name).write_bytes(b"PK")

    with pytest.raises(JobError, match="found 2 others"):
        files_in(tmp_path)


@pytest.mark.parametrize("way", ["in/../in/out", "link/out", "in/b/../out", "link", "in/../in"])
def test_the_output_is_never_inside_the_input_whatever_the_way_there(way: str, tmp_path: Path) -> None:
    (tmp_path / "in" / "b").mkdir(parents=True)
    write_lines(tmp_path / "in" / "a.jsonl", [article(1)])
    (tmp_path / "link").symlink_to("in")

    for root in ("in", "link", "in/b/.."):
        with pytest.raises(JobError, match="a folder outside the input") as raised:
            Job(tmp_path / root, tmp_path / way, RULES)
        # shown as it was given
        assert raised.value.place == str(tmp_path / way)
    assert Job(tmp_path / "link", tmp_path / "in" / ".." / "out", RULES).left()


def test_what_bulk_reading_wrote_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_lines(tmp_path / "in" / "a.jsonl", [article(1)])
    output = tmp_path / "in" / "old" / "out"
    done(tmp_path / "in" / "a.jsonl", output)
    # a table that would be taken for one of articles, were it anywhere else
    rows = [{"text": article(2)["text"], "title": "Report", "url": "https://daily.example/2"}]
    parquet.write_table(Table.from_pylist(rows), output / "readings" / "more.parquet")
    shutil.copy(output / "readings" / "more.parquet", tmp_path / "in")

    assert list(files_in(tmp_path / "in")) == ["a.jsonl", "more.parquet"]
    with pytest.raises(JobError, match="sayso add loads them"):
        files_in(output)


@pytest.mark.parametrize("name", ["packed.jsonl", "plain.jsonl.gz"])
def test_lines_are_read_as_they_are_whatever_their_file_is_called(name: str, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "lines", map(article, range(9))).read_bytes()
    path = tmp_path / name
    path.write_bytes(gzip.compress(lines) if name.startswith("packed") else lines)
    slices = cut(path, files_in(path), 300)
    found = [item for one in slices for item in items_of(one, path, RULES)]

    assert found == list(gather([str(path)], Wanted(), RULES))
    assert len(found) == 9


@pytest.mark.parametrize("name", ["a.jsonl", "a.warc"])
def test_a_file_that_cannot_be_opened_costs_its_own_slice(name: str, tmp_path: Path) -> None:
    write_lines(tmp_path / "b.jsonl", [article(1)])
    # a file that is no more as it is cut
    slices = cut(tmp_path, {name: (10**8, 1), **files_in(tmp_path)})

    assert [one.paths for one in slices] == [(name,), ("b.jsonl",)]
    with pytest.raises(FileNotFoundError):
        list(items_of(slices[0], tmp_path, RULES))
    assert len(list(items_of(slices[1], tmp_path, RULES))) == 1


@given(st.binary(min_size=1).filter(lambda name: b"\0" not in name), st.text().filter(lambda name: "\0" not in name))
def test_any_name_goes_to_json_and_back(odd: bytes, name: str) -> None:
    for path in (os.fsdecode(odd), f"50%{os.fsdecode(odd)}", name.encode("utf-8", "replace").decode()):
        assert unescaped(escaped(path).encode("utf-8").decode()) == path
    assert escaped("über/a b.html") == "über/a b.html"


def test_files_whose_names_are_no_utf8_are_read(tmp_path: Path) -> None:
    root = tmp_path / "100% März"
    (root / os.fsdecode(b"m\xe4rz")).mkdir(parents=True)
    rows = [{**article(number), "id": None} for number in range(4)]
    write_lines(root / os.fsdecode(b"caf\xe9.jsonl"), rows[:2])
    write_lines(root / "100%25.jsonl", rows[2:])
    (root / os.fsdecode(b"\xff.warc.gz")).write_bytes(warc_of([article(5)]))
    (root / os.fsdecode(b"m\xe4rz/\xff.html")).write_bytes(html_of(article(6)))
    (root / os.fsdecode(b"\xfe.txt")).write_bytes(b"\x89PNG\r\n")
    output = tmp_path / "out"
    report = done(root, output)

    assert (report.read, report.lost, report.failed) == (6, 1, ())
    assert {row["article"] for row in tables(output)["readings"]} >= {"caf\ufffd-1", "100%25-2", "\ufffd"}
    assert Job(root, output, RULES).left() == []
    assert set(files_in(root)) == {"caf%E9.jsonl", "100%2525.jsonl", "%FF.warc.gz", "%FE.txt", "m%E4rz/%FF.html"}


@pytest.mark.parametrize("which", ["input", "output"])
def test_input_and_output_themselves_have_names_in_utf8(which: str, tmp_path: Path) -> None:
    paths = {"input": tmp_path / "in.jsonl", "output": tmp_path / "out"}
    paths[which] = tmp_path / os.fsdecode(b"m\xe4rz.jsonl")
    write_lines(paths["input"], [article(1)])

    with pytest.raises(JobError, match=r"m%E4rz.jsonl: expected a path in UTF-8"):
        Job(paths["input"], paths["output"], RULES)
