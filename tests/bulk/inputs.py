"""Small inputs of bulk jobs: reports of invented outlets, as lines, as pages and as web archives."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PLACES = ("Halvorin", "Teskum", "Ordu Valley", "Mirsk", "Benfara")

#: Three outlets' ways to tell of an attack, each with its own source and its own count.
TELLINGS = (
    """A rocket attack near {place} killed {dead} soldiers on Tuesday, the army said. Two houses in the
    village were burning when the rescuers came.""",
    """Rebels shelled the outskirts of {place} on Tuesday and killed {more} soldiers, according to the Halvor Monitor,
    which counts victims on both sides. Its director said that the shelling went on until the evening.""",
    """A rebel spokesman denied that his fighters had attacked {place} on Tuesday. He said that {dead} civilians died
    there in an air strike by the government, and that nobody else had been near the market.""",
)


def article(number: int, text: str | None = None, **more: Any) -> dict[str, Any]:
    """A line of JSONL: a report on one of a few attacks, so that several tell of one happening."""
    place, dead = PLACES[number % len(PLACES)], 3 + number % 2
    telling = " ".join(TELLINGS[number // len(PLACES) % len(TELLINGS)].split())
    told = text or telling.format(place=place, dead=dead, more=dead + 9)
    return {"id": f"a{number}", "text": told, "outlet": f"Daily Example {number}", "published": "2024-05-07", **more}


def other_subject(number: int) -> dict[str, Any]:
    """A line that reports on no war."""
    told = (
        f"The council of Mirsk opened its new library on Monday. Readers borrowed {number + 200} books on the first "
        "day, said the librarian, who had hoped for half as many. The building has a garden and a small café."
    )
    return article(number, told)


def write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def html_of(row: dict[str, Any]) -> bytes:
    """An article as a page."""
    body = "".join(f"<p>{part}.</p>" for part in row["text"].removesuffix(".").split(". "))
    head = f"<title>Report {row['id']}</title><meta property='og:site_name' content='{row['outlet']}'>"
    head += f"<meta property='article:published_time' content='{row['published']}'>"
    return f"<!doctype html><html lang=en><head>{head}</head><body><article>{body}</article></body></html>".encode()


def warc_of(rows: Sequence[dict[str, Any]], *, packed: bool = True) -> bytes:
    """A web archive of the articles as pages, written by another program than the one that reads it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for number, row in enumerate(rows):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://daily{number}.example/{row['id']}", "response", payload=io.BytesIO(html_of(row)),
            http_headers=headers,
            warc_headers_dict={
                "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
                "WARC-Date": "2024-05-08T10:00:00Z",
            },
        )  # fmt: skip
        writer.write_record(record)
    return out.getvalue()
