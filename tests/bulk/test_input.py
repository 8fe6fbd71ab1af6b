"""The input of a job as disks really hold it: many files, files that change, and names and folders of any kind."""

from __future__ import annotations

import time
import tracemalloc
from itertools import islice
from pathlib import Path

from sayso.bulk.slices import _by_lines, cut, files_in, items_of
from sayso.records import Page
from tests.bulk.inputs import article, write_lines
from tests.bulk.jobs import RULES


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
