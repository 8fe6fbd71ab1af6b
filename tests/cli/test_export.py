"""``sayso export`` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.cli.export import FOLDERS, TEXTS
from sayso.export import FOLDERS as WRITE
from sayso.export import TEXTS as MAKE
from tests.cli.test_case import EXAMPLES, sayso


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    sayso("add", str(EXAMPLES), "--reader", "rules", "--processes", "1", folder=folder)
    return folder


def test_the_command_knows_every_format() -> None:
    assert set(FOLDERS) == set(WRITE)
    assert set(TEXTS) == set(MAKE)


@pytest.mark.parametrize("form", TEXTS)
def test_a_text_goes_to_standard_output_or_to_a_file(folder: Path, form: str) -> None:
    shown = sayso("export", form, folder=folder)
    sayso("export", form, "--out", f"new/{form}.out", folder=folder)

    assert shown.returncode == 0, shown.stderr
    assert (folder / "new" / f"{form}.out").read_text("utf-8", errors="strict") == shown.stdout != ""


@pytest.mark.parametrize("form", FOLDERS)
def test_tables_go_to_a_folder(folder: Path, form: str) -> None:
    refused = sayso("export", form, folder=folder)
    done = sayso("export", form, "--out", f"tables-{form}", folder=folder)

    assert (refused.returncode, done.returncode) == (2, 0), done.stderr
    assert len(list((folder / f"tables-{form}").iterdir())) == 2


def test_what_is_exported_is_narrowed(folder: Path) -> None:
    every = json.loads(sayso("export", "geojson", folder=folder).stdout)["features"]
    disputed = json.loads(sayso("export", "geojson", "--status", "disputed", folder=folder).stdout)["features"]

    assert 0 < len(disputed) < len(every)
    assert all(one["properties"]["status"] == "disputed" for one in disputed)


def test_a_folder_that_cannot_be_made_is_one_line(folder: Path) -> None:
    (folder / "taken").write_text("x")
    result = sayso("export", "csv", "--out", "taken", folder=folder)

    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
