"""A case opened: pages added to it, listed, searched, and given back as readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias

from msgspec.structs import replace
from sqlalchemy import Connection, Engine, Row, func, insert, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from sayso.case.building import check_claims, happenings_of, rebuild
from sayso.case.decisions import Decided, Decision, all_of, note, rulings_of, withdraw
from sayso.case.engine import engine_for, is_url, shown
from sayso.case.forgetting import Forgotten, Target, Tombstone, buried, forget, may_stay, scrub, tombstones
from sayso.case.grouping import Keeper
from sayso.case.meetings import names_of
from sayso.case.schema import bring_up_to_date
from sayso.case.searching import (
    ALL,
    ArticleRow,
    Found,
    FoundClaim,
    Only,
    StoryRow,
    VoiceRow,
    article_rows,
    articles_with,
    claims_with,
    count_stories,
    stories_named,
    story_rows,
    voice_rows,
    whole_stories,
)
from sayso.case.store import Progress, all_copies, copies_of, no_progress, note_speakers
from sayso.case.tables import ARTICLES, VERSIONS
from sayso.case.versions import hash_of_text, newest_readings, replace_reading, version_row
from sayso.records import CaseError, Reading, Story, from_json
from sayso.stories import Copy, Rulings

Added: TypeAlias = Literal["added", "same", "changed", "forgotten"]

#: Readings that are fetched from the database at once.
_BATCH = 200


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
        self._keeper = Keeper()
        self.place = place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._engine.dispose()

    def add(self, reading: Reading) -> Added:
        """Keeps a reading; when this returns it is on the disk.

        An article is known by its address, else by its id. The same text again changes nothing; another text
        becomes a new version under the article's first id, and the old one stays. A new article whose id another
        one has already gets one of its own: ``index-2``. What was forgotten is not kept.

        Raises:
            CaseError: where the database cannot keep it (a full disk, a lost connection).
        """
        key = reading.article.url or f"id:{reading.id}"
        with self._faults():
            try:
                return self._add(reading, key)
            except IntegrityError:
                # another process was first with this article: now it is there, and this text is compared with that one
                return self._add(reading, key)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """A fault of the database (a full disk, a lost connection) becomes one of the case."""
        try:
            yield
        except DatabaseError as error:
            raise CaseError(expected="a database that answers", found=_reason(error), place=self.place) from None

    def _add(self, reading: Reading, key: str) -> Added:
        with self._writing.begin() as connection:
            kept = may_stay(reading, key, buried(connection))
            if kept is None:
                return "forgotten"
            article = connection.scalar(select(ARTICLES.c.number).where(ARTICLES.c.key == key).with_for_update())
            state: Added = "added" if article is None else "changed"
            if article is None:
                kept = _renamed(connection, kept)
                article = connection.execute(insert(ARTICLES).values(key=key)).inserted_primary_key[0]  # type: ignore[index]
            else:
                newest = self._newest(connection, article)
                if newest.text_sha256 == hash_of_text(kept):
                    return "same"
                kept = replace(kept, id=newest.id)
            connection.execute(insert(VERSIONS).values(article=article, added=_now(), **version_row(kept)))
            note_speakers(connection, kept)
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

    def readings_of(self, idents: Iterable[str]) -> tuple[Reading, ...]:
        """The newest readings of some articles, by id."""
        with self._faults(), self._engine.connect() as connection:
            return tuple(newest_readings(connection, idents))

    def articles(self, only: Only = ALL) -> tuple[ArticleRow, ...]:
        """All articles in the order in which they were first added, or those narrowed to."""
        with self._faults(), self._engine.connect() as connection:
            return article_rows(connection, only)

    def versions(self, ident: str) -> tuple[Reading, ...]:
        """Every version of the article with this id or address, oldest first; none where there is no such article."""
        keys = (ident, f"id:{ident}")
        article = select(VERSIONS.c.article).where(VERSIONS.c.id == ident)
        named = select(ARTICLES.c.number).where(ARTICLES.c.key.in_(keys))
        rows = select(VERSIONS.c.reading).where(VERSIONS.c.article.in_(article.union(named)))
        with self._faults(), self._engine.connect() as connection:
            found = connection.scalars(rows.order_by(VERSIONS.c.number))
            return tuple(from_json(row, Reading, place="case") for row in found)

    # what the program made of the articles

    def refresh(self, progress: Progress = no_progress) -> None:
        """Brings the stories up to date with the articles; does nothing where they are."""
        with self._faults():
            with self._engine.connect() as connection:
                if self._keeper.is_current(connection):
                    return
            with self._writing.begin() as connection:
                self._keeper.refresh(connection, self._rulings(connection), progress)

    def stories(self, only: Only = ALL, *, limit: int | None = None, offset: int = 0) -> tuple[StoryRow, ...]:
        """Stories as a list shows them, by day; those without a day come last."""
        self.refresh()
        with self._faults(), self._engine.connect() as connection:
            return story_rows(connection, only, limit, offset)

    def full_stories(self, only: Only = ALL) -> Iterator[Story]:
        """The same stories in full."""
        self.refresh()
        with self._faults(), self._engine.connect() as connection:
            yield from whole_stories(connection, only)

    def count_stories(self, only: Only = ALL) -> int:
        """How many stories there are."""
        self.refresh()
        with self._faults(), self._engine.connect() as connection:
            return count_stories(connection, only)

    def stories_named(self, start: str) -> tuple[Story, ...]:
        """The stories whose id begins so."""
        self.refresh()
        with self._faults(), self._engine.connect() as connection:
            return stories_named(connection, start)

    def copies(self, article: str | None = None) -> tuple[Copy, ...]:
        """The pairs of articles that share passages; only those of one article where its id is given."""
        self.refresh()
        with self._faults(), self._engine.connect() as connection:
            return tuple(all_copies(connection) if article is None else copies_of(connection, [article]))

    def voices(self, words: str = "") -> tuple[VoiceRow, ...]:
        """Who is cited, by the name that each goes by, most often cited first; those whose names hold the words."""
        self.refresh()
        with self._faults(), self._engine.connect() as connection:
            return voice_rows(connection, self._rulings(connection), words)

    def search(self, words: str, only: Only = ALL, *, limit: int = 50) -> tuple[Found, ...]:
        """The articles whose newest version holds all the words, best first.

        Words are matched whole, whatever their case; signs between them mean nothing.
        """
        with self._faults(), self._engine.connect() as connection:
            return articles_with(connection, words, only, limit)

    def search_claims(self, words: str, only: Only = ALL, *, limit: int = 50) -> tuple[FoundClaim, ...]:
        """The claims whose own words hold all the words, in the articles that fit them best."""
        with self._faults(), self._engine.connect() as connection:
            return claims_with(connection, words, only, limit)

    # what people make of it

    def decide(self, decision: Decision, *, who: str, why: str | None = None) -> int:
        """Writes a decision down and tells the stories concerned by it; gives its number.

        Raises:
            CaseError: where it is about claims that no article of the case holds.
        """
        self.refresh()
        with self._faults(), self._writing.begin() as connection:
            check_claims(connection, decision, self.place)
            number = note(connection, decision, who, why, _now())
            rebuild(connection, happenings_of(connection, decision), self._rulings(connection))
            return number

    def undo(self, number: int | None = None, *, who: str) -> Decided:
        """Withdraws a decision, the last one where no number is given; it stays on record.

        Raises:
            CaseError: where there is none, or it is withdrawn already.
        """
        self.refresh()
        with self._faults(), self._writing.begin() as connection:
            withdrawn = withdraw(connection, number, who, _now(), self.place)
            rebuild(connection, happenings_of(connection, withdrawn.decision), self._rulings(connection))
            return withdrawn

    def decisions(self) -> tuple[Decided, ...]:
        """All decisions in the order in which they were made, withdrawn ones too."""
        with self._faults(), self._engine.connect() as connection:
            return all_of(connection)

    def _rulings(self, connection: Connection) -> Rulings:
        return rulings_of(all_of(connection), names_of(connection))

    def replace(self, reading: Reading) -> None:
        """Puts a reading of the same text in the place of an article's newest: by other readers, or by newer ones.

        Raises:
            CaseError: where the case has no such article, or its text is another one.
        """
        with self._faults(), self._writing.begin() as connection:
            replace_reading(connection, reading, self.place)

    def forget(self, what: Target, name: str, *, why: str, who: str) -> Forgotten:
        """Erases an article (by address or id), all of an outlet, or a voice's words, for good; a hash stays.

        What is erased cannot be added again. When this returns no byte of it is left in the database's files.
        """
        self.refresh()
        with self._faults():
            with self._writing.begin() as connection:
                forgotten = forget(connection, what, name, why=why, who=who, now=_now())
            self._keeper = Keeper()
            self.refresh()
            scrub(self._engine)
        return forgotten

    def tombstones(self) -> tuple[Tombstone, ...]:
        """What was forgotten: that, why, by whom and when."""
        with self._faults(), self._engine.connect() as connection:
            return tombstones(connection)


def _renamed(connection: Connection, reading: Reading) -> Reading:
    """The reading under an id that no other article has: files of many folders are called ``index``."""
    ident, count = reading.id, 1
    while connection.scalar(select(VERSIONS.c.number).where(VERSIONS.c.id == ident).limit(1)) is not None:
        count += 1
        ident = f"{reading.id}-{count}"
    return reading if count == 1 else replace(reading, id=ident)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
