"""The commands on a case, as a person types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def sayso(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from sayso.cli import main; main()", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose default case holds the examples."""
    folder = tmp_path_factory.mktemp("case")
    result = sayso("add", str(EXAMPLES), "--reader", "rules", "--processes", "2", folder=folder)

    assert result.stdout == "added 10, changed 0, unchanged 0 · 10 articles in case.sayso\n", result.stderr
    return folder


def test_adding_again_changes_nothing(folder: Path) -> None:
    result = sayso("add", str(EXAMPLES), "--reader", "rules", "--processes", "1", "-v", folder=folder)

    assert result.stdout.splitlines()[0] == "same 01-lodestar-halvorin-market"
    assert result.stdout.splitlines()[-1] == "added 0, changed 0, unchanged 10 · 10 articles in case.sayso"


def test_the_list_names_every_article(folder: Path) -> None:
    rows = json.loads(sayso("list", "--format", "json", folder=folder).stdout)

    assert [row["id"] for row in rows] == sorted(path.stem for path in EXAMPLES.iterdir() if path.stem[0].isdigit())
    assert "Sixteen dead after rockets strike village market" in sayso("list", folder=folder).stdout


def test_search_shows_the_words_in_place(folder: Path) -> None:
    result = sayso("search", "Sixteen", "rockets", folder=folder)

    assert "02-harbour-gazette-sixteen-dead" in result.stdout
    assert "«" in result.stdout


def test_stories_count_origins_and_a_story_shows_their_words(folder: Path) -> None:
    rows = [json.loads(line) for line in sayso("stories", "--format", "jsonl", folder=folder).stdout.splitlines()]
    widest = max(rows, key=lambda row: len({report["article"] for report in row["reports"]}))
    shown = sayso("story", widest["id"][:10], folder=folder).stdout

    assert widest["schema"] == "sayso.story/1"
    assert all(origin["voice"] in shown for origin in widest["origins"])
    assert "Who says so" in shown
    assert widest["id"] in sayso("stories", "--pages", "2", folder=folder).stdout


def test_the_readme_shows_what_comes_out(tmp_path: Path) -> None:
    readme = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    shown = readme.split("## Many pages, how many origins?")[1].split("```text\n")[1].split("```")[0]
    sayso("add", str(EXAMPLES), folder=tmp_path)

    assert sayso("stories", "--pages", "2", folder=tmp_path).stdout.startswith(shown)


def test_the_examples_dispute_shows_in_the_table(folder: Path) -> None:
    assert "disputed" in sayso("stories", "--status", "disputed", folder=folder).stdout


@pytest.mark.parametrize("command", [("list",), ("search", "x"), ("stories",), ("story", "x")])
def test_a_missing_case_is_one_line_and_exit_1(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = sayso(*command, folder=tmp_path)

    assert result.returncode == 1
    assert result.stderr == "sayso: case.sayso: expected a case, found no such file; sayso add makes one\n"
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_story_is_one_line_and_exit_1(folder: Path) -> None:
    result = sayso("story", "zzzz", folder=folder)

    assert result.returncode == 1
    assert result.stderr.count("\n") == 1


def test_readings_are_added_as_they_are(folder: Path, tmp_path: Path) -> None:
    read = sayso("read", str(EXAMPLES / "09-ferry-street-ledger.txt"), "--format", "jsonl", "--reader", "rules",
                 folder=tmp_path)  # fmt: skip
    (tmp_path / "readings.jsonl").write_text(read.stdout)
    result = sayso("add", "readings.jsonl", "--reader", "rules", folder=tmp_path)

    assert result.stdout == "added 1, changed 0, unchanged 0 · 1 articles in case.sayso\n"
