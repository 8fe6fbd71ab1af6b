"""The text of a PDF, as far as it has one: its lines, in the order in which they were written, back to paragraphs.

What else a PDF may hold (scripts, forms, attachments, pictures) is not looked at. The library is a browser's part, made
for hostile files; yet it is no Python: where several processes read, one that it takes down or holds up is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Lock
from typing import Any, TypeAlias

from sayso.pages.typeset import Line, paragraphs_of
from sayso.records import Mark, MissingExtraError, Problem
from sayso.settings import Settings

#: Sheets that are read, and characters of one: a sheet of a newspaper has some twenty thousand.
SHEETS, _CHARS = 500, 200_000
_HYPHEN = "\ufffe"
_PIECE = re.compile(f"([^\r\n{_HYPHEN}]*)(\r\n|[\r\n{_HYPHEN}]|$)")

Found: TypeAlias = tuple[str, tuple[Mark, ...], tuple[Problem, ...]]

#: The library may not be asked by two threads at once
_ONE_AT_A_TIME = Lock()


def text_of_pdf(content: bytes, settings: Settings) -> Found:
    """The paragraphs of a PDF, its title where it is seen on its first sheet, and what could not be read.

    Raises:
        MissingExtraError: where the part that reads PDF is not installed.
    """
    pdfium = _library()
    cut: tuple[Problem, ...] = ()
    if len(content) > (most := settings.max_page_bytes):
        cut = (_problem(f"the page has {len(content)} bytes; only the first {most} were read"),)
    with _ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(content[:most])
        except pdfium.PdfiumError as error:
            return "", (), (*cut, _problem(f"no PDF that can be opened: {error}"))
        try:
            text, marks, problems = _read(document, pdfium.PdfiumError, settings)
        finally:
            document.close()
    return text, marks, cut + problems


def _library() -> Any:
    try:
        import pypdfium2  # loaded at first use, and an extra: few sources are PDF
    except ImportError:
        raise MissingExtraError.of("pypdfium2", "pdf", "pdf") from None
    return pypdfium2


def _read(
    document: Any, error: type[Exception], settings: Settings
) -> tuple[str, tuple[Mark, ...], tuple[Problem, ...]]:
    lines: list[Line] = []
    problems: list[Problem] = []
    length = damaged = 0
    for number in range(min(len(document), SHEETS)):
        try:
            found = list(_lines(document[number], number))
        except error:
            damaged += 1
            continue
        lines += found
        length += sum(len(line.text) for line in found)
        if length > settings.max_text_chars:
            break
    if len(document) > SHEETS:
        problems.append(_problem(f"it has {len(document)} pages; only the first {SHEETS} were read"))
    if damaged:
        problems.append(_problem(f"{damaged} of its pages could not be read"))
    if not lines and not damaged:
        problems.append(_problem("no text layer: its pages are pictures"))
    return "\n\n".join(paragraphs_of(lines)), _title(document, lines), tuple(problems)


def _lines(sheet: Any, number: int) -> Iterator[Line]:
    """The lines of a sheet, in the order in which they were written."""
    height = sheet.get_height()
    page = sheet.get_textpage()
    try:
        count = min(page.count_chars(), _CHARS)
        start = 0
        text = page.get_text_range(0, count) if count > 0 else ""
        # a hyphen at a line's end comes as one character in place of itself and the end
        for piece, end in _PIECE.findall(text):
            if said := piece.strip():
                first = start + piece.index(said)
                left, bottom, _, top = page.get_charbox(min(first, count - 1), loose=True)
                right = page.get_charbox(min(first + len(said) - 1, count - 1), loose=True)[2]
                yield Line(
                    text=" ".join(said.split()) + ("-" if end == _HYPHEN else ""), sheet=number, left=left, right=right,
                    top=height - top, bottom=height - bottom, height=height,
                )  # fmt: skip
            start += len(piece) + len(end)
    finally:
        page.close()
        sheet.close()


def _title(document: Any, lines: list[Line]) -> tuple[Mark, ...]:
    """The title that the PDF states, where its first sheet shows it: many state the name of a file or a program."""
    stated = " ".join(str(document.get_metadata_dict().get("Title", "")).split())
    shown = " ".join(line.text for line in lines if line.sheet == 0)
    return (Mark(origin="meta", key="title", value=stated),) if len(stated) > 3 and stated in shown else ()


def _problem(what: str) -> Problem:
    return Problem(reader="pages", what=what)
