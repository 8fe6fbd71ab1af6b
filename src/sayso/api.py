"""sayso in Python: one page, a case, tables for data frames, and both shown in a notebook.

import sayso
reading = sayso.read("page.html")
with sayso.open_case("aleppo.sayso") as case:
    sayso.tables(case).claims("pandas")
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sayso.case import Case, open_case
from sayso.records import MissingExtraError, Page, Reading, SourceError, Story
from sayso.settings import Settings

Frames: TypeAlias = Literal["pandas", "polars"]

#: A string that ends so is the name of a file, whether it is there or not.
_ENDINGS = (
    ".html", ".htm", ".txt", ".jsonl", ".warc", ".csv", ".tsv", ".json", ".parquet", ".mhtml", ".mht", ".eml", ".pdf",
    ".zip", ".wacz", ".tar", ".tgz", ".gz",
)  # fmt: skip

__all__ = ["Shown", "Tables", "open_case", "read", "show", "tables"]


def read(
    source: str | Path, *, published: str | None = None, publisher: str | None = None,
    columns: Mapping[str, str] | None = None, settings: Settings = Settings(),
) -> Reading:  # fmt: skip
    """One page, read.

    Args:
        source: a file, or the text itself; a ``str`` that names no file is a text, unless it ends like a page's file.
        published: the day of publication (``YYYY-MM-DD``), if the text does not say it.
        publisher: the outlet's name, likewise.
        columns: of a table, by field (``{"text": "story"}``) the column that holds it, where its name does not tell.
        settings: see ``sayso.settings.SETTINGS``.

    Raises:
        SourceError: where the file is not there, cannot be read, or holds no page or several.
        DataError: where the learned reader's files are missing or damaged.
    """
    from sayso.reading import read_page  # here, so that importing sayso stays quick

    # of a long table no more than tells that it is one
    items = list(islice(_items(source, published, publisher, columns, settings), 2))
    if len(items) != 1:
        raise SourceError(expected="one page", found="several" if items else "none", place=str(source)[:80])
    return items[0] if isinstance(items[0], Reading) else read_page(items[0], settings)


def _items(
    source: str | Path, published: str | None, publisher: str | None, columns: Mapping[str, str] | None,
    settings: Settings,
) -> Iterator[Page | Reading]:  # fmt: skip
    from sayso.gather import FIELDS, Wanted, gather
    from sayso.records import Given

    unknown = sorted(set(columns or {}) - set(FIELDS))
    if unknown:
        raise SourceError(expected=f"one of {', '.join(FIELDS)}", found=unknown[0], place="columns")
    given = Given(published=published, publisher=publisher)
    if isinstance(source, str) and not _names_a_file(source):
        yield Page(id="text", content=source.encode("utf-8", "surrogatepass"), kind="article", given=given)
        return
    for item in gather((str(source),), Wanted(given=given, columns=dict(columns or {})), settings):
        if isinstance(item, SourceError):
            raise item
        yield item


def _names_a_file(source: str) -> bool:
    """Whether a string is a path rather than a text."""
    if "\n" in source or len(source) > 1000:
        return False
    return source.lower().endswith(_ENDINGS) or Path(source).is_file()


class Tables:
    """The claims and stories of a case as tables: rows, or data frames of pandas or polars."""

    def __init__(self, stories: Iterable[Story], readings: Iterable[Reading]) -> None:
        from sayso.export import claim_rows, material, story_rows

        given = material(stories, readings)
        self._claims, self._stories = list(claim_rows(given)), list(story_rows(given))

    def claims(self, as_: Frames | None = None) -> Any:
        """A row for each claim: a list of dicts, or a data frame.

        Raises:
            MissingExtraError: where that library is not installed.
        """
        return _framed(self._claims, as_)

    def stories(self, as_: Frames | None = None) -> Any:
        """A row for each story, likewise."""
        return _framed(self._stories, as_)


def tables(of: Case | Iterable[Reading]) -> Tables:
    """The claims and stories of a case, or of some readings, as tables."""
    if isinstance(of, Case):
        return Tables(of.full_stories(), of.readings())
    from sayso.stories import find_stories

    readings = list(of)
    return Tables(find_stories(readings), readings)


def _framed(rows: list[dict[str, Any]], library: Frames | None) -> Any:
    if library is None:
        return rows
    from importlib import import_module

    try:
        return import_module(library).DataFrame(rows)
    except ModuleNotFoundError:
        found = f"none; install it with: pip install {library}"
        raise MissingExtraError(expected=library, found=found, place="tables") from None


class Shown:
    """Something as a notebook shows it; ``str`` of it is plain text for a terminal."""

    def __init__(self, html: str, text: str) -> None:
        self._html, self._text = html, text

    def _repr_html_(self) -> str:
        return self._html

    def __str__(self) -> str:
        return self._text

    __repr__ = __str__


def show(what: Reading | Story, case: Case | None = None) -> Shown:
    """A reading as its page with all that was found marked up; a story with its origins and their words.

    Args:
        case: where the words of a story's reports are; without one, it is shown without them.
    """
    from html import escape

    from sayso.render import render_html, render_report, render_story

    if isinstance(what, Reading):
        page = escape(render_html([what]), quote=True)
        frame = f'<iframe sandbox="" srcdoc="{page}" style="width: 100%; height: 40em; border: 0"></iframe>'
        return Shown(frame, render_report(what, width=100, colour=False))
    readings = case.readings_of({report.article for report in what.reports}) if case else ()
    text = render_story(what, {reading.id: reading for reading in readings}, width=100, colour=False)
    return Shown(f"<pre>{escape(text)}</pre>", text)
