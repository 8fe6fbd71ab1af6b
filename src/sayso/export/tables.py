"""Tables: one row a claim, one row a story; as CSV, Parquet and rows for data frames."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from sayso.export.material import Material, Stated, clean, ends, quoted, stated, tolls
from sayso.records import MissingExtraError, Story

Row = dict[str, Any]

#: What a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def claim_rows(given: Material) -> Iterator[Row]:
    """A row for each claim; the columns are described in docs/reference/exports.md."""
    return (_claim_row(one, full_text=given.full_text) for one in stated(given))


def _claim_row(one: Stated, *, full_text: bool) -> Row:
    about, claim, event, report = one.reading.article, one.claim, one.event, one.report
    killed, injured = ends(event.killed if event else None), ends(event.injured if event else None)
    first, last = event.date if event and event.date else (None, None)
    row = {
        "claim": claim.id, "story": one.story.id if one.story else None, "article": one.reading.id,
        "outlet": about.publisher, "url": about.url, "published": about.published,
        "voice": claim.chain[0].voice if claim.chain else None, "roof": one.origin.roof if one.origin else None,
        "party": claim.interested, "chain": " > ".join(link.voice for link in claim.chain), "stance": claim.stance,
        "type": event.type if event else None, "modality": event.modality if event else None,
        "agent": event.agent if event else None, "patient": event.patient if event else None,
        "place": event.place if event else None, "first_day": first, "last_day": last,
        "killed_low": killed[0], "killed_high": killed[1], "injured_low": injured[0], "injured_high": injured[1],
        "victims": event.victims if event else None, "quote": quoted(one.reading, claim.content),
        "cue": quoted(one.reading, one.said.cue) if one.said else None,
        "start": claim.content[0][0] if claim.content else None, "end": claim.content[-1][1] if claim.content else None,
        "copied_from": report.copied_from if report else None,
    }  # fmt: skip
    return {**row, "text": about.text} if full_text else row


def story_rows(given: Material) -> Iterator[Row]:
    """A row for each story; the columns are described in docs/reference/exports.md."""
    return (_story_row(given, story) for story in given.stories)


def _story_row(given: Material, story: Story) -> Row:
    place, (first, last) = story.place, story.date or (None, None)
    counts = [count for side in tolls(given, story).values() for count, _ in side]
    lows = [low for low, _ in counts if low is not None]
    highs = [high for _, high in counts if high is not None]
    outlets = {chain[-1] for report in story.reports if (chain := report.chain)}
    return {
        "story": story.id, "title": story.title, "type": story.type, "place": place.name if place else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "country": place.country if place else None, "geonameid": place.geonameid if place else None,
        "first_day": first, "last_day": last, "pages": len({report.article for report in story.reports}),
        "reports": len(story.reports), "independent_origins": story.independent_origins, "status": story.status,
        "disputed": "; ".join(dispute.slot for dispute in story.disputes) or None,
        "killed_low": min(lows, default=None), "killed_high": max(highs, default=None),
        "origins": "; ".join(dict.fromkeys(origin.roof for origin in story.origins)),
        "outlets": "; ".join(sorted(outlets)),
    }  # fmt: skip


def csv_of(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = ()) -> str:
    """Rows as CSV (RFC 4180), with a head; what a spreadsheet would run as a formula gets an apostrophe before it."""
    out = StringIO(newline="")
    writer = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(out, list(columns or row), lineterminator="\r\n")
            writer.writeheader()
        writer.writerow({name: _cell(value) for name, value in row.items()})
    if writer is None and columns:
        csv.DictWriter(out, list(columns), lineterminator="\r\n").writeheader()
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    text = clean(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_csv(given: Material, folder: Path) -> None:
    """``claims.csv`` and ``stories.csv``."""
    for name, rows in (("claims", claim_rows(given)), ("stories", story_rows(given))):
        (folder / f"{name}.csv").write_bytes(csv_of(rows).encode("utf-8"))


def write_parquet(given: Material, folder: Path) -> None:
    """``claims.parquet`` and ``stories.parquet``.

    Raises:
        MissingExtraError: where pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # an extra: large, and only this needs it
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise MissingExtraError.of("pyarrow", "parquet", "export") from None
    for name, rows in (("claims", claim_rows(given)), ("stories", story_rows(given))):
        clean_rows = [{key: clean(one) if isinstance(one, str) else one for key, one in row.items()} for row in rows]
        pq.write_table(pa.Table.from_pylist(clean_rows), folder / f"{name}.parquet")
