"""PDF files as sources: whether one is a PDF, and whether the part that reads them is there."""

from __future__ import annotations

from importlib.util import find_spec

from sayso.records import SourceError

#: What stands before the first words of a PDF, for which readers of PDF look so far.
_HEAD = 1024


def check_pdf(content: bytes, name: str) -> None:
    """Looks that a PDF can be read here.

    Raises:
        SourceError: where it is none, or the part that reads them is not installed.
    """
    if b"%PDF-" not in content[:_HEAD]:
        raise SourceError(expected="a PDF", found="something else", place=name)
    if find_spec("pypdfium2") is None:
        found = "pypdfium2 not installed; install it with: pip install 'sayso[pdf]'"
        raise SourceError(expected="the part that reads PDF", found=found, place=name)
