"""A cluster gives what this machine alone gives, also where it loses one that works for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bulk.inputs import article, warc_of, write_lines
from tests.bulk.jobs import SAYSO, done, tables, until

pytest.importorskip("ray")


def at_work() -> list[int]:
    """The processes of a cluster that read slices."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_bytes()
        except OSError:
            continue
        if command.startswith(b"ray::") and b"UDFProject" in command:
            found.append(int(path.name))
    return found


def test_a_cluster_gives_the_same_also_when_a_worker_is_killed(tmp_path: Path) -> None:
    root = tmp_path / "in"
    root.mkdir()
    write_lines(root / "a.jsonl", [article(number) for number in range(150)])
    (root / "b.warc.gz").write_bytes(warc_of([article(number) for number in range(150, 162)]))
    done(root, tmp_path / "alone")
    output = tmp_path / "together"
    command = [
        str(SAYSO),
        "bulk",
        str(root),
        str(output),
        "--reader",
        "rules",
        "--slice",
        "0.003",
        "--cluster",
        "local",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: (len(list(output.glob("done/*.json"))) >= 2 and at_work()) or process.poll() is not None, 240)
        killed = at_work()
        for one in killed:
            os.kill(one, signal.SIGKILL)
        out, err = process.communicate(timeout=300)

    assert killed
    assert process.returncode == 0, err
    assert "\n162 pages: 162 read" in f"\n{out}"
    assert tables(output) == tables(tmp_path / "alone")


def test_a_cluster_that_is_not_there_is_named(tmp_path: Path) -> None:
    root = write_lines(tmp_path / "a.jsonl", [article(1)])
    asked = [str(SAYSO), "bulk", str(root), str(tmp_path / "out"), "--reader", "rules", "--cluster", "127.0.0.1:9"]
    ran = subprocess.run(asked, capture_output=True, text=True, check=False)

    assert ran.returncode == 1
    assert "127.0.0.1:9: expected a Ray cluster that answers" in ran.stderr
    assert not (tmp_path / "out" / "report.json").exists()


def test_an_engine_that_is_not_installed_is_named_with_its_remedy(tmp_path: Path) -> None:
    root = write_lines(tmp_path / "a.jsonl", [article(1)])
    for package, more, remedy in (("daft", "", "sayso[bulk]"), ("ray", "--cluster local", "sayso[cluster]")):
        script = f"import sys; sys.modules[{package!r}] = None; from sayso.cli import main; main()"
        asked = [sys.executable, "-c", script, "bulk", str(root), str(tmp_path / package), "--reader", "rules"]
        ran = subprocess.run([*asked, *more.split()], capture_output=True, text=True, check=False)

        assert ran.returncode == 1
        assert ran.stderr.strip().endswith(f"pip install '{remedy}'")
