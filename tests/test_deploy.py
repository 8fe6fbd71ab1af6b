"""What is deployed: the container file, what it installs, the service units, and that their commands are sayso's."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from configparser import RawConfigParser
from pathlib import Path

import click
import pytest

from tests.serve.conftest import served

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def instructions() -> list[tuple[str, str]]:
    """The container file's instructions, continued lines joined, comments left out."""
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def said(word: str) -> list[str]:
    return [rest for name, rest in instructions() if name == word]


def check_command(words: list[str]) -> None:
    """That ``sayso`` would take these words; a variable stands for any."""
    from sayso.cli.main import cli

    name, *rest = [word for word in words if not word.startswith("$")]
    command = cli.commands[name]
    needed = ["x" for one in command.params if isinstance(one, click.Argument) and one.required]
    command.make_context(name, [*rest, *needed])


def test_the_container_runs_a_pinned_image_as_nobody_special() -> None:
    assert all(re.match(r"docker\.io/library/python:\d+\.\d+-slim-\w+( AS \w+)?$", image) for image in said("FROM"))
    assert said("USER") == ["10001"]
    assert len(said("HEALTHCHECK")) == len(said("ENTRYPOINT")) == len(said("CMD")) == 1
    assert json.loads(said("ENTRYPOINT")[0]) == ["sayso"]
    check_command(json.loads(said("CMD")[0]))


def test_the_container_is_built_from_what_is_there() -> None:
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert all((ROOT / name).exists() for name in allowed)
    build = " ".join(said("RUN"))
    for name in re.findall(r" -r (\S+)", build):
        assert (ROOT / name).is_file()
        assert name.partition("/")[0] in allowed
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert {project["readme"], *project["license-files"]} <= set(allowed)


def test_the_container_installs_what_is_tested() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([\w.-]+==\S+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE))

    served_with = {pin.partition("==")[0] for pin in pins("serve.txt")}
    assert pins("run.txt") <= pins("serve.txt") <= pins("dev.txt")
    assert {"argon2-cffi", "psycopg", "uvicorn", "prometheus-client"} <= served_with


def test_the_container_knows_whether_it_is_well(tmp_path: Path) -> None:
    command = json.loads(said("HEALTHCHECK")[0].partition("CMD ")[2])
    assert command[0] == "python"
    with served(tmp_path / "a.sayso") as site:
        check = [sys.executable, "-c", command[2].replace("http://127.0.0.1:8765", site)]

        assert subprocess.run(check, check=False).returncode == 0
    assert subprocess.run(check, check=False, capture_output=True).returncode != 0


def test_the_container_file_is_linted() -> None:
    lint = shutil.which("hadolint")
    if lint is None:
        pytest.skip("hadolint is not installed")
    subprocess.run([lint, str(DEPLOY / "Containerfile")], check=True)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_runs_a_command_of_sayso_with_few_rights(path: Path) -> None:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(path, "utf-8")
    service = unit["Service"]
    program, *words = shlex.split(service["ExecStart"])

    assert program == "/opt/sayso/bin/sayso"
    assert service["User"] == "sayso"
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
    check_command(words)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_systemd_takes_a_unit(path: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / path.name
    unit.write_text(path.read_text("utf-8").replace("/opt/sayso/bin/sayso", sys.executable))
    tried = subprocess.run(["systemd-analyze", "verify", str(unit)], check=False, capture_output=True, text=True)

    assert (tried.returncode, tried.stderr) == (0, "")
