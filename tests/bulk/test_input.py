"""The input of a job as disks really hold it: many files, files that change, and names and folders of any kind."""

from __future__ import annotations

import time
from pathlib import Path

from sayso.bulk.slices import cut


def test_many_small_files_are_cut_at_once_and_no_slice_has_more_than_500(tmp_path: Path) -> None:
    files = {f"{number:06}.html": (0, 1) for number in range(40_000)}
    began = time.process_time()
    slices = cut(tmp_path, files, 10**9)

    assert time.process_time() - began < 5
    assert [len(one.paths) for one in slices] == [500] * 80
    assert [path for one in slices for path in one.paths] == sorted(files)
