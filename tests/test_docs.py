"""Documentation is a contract: what exists is described, what is described exists, links lead somewhere."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from sayso.records import SaysoError
from sayso.records.reading import Reading
from sayso.settings import SETTINGS, Settings
from tests.test_floors import FLOORS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
WHOLE = "whole report (type group, dead, place, date, claimant all right)"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "examples").glob("*.md")])


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (path.parent / target).exists()]

    assert not missing


def test_every_option_of_every_command_is_described() -> None:
    from sayso.cli.main import cli

    text = page("reference/command-line.md")
    for name, command in cli.commands.items():
        assert f"`sayso {name}" in text
        for option in (option for parameter in command.params for option in parameter.opts if option.startswith("--")):
            assert f"`{option}" in text, f"{name} {option}"


def test_every_setting_is_described_as_it_is() -> None:
    text = page("reference/settings.md")
    for row in SETTINGS:
        assert f"| `{row.name}` |" in text
        line = next(line for line in text.splitlines() if line.startswith(f"| `{row.name}` |"))
        assert str(row.default) in line
        assert row.help in line


def test_every_error_is_described() -> None:
    text = page("reference/errors.md")
    for error in SaysoError.__subclasses__():
        assert f"`{error.__name__}`" in text


def test_every_field_of_a_reading_is_described() -> None:
    text = page("reference/reading.md")
    for field in Reading.__struct_fields__:
        assert f"`{field}`" in text or field == "schema"


def test_every_dependency_has_its_reason_and_its_pin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reasons = page("reference/dependencies.md")
    pins = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    for dependency in project["dependencies"]:
        name = re.split(r"[<>=!~\[ ]", dependency)[0]

        assert re.search(rf"^\| `{re.escape(name)}` \| \S", reasons, re.MULTILINE), name
        assert re.search(rf"^{re.escape(name)}==\S+.*\\\n +--hash=sha256:", pins, re.MULTILINE), name


def test_the_architecture_page_draws_every_room() -> None:
    text = page("explanation/architecture.md")
    for room in FLOORS:
        assert f"{room}/" in text or f"{room}.py" in text, room


def test_the_readme_has_the_two_commands_that_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [line for line in readme.splitlines() if line.startswith("python3 -m venv")]

    assert len(commands) == 2
    assert commands[0].endswith("sayso read examples")
    assert "pytest" in commands[1]
    assert "readme_command 2" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_no_page_of_the_repository_names_a_machine_path() -> None:
    for path in PAGES:
        assert not re.search(r"(?<![\w./-])/(?:home|root|work|tmp)/", path.read_text(encoding="utf-8")), path


def test_the_page_of_scores_shows_the_committed_figures() -> None:
    text = page("reference/scores.md")
    figures = json.loads((ROOT / "quality" / "scores.json").read_text(encoding="utf-8"))["figures"]
    tasks = [task for task in figures if not task.endswith("(learned)")]
    learned = {task: figures.get(f"{task} (learned)", figures[task]) for task in tasks}
    rows = [
        (f"| {task} | {name} | {learned[task][name]:.3f} |", f"| {value:.3f} |")
        for task in tasks
        for name, value in figures[task].items()
    ]

    assert rows
    for start, rules in rows:
        (line,) = [line for line in text.splitlines() if line.startswith(start)]
        assert rules in line


def test_the_readme_shows_what_the_command_prints() -> None:
    from sayso.gather import Wanted, gather
    from sayso.reading import read_page
    from sayso.records import Page
    from sayso.render import render_report

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command, excerpt = re.findall(r"From `sayso read (\S+)`.*?```text\n(.*?)```", readme, re.DOTALL)[0]
    (item,) = gather([str(ROOT / command)], Wanted(), Settings())
    assert isinstance(item, Page)
    printed = render_report(read_page(item), width=80, colour=False).splitlines()

    assert [line for line in excerpt.splitlines() if line != "[…]" and line not in printed] == []


def test_the_readme_shows_the_committed_figures() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    figures = json.loads((ROOT / "quality" / "scores.json").read_text(encoding="utf-8"))["figures"]

    assert f"| {figures['conflict (learned)'][WHOLE]:.3f} | {figures['conflict'][WHOLE]:.3f} |" in readme
    assert f"| {figures['pages']['article body']:.3f} |" in readme
