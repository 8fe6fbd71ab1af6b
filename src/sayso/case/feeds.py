"""Feeds that a case watches: what they were known by, and which of their pages wait to be read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from sayso.case.store import as_record, in_batches, insert_rows
from sayso.case.tables import FEEDS, LINKS
from sayso.gather import Known

#: How often a page is tried before it is given up: once a look, so over hours.
_TRIES = 5


def _hash(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def known_feed(connection: Connection, feed: str) -> Known | None:
    """By what a feed was known when it was looked at last."""
    row = connection.execute(select(FEEDS).where(FEEDS.c.url == feed)).first()
    return None if row is None else as_record(Known, row)


def note_feed(connection: Connection, feed: str, known: Known, urls: Sequence[str]) -> None:
    """Notes what a feed names, in its order, behind what waits already; what it named before is not noted again."""
    hashes = {_hash(url): url for url in urls}
    there: set[str] = set()
    for batch in in_batches(hashes):
        there.update(connection.scalars(select(LINKS.c.sha256).where(LINKS.c.sha256.in_(batch))))
    last = connection.scalar(select(func.max(LINKS.c.place))) or 0
    new = [(one, url) for one, url in hashes.items() if one not in there]
    insert_rows(connection, LINKS, (
        {"sha256": one, "feed_sha256": _hash(feed), "place": last + number, "tries": 0, "url": url}
        for number, (one, url) in enumerate(new, start=1)
    ))  # fmt: skip
    connection.execute(delete(FEEDS).where(FEEDS.c.url == feed))
    state = {name: getattr(known, name) for name in ("final_url", "etag", "last_modified")}
    connection.execute(insert(FEEDS).values(url=feed, **state))


def waiting_links(connection: Connection, feed: str) -> list[str]:
    """Addresses that a feed named and whose pages were not read yet, in the order in which they are to be."""
    waiting = LINKS.c.url.is_not(None) & (LINKS.c.feed_sha256 == _hash(feed)) & (LINKS.c.tries < _TRIES)
    return [str(url) for url in connection.scalars(select(LINKS.c.url).where(waiting).order_by(LINKS.c.place))]


def note_link(connection: Connection, url: str, *, read: bool) -> None:
    """Notes that the page at an address was read, or that it could not be this time."""
    change = {"url": None} if read else {"tries": LINKS.c.tries + 1}
    connection.execute(update(LINKS).where(LINKS.c.sha256 == _hash(url)).values(**change))


def forget_feeds(connection: Connection) -> None:
    """Deletes every address that waits, and by what feeds are known: they are looked at anew, what was read is not."""
    connection.execute(delete(FEEDS))
    connection.execute(delete(LINKS).where(LINKS.c.url.is_not(None)))
