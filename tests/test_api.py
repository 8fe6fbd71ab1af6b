"""sayso in Python: as the tutorial's notebook uses it, and its edges."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import sayso
from sayso.records import MissingExtraError, SourceError
from sayso.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "tutorial" / "a-case.ipynb"
RULES = Settings(reader="rules")
TEXT = "Shells killed 16 people at the market of Varnholt, the hospital said on Tuesday."


def test_importing_sayso_imports_nothing_else() -> None:
    code = "import sys, sayso; print(sorted(name for name in sys.modules if name.startswith('sayso')))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert shown.strip() == "['sayso', 'sayso.version']"


def test_a_text_is_read_as_it_stands() -> None:
    reading = sayso.read(TEXT, published="2024-03-12", publisher="The Gazette", settings=RULES)

    assert reading.article.text == TEXT
    assert (reading.article.published, reading.article.publisher) == ("2024-03-12", "The Gazette")
    assert reading.attributions


def test_a_file_is_read_and_one_that_is_not_there_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    assert TEXT in sayso.read(tmp_path / "a.txt", settings=RULES).article.text
    assert TEXT in sayso.read(str(tmp_path / "a.txt"), settings=RULES).article.text
    for missing in (tmp_path / "b.txt", "nowhere/page.html"):
        with pytest.raises(SourceError):
            sayso.read(missing, settings=RULES)


def test_the_one_article_of_a_table_is_read_and_more_are_not(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'words,outlet\n"{TEXT}",The Gazette\n')
    (tmp_path / "b.csv").write_text(f'words\n"{TEXT}"\n"{TEXT}"\n"{TEXT}"\n')
    reading = sayso.read(tmp_path / "a.csv", columns={"text": "words"}, settings=RULES)

    assert (reading.article.text, reading.article.publisher) == (TEXT, "The Gazette")
    with pytest.raises(SourceError, match="expected one page, found several"):
        sayso.read(tmp_path / "b.csv", columns={"text": "words"}, settings=RULES)
    with pytest.raises(SourceError, match="expected one of id, text"):
        sayso.read(tmp_path / "a.csv", columns={"words": "text"}, settings=RULES)


def test_tables_of_readings_and_of_a_case_are_the_same(tmp_path: Path) -> None:
    reading = sayso.read(TEXT, published="2024-03-12", settings=RULES)
    with sayso.open_case(tmp_path / "a.sayso") as case:
        case.add(reading)

        assert sayso.tables(case).claims() == sayso.tables([reading]).claims() != []
        assert sayso.tables(case).stories() == sayso.tables([reading]).stories() != []


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)

    with pytest.raises(MissingExtraError, match="pip install polars"):
        sayso.tables([]).claims("polars")


def test_what_a_page_says_is_shown_and_never_run() -> None:
    evil = '<script>alert(1)</script> "/><img onerror=alert(1)> the hospital said. ' + TEXT
    reading = sayso.read(evil, settings=RULES)
    html = sayso.show(reading)._repr_html_()

    assert "<script" not in html.replace('<iframe sandbox="" srcdoc="', "").split('"')[0]
    assert html.count('"') == 6
    assert "hospital" in str(sayso.show(reading))


def test_the_notebook_of_the_tutorial_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    shown = [_run("".join(cell["source"]), names) for cell in cells if cell["cell_type"] == "code"]

    assert all(not cell["outputs"] for cell in cells if cell["cell_type"] == "code")
    assert any(hasattr(one, "_repr_html_") and one._repr_html_() for one in shown)
    assert names["after"].independent_origins == names["story"].independent_origins - 1
    names["case"].__exit__(None, None, None)


def _run(source: str, names: dict[str, Any]) -> Any:
    """Runs a cell; gives the value of its last line where that is an expression, as a notebook shows it."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - cells of our own
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None  # noqa: S307
