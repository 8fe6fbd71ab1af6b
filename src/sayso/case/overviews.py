"""A case at a glance: where, when and of what kind its stories are, what one voice says, what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, select, true
from sqlalchemy.sql.elements import ColumnElement

from sayso.case.decisions import all_of
from sayso.case.narrowing import Only, fits_story
from sayso.case.tables import DECISIONS, REPORTS, STATE, STORIES
from sayso.records import Day, EventType, Record, Status, Story, from_json

#: Days that are drawn as days, and as months; more are drawn as years.
_AS_DAYS, _AS_MONTHS = 92, 92 * 24

#: Places that a map shows at once, those with most stories first.
_PLACES = 2000

_DISPUTED = STORIES.c.status == "disputed"


class Spot(Record, frozen=True, kw_only=True):
    """A place on the map: how many stories have it, how many of them are disputed."""

    name: str
    country: str | None
    lat: float
    lon: float
    stories: int
    disputed: int


class Bar(Record, frozen=True, kw_only=True):
    """Stories that began in one span of time: a day, month or year as ISO writes it."""

    when: str
    stories: int
    disputed: int


class Overview(Record, frozen=True, kw_only=True):
    """All stories that a list is narrowed to, counted; ``unplaced`` have no coordinates, ``undated`` no day."""

    stories: int
    undated: int
    unplaced: int
    statuses: dict[Status, int]
    types: dict[EventType, int]
    bars: tuple[Bar, ...]
    spots: tuple[Spot, ...]


def overview(connection: Connection, only: Only) -> Overview:
    """Counts of the stories narrowed to; spots with most stories first, bars in order."""
    fits = fits_story(connection, only)
    count = func.count()
    marks = select(count, _count(STORIES.c.first_day.is_(None)), _count(STORIES.c.lat.is_(None))).where(fits)
    stories, undated, unplaced = connection.execute(marks).one()
    kinds = select(STORIES.c.type, count).where(fits).group_by(STORIES.c.type).order_by(count.desc(), STORIES.c.type)
    states = select(STORIES.c.status, count).where(fits).group_by(STORIES.c.status)
    return Overview(
        stories=stories, undated=undated or 0, unplaced=unplaced or 0,
        statuses={row[0]: row[1] for row in connection.execute(states)},
        types={row[0]: row[1] for row in connection.execute(kinds)},
        bars=tuple(_bars(connection, fits)), spots=tuple(_spots(connection, fits)),
    )  # fmt: skip


def _count(fits: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((fits, 1), else_=0))


def _bars(connection: Connection, fits: ColumnElement[bool]) -> Iterator[Bar]:
    days = and_(fits, STORIES.c.first_day.is_not(None))
    first, last = connection.execute(
        select(func.min(STORIES.c.first_day), func.max(STORIES.c.first_day)).where(days)
    ).one()
    if first is None:
        return
    when = func.substr(STORIES.c.first_day, 1, _letters(first, last)).label("when")
    rows = select(when, func.count(), _count(_DISPUTED)).where(days).group_by(when).order_by(when)
    for row in connection.execute(rows):
        yield Bar(when=row[0], stories=row[1], disputed=row[2])


def _letters(first: Day, last: Day) -> int:
    """How much of an ISO day tells one bar from the next: 10 letters for days, 7 for months, 4 for years."""
    (year, month, day), (end_year, end_month, end_day) = (map(int, one.split("-")) for one in (first, last))
    span = (end_year - year) * 365 + (end_month - month) * 30 + end_day - day
    return 10 if span <= _AS_DAYS else 7 if span <= _AS_MONTHS else 4


def _spots(connection: Connection, fits: ColumnElement[bool]) -> Iterator[Spot]:
    where = (STORIES.c.lat, STORIES.c.lon)
    named = (func.min(STORIES.c.place), func.min(STORIES.c.country))
    rows = select(*where, *named, func.count(), _count(_DISPUTED)).where(fits, STORIES.c.lat.is_not(None))
    most = rows.group_by(*where).order_by(func.count().desc(), *where).limit(_PLACES)
    for lat, lon, name, country, stories, disputed in connection.execute(most):
        yield Spot(name=name, country=country, lat=lat, lon=lon, stories=stories, disputed=disputed)


def stories_of_voice(connection: Connection, name: str, limit: int, offset: int) -> tuple[tuple[Story, ...], int]:
    """The stories in which a voice, by the name that it goes by, is first of a chain; and how many there are."""
    told = STORIES.c.id.in_(select(REPORTS.c.story).where(REPORTS.c.voice == name))
    return _page(
        connection, select(STORIES.c.story).where(told).order_by(STORIES.c.in_order, STORIES.c.id), limit, offset
    )


def stories_to_review(connection: Connection, limit: int, offset: int) -> tuple[tuple[Story, ...], int]:
    """Stories that most need a person: disputed ones first, then by how many pages rest on them.

    A story whose every claim somebody has decided about is done, and left out.
    """
    decided = {claim for one in all_of(connection) if one.withdrawn is None for claim in one.decision.claims}
    waiting = STORIES.c.id.in_(select(REPORTS.c.story).where(REPORTS.c.claim.not_in(decided))) if decided else true()
    rows = select(STORIES.c.story).where(waiting, STORIES.c.pages > 1)
    ordered = rows.order_by(case((_DISPUTED, 0), else_=1), STORIES.c.pages.desc(), STORIES.c.id)
    return _page(connection, ordered, limit, offset)


def _page(connection: Connection, rows: Select[Any], limit: int, offset: int) -> tuple[tuple[Story, ...], int]:
    count = connection.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
    found = connection.scalars(rows.limit(limit).offset(offset))
    return tuple(from_json(row, Story, place="case") for row in found), count


class ClaimHome(Record, frozen=True, kw_only=True):
    """Where a claim is reported: the article and its event, and the story (None where it was rejected)."""

    claim: str
    article: str
    event: int
    story: str | None


def homes_of_claims(connection: Connection, claims: Iterable[str]) -> tuple[ClaimHome, ...]:
    """The reports of some claims, in the order of their articles."""
    rows = select(REPORTS).where(REPORTS.c.claim.in_(list(claims))).order_by(REPORTS.c.article, REPORTS.c.event)
    return tuple(
        ClaimHome(claim=row.claim, article=row.article, event=row.event, story=row.story or None)
        for row in connection.execute(rows)
    )


def stamp(connection: Connection) -> str:
    """Changes whenever stories or decisions do: what was worked out under one stamp holds as long as it stays."""
    state = sorted((row.name, row.value) for row in connection.execute(select(STATE)))
    made = connection.execute(select(func.count(), func.count(DECISIONS.c.withdrawn)).select_from(DECISIONS)).one()
    return repr((state, tuple(made)))
