"""Pages as they were fetched: kept before they are read, tied to their articles, gone with what is forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from sayso.case.tables import CAPTURES
from sayso.gather import Capture
from sayso.gather.captures import page_of
from sayso.records import Given, Reading
from sayso.settings import Settings

_COLUMNS = ("url", "final_url", "fetched", "sha256", "etag", "last_modified", "record")

#: Captures that are fetched from the database at once.
_BATCH = 50


def newest_capture(connection: Connection, url: str) -> Capture | None:
    """What was fetched last from an address, or was found there by a redirect."""
    here = or_(CAPTURES.c.url == url, CAPTURES.c.final_url == url)
    row = connection.execute(select(CAPTURES).where(here).order_by(CAPTURES.c.number.desc()).limit(1)).first()
    return None if row is None else _capture(row)


def all_captures(connection: Connection) -> Iterator[Capture]:
    """Every page that was fetched, in order."""
    rows = select(CAPTURES).order_by(CAPTURES.c.number).execution_options(yield_per=_BATCH)
    return map(_capture, connection.execute(rows))


def count_captures(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(CAPTURES)) or 0


def _capture(row: Any) -> Capture:
    return Capture(read=row.article is not None, **{name: getattr(row, name) for name in _COLUMNS})


def keep_capture(connection: Connection, capture: Capture) -> None:
    """Keeps what was fetched."""
    connection.execute(insert(CAPTURES).values({name: getattr(capture, name) for name in _COLUMNS}))


def tie_captures(connection: Connection, reading: Reading, article: int) -> None:
    """Notes of which article a page was, once it is read."""
    if reading.page is not None:
        untied = (CAPTURES.c.sha256 == reading.page.sha256) & CAPTURES.c.article.is_(None)
        connection.execute(update(CAPTURES).where(untied).values(article=article))


def drop_read(connection: Connection, reading: Reading) -> int:
    """Deletes the captures of a page that may not be kept as it came; says how many."""
    if reading.page is None:
        return 0
    return connection.execute(delete(CAPTURES).where(CAPTURES.c.sha256 == reading.page.sha256)).rowcount


def forget_captures(connection: Connection, articles: Collection[int], urls: Collection[str] = ()) -> set[str]:
    """Deletes what was fetched of some articles and from some addresses; gives all addresses that it was fetched from.

    What was not read yet goes too: nobody knows what stands in it, and it can be fetched again.
    """
    these = or_(
        CAPTURES.c.article.in_(articles), CAPTURES.c.article.is_(None), CAPTURES.c.url.in_(urls),
        CAPTURES.c.final_url.in_(urls),
    )  # fmt: skip
    known = CAPTURES.c.article.is_not(None)
    rows = connection.execute(select(CAPTURES.c.url, CAPTURES.c.final_url).where(these & known)).all()
    connection.execute(delete(CAPTURES).where(these))
    return {url for row in rows for url in row}


def forget_captures_with(connection: Connection, name: str) -> None:
    """Deletes the captures in which a name stands anywhere, be it where no reader looks."""
    wanted = name.casefold()
    rows = connection.execute(select(CAPTURES).order_by(CAPTURES.c.number)).yield_per(_BATCH)
    found = [row.number for row in rows if wanted in _text_of(_capture(row))]
    connection.execute(delete(CAPTURES).where(CAPTURES.c.number.in_(found)))


def _text_of(capture: Capture) -> str:
    page = page_of(capture, Given(), Settings())
    return "" if page is None else page.content.decode(page.charset or "utf-8", "replace").casefold()
