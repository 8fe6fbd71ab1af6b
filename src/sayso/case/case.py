"""A case opened: pages added to it, listed, searched, and given back as readings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias

from msgspec.structs import replace
from sqlalchemy import Connection, Engine, Row, func, insert, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from sayso.case.engine import engine_for, is_url, shown
from sayso.case.schema import bring_up_to_date
from sayso.case.tables import ARTICLES, VERSIONS
from sayso.records import CaseError, Reading, Record, from_json, to_json

Added: TypeAlias = Literal["added", "same", "changed"]

#: Readings that are fetched from the database at once.
_BATCH = 200


class ArticleRow(Record, frozen=True, kw_only=True):
    """An article as a list shows it: its newest version, and how many it has."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    added: str
    versions: int
    claims: int
    problems: int


class Found(Record, frozen=True, kw_only=True):
    """An article whose title or text holds the words searched for; ``snippet`` shows them between « and »."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    snippet: str


def open_case(where: str | Path, *, create: bool = True) -> Case:
    """The case in a file or at a database's URL; a case of an older version is brought up to date.

    Args:
        where: a path, or ``postgresql://...``.
        create: whether a file that is not there is made.

    Raises:
        CaseError: where it is not there, is no case, or was written by a later version.
        MissingExtraError: where the database's driver is not installed.
    """
    where = str(where)
    if not create and not is_url(where) and not Path(where).is_file():
        raise CaseError(expected="a case", found="no such file; sayso add makes one", place=where)
    engine = engine_for(where)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            bring_up_to_date(connection, shown(where))
    except DatabaseError as error:
        raise CaseError(expected="a case", found=_reason(error), place=shown(where)) from None
    return Case(engine, shown(where))


def _reason(error: DatabaseError) -> str:
    """What the database itself says, on one line."""
    return " ".join(str(error.orig).split())


class Case:
    """One investigation. Several processes may hold it at once; every addition is its own transaction."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writes=True)
        self.place = place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._engine.dispose()

    def add(self, reading: Reading) -> Added:
        """Keeps a reading; when this returns it is on the disk.

        An article is known by its address, else by its id. The same text again changes nothing; another text
        becomes a new version under the article's first id, and the old one stays. A new article whose id another
        one has already gets one of its own: ``index-2``.

        Raises:
            CaseError: where the database cannot keep it (a full disk, a lost connection).
        """
        key = reading.article.url or f"id:{reading.id}"
        sha256 = hashlib.sha256(reading.article.text.encode("utf-8", "surrogatepass")).hexdigest()
        with self._faults():
            try:
                return self._add(reading, key, sha256)
            except IntegrityError:
                # another process was first with this article: now it is there, and this text is compared with that one
                return self._add(reading, key, sha256)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """A fault of the database (a full disk, a lost connection) becomes one of the case."""
        try:
            yield
        except DatabaseError as error:
            raise CaseError(expected="a database that answers", found=_reason(error), place=self.place) from None

    def _add(self, reading: Reading, key: str, sha256: str) -> Added:
        with self._writing.begin() as connection:
            known = select(ARTICLES.c.number).where(ARTICLES.c.key == key).with_for_update()
            article = connection.scalar(known)
            state: Added = "added" if article is None else "changed"
            if article is None:
                reading = _renamed(connection, reading)
                article = connection.execute(insert(ARTICLES).values(key=key)).inserted_primary_key[0]  # type: ignore[index]
            else:
                newest = self._newest(connection, article)
                if newest.text_sha256 == sha256:
                    return "same"
                reading = replace(reading, id=newest.id)
            connection.execute(insert(VERSIONS).values(**_row(reading, article, sha256, _now())))
        return state

    def _newest(self, connection: Connection, article: int) -> Row[Any, Any]:
        newest = select(VERSIONS.c.id, VERSIONS.c.text_sha256).where(VERSIONS.c.article == article)
        return connection.execute(newest.order_by(VERSIONS.c.number.desc()).limit(1)).one()

    def readings(self) -> Iterator[Reading]:
        """The newest reading of every article, in the order in which the articles were first added.

        Raises:
            RecordError: where a row holds no reading.
        """
        newest = select(func.max(VERSIONS.c.number)).group_by(VERSIONS.c.article)
        rows = select(VERSIONS.c.reading).where(VERSIONS.c.number.in_(newest)).order_by(VERSIONS.c.article)
        with self._faults(), self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=_BATCH).execute(rows):
                yield from_json(row.reading, Reading, place="case")

    def articles(self) -> tuple[ArticleRow, ...]:
        """All articles in the order in which they were first added."""
        latest = (
            select(func.max(VERSIONS.c.number).label("newest"), func.count().label("versions"))
            .group_by(VERSIONS.c.article)
            .subquery()
        )
        rows = select(VERSIONS, latest.c.versions).join(latest, VERSIONS.c.number == latest.c.newest)
        with self._faults(), self._engine.connect() as connection:
            return tuple(_article(row) for row in connection.execute(rows.order_by(VERSIONS.c.article)))

    def versions(self, ident: str) -> tuple[Reading, ...]:
        """Every version of the article with this id or address, oldest first; none where there is no such article."""
        keys = (ident, f"id:{ident}")
        article = select(VERSIONS.c.article).where(VERSIONS.c.id == ident)
        named = select(ARTICLES.c.number).where(ARTICLES.c.key.in_(keys))
        rows = select(VERSIONS.c.reading).where(VERSIONS.c.article.in_(article.union(named)))
        with self._faults(), self._engine.connect() as connection:
            found = connection.scalars(rows.order_by(VERSIONS.c.number))
            return tuple(from_json(row, Reading, place="case") for row in found)

    def search(self, words: str, *, limit: int = 50) -> tuple[Found, ...]:
        """The articles whose newest version holds all the words, best first.

        Words are matched whole, whatever their case; signs between them mean nothing.
        """
        terms = ["".join(char if char.isalnum() else " " for char in word).split() for word in words.split()]
        plain = [part for parts in terms for part in parts]
        if not plain:
            return ()
        sqlite = self._engine.dialect.name == "sqlite"
        query = " ".join(f'"{part}"' for part in plain) if sqlite else " ".join(plain)
        with self._faults(), self._engine.connect() as connection:
            rows = connection.execute(_SEARCH_SQLITE if sqlite else _SEARCH_POSTGRES, {"query": query, "limit": limit})
            return tuple(
                Found(id=row.id, title=row.title, publisher=row.publisher, published=row.published, snippet=row.snippet)
                for row in rows
            )


