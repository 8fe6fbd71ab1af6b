"""What a list of stories or articles is narrowed to, and the conditions that ask a database for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec.structs import replace
from sqlalchemy import Connection, and_, exists, func, or_, select, text, true
from sqlalchemy.sql.elements import ColumnElement

from sayso.case.names import named
from sayso.case.tables import REPORTS, SPEAKERS, STORIES, VERSIONS
from sayso.records import Day, EventType, Record, Status

#: What a list of stories goes by.
Order: TypeAlias = Literal["day", "pages", "origins"]


class Only(Record, frozen=True, kw_only=True):
    """What a list is narrowed to. Names are found by a part of them, whatever its case.

    ``since``, ``until``: days of what happened (of publication, for articles), both included. ``pages``: told by as
    many or more; ``words``: that an article which tells it holds. ``types``: any of several; ``box``: south, west,
    north and east of what is looked at; ``placed``, ``dated``: whether it has coordinates, or a day.
    """

    since: Day | None = None
    until: Day | None = None
    place: str | None = None
    type: EventType | None = None
    voice: str | None = None
    outlet: str | None = None
    status: Status | None = None
    pages: int = 1
    words: str | None = None
    types: tuple[EventType, ...] = ()
    box: tuple[float, float, float, float] | None = None
    placed: bool | None = None
    dated: bool | None = None


ALL = Only()

#: Stories whose reports are looked at one story after the other, rather than all reports that fit.
_FEW = 2000


def fits_story(connection: Connection, only: Only) -> ColumnElement[bool]:
    """Whether a story is narrowed to."""
    outline, of_reports = fits_outline(only), fits_reports(connection, only, STORIES.c.id)
    if of_reports is None:
        return outline
    if _are_few(connection, only):
        return and_(outline, of_reports)
    told = [*_by_voice(only)]
    if only.outlet or only.words:
        told.append(REPORTS.c.article.in_(select(VERSIONS.c.id).where(_fits_article(connection, only))))
    return and_(outline, STORIES.c.id.in_(select(REPORTS.c.story).where(and_(*told))))


def _are_few(connection: Connection, only: Only) -> bool:
    """Whether so few stories are left by what their own rows say that the reports of each can be looked at."""
    if replace(only, voice=None, outlet=None, words=None) == ALL:
        return False
    some = select(STORIES.c.id).where(fits_outline(only)).limit(_FEW)
    return (connection.scalar(select(func.count()).select_from(some.subquery())) or 0) < _FEW


def fits_outline(only: Only) -> ColumnElement[bool]:
    """Whether a story is narrowed to, as far as its own row says."""
    # asked for nothing, a database that takes the index of pages for it reads every story
    of_pages = [STORIES.c.pages >= only.pages] if only.pages > 1 else []
    return and_(true(), *of_pages, *_fits_row(only))


def fits_reports(connection: Connection, only: Only, story: ColumnElement[str]) -> ColumnElement[bool] | None:
    """Whether one story is narrowed to, as far as its reports say; None where they are not asked.

    The same as in ``fits_story``, put so that a database looks at the reports of this story and not at all that fit.
    """
    told = [*_by_voice(only)]
    if only.outlet or only.words:
        article = and_(VERSIONS.c.id == REPORTS.c.article, _fits_article(connection, only, alone=True))
        told.append(exists(select(VERSIONS.c.id).where(article)))
    return exists(select(REPORTS.c.story).where(REPORTS.c.story == story, *told)) if told else None


def _by_voice(only: Only) -> Iterator[ColumnElement[bool]]:
    if only.voice:
        by_voice, by_roof = named("voice", only.voice), named("roof", only.voice)
        yield REPORTS.c.voice.in_(by_voice) | REPORTS.c.roof.in_(by_roof)


def _fits_row(only: Only) -> Iterator[ColumnElement[bool]]:
    if only.since:
        yield STORIES.c.last_day >= only.since
    if only.until:
        yield STORIES.c.first_day <= only.until
    if only.place:
        there = STORIES.c.place.in_(named("place", only.place))
        # as a code only where it can be one: an index is of no use to a question with two halves
        yield or_(there, STORIES.c.country == only.place.upper()) if len(only.place) == 2 else there
    if only.type:
        yield STORIES.c.type == only.type
    if only.status:
        yield STORIES.c.status == only.status
    if only.types:
        yield STORIES.c.type.in_(only.types)
    yield from _fits_map(only)


def _fits_map(only: Only) -> Iterator[ColumnElement[bool]]:
    if only.box:
        south, west, north, east = only.box
        yield STORIES.c.lat.between(south, north) & STORIES.c.lon.between(west, east)
    if only.placed is not None:
        yield STORIES.c.lat.is_not(None) if only.placed else STORIES.c.lat.is_(None)
    if only.dated is not None:
        yield STORIES.c.first_day.is_not(None) if only.dated else STORIES.c.first_day.is_(None)


def _fits_article(connection: Connection, only: Only, *, alone: bool = False) -> ColumnElement[bool]:
    """For articles as such: whether the newest version is of this outlet and holds these words.

    ``alone``: one article is asked about, not all that fit.
    """
    later = VERSIONS.alias("later")
    newer = select(later.c.number).where(later.c.article == VERSIONS.c.article, later.c.number > VERSIONS.c.number)
    parts: list[ColumnElement[bool]] = [~exists(newer)]
    if only.outlet:
        parts.append(VERSIONS.c.publisher.in_(named("outlet", only.outlet)))
    if only.words:
        parts.append(matches(connection, only.words, alone=alone))
    return and_(*parts)


def fits_article(connection: Connection, only: Only) -> ColumnElement[bool]:
    """Whether an article is narrowed to: by its own day, outlet and words, whom it cites and what it reports."""
    parts = [_fits_article(connection, only)]
    if only.since:
        parts.append(VERSIONS.c.published >= only.since)
    if only.until:
        parts.append(VERSIONS.c.published <= only.until)
    if only.voice:
        parts.append(
            VERSIONS.c.id.in_(select(SPEAKERS.c.article).where(SPEAKERS.c.voice.in_(named("speaker", only.voice))))
        )
    told = [*_fits_row(Only(place=only.place, type=only.type, types=only.types, status=only.status, box=only.box))]
    if told:
        stories = select(REPORTS.c.article).join(STORIES, STORIES.c.id == REPORTS.c.story).where(and_(*told))
        parts.append(VERSIONS.c.id.in_(stories))
    return and_(*parts)


def terms_of(words: str) -> list[str]:
    """The words, without the signs between them."""
    return "".join(char if char.isalnum() else " " for char in words).split()


def query_for(connection: Connection, words: str) -> str:
    """All words, as the database's full-text search asks for them; empty where there is none."""
    terms = terms_of(words)
    return " ".join(f'"{term}"' for term in terms) if connection.dialect.name == "sqlite" else " ".join(terms)


def matches(connection: Connection, words: str, *, alone: bool = False) -> ColumnElement[bool]:
    """Whether a version's title or text holds all the words."""
    query = query_for(connection, words)
    if not query:
        return text("1 = 0")  # type: ignore[return-value]
    if connection.dialect.name == "sqlite":
        found = text("SELECT rowid FROM searchable WHERE searchable MATCH :query").bindparams(query=query)
        # the sum keeps SQLite from trying each of all that match for the one that is asked about
        number = VERSIONS.c.number + 0 if alone else VERSIONS.c.number
        return number.in_(found.columns(VERSIONS.c.number).scalar_subquery())
    return text("versions.searchable @@ plainto_tsquery('simple', :query)").bindparams(query=query)  # type: ignore[return-value]
