"""Export: what a list is narrowed to, in every format of ``sayso export``; and all pages as they were fetched."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from sayso.export import FOLDERS, TEXTS, material, write_warc
from sayso.serve.asking import asked, only_of
from sayso.serve.pages import desk_of, page

#: Each format: what it is, its file's ending and media type.
_FORMATS = {
    "csv": ("Tables: one row a claim, one row a story", "zip", "application/zip"),
    "parquet": ("The same tables for pandas, polars, DuckDB, Spark", "zip", "application/zip"),
    "datasette": ("An SQLite file for Datasette, with a description", "zip", "application/zip"),
    "geojson": ("Stories on a map; those without a place have no geometry", "geojson", "application/geo+json"),
    "ged": ("CSV with the columns of UCDP GED", "csv", "text/csv"),
    "acled": ("CSV shaped like ACLED's", "csv", "text/csv"),
    "plover": ("PLOVER event types and modes, JSON lines", "jsonl", "application/x-ndjson"),
    "webannotation": ("W3C Web Annotations: the very words, by quote and position", "jsonld", "application/ld+json"),
    "prov": ("PROV-O: who was quoted from where, what was copied from what", "jsonld", "application/ld+json"),
    "ftm": ("FollowTheMoney entities, JSON lines", "jsonl", "application/x-ndjson"),
}


#: Bytes of a web archive that are sent at once.
_PIECE = 1 << 20


def form(request: Request) -> Response:
    """The formats, with how much would be handed over."""
    desk = desk_of(request)
    seen = desk.counted_soon(only_of(request.query_params))
    return page(
        request, "export.html.j2", formats=_FORMATS, query=asked(request.query_params), whole=_with_texts(request),
        count=seen.stories if seen else None, fetched=desk.case.count_captures(),
    )  # fmt: skip


def _with_texts(request: Request) -> bool:
    return request.query_params.get("full_text") == "yes"


def download(request: Request) -> Response:
    """One file; formats that are several files come as an archive."""
    name = request.path_params["form"]
    if name == "warc":
        return _fetched(request)
    if name not in _FORMATS:
        raise HTTPException(404, f"No such format; there are {', '.join(_FORMATS)}, warc.")
    case, only = desk_of(request).case, only_of(request.query_params)
    stories = tuple(case.full_stories(only))
    readings = case.readings_of({report.article for story in stories for report in story.reports})
    given = material(stories, readings, full_text=_with_texts(request))
    _, ending, media_type = _FORMATS[name]
    content = TEXTS[name](given).encode() if name in TEXTS else _archive(lambda folder: FOLDERS[name](given, folder))
    headers = {"Content-Disposition": f'attachment; filename="sayso-{name}.{ending}"'}
    return Response(content, media_type=media_type, headers=headers)


def _archive(write: Callable[[Path], None]) -> bytes:
    out = io.BytesIO()
    with TemporaryDirectory(prefix="sayso-") as folder, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        write(Path(folder))
        for path in sorted(Path(folder).iterdir()):
            archive.write(path, path.name)
    return out.getvalue()


def _fetched(request: Request) -> Response:
    """All pages as they were fetched, whatever a list is narrowed to; kept on disk until they are sent."""
    file = TemporaryFile()  # noqa: SIM115 (it is closed when nobody reads it any more)
    write_warc(desk_of(request).case.captures(), file)
    file.seek(0)
    headers = {"Content-Disposition": 'attachment; filename="sayso.warc.gz"'}
    return StreamingResponse(iter(lambda: file.read(_PIECE), b""), media_type="application/warc", headers=headers)
