"""A case at a glance: where, when and of what kind its stories are, what one voice says, what waits for a person."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Select, case, func, select, true
from sqlalchemy.sql.elements import ColumnElement

from sayso.case.decisions import all_of
from sayso.case.narrowing import Only, fits_story
from sayso.case.tables import DECISIONS, REPORTS, STATE, STORIES
from sayso.places import Scale
from sayso.records import Day, EventType, Record, Status, Story, from_json

#: A timeline has at most so many days; else it goes by months, at most so many; else by years.
_DAYS, _MONTHS = 92, 92

#: The share of stories at either end of a timeline that may be drawn as one bar, so that one story of an old war
#: does not press all others together.
_TAIL = 0.01

#: Places that a map shows at once, those with most stories first.
_PLACES = 2000

_DISPUTED = STORIES.c.status == "disputed"


class Spot(Record, frozen=True, kw_only=True):
    """A point on the map under its commonest name: what it stands for, how many stories have it, disputed ones too."""

    name: str
    scale: Scale
    country: str | None
    lat: float
    lon: float
    stories: int
    disputed: int


class Bar(Record, frozen=True, kw_only=True):
    """Stories that began from one day to another, both included; None: all before, or all after."""

    since: Day | None
    until: Day | None
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
    rows = select(STORIES.c.first_day, func.count(), _count(_DISPUTED)).where(fits, STORIES.c.first_day.is_not(None))
    days = [tuple(row) for row in connection.execute(rows.group_by(STORIES.c.first_day).order_by(STORIES.c.first_day))]
    if not days:
        return
    first, last = _middle(days)
    spans = list(_spans(first, last))
    edges = [None, *(since for since, _ in spans), _after(spans[-1][1])]
    for since, following in pairwise([*edges, None]):
        held = [row for row in days if (since is None or row[0] >= since) and (following is None or row[0] < following)]
        if held or (since is not None and following is not None):
            stories, disputed = sum(row[1] for row in held), sum(row[2] for row in held)
            yield Bar(since=since, until=_before(following), stories=stories, disputed=disputed)


def _middle(days: list[tuple[Any, ...]]) -> tuple[date, date]:
    """The first and the last day of what is drawn bar by bar."""
    total, seen, first, last = sum(row[1] for row in days), 0, days[0][0], days[-1][0]
    for day, count, _ in days:
        if seen <= _TAIL * total:
            first = day
        seen += count
        if seen >= (1 - _TAIL) * total:
            last = day
            break
    return date.fromisoformat(first), date.fromisoformat(last)


def _spans(first: date, last: date) -> Iterator[tuple[Day, Day]]:
    """Days, months or years from one day to another, without a gap."""
    months = (last.year - first.year) * 12 + last.month - first.month
    at = first if (last - first).days <= _DAYS else first.replace(day=1, month=first.month if months <= _MONTHS else 1)
    while at <= last:
        if (last - first).days <= _DAYS:
            end = at
        elif months <= _MONTHS:
            end = at.replace(day=monthrange(at.year, at.month)[1])
        else:
            end = at.replace(month=12, day=31)
        yield at.isoformat(), end.isoformat()
        at = end + timedelta(days=1)


def _after(day: Day) -> Day:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _before(day: Day | None) -> Day | None:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if day else None


def _spots(connection: Connection, fits: ColumnElement[bool]) -> Iterator[Spot]:
    row = STORIES.c
    by = (row.lat, row.lon, row.place, row.country, row.scale)
    rows = select(*by, func.count().label("stories"), _count(_DISPUTED).label("disputed"))
    found: dict[tuple[float, float], list[Any]] = {}
    for one in connection.execute(rows.where(fits, row.lat.is_not(None)).group_by(*by)):
        found.setdefault((one.lat, one.lon), []).append(one)
    spots = (_spot(point, held) for point, held in found.items())
    yield from sorted(spots, key=lambda spot: (-spot.stories, spot.lat, spot.lon))[:_PLACES]


def _spot(point: tuple[float, float], held: list[Any]) -> Spot:
    named = max(held, key=lambda one: (one.stories, one.place))
    return Spot(
        name=named.place, country=named.country, scale=named.scale, lat=point[0], lon=point[1],
        stories=sum(one.stories for one in held), disputed=sum(one.disputed for one in held),
    )  # fmt: skip


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
    done = _done(connection)
    waiting = STORIES.c.id.not_in(done) if done else true()
    rows = select(STORIES.c.story).where(waiting, STORIES.c.pages > 1)
    ordered = rows.order_by(case((_DISPUTED, 0), else_=1), STORIES.c.pages.desc(), STORIES.c.id)
    return _page(connection, ordered, limit, offset)


def _done(connection: Connection) -> list[str]:
    """The stories of which every claim is decided about."""
    decided = {claim for one in all_of(connection) if one.withdrawn is None for claim in one.decision.claims}
    if not decided:
        return []
    touched = select(REPORTS.c.story).where(REPORTS.c.claim.in_(decided)).distinct()
    waiting: dict[str, bool] = {}
    for row in connection.execute(select(REPORTS.c.story, REPORTS.c.claim).where(REPORTS.c.story.in_(touched))):
        waiting[row.story] = waiting.get(row.story, False) or (row.claim is not None and row.claim not in decided)
    return sorted(story for story, waits in waiting.items() if story and not waits)


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
