"""A case at a glance: where, when and of what kind its stories are, what one voice says, what waits for a person."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    not_,
    null,
    select,
    true,
    union_all,
)
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
    found: dict[str, list[Any]] = {"type": [], "status": [], "day": [], "spot": []}
    for row in connection.execute(_counts(connection, only)):
        found[row.what].append(row)
    stories = sum(row.stories for row in found["status"])
    kinds = sorted(found["type"], key=lambda row: (-row.stories, row.name))
    return Overview(
        stories=stories, undated=stories - sum(row.stories for row in found["day"]),
        unplaced=stories - sum(row.stories for row in found["spot"]),
        statuses={row.name: row.stories for row in found["status"]},
        types={row.name: row.stories for row in kinds},
        bars=tuple(_bars(found["day"])), spots=tuple(_spots(found["spot"])),
    )  # fmt: skip


def _counts(connection: Connection, only: Only) -> CompoundSelect[Any]:
    """All counts in one question: what is narrowed to is worked out once, however dear that is."""
    row = STORIES.c
    wanted = (row.type, row.status, row.first_day, row.lat, row.lon, row.place, row.country, row.scale)
    fit = select(*wanted).where(fits_story(connection, only)).cte("fit")
    disputed = func.sum(case((fit.c.status == "disputed", 1), else_=0))
    spot = (fit.c.lat, fit.c.lon, fit.c.country, fit.c.scale)
    nowhere = tuple(cast(null(), column.type).label(column.name) for column in spot)

    def counted(what: str, name: ColumnElement[Any], more: tuple[Any, ...] = nowhere) -> Select[Any]:
        by = (name, *(spot if more is not nowhere else ()))
        tallies = (func.count().label("stories"), disputed.label("disputed"))
        return select(literal(what).label("what"), name.label("name"), *more, *tallies).group_by(*by)

    return union_all(
        counted("type", fit.c.type), counted("status", fit.c.status),
        counted("day", fit.c.first_day).where(fit.c.first_day.is_not(None)),
        counted("spot", fit.c.place, spot).where(fit.c.lat.is_not(None)),
    )  # fmt: skip


def _bars(rows: Iterable[Any]) -> Iterator[Bar]:
    days = sorted((row.name, row.stories, row.disputed) for row in rows)
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


def _spots(rows: Iterable[Any]) -> Iterator[Spot]:
    found: dict[tuple[float, float], list[Any]] = {}
    for row in rows:
        found.setdefault((row.lat, row.lon), []).append(row)
    spots = (_spot(point, held) for point, held in found.items())
    yield from sorted(spots, key=lambda spot: (-spot.stories, spot.lat, spot.lon))[:_PLACES]


def _spot(point: tuple[float, float], held: list[Any]) -> Spot:
    named = max(held, key=lambda one: (one.stories, one.name))
    return Spot(
        name=named.name, country=named.country, scale=named.scale, lat=point[0], lon=point[1],
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
    waiting = and_(STORIES.c.pages > 1, STORIES.c.id.not_in(done) if done else true())
    disputed = STORIES.c.status == "disputed"
    found: list[Story] = []
    count = 0
    # one after the other, so that each follows the index of pages and ends with its last row
    for part in (disputed, not_(disputed)):
        rows = select(STORIES.c.story).where(waiting, part)
        ordered = rows.order_by(STORIES.c.pages.desc(), STORIES.c.in_order, STORIES.c.id)
        some, many = _page(connection, ordered, limit - len(found), max(0, offset - count))
        found += some
        count += many
    return tuple(found), count


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
    count = connection.scalar(rows.with_only_columns(func.count()).order_by(None)) or 0
    found = connection.scalars(rows.limit(limit).offset(offset)) if limit > 0 and offset < count else ()
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
