"""Questions to a case: stories, articles and claims, narrowed by day, place, type, voice, outlet and words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Select, bindparam, column, func, select, table, text
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from sayso.case.former import story_now
from sayso.case.narrowing import (
    ALL,
    Only,
    Order,
    fits_article,
    fits_outline,
    fits_reports,
    fits_story,
    matches,
    query_for,
    terms_of,
)
from sayso.case.store import as_record, in_batches
from sayso.case.tables import ARTICLES, STORIES, VERSIONS
from sayso.places import Scale
from sayso.records import Claim, Day, EventType, Reading, Record, Status, Story, from_json


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


class StoryRow(Record, frozen=True, kw_only=True):
    """A story as a list shows it. ``scale``: how much of the map its point stands for."""

    id: str
    title: str
    type: EventType
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    scale: Scale | None
    first_day: Day | None
    last_day: Day | None
    pages: int
    origins: int
    status: Status


_ROW = [STORIES.c[name] for name in StoryRow.__struct_fields__]

#: So many stories, and so many more for each row asked for, are looked at in their order before all that fit are worked
#: out; none where they would be more than the last number.
_LOOKED_AT, _FOR_EACH, _LOOKED_AT_MOST = 800, 4, 20_000


class Found(Record, frozen=True, kw_only=True):
    """An article whose title or text holds the words searched for; ``snippet`` shows them between « and »."""

    id: str
    title: str | None
    publisher: str | None
    published: Day | None
    snippet: str


class FoundClaim(Record, frozen=True, kw_only=True):
    """A claim whose words hold those searched for."""

    article: str
    publisher: str | None
    published: Day | None
    claim: str
    chain: tuple[str, ...]
    stance: str
    type: EventType | None
    words: str


def article_rows(
    connection: Connection, only: Only, limit: int | None = None, offset: int = 0
) -> tuple[ArticleRow, ...]:
    """Articles in the order in which they were first added."""
    newest = select(func.max(VERSIONS.c.number).label("newest"), func.count().label("versions"))
    if only == ALL:
        # a part of all articles: no version of another is looked at
        some = select(ARTICLES.c.number).order_by(ARTICLES.c.number).limit(limit).offset(offset).subquery()
        newest, limit, offset = newest.where(VERSIONS.c.article.in_(select(some.c.number))), None, 0
    latest = newest.group_by(VERSIONS.c.article).subquery()
    names = [VERSIONS.c[name] for name in ArticleRow.__struct_fields__ if name != "versions"]
    rows = select(*names, latest.c.versions).join(latest, VERSIONS.c.number == latest.c.newest)
    fitting = rows.where(fits_article(connection, only)) if only != ALL else rows
    ordered = fitting.order_by(VERSIONS.c.article).limit(limit).offset(offset)
    return tuple(as_record(ArticleRow, row) for row in connection.execute(ordered))


def count_articles(connection: Connection, only: Only) -> int:
    if only == ALL:
        return connection.scalar(select(func.count()).select_from(ARTICLES)) or 0
    fitting = select(VERSIONS.c.number).where(fits_article(connection, only))
    return connection.scalar(select(func.count()).select_from(fitting.subquery())) or 0


def story_rows(
    connection: Connection, only: Only, limit: int | None, offset: int, order: Order = "day"
) -> tuple[StoryRow, ...]:
    """Stories by day and id, those without a day last; or by pages or origins, most first."""
    if limit is not None and (found := _among_the_first(connection, only, limit, offset, order)) is not None:
        return found
    rows = _in_order(select(*_ROW).where(fits_story(connection, only)), STORIES.c, order).limit(limit).offset(offset)
    return tuple(as_record(StoryRow, row) for row in connection.execute(rows))


def _among_the_first(
    connection: Connection, only: Only, limit: int, offset: int, order: Order
) -> tuple[StoryRow, ...] | None:
    """The same rows, where they all stand among the first stories; None where these do not show it.

    What a common voice or word is in fills a page soon: the reports of a few stories are looked at, not all that fit.
    """
    wanted = _LOOKED_AT + _FOR_EACH * (offset + limit)
    some = _in_order(select(*_ROW, STORIES.c.in_order).where(fits_outline(only)), STORIES.c, order).limit(wanted)
    first = some.subquery("first")
    told = fits_reports(connection, only, first.c.id)
    if told is None or wanted > _LOOKED_AT_MOST:
        return None
    rows = _in_order(select(first).where(told), first.c, order).limit(limit).offset(offset)
    found = connection.execute(rows).all()
    return tuple(as_record(StoryRow, row) for row in found) if len(found) == limit else None


def whole_stories(
    connection: Connection, only: Only, limit: int | None = None, offset: int = 0
) -> Iterator[Story]:  # fmt: skip
    """The same stories in full, by day."""
    if limit is not None:
        # found by what is narrow, then read: else a database may read each story that it passes over
        wanted = [row.id for row in story_rows(connection, only, limit, offset)]
        rows = select(STORIES.c.story).where(STORIES.c.id.in_(wanted))
    else:
        rows = select(STORIES.c.story).where(fits_story(connection, only))
    for row in connection.scalars(_in_order(rows, STORIES.c)):
        yield from_json(row, Story, place="case")


def count_stories(connection: Connection, only: Only) -> int:
    return connection.scalar(select(func.count()).select_from(STORIES).where(fits_story(connection, only))) or 0


def stories_named(connection: Connection, start: str) -> tuple[Story, ...]:
    """The stories whose id begins so; where none does, the one that now tells what the story of this whole id told."""
    rows = select(STORIES.c.story).where(STORIES.c.id >= start, STORIES.c.id < start + "\U0010ffff")
    if connection.scalar(rows.limit(1)) is None and (now := story_now(connection, start)) is not None:
        rows = select(STORIES.c.story).where(STORIES.c.id == now)
    return tuple(from_json(row, Story, place="case") for row in connection.scalars(rows.order_by(STORIES.c.id)))


def _in_order(rows: Select[Any], columns: ReadOnlyColumnCollection[str, Any], order: Order = "day") -> Select[Any]:
    by_day = (columns.in_order, columns.id)
    return rows.order_by(*by_day) if order == "day" else rows.order_by(columns[order].desc(), *by_day)


_SNIPPET_SQLITE = (
    "SELECT v.number, v.id, v.title, v.publisher, v.published, "
    "snippet(searchable, 1, '«', '»', ' … ', 24) AS snippet "
    "FROM searchable JOIN versions v ON v.number = searchable.rowid "
    "WHERE searchable MATCH :query AND searchable.rowid IN :wanted"
)

_SNIPPET_POSTGRES = (
    "SELECT v.number, v.id, v.title, v.publisher, v.published, "
    "ts_headline('simple', v.text, plainto_tsquery('simple', :query), "
    "'StartSel=«, StopSel=», MaxWords=24, MinWords=12') AS snippet FROM versions v WHERE v.number IN :wanted"
)

_SEARCHABLE = table("searchable", column("rowid"), column("rank"))

_RANK_POSTGRES = "ts_rank(versions.searchable, plainto_tsquery('simple', :query)) DESC"


def _best(connection: Connection, words: str, only: Only, limit: int, offset: int = 0) -> list[int]:
    """The versions that hold all the words, best first."""
    query = query_for(connection, words)
    if not query:
        return []
    only = replace(only, words=None if only.words == words else only.words)
    rows = select(VERSIONS.c.number).where(fits_article(connection, only)).limit(limit).offset(offset)
    if connection.dialect.name == "sqlite":
        rows = rows.join_from(_SEARCHABLE, VERSIONS, VERSIONS.c.number == _SEARCHABLE.c.rowid)
        rows = rows.where(text("searchable MATCH :query")).order_by(_SEARCHABLE.c.rank, VERSIONS.c.id)
    else:
        rows = rows.where(matches(connection, words)).order_by(text(_RANK_POSTGRES), VERSIONS.c.id)
    return list(connection.scalars(rows, {"query": query}))


def articles_with(connection: Connection, words: str, only: Only, limit: int, offset: int = 0) -> tuple[Found, ...]:
    """The articles that hold all the words, best first."""
    numbers = _best(connection, words, only, limit, offset)
    shown = _SNIPPET_SQLITE if connection.dialect.name == "sqlite" else _SNIPPET_POSTGRES
    rows = text(shown).bindparams(bindparam("wanted", expanding=True))
    query, found = query_for(connection, words), dict[int, Found]()
    for wanted in in_batches(numbers):
        for row in connection.execute(rows, {"query": query, "wanted": wanted}):
            found[row.number] = as_record(Found, row)
    return tuple(found[number] for number in numbers)


def claims_with(connection: Connection, words: str, only: Only, limit: int, offset: int = 0) -> tuple[FoundClaim, ...]:
    """Claims that hold all the words, in the articles that do so best."""
    terms = [term.casefold() for term in terms_of(words)]
    readings = _readings_at(connection, _best(connection, words, only, 10 * (offset + limit)))
    found = (_found(reading, claim, terms, only) for reading in readings for claim in reading.claims)
    return tuple(islice((one for one in found if one is not None), offset, offset + limit))


def _readings_at(connection: Connection, numbers: list[int]) -> Iterator[Reading]:
    """The readings of versions, in the order given; each is fetched when it is asked for."""
    for number in numbers:
        row = connection.scalar(select(VERSIONS.c.reading).where(VERSIONS.c.number == number))
        yield from_json(str(row), Reading, place="case")


def _found(reading: Reading, claim: Claim, terms: list[str], only: Only) -> FoundClaim | None:
    words = " … ".join(reading.article.text[start:end] for start, end in claim.content)
    held = {term.casefold() for term in terms_of(words)}
    event = reading.events[claim.event] if claim.event is not None else None
    chain = tuple(link.voice for link in claim.chain)
    if only.voice and not any(only.voice.casefold() in voice.casefold() for voice in chain):
        return None
    if not all(term in held for term in terms) or (only.type and (event is None or event.type != only.type)):
        return None
    return FoundClaim(
        article=reading.id, publisher=reading.article.publisher, published=reading.article.published, claim=claim.id,
        chain=chain, stance=claim.stance, type=event.type if event else None, words=" ".join(words.split()),
    )  # fmt: skip
