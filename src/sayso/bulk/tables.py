"""The tables that bulk reading writes: their columns, and rows of them from readings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from sayso.bulk.sieve import Passed
from sayso.case.rows import speaker_rows
from sayso.case.store import packed
from sayso.export import claim_rows, clean, material
from sayso.records import MissingExtraError, Reading, to_json
from sayso.stories import sketch_of

if TYPE_CHECKING:
    import pyarrow as pa

Row: TypeAlias = dict[str, Any]

_TEXT, _WHOLE, _NUMBER, _YES_NO, _BYTES = "string", "int64", "float64", "bool_", "binary"

#: Table -> its columns and what they hold; docs/reference/bulk.md describes them.
_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    # written slice by slice
    "readings": {
        _TEXT: ("slice", "article", "url", "publisher", "published", "language", "title", "page", "fetched", "reading")
    },
    "skipped": {
        _WHOLE: ("number",),
        _TEXT: ("slice", "page_id", "url", "publisher", "published", "language", "title", "page", "seen", "why"),
        _NUMBER: ("score",),
    },
    "problems": {_WHOLE: ("number",), _TEXT: ("slice", "source", "article", "reader", "what"), _YES_NO: ("lost",)},
    "claims": {
        _TEXT: ("slice", "claim", "article", "outlet", "url", "published", "voice", "chain", "stance", "type",
                "modality", "agent", "patient", "place", "first_day", "last_day", "victims", "quote", "cue"),
        _WHOLE: ("number", "event", "killed_low", "killed_high", "injured_low", "injured_high", "start", "end"),
        _YES_NO: ("party",),
    },
    "speakers": {_TEXT: ("slice", "article", "voice"), _WHOLE: ("number", "claims")},
    "sketches": {
        _TEXT: ("slice", "article", "key", "fetched", "text_sha256"), _WHOLE: ("number",), _BYTES: ("sketch",),
    },
    # written at the end, of all
    "articles": {_TEXT: ("slice", "reading", "article", "key", "state"), _WHOLE: ("number",)},
    "copies": {_TEXT: ("first", "second", "direction", "reasons", "passages"), _NUMBER: ("share",)},
    "stories": {
        _TEXT: ("story", "title", "type", "place", "country", "first_day", "last_day", "status", "disputed", "origins",
                "outlets", "json"),
        _WHOLE: ("geonameid", "pages", "reports", "independent_origins", "killed_low", "killed_high"),
        _NUMBER: ("lat", "lon"),
    },
    "reports": {
        _TEXT: ("slice", "story", "article", "claim", "voice", "roof", "copied_from"), _WHOLE: ("number", "event"),
    },
}  # fmt: skip

#: The tables that each slice of the input has a part of.
OF_SLICES = ("readings", "skipped", "problems", "claims", "speakers", "sketches")

#: The tables that are told of all at once.
OF_ALL = ("articles", "copies", "stories", "reports")


@cache
def arrow() -> Any:
    """pyarrow, with its Parquet half.

    Raises:
        MissingExtraError: where it is not installed.
    """
    try:
        import pyarrow as pa  # an extra: large, and only bulk reading and exports need it
        import pyarrow.parquet as _  # noqa: F401
    except ModuleNotFoundError:
        raise MissingExtraError.of("pyarrow", "bulk", "bulk") from None
    return pa


@cache
def schema(table: str) -> pa.Schema:
    """The columns of a table, in order."""
    pa = arrow()
    columns = _COLUMNS[table]
    return pa.schema([(name, getattr(pa, kind)()) for kind, names in columns.items() for name in names])


def rows_of(item: Reading | Passed) -> Iterator[tuple[str, Row]]:
    """The rows of what became of a page, each with its table."""
    if isinstance(item, Passed):
        yield "skipped", _skipped(item)
        return
    about, page = item.article, item.page
    yield "readings", {
        "article": item.id, "url": about.url, "publisher": about.publisher, "published": about.published,
        "language": about.language, "title": about.title, "page": page.sha256 if page else None,
        "fetched": page.fetched if page else None, "reading": to_json(item).decode(),
    }  # fmt: skip
    for problem in item.problems:
        yield "problems", {"article": item.id, "reader": problem.reader, "what": problem.what, "lost": False}
    # what only stories tell of a claim stands in ``reports``, to be joined by slice, number and event
    for row, claim in zip(claim_rows(material((), (item,))), item.claims, strict=True):
        yield "claims", {**row, "event": claim.event}
    yield from (("speakers", row) for row in speaker_rows(item))
    yield "sketches", _sketched(item)


def lost(ident: str | None, reader: str, what: str) -> tuple[str, Row]:
    """The row of something that there is no reading of."""
    return "problems", {"article": ident, "reader": reader, "what": what, "lost": True}


def _skipped(item: Passed) -> Row:
    return {
        "page_id": item.id, "url": item.url, "publisher": item.publisher, "published": item.published,
        "language": item.language, "title": item.title, "page": item.page, "seen": item.seen, "why": item.why,
        "score": item.score,
    }  # fmt: skip


def _sketched(reading: Reading) -> Row:
    return {
        "article": reading.id, "key": reading.article.url or f"id:{reading.id}",
        "fetched": reading.page.fetched if reading.page else None,
        "text_sha256": hashlib.sha256(reading.article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "sketch": packed(sketch_of(reading)),
    }  # fmt: skip


def cleaned(row: Row) -> Row:
    """A row whose texts any table can hold."""
    return {name: clean(value) if isinstance(value, str) else value for name, value in row.items()}
