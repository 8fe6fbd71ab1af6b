"""A SQLite file for Datasette: tables with foreign keys and full-text search, and a description beside it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sayso.export.material import Material, clean
from sayso.export.tables import claim_rows, story_rows
from sayso.records import Reading

_SCHEMA = """
CREATE TABLE articles (article TEXT PRIMARY KEY, title TEXT, outlet TEXT, url TEXT, published TEXT, licence TEXT,
  text TEXT);
CREATE TABLE stories (story TEXT PRIMARY KEY, title TEXT, type TEXT, place TEXT, latitude REAL, longitude REAL,
  country TEXT, geonameid INTEGER, first_day TEXT, last_day TEXT, pages INTEGER, reports INTEGER,
  independent_origins INTEGER,
  status TEXT, disputed TEXT, killed_low INTEGER, killed_high INTEGER, origins TEXT, outlets TEXT);
CREATE TABLE claims (claim TEXT, story TEXT REFERENCES stories(story), article TEXT REFERENCES articles(article),
  published TEXT, voice TEXT, roof TEXT, party INTEGER, chain TEXT, stance TEXT, type TEXT, modality TEXT, agent TEXT,
  patient TEXT, place TEXT, first_day TEXT, last_day TEXT, killed_low INTEGER, killed_high INTEGER, injured_low INTEGER,
  injured_high INTEGER, victims TEXT, quote TEXT, cue TEXT, start INTEGER, end INTEGER,
  copied_from TEXT REFERENCES articles(article));
CREATE TABLE origins (story TEXT REFERENCES stories(story), voice TEXT, roof TEXT, party INTEGER, reports INTEGER);
CREATE TABLE disputes (story TEXT REFERENCES stories(story), slot TEXT, value TEXT, origins TEXT);
CREATE INDEX claims_story ON claims(story);
CREATE INDEX claims_article ON claims(article);
CREATE INDEX claims_voice ON claims(voice);
CREATE INDEX origins_story ON origins(story);
CREATE INDEX disputes_story ON disputes(story);
CREATE VIRTUAL TABLE claims_fts USING fts5(quote, voice, content='claims');
"""

_ABOUT = {
    "title": "Who says what happened",
    "description": "Claims of news pages with the voices they go back to, grouped into stories by sayso. "
    "Which of them are true is not judged.",
    "tables": {
        "stories": ("What many articles say happened, and how many independent origins say so.", "title"),
        "claims": ("Every claim, with the very words and where they stand in the article's text.", "quote"),
        "articles": ("The articles; whole texts only where they were asked for.", "title"),
        "origins": ("First voices of each story, and the authority each stands under.", "voice"),
        "disputes": ("Slots of a story on which its claims cannot all be true: a row for each side.", "value"),
    },
}  # fmt: skip


def write_datasette(given: Material, folder: Path) -> None:
    """``sayso.db`` and ``metadata.json``: ``datasette sayso.db -m metadata.json`` shows them."""
    path = folder / "sayso.db"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.executescript(_SCHEMA)
            _insert(
                connection, "articles", (_article(one, full_text=given.full_text) for one in given.readings.values())
            )
            _insert(connection, "stories", map(_renamed, story_rows(given)))
            shown = (
                {name: one for name, one in row.items() if name not in ("outlet", "url", "text")}
                for row in claim_rows(given)
            )
            _insert(connection, "claims", (_known(row, given) for row in shown))
            _insert(connection, "origins", _origins(given))
            _insert(connection, "disputes", _disputes(given))
            connection.execute("INSERT INTO claims_fts(claims_fts) VALUES('rebuild')")
    finally:
        connection.close()
    tables = {name: {"description": text, "label_column": label} for name, (text, label) in _ABOUT["tables"].items()}  # type: ignore[attr-defined]
    about = {key: value for key, value in _ABOUT.items() if key != "tables"}
    whole = {**about, "databases": {"sayso": {"tables": tables}}}
    (folder / "metadata.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        names = ", ".join(row)
        values = [clean(one) if isinstance(one, str) else one for one in row.values()]
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - names are columns of ours


def _article(reading: Reading, *, full_text: bool) -> dict[str, Any]:
    about = reading.article
    return {
        "article": reading.id, "title": about.title, "outlet": about.publisher, "url": about.url,
        "published": about.published, "licence": about.licence, "text": about.text if full_text else None,
    }  # fmt: skip


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    """With the names by which Datasette's map finds points."""
    names = {"lat": "latitude", "lon": "longitude"}
    return {names.get(name, name): value for name, value in row.items()}


def _known(row: dict[str, Any], given: Material) -> dict[str, Any]:
    """A foreign key to an article that is not handed over would point at nothing."""
    return row if row["copied_from"] in given.readings else {**row, "copied_from": None}


def _origins(given: Material) -> Iterable[dict[str, Any]]:
    return (
        {"story": story.id, "voice": one.voice, "roof": one.roof, "party": one.party, "reports": len(one.reports)}
        for story in given.stories
        for one in story.origins
    )


def _disputes(given: Material) -> Iterable[dict[str, Any]]:
    return (
        {"story": story.id, "slot": dispute.slot, "value": side.value, "origins": "; ".join(side.origins)}
        for story in given.stories
        for dispute in story.disputes
        for side in dispute.sides
    )