_NEWEST = "v.number IN (SELECT max(number) FROM versions GROUP BY article)"

_SEARCH_SQLITE = text(
    "SELECT v.id, v.title, v.publisher, v.published, snippet(searchable, 1, '«', '»', ' … ', 24) AS snippet "  # noqa: S608 - no value of a user's in it
    "FROM searchable JOIN versions v ON v.number = searchable.rowid "
    f"WHERE searchable MATCH :query AND {_NEWEST} ORDER BY rank LIMIT :limit"
)

_SEARCH_POSTGRES = text(
    "SELECT v.id, v.title, v.publisher, v.published, "  # noqa: S608 - no value of a user's in it
    "ts_headline('simple', v.text, plainto_tsquery('simple', :query), "
    "'StartSel=«, StopSel=», MaxWords=24, MinWords=12') AS snippet FROM versions v "
    "WHERE to_tsvector('simple', coalesce(v.title, '') || ' ' || v.text) @@ plainto_tsquery('simple', :query) "
    f"AND {_NEWEST} ORDER BY ts_rank(to_tsvector('simple', v.text), plainto_tsquery('simple', :query)) DESC "
    "LIMIT :limit"
)


def _renamed(connection: Connection, reading: Reading) -> Reading:
    """The reading under an id that no other article has: files of many folders are called ``index``."""
    ident, count = reading.id, 1
    while connection.scalar(select(VERSIONS.c.number).where(VERSIONS.c.id == ident).limit(1)) is not None:
        count += 1
        ident = f"{reading.id}-{count}"
    return reading if count == 1 else replace(reading, id=ident)


def _row(reading: Reading, article: int, sha256: str, now: str) -> dict[str, object]:
    about = reading.article
    return {
        "article": article, "id": reading.id, "text_sha256": sha256, "added": now, "title": about.title,
        "publisher": about.publisher, "published": about.published, "url": about.url, "claims": len(reading.claims),
        # PostgreSQL keeps no NUL; this copy of the text is for search alone
        "problems": len(reading.problems), "text": about.text.replace("\x00", "\ufffd"),
        "reading": to_json(reading).decode(),
    }  # fmt: skip


def _article(row: object) -> ArticleRow:
    return ArticleRow(**{name: getattr(row, name) for name in ArticleRow.__struct_fields__})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
