"""``sayso accounts``, as an owner types it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("argon2")


def sayso(*words: str, folder: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from sayso.cli import main; main()", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, input=given)


def test_accounts_are_made_listed_and_closed(tmp_path: Path) -> None:
    def run(*words: str, given: str = "correct horse battery\n") -> str:
        result = sayso("accounts", *words, folder=tmp_path, given=given)
        return result.stdout + result.stderr

    assert "expected an owner as the first account" in run("add", "ben", "--role", "reader")
    assert run("add", "amira", "--role", "owner") == "amira may sign in as owner\n"
    assert "found 5" in run("add", "ben", given="short\n")
    assert run("add", "ben") == "ben may sign in as reader\n"
    assert run("role", "ben", "reviewer") == "ben is reviewer now\n"
    assert run("password", "ben") == "ben has another password\n"
    assert run("disable", "ben") == "ben may sign in no more\n"
    assert "expected an owner to be left" in run("disable", "amira")
    listed = run("list")
    assert "amira  owner · added" in listed
    assert "ben  reviewer" in listed
    assert "disabled" in listed
    assert "battery" not in listed


def test_no_case_is_served_to_others_without_accounts(tmp_path: Path) -> None:
    result = sayso("serve", "--host", "0.0.0.0", "--reader", "rules", folder=tmp_path)  # noqa: S104 - it is refused

    assert result.returncode == 1
    assert "expected accounts, to serve the case to other machines" in result.stderr
    assert "sayso accounts add" in result.stderr


def test_a_password_made_here_is_printed_once_and_every_change_listed(tmp_path: Path) -> None:
    def run(*words: str) -> str:
        return sayso("accounts", *words, "--case", "a.sayso", folder=tmp_path, given="correct horse battery\n").stdout

    run("add", "amira", "--role", "owner", "--who", "ada")
    made = run("add", "ben", "--once", "--who", "amira").split()[-1]
    again = run("password", "ben", "--once", "--who", "amira").split()[-1]

    assert len({made, again}) == 2
    assert min(len(made), len(again)) >= 16
    changes = run("changes")
    assert [line.split(" · ")[0].split(maxsplit=1)[1] for line in changes.splitlines()] == [
        "ben given a password that is good once", "ben added as reader", "amira added as owner"
    ]  # fmt: skip
    assert made not in changes + run("list")
