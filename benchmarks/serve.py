"""How fast the screens of a large case come: each asked for twice, as a browser does, without a network.

    python benchmarks/serve.py --case FILE [--times 10] [--json]

``--times`` makes a larger case of it first, in a copy: each article, story and report so many times under other ids,
days and points, so that lists are as long as those of so many articles; nothing is grouped anew. Of a list that comes
before it is counted, the third figure is when its counts, map and timeline followed; later answers have these at hand.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from sayso.case import Case, open_case
from sayso.render.html import path
from sayso.serve import Options, make_app
from sayso.settings import Settings

#: How the columns of a copied row differ from the row's; {n} is the number of the copy.
CHANGES = {
    "articles": {"number": "number + {n} * (SELECT max(number) FROM main.articles_0)", "key": "key || 'x{n}'"},
    "versions": {
        "number": "number + {n} * (SELECT max(number) FROM main.versions_0)",
        "article": "article + {n} * (SELECT max(number) FROM main.articles_0)",
        "id": "id || 'x{n}'",
    },
    "stories": {
        "id": "'{n}' || substr(id, 1, 15)",
        "first_day": "date(first_day, '+{n}0 day')",
        "last_day": "date(last_day, '+{n}0 day')",
        "in_order": "coalesce(date(first_day, '+{n}0 day'), in_order)",
        "lat": "lat + {n} * 0.3",
    },
    "reports": {
        "article": "article || 'x{n}'",
        "story": "CASE story WHEN '' THEN '' ELSE '{n}' || substr(story, 1, 15) END",
        "claim": "claim || 'x{n}'",
        "happening": "happening + {n} * 10000000",
    },
    "speakers": {"article": "article || 'x{n}'"},
}


def enlarge(file: Path, times: int) -> None:
    """Copies the rows of a case within it, ``times`` - 1 times."""
    database = sqlite3.connect(file)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    for table in CHANGES:
        database.execute(f"CREATE TABLE {table}_0 AS SELECT * FROM {table}")  # noqa: S608 - names of this file's own
    for table, changes in CHANGES.items():
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        for n in range(1, times):
            values = ", ".join(changes.get(column, column).format(n=n) for column in columns)
            database.execute(f"INSERT OR IGNORE INTO {table} SELECT {values} FROM {table}_0")  # noqa: S608
    for table in CHANGES:
        database.execute(f"DROP TABLE {table}_0")
    newest = "(SELECT max(number) FROM versions)"
    database.execute(f"UPDATE state SET value = {newest} WHERE name = 'grouped_to'")  # noqa: S608
    database.execute("ANALYZE")
    database.commit()
    database.close()


def addresses(case: Case) -> dict[str, str]:
    """The screens that are asked for, by what they are called here."""
    row = case.stories(limit=1, order="pages")[0]
    story = case.stories_named(row.id)[0]
    voice = story.origins[0].voice
    return {
        "stories, most pages first": "/", "stories by day": "/?order=day", "stories, page 100": "/?page=100",
        "disputed of 3 pages": "/?status=disputed&pages=3", "stories of a place": "/?place=damascus",
        "stories by a voice": "/?voice=observatory", "stories with a word": "/?words=hospital",
        "stories with a common word": "/?words=said", "page 20 of these": "/?words=said&page=20",
        "stories of a rare voice": "/?voice=bellingcat",
        "stories of a type by a voice": "/?voice=ministry&type=protest",
        "one story": f"/stories/{row.id}", "what may be the same": f"/stories/{row.id}/alike", "articles": "/articles",
        "search articles": "/articles?words=hospital+bombed",
        "search claims": "/articles?words=hospital&in=claims", "search voices": "/articles?words=ministry&in=voices",
        "one article": f"/articles/{path(story.reports[0].article)}", "voices": "/voices",
        "one voice": f"/voices/{path(voice)}", "who holds what": "/control", "review": "/review", "history": "/history",
        "export": "/export",
    }  # fmt: skip


def measure(file: Path) -> dict[str, Any]:
    """Milliseconds of each screen: the first answer, the best of three more, and what followed the first, if it did."""
    found: dict[str, Any] = {}
    with open_case(file, keeps_up=False) as case:
        found["articles"], found["stories"] = case.count_articles(), case.count_stories()
        with TestClient(make_app(case, Options(settings=Settings(reader="rules")))) as client:
            client.app.state.desk.overview()  # type: ignore[attr-defined]
            client.app.state.desk.voices()  # type: ignore[attr-defined]
            for name, address in addresses(case).items():
                first, text = _timed(client, address)
                later = re.search('data-from="([^"]*)"', text)
                followed = [first + _timed(client, html.unescape(later[1]))[0]] if later else []
                found[name] = [first, min(_timed(client, address)[0] for _ in range(3)), *followed]
    return found


def _timed(client: TestClient, address: str) -> tuple[float, str]:
    started = time.perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: expected an answer, found {answer.status_code}")
    return round(1000 * (time.perf_counter() - started), 1), answer.text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", type=Path, required=True, metavar="FILE")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "a.sayso"
        shutil.copy(options.case, copy)
        if options.times > 1:
            enlarge(copy, options.times)
        found = measure(copy)
    if options.json:
        print(json.dumps(found))
        return 0
    for name, value in found.items():
        told = f"first {value[0]:8.0f} ms, then {value[1]:8.0f} ms" if isinstance(value, list) else f"{value:,}"
        counted = f", counted after {value[2]:8.0f} ms" if isinstance(value, list) and value[2:] else ""
        print(f"{name:28} {told}{counted}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
