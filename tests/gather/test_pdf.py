"""PDF files as sources: pages as they are; what is none, or cannot be read here, is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sayso.gather import Wanted, gather
from sayso.records import Page
from sayso.settings import Settings
from tests.pages.sheets import column, pdf

WHOLE = pdf([column(["The ministry said so."])])


def test_a_pdf_is_a_page_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(WHOLE)
    (tmp_path / "unnamed").write_bytes(WHOLE)
    items = list(gather([str(tmp_path / "report.pdf"), str(tmp_path / "unnamed")], Wanted(), Settings()))

    assert items == [Page(id=name, content=WHOLE, kind="pdf") for name in ("report", "unnamed")]


def test_what_is_no_pdf_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"<html>not found</html>")
    (error,) = gather([str(tmp_path / "a.pdf")], Wanted(), Settings())

    assert str(error).endswith("a.pdf: expected a PDF, found something else")


def test_without_the_extra_the_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(WHOLE)
    script = (
        "import sys; sys.modules['pypdfium2'] = None\n"
        "from sayso.gather import Wanted, gather; from sayso.settings import Settings\n"
        "print(*gather([sys.argv[1]], Wanted(), Settings()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip().endswith(
        "a.pdf: expected the part that reads PDF, "
        "found pypdfium2 not installed; install it with: pip install 'sayso[pdf]'"
    )
