"""Importing the room costs nothing: rich and jinja2 come with the first rendering."""

from __future__ import annotations

import subprocess
import sys


def test_the_room_imports_no_library() -> None:
    check = (
        "import sys, sayso.render; print([name for name in ('rich', 'jinja2', 'markupsafe') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
