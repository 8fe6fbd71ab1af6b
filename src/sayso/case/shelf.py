"""What can be asked of a case: its articles, their readings, the stories that they tell, voices, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import RLock
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DatabaseError

from sayso.case.accounts import Account, AccountChange, account_changes, accounts, sessions
from sayso.case.captures import all_captures, count_captures, newest_capture
from sayso.case.decisions import Decided, all_of
from sayso.case.feeds import known_feed, waiting_links
from sayso.case.forgetting import Tombstone, tombstones
from sayso.case.grouping import Keeper
from sayso.case.meetings import current_rulings
from sayso.case.narrowing import ALL, Only, Order
from sayso.case.overviews import (
    ClaimHome,
    Overview,
    homes_of_claims,
    overview,
    stamp,
    stories_of_voice,
    stories_to_review,
)
from sayso.case.searching import (
    ArticleRow,
    Found,
    FoundClaim,
    StoryRow,
    article_rows,
    articles_with,
    claims_with,
    count_articles,
    count_stories,
    stories_named,
    story_rows,
    whole_stories,
)
from sayso.case.store import Progress, all_copies, copies_of, no_progress
from sayso.case.tables import ARTICLES, VERSIONS
from sayso.case.versions import newest_readings
from sayso.case.voices import VoiceRow, voice_row, voice_rows
from sayso.gather import Capture, Known
from sayso.records import CaseError, Reading, Story, from_json
from sayso.stories import Copy

#: Readings that are fetched from the database at once.
_BATCH = 200


def reason_of(error: DatabaseError) -> str:
    """What the database itself says, on one line."""
    return " ".join(str(error.orig).split())


class Shelf:
    """A case as it is read from; lists of stories bring these up to date first, unless it was opened otherwise."""

    def __init__(self, engine: Engine, place: str, *, keeps_up: bool = True, processes: int = 1) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writes=True)
        self._keeper = Keeper(processes)
        self._keeps_up = keeps_up
        # the keeper's index is one; several threads of a server may ask for it
        self._one_at_a_time = RLock()
        self.place = place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._engine.dispose()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """A fault of the database (a full disk, a lost connection) becomes one of the case."""
        try:
            yield
        except DatabaseError as error:
            raise CaseError(expected="a database that answers", found=reason_of(error), place=self.place) from None

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

    def articles(self, only: Only = ALL, *, limit: int | None = None, offset: int = 0) -> tuple[ArticleRow, ...]:
        """All articles in the order in which they were first added, or those narrowed to."""
        with self._faults(), self._engine.connect() as connection:
            return article_rows(connection, only, limit, offset)

    def count_articles(self, only: Only = ALL) -> int:
        """How many articles there are."""
        with self._faults(), self._engine.connect() as connection:
            return count_articles(connection, only)

    def versions(self, ident: str) -> tuple[Reading, ...]:
        """Every version of the article with this id or address, oldest first; none where there is no such article."""
        keys = (ident, f"id:{ident}")
        article = select(VERSIONS.c.article).where(VERSIONS.c.id == ident)
        named = select(ARTICLES.c.number).where(ARTICLES.c.key.in_(keys))
        rows = select(VERSIONS.c.reading).where(VERSIONS.c.article.in_(article.union(named)))
        with self._faults(), self._engine.connect() as connection:
            found = connection.scalars(rows.order_by(VERSIONS.c.number))
            return tuple(from_json(row, Reading, place="case") for row in found)

    def kept(self, url: str) -> Capture | None:
        """What was fetched last from an address, if anything."""
        with self._faults(), self._engine.connect() as connection:
            return newest_capture(connection, url)

    def captures(self) -> Iterator[Capture]:
        """Every page as it was fetched from the web, in order."""
        with self._faults(), self._engine.connect() as connection:
            yield from all_captures(connection)

    def count_captures(self) -> int:
        """How many pages are kept as they were fetched, each time counted."""
        with self._faults(), self._engine.connect() as connection:
            return count_captures(connection)

    def known_feed(self, feed: str) -> Known | None:
        """By what a feed was known when it was looked at last."""
        with self._faults(), self._engine.connect() as connection:
            return known_feed(connection, feed)

    def waiting_links(self, feed: str) -> list[str]:
        """Addresses that a feed named and whose pages were not read yet, in its order."""
        with self._faults(), self._engine.connect() as connection:
            return waiting_links(connection, feed)

    # what the program made of the articles

    def is_current(self) -> bool:
        """Whether the stories tell of the articles as they are now."""
        with self._faults(), self._engine.connect() as connection:
            return self._keeper.is_current(connection)

    def refresh(self, progress: Progress = no_progress) -> None:
        """Brings the stories up to date with the articles; does nothing where they are."""
        with self._faults(), self._one_at_a_time:
            if self.is_current():
                return
            with self._writing.begin() as connection:
                self._keeper.refresh(connection, progress)

    def _freshen(self) -> None:
        if self._keeps_up:
            self.refresh()

    def stories(
        self, only: Only = ALL, *, limit: int | None = None, offset: int = 0, order: Order = "day"
    ) -> tuple[StoryRow, ...]:
        """Stories as a list shows them, by day (those without one last), or those with most pages or origins first."""
        self._freshen()
        with self._faults(), self._engine.connect() as connection:
            return story_rows(connection, only, limit, offset, order)

    def overview(self, only: Only = ALL) -> Overview:
        """The stories narrowed to, counted by place, time, type and status."""
        self._freshen()
        with self._faults(), self._engine.connect() as connection:
            return overview(connection, only)

    def stories_of_voice(self, name: str, *, limit: int, offset: int = 0) -> tuple[tuple[Story, ...], int]:
        """Stories of which a voice is an origin, by day; and how many there are."""
        self._freshen()
        with self._faults(), self._engine.connect() as connection:
            return stories_of_voice(connection, name, limit, offset)

    def stories_to_review(self, *, limit: int, offset: int = 0) -> tuple[tuple[Story, ...], int]:
        """Stories of several pages that most need a person, and how many wait."""
        self._freshen()
        with self._faults(), self._engine.connect() as connection:
            return stories_to_review(connection, limit, offset)

    def homes_of_claims(self, claims: Iterable[str]) -> tuple[ClaimHome, ...]:
        """In which articles and stories some claims are reported."""
        self._freshen()
        with self._faults(), self._engine.connect() as connection:
            return homes_of_claims(connection, claims)

    def stamp(self) -> str:
        """Changes whenever stories or decisions do."""
        with self._faults(), self._engine.connect() as connection:
            return stamp(connection)

    def full_stories(self, only: Only = ALL, *, limit: int | None = None, offset: int = 0) -> Iterator[Story]:
        """The same stories in full, by day."""
        self._freshen()
        with self._faults(), self._engine.connect() as connection:
            yield from whole_stories(connection, only, limit, offset)

    def count_stories(self, only: Only = ALL) -> int:
        """How many stories there are."""
        self._freshen()
        with self._faults(), self._engine.connect() as connection:
            return count_stories(connection, only)

    def stories_named(self, start: str) -> tuple[Story, ...]:
        """The stories whose id begins so."""
        self._freshen()
        with self._faults(), self._engine.connect() as connection:
            return stories_named(connection, start)

    def copies(self, article: str | None = None) -> tuple[Copy, ...]:
        """The pairs of articles that share passages; only those of one article where its id is given."""
        self._freshen()
        with self._faults(), self._engine.connect() as connection:
            return tuple(all_copies(connection) if article is None else copies_of(connection, [article]))

    def copies_among(self, articles: Iterable[str]) -> tuple[Copy, ...]:
        """The pairs of these articles that share passages."""
        self._freshen()
        wanted = set(articles)
        with self._faults(), self._engine.connect() as connection:
            return tuple(copy for copy in copies_of(connection, wanted) if {copy.first, copy.second} <= wanted)

    def voices(self, words: str = "") -> tuple[VoiceRow, ...]:
        """Who is cited, by the name that each goes by, most often cited first; those whose names hold the words."""
        self._freshen()
        with self._faults(), self._engine.connect() as connection:
            return voice_rows(connection, current_rulings(connection), words)

    def voice(self, name: str) -> VoiceRow | None:
        """The voice that goes by a name; None where nobody of that name speaks."""
        self._freshen()
        with self._faults(), self._engine.connect() as connection:
            return voice_row(connection, current_rulings(connection), name)

    def search(self, words: str, only: Only = ALL, *, limit: int = 50, offset: int = 0) -> tuple[Found, ...]:
        """The articles whose newest version holds all the words, best first.

        Words are matched whole, whatever their case; signs between them mean nothing.
        """
        with self._faults(), self._engine.connect() as connection:
            return articles_with(connection, words, only, limit, offset)

    def search_claims(
        self, words: str, only: Only = ALL, *, limit: int = 50, offset: int = 0
    ) -> tuple[FoundClaim, ...]:
        """The claims whose own words hold all the words, in the articles that fit them best."""
        with self._faults(), self._engine.connect() as connection:
            return claims_with(connection, words, only, limit, offset)

    def decisions(self) -> tuple[Decided, ...]:
        """All decisions in the order in which they were made, withdrawn ones too."""
        with self._faults(), self._engine.connect() as connection:
            return all_of(connection)

    def accounts(self) -> tuple[Account, ...]:
        """Who may sign in where the case is served to others."""
        with self._faults(), self._engine.connect() as connection:
            return accounts(connection)

    def account_changes(self, limit: int = 200) -> tuple[AccountChange, ...]:
        """What was changed about accounts, the last first."""
        with self._faults(), self._engine.connect() as connection:
            return account_changes(connection, limit)

    def sessions(self) -> dict[str, int]:
        """In how many browsers each account is signed in."""
        with self._faults(), self._engine.connect() as connection:
            return sessions(connection, datetime.now(UTC))

    def tombstones(self) -> tuple[Tombstone, ...]:
        """What was forgotten: that, why, by whom and when."""
        with self._faults(), self._engine.connect() as connection:
            return tombstones(connection)
