"""Back-up and restore: SQLite while others write, PostgreSQL by its own programs, as the docs tell it."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from sayso.case import Case, Decision, open_case
from sayso.case.backup import back_up
from sayso.cli.main import cli
from sayso.records import CaseError
from tests.case.test_stories import filled
from tests.conftest import _program as program
from tests.stories.test_stories import ALL


def all_of(case: Case) -> tuple[object, ...]:
    """What a case holds, as it can be asked."""
    return tuple(case.readings()), tuple(case.full_stories()), case.copies(), case.decisions(), case.voices()


def test_a_copy_is_the_same_case(tmp_path: Path) -> None:
    where, copy = str(tmp_path / "a.sayso"), tmp_path / "b.sayso"
    with filled(where) as case:
        case.decide(Decision(what="kind", voice="the governor", to="party"), who="Ada", why="so it is")
        # while it is held open, with its log beside it
        result = CliRunner().invoke(cli, ["backup", str(copy), "--case", where])

        assert result.exit_code == 0, result.output
        assert sorted(one.name for one in tmp_path.glob("b*")) == ["b.sayso"]
        assert copy.stat().st_mode & 0o077 == 0
        with open_case(copy) as restored:
            assert all_of(restored) == all_of(case)
            assert restored.search("killed") == case.search("killed")
            assert restored.add(replace(ALL[0], id="new")) == "added"


def test_a_copy_made_while_others_write_is_one_moment_of_the_case(tmp_path: Path) -> None:
    where, done = tmp_path / "a.sayso", threading.Event()

    def write() -> None:
        with open_case(where) as case:
            for number in range(1000):
                if done.is_set():
                    break
                case.add(replace(ALL[number % len(ALL)], id=f"article-{number:04}"))

    with filled(str(where), ALL[:1]):
        pass
    writer = threading.Thread(target=write)
    writer.start()
    counts = []
    try:
        for number in range(5):
            copy = tmp_path / f"copy-{number}.sayso"
            back_up(str(where), copy)
            with open_case(copy) as case:
                readings = list(case.readings())
                assert [one.id for one in readings] == [ALL[0].id] + [
                    f"article-{n:04}" for n in range(len(readings) - 1)
                ]  # fmt: skip
                assert len(case.search("the")) >= min(len(readings), 1)
                counts.append(len(readings))
    finally:
        done.set()
        writer.join()

    assert counts == sorted(counts)
    with open_case(where) as case:
        assert case.count_articles() >= counts[-1]


@pytest.mark.parametrize("broken", ["there", "no case", "no folder", "not there", "a database"])
def test_what_cannot_be_copied_is_said_and_leaves_nothing(tmp_path: Path, broken: str) -> None:
    where, to = tmp_path / "a.sayso", tmp_path / "b.sayso"
    with filled(str(where), ALL[:1]):
        pass
    if broken == "there":
        to.write_text("mine")
    elif broken == "no case":
        where.write_bytes(b"no database " * 1000)
    elif broken == "no folder":
        to = tmp_path / "nowhere" / "b.sayso"
    elif broken == "not there":
        where = tmp_path / "c.sayso"
    with pytest.raises(CaseError, match="pg_dump" if broken == "a database" else "expected"):
        back_up("postgresql://nobody:secret@db/aleppo" if broken == "a database" else str(where), to)

    assert not list(tmp_path.glob("*.part"))
    assert not to.exists() or to.read_text() == "mine"


def test_a_case_in_postgresql_is_dumped_and_restored(postgres: str, tmp_path: Path) -> None:
    import psycopg

    dump, restore = program("pg_dump"), program("pg_restore")
    if dump is None or restore is None:
        pytest.skip("PostgreSQL's client programs are not installed")
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        for name in (b"live", b"restored"):
            connection.execute(b"CREATE DATABASE backup_" + name)

    def run(*command: str) -> CompletedProcess[bytes]:
        return subprocess.run(command, check=True, capture_output=True)

    with filled(f"{postgres}/backup_live") as case:
        case.decide(Decision(what="kind", voice="the governor", to="party"), who="Ada")
        expected = all_of(case)
        run(dump, "--format=custom", f"--file={tmp_path / 'a.dump'}", f"{postgres}/backup_live")
        case.add(replace(ALL[0], id="later"))
    run(restore, "--no-owner", "--exit-on-error", f"--dbname={postgres}/backup_restored", str(tmp_path / "a.dump"))
    with open_case(f"{postgres}/backup_restored") as case:
        assert all_of(case) == expected
        assert case.search("killed")
        assert case.add(replace(ALL[0], id="new")) == "added"
