"""The floors of the house: arrows only point down, rooms on one floor are strangers."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parent.parent / "src" / "sayso"

#: Floor of every room; docs/explanation/architecture.md draws the same.
FLOORS = {
    "version": 0, "records": 0,
    "settings": 1, "text": 1, "encoder": 1, "gather": 1,
    "pages": 2, "lineage": 2, "attribution": 2, "times": 2, "places": 2, "events": 2, "voices": 2,
    "reading": 3,
    "stories": 4,
    "case": 5,
    "render": 6, "export": 6,
    "bulk": 7,
    "serve": 8,
    "cli": 9, "api": 9,
}  # fmt: skip

#: Within floor 1, what gathers pages may look at settings and at the text room's tables.
SAME_FLOOR = {("gather", "settings")}


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def modules() -> list[Path]:
    return sorted(path for path in SRC.rglob("*.py") if path != SRC / "__init__.py")


def imports(path: Path) -> list[str]:
    """Full names of sayso's own modules that a file imports, at any depth; relative imports are not used here."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            pytest.fail(f"{path}: relative import; write the full name")
        if isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module] if node.module != "sayso" else [f"sayso.{alias.name}" for alias in node.names]
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return [name for name in found if name == "sayso" or name.startswith("sayso.")]


def test_every_room_has_a_floor() -> None:
    rooms = {path.relative_to(SRC).parts[0].removesuffix(".py") for path in modules()}

    assert rooms == set(FLOORS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SRC)))
def test_arrows_point_down(path: Path) -> None:
    room = path.relative_to(SRC).parts[0].removesuffix(".py")
    for name in imports(path):
        other = room_of(name)
        allowed = other == room or FLOORS[other] < FLOORS[room] or (room, other) in SAME_FLOOR

        assert allowed, f"{room} (floor {FLOORS[room]}) must not import {other} (floor {FLOORS[other]})"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SRC)))
def test_only_the_top_floor_prints_exits_or_listens(path: Path) -> None:
    if path.relative_to(SRC).parts[0] == "cli":
        return
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }

    assert not calls & {"print", "exit", "quit", "input"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SRC)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > 48
    ]

    assert source.count("\n") <= 330
    assert not long


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SRC)))
def test_a_file_tells_its_purpose_in_its_first_lines(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert docstring
    assert len(docstring.splitlines()[0]) > 20


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    import subprocess

    heavy = (
        "lxml",
        "trafilatura",
        "numpy",
        "onnxruntime",
        "rich",
        "jinja2",
        "syntok",
        "marisa_trie",
        "py3langid",
        "fastwarc",
        "sqlalchemy",
        "alembic",
    )
    script = f"import sys; import sayso.cli; print([m for m in {heavy!r} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"
