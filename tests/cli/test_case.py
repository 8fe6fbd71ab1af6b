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


def test_a_page_that_takes_too_long_is_named_and_left_out(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    sentence = "At least 9 soldiers were killed near Halvorin on Tuesday, the army said, citing rebels in the town. "
    (pages / "endless.txt").write_text(sentence * 60_000, "utf-8")
    (pages / "short.txt").write_text(sentence * 2, "utf-8")
    limits = ["--set", "max_page_seconds=6", "--set", "max_text_chars=10000000"]
    result = sayso("add", "pages", "--reader", "rules", "--processes", "2", *limits, folder=tmp_path)

    assert result.returncode == 1
    assert result.stderr == "sayso: endless: took longer than 6 seconds to read\n"
    assert result.stdout == "added 1, changed 0, unchanged 0 · 1 articles in case.sayso\n"


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
    table, story = (part.split("```")[0] for part in readme.split("## Many pages")[1].split("```text\n")[1:3])
    sayso("add", str(EXAMPLES), folder=tmp_path)

    assert sayso("stories", "--pages", "5", folder=tmp_path).stdout == table
    assert sayso("story", "93aa", folder=tmp_path).stdout.startswith(story)


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


def story_ids(folder: Path, *options: str) -> list[str]:
    rows = sayso("stories", "--format", "jsonl", *options, folder=folder).stdout.splitlines()
    return [json.loads(row)["id"] for row in rows]


def test_stories_are_narrowed_and_cut(folder: Path) -> None:
    everything = story_ids(folder)
    disputed = story_ids(folder, "--status", "disputed")
    cut = sayso("stories", "--limit", "1", folder=folder)

    assert 0 < len(disputed) < len(everything)
    assert set(disputed) < set(everything)
    assert f"{len(everything) - 1} more" in cut.stderr
    assert sayso("stories", "--since", "yesterday", folder=folder).returncode == 2
    assert "armed_clash" in sayso("stories", "--type", "war", folder=folder).stderr


def test_claims_and_voices_are_found(folder: Path) -> None:
    claims = sayso("search", "--in", "claims", "rockets", "--format", "json", folder=folder)
    voices = sayso("search", "--in", "voices", "hospital", folder=folder)

    assert all("rockets" in row["words"].casefold() for row in json.loads(claims.stdout))
    assert "hospital" in voices.stdout


def test_decisions_are_made_listed_and_withdrawn(tmp_path: Path) -> None:
    sayso("add", str(EXAMPLES), "--reader", "rules", "--processes", "1", folder=tmp_path)
    before = story_ids(tmp_path)
    one, other = story_ids(tmp_path, "--pages", "3")[:2]
    steps = (
        ("decide", "reject", f"{one}:1", "--why", "a headline"),
        ("decide", "correct", f"{other}:1", "killed", "20.."),
        ("decide", "correct", f"{other}:1", "date", "2024-03-16..2024-03-17"),
        ("voices", "roof", "Mira Talven", "Tarsenian government", "--who", "Ada"),
    )  # fmt: skip
    results = [sayso(*step, folder=tmp_path) for step in steps]
    listed = sayso("decisions", folder=tmp_path).stdout

    assert [result.returncode for result in results] == [0] * len(steps), [result.stderr for result in results]
    assert len(listed.splitlines()) == len(steps)
    assert "a headline" in listed
    assert "Mira Talven stands under Tarsenian government · Ada" in listed
    assert story_ids(tmp_path) != before
    for _ in steps:
        assert sayso("undo", folder=tmp_path).returncode == 0
    assert story_ids(tmp_path) == before
    assert sayso("undo", folder=tmp_path).returncode == 1
    merged = sayso("decide", "merge", one, other, folder=tmp_path)
    assert (merged.returncode, len(story_ids(tmp_path))) == (0, len(before) - 1)


def test_wrong_decisions_are_refused_in_one_line(folder: Path) -> None:
    ident = story_ids(folder)[0]
    refused = {
        ("decide", "reject", "feedface"): 1,
        ("decide", "reject", f"{ident}:99"): 2,
        ("decide", "correct", f"{ident}:1", "killed", "many"): 2,
        ("decide", "merge", ident): 2,
        ("undo", "77"): 1,
        ("voices", "kind", "Mira Talven", "liar"): 2,
        ("forget", "article", "x"): 2,
    }  # fmt: skip
    for words, status in refused.items():
        result = sayso(*words, folder=folder)
        assert result.returncode == status, (words, result.stderr)
        assert "Traceback" not in result.stderr


def test_a_table_of_affiliations_is_loaded(tmp_path: Path) -> None:
    sayso("add", str(EXAMPLES), "--reader", "rules", "--processes", "1", folder=tmp_path)
    (tmp_path / "voices.toml").write_text('[[voice]]\nname = "Mira Talven"\nroof = "the hospital"\nkind = "official"\n')
    (tmp_path / "bad.toml").write_text('[[voice]]\nname = "Mira Talven"\nruf = "the hospital"\n')

    assert sayso("voices", "load", "voices.toml", folder=tmp_path).stdout == "2 decisions from voices.toml\n"
    assert "ruf" in sayso("voices", "load", "bad.toml", folder=tmp_path).stderr
    assert "official · under the hospital" in sayso("voices", "list", "talven", folder=tmp_path).stdout


def test_reading_again_keeps_what_was_decided(tmp_path: Path) -> None:
    sayso("add", str(EXAMPLES), "--reader", "rules", "--processes", "1", folder=tmp_path)
    sayso("decide", "reject", f"{story_ids(tmp_path)[0]}:1", folder=tmp_path)
    before = story_ids(tmp_path)
    again = sayso("reread", "--reader", "rules", folder=tmp_path)

    assert again.stdout == "read 10 articles again\n"
    assert story_ids(tmp_path) == before
    assert sayso("reread", "nothing", folder=tmp_path).returncode == 1


def test_what_is_forgotten_stays_away(tmp_path: Path) -> None:
    sayso("add", str(EXAMPLES), "--reader", "rules", "--processes", "1", folder=tmp_path)
    outlet = json.loads(sayso("list", "--format", "json", folder=tmp_path).stdout)[1]["publisher"]
    gone = sayso("forget", "outlet", outlet, "--why", "asked to", "--yes", folder=tmp_path)
    again = sayso("add", str(EXAMPLES), "--reader", "rules", "--processes", "1", folder=tmp_path)

    assert gone.stdout.startswith("erased 1 articles")
    assert "forgotten and left out 1" in again.stdout
    assert outlet not in sayso("list", folder=tmp_path).stdout
    assert "asked to" in sayso("forget", "--list", folder=tmp_path).stdout


def test_a_story_is_a_page_and_copies_are_listed_and_shown(folder: Path) -> None:
    page = sayso("story", story_ids(folder, "--pages", "2")[0], "--format", "html", folder=folder)
    copies = json.loads(sayso("copies", "--format", "json", folder=folder).stdout)
    first, second = copies[0]["first"], copies[0]["second"]
    shown = sayso("copies", first, second, folder=folder).stdout

    assert page.stdout.startswith("<!doctype html>")
    assert first in sayso("copies", folder=folder).stdout
    assert len(shown) > len(sayso("copies", second, first, "--format", "json", folder=folder).stdout) / 2
    assert sayso("copies", "nothing", folder=folder).stdout == ""


def test_changes_of_a_page_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Shells killed 16 people in Varnholt, the hospital said on Tuesday evening.\n")
    sayso("add", "a.txt", "--reader", "rules", folder=tmp_path)
    one = sayso("changes", "a", folder=tmp_path)
    (tmp_path / "a.txt").write_text("Shells killed 21 people in Varnholt, the hospital said on Tuesday evening.\n")
    sayso("add", "a.txt", "--reader", "rules", folder=tmp_path)

    assert "one version" in one.stderr
    assert "[16] +21+" in sayso("changes", "a", folder=tmp_path).stdout
    assert sayso("changes", "b", folder=tmp_path).returncode == 1
