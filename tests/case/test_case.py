"""A case keeps what it is given: once, in all its versions, whatever happens to the process."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies
from msgspec.structs import replace

from sayso.case import open_case
from sayso.records import Article, CaseError, MadeBy, Reading

ROOT = Path(__file__).resolve().parents[2]


def reading(ident: str, text: str = "Shells fell on Varnholt.", **about: str) -> Reading:
    article = Article(text=text, title=f"News of {ident}", **about)  # type: ignore[arg-type]
    return Reading(id=ident, made_by=MadeBy(sayso="test"), page=None, article=article)


def test_a_case_can_be_added_to_while_it_is_read(where: str) -> None:
    with open_case(where) as case, open_case(where) as other:
        case.add(reading("a"))
        case.add(reading("b"))
        rows = case.readings()
        next(rows)

        assert other.add(reading("c")) == "added"
        assert [one.id for one in rows] == ["b"]


@given(strategies.text(strategies.characters(exclude_categories=["Cs"]), max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder, open_case(Path(folder) / "a ? b.sayso") as case:
        case.add(reading("a", text))

        assert [one.article.text for one in case.readings()] == [text]


def test_what_is_added_comes_back_as_it_was_and_in_order(where: str) -> None:
    kept = [reading("b"), reading("a", "Ünïcode “quotes” and \U0001f54a."), reading("c", "")]
    with open_case(where) as case:
        states = [case.add(one) for one in kept]
    with open_case(where, create=False) as case:
        assert states == ["added"] * 3
        assert list(case.readings()) == kept


def test_adding_again_changes_nothing(where: str) -> None:
    with open_case(where) as case:
        case.add(reading("a"))
        before = case.articles()

        assert case.add(reading("a")) == "same"
        assert case.articles() == before


def test_a_changed_text_is_a_new_version_and_both_stay(where: str) -> None:
    first = reading("a", url="https://gazette.example/1")
    second = replace(reading("a-saved-again", "Shells fell on Eskmouth.", url="https://gazette.example/1"))
    with open_case(where) as case:
        assert [case.add(first), case.add(second)] == ["added", "changed"]
        kept = replace(second, id="a")
        assert list(case.readings()) == [kept]
        assert case.versions("https://gazette.example/1") == (first, kept) == case.versions("a")
        assert [(row.id, row.versions) for row in case.articles()] == [("a", 2)]


def test_two_articles_with_one_id_are_told_apart(where: str) -> None:
    with open_case(where) as case:
        for folder in ("one", "two", "three"):
            case.add(reading("index", f"News of {folder}.", url=f"https://{folder}.example/"))

        assert [row.id for row in case.articles()] == ["index", "index-2", "index-3"]
        assert case.add(reading("index", "News of two.", url="https://two.example/")) == "same"


def test_a_fault_of_the_database_is_a_case_error_without_a_password(tmp_path: Path) -> None:
    path = tmp_path / "a.sayso"
    with open_case(path) as case:
        with sqlite3.connect(path) as other:
            other.execute("DROP TABLE versions")
        with pytest.raises(CaseError, match="expected a database that answers, found no such table: versions"):
            case.articles()
    with pytest.raises(CaseError) as refused:
        open_case("postgresql://me:secret@127.0.0.1:1/none")
    assert "secret" not in str(refused.value)


def test_a_text_that_goes_back_to_an_older_one_is_a_version_too(where: str) -> None:
    with open_case(where) as case:
        case.add(reading("a", "One."))
        case.add(reading("a", "Two."))

        assert case.add(reading("a", "One.")) == "changed"
        assert [one.article.text for one in case.versions("a")] == ["One.", "Two.", "One."]


def test_search_finds_whole_words_of_the_newest_version(where: str) -> None:
    with open_case(where) as case:
        case.add(reading("a", "Shells fell on the market of Varnholt."))
        case.add(reading("b", "Rain fell on Eskmouth."))
        case.add(reading("b", "Sun shone on Eskmouth."))

        assert [row.id for row in case.search("market VARNHOLT")] == ["a"]
        assert "«market»" in case.search("market")[0].snippet
        assert case.search("rain") == ()
        assert {row.id for row in case.search("news")} == {"a", "b"}


@pytest.mark.parametrize("words", ['"', "NEAR(", "a AND", "title:x", "*", "' OR 1=1 --", "", "^", "-x", "( )", "|&!"])
def test_no_words_searched_for_are_read_as_a_query(where: str, words: str) -> None:
    with open_case(where) as case:
        case.add(reading("a"))

        assert case.search(words) == ()


def test_a_killed_process_loses_nothing_that_it_reported(where: str) -> None:
    script = textwrap.dedent(f"""
        import sys
        sys.path.insert(0, {str(ROOT)!r})
        from sayso.case import open_case
        from tests.case.test_case import reading
        with open_case({where!r}) as case:
            for n in range(100_000):
                case.add(reading(f"page {{n}}"))
                print(n, flush=True)
    """)
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    reported = [int(process.stdout.readline()) for _ in range(25)]
    process.send_signal(signal.SIGKILL)
    reported += [int(line) for line in process.stdout.read().split()]
    process.wait()
    process.stdout.close()

    with open_case(where, create=False) as case:
        kept = {row.id for row in case.articles()}
    assert {f"page {n}" for n in reported} <= kept
    assert len(kept) <= len(reported) + 1


def test_several_processes_add_at_once(where: str) -> None:
    script = textwrap.dedent(f"""
        import sys
        sys.path.insert(0, {str(ROOT)!r})
        from sayso.case import open_case
        from tests.case.test_case import reading
        with open_case({where!r}) as case:
            for n in range(20):
                case.add(reading(f"{{sys.argv[1]}} {{n}}"))
    """)
    processes = [subprocess.Popen([sys.executable, "-c", script, name]) for name in ("one", "two")]

    assert [process.wait() for process in processes] == [0, 0]
    with open_case(where) as case:
        assert len(case.articles()) == 40


def test_a_case_of_a_later_version_is_refused(where: str) -> None:
    from sqlalchemy import text

    from sayso.case.engine import engine_for

    with open_case(where):
        pass
    with engine_for(where).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(CaseError, match="later version of sayso"):
        open_case(where)


def test_a_file_that_is_no_case_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes, many of them\n" * 100)

    with pytest.raises(CaseError, match="expected a case"):
        open_case(path)
    assert path.read_text() == "my notes, many of them\n" * 100


def test_a_case_that_is_not_there_is_not_made_by_reading_it(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no such file"):
        open_case(tmp_path / "none.sayso", create=False)
    assert not (tmp_path / "none.sayso").exists()


def test_the_tables_that_the_revisions_make_are_those_of_the_code(tmp_path: Path) -> None:
    from sayso.case.tables import METADATA

    path = tmp_path / "a.sayso"
    with open_case(path):
        pass
    with sqlite3.connect(path) as connection:
        for table in METADATA.sorted_tables:
            rows = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
            assert [row[1] for row in rows] == [column.name for column in table.columns]
