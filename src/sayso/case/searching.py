"""Questions to a case: stories, articles, claims and voices, narrowed by day, place, type, voice, outlet and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, String, and_, cast, func, or_, select, text
from sqlalchemy.sql.elements import ColumnElement

from sayso.case.store import as_record, newest
from sayso.case.tables import MEETINGS, REPORTS, SPEAKERS, STORIES, VERSIONS
from sayso.records import Claim, Day, EventType, Reading, Record, Status, Story, from_json
from sayso.stories import Rulings
from sayso.voices import kind_of, roof_of


class Only(Record, frozen=True, kw_only=True):
    """What a list is narrowed to. Names are found by a part of them, whatever its case.

    ``since``, ``until``: days of what happened (of publication, for articles), both included. ``pages``: told by as
    many or more; ``words``: that an article which tells it holds.
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


ALL = Only()


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
    """A story as a list shows it."""

    id: str
    title: str
    type: EventType
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    first_day: Day | None
    last_day: Day | None
    pages: int
    origins: int
    status: Status


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


class VoiceRow(Record, frozen=True, kw_only=True):
    """Who is cited: by which name, what they are and under whose roof; every other name of theirs, and why."""

    name: str
    kind: str | None
    roof: str | None
    claims: int
    articles: int
    names: dict[str, str]


def article_rows(connection: Connection, only: Only) -> tuple[ArticleRow, ...]:
    """Articles in the order in which they were first added."""
    latest = (
        select(func.max(VERSIONS.c.number).label("newest"), func.count().label("versions"))
        .group_by(VERSIONS.c.article)
        .subquery()
    )
    names = [VERSIONS.c[name] for name in ArticleRow.__struct_fields__ if name != "versions"]
    rows = select(*names, latest.c.versions).join(latest, VERSIONS.c.number == latest.c.newest)
    fitting = rows.where(fits_article(connection, only)).order_by(VERSIONS.c.article)
    return tuple(as_record(ArticleRow, row) for row in connection.execute(fitting))


def story_rows(connection: Connection, only: Only, limit: int | None, offset: int) -> tuple[StoryRow, ...]:
    """Stories by day and id; those without a day come last."""
    columns = [STORIES.c[name] for name in StoryRow.__struct_fields__]
    rows = _in_order(select(*columns).where(_fits_story(connection, only))).limit(limit).offset(offset)
    return tuple(as_record(StoryRow, row) for row in connection.execute(rows))


def whole_stories(connection: Connection, only: Only) -> Iterator[Story]:
    """The same stories in full."""
    rows = _in_order(select(STORIES.c.story).where(_fits_story(connection, only)))
    for row in connection.scalars(rows):
        yield from_json(row, Story, place="case")


def count_stories(connection: Connection, only: Only) -> int:
    return connection.scalar(select(func.count()).select_from(STORIES).where(_fits_story(connection, only))) or 0


def stories_named(connection: Connection, start: str) -> tuple[Story, ...]:
    """The stories whose id begins so."""
    rows = select(STORIES.c.story).where(STORIES.c.id >= start, STORIES.c.id < start + "\U0010ffff")
    return tuple(from_json(row, Story, place="case") for row in connection.scalars(rows.order_by(STORIES.c.id)))


def _in_order(rows: Select[Any]) -> Select[Any]:
    return rows.order_by(STORIES.c.in_order, STORIES.c.id)


def _holds(column: Any, part: str) -> ColumnElement[bool]:
    """Whether a name holds a part, whatever its case."""
    return func.lower(cast(column, String)).contains(part.lower(), autoescape=True)


def _fits_story(connection: Connection, only: Only) -> ColumnElement[bool]:
    told: list[ColumnElement[bool]] = []
    if only.voice:
        told.append(_holds(REPORTS.c.voice, only.voice) | _holds(REPORTS.c.roof, only.voice))
    if only.outlet or only.words:
        told.append(REPORTS.c.article.in_(select(VERSIONS.c.id).where(_fits_article(connection, only))))
    of_reports = [STORIES.c.id.in_(select(REPORTS.c.story).where(and_(*told)))] if told else []
    return and_(STORIES.c.pages >= only.pages, *_fits_row(only), *of_reports)


def _fits_row(only: Only) -> Iterator[ColumnElement[bool]]:
    if only.since:
        yield STORIES.c.last_day >= only.since
    if only.until:
        yield STORIES.c.first_day <= only.until
    if only.place:
        yield or_(_holds(STORIES.c.place, only.place), func.lower(STORIES.c.country) == only.place.lower())
    if only.type:
        yield STORIES.c.type == only.type
    if only.status:
        yield STORIES.c.status == only.status


def _fits_article(connection: Connection, only: Only) -> ColumnElement[bool]:
    """For articles as such: whether the newest version is of this outlet and holds these words."""
    parts: list[ColumnElement[bool]] = [VERSIONS.c.number.in_(newest())]
    if only.outlet:
        parts.append(_holds(VERSIONS.c.publisher, only.outlet))
    if only.words:
        parts.append(_matches(connection, only.words))
    return and_(*parts)


def fits_article(connection: Connection, only: Only) -> ColumnElement[bool]:
    """Whether an article is narrowed to: by its own day, outlet and words, whom it cites and what it reports."""
    parts = [_fits_article(connection, only)]
    if only.since:
        parts.append(VERSIONS.c.published >= only.since)
    if only.until:
        parts.append(VERSIONS.c.published <= only.until)
    if only.voice:
        parts.append(VERSIONS.c.id.in_(select(SPEAKERS.c.article).where(_holds(SPEAKERS.c.voice, only.voice))))
    told = [*_fits_row(Only(place=only.place, type=only.type, status=only.status))]
    if told:
        stories = select(REPORTS.c.article).join(STORIES, STORIES.c.id == REPORTS.c.story).where(and_(*told))
        parts.append(VERSIONS.c.id.in_(stories))
    return and_(*parts)


def _terms(words: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in words).split()


def _query(connection: Connection, words: str) -> str:
    """All words, as the database's full-text search asks for them; empty where there is none."""
    terms = _terms(words)
    return " ".join(f'"{term}"' for term in terms) if connection.dialect.name == "sqlite" else " ".join(terms)


_VECTOR = "to_tsvector('simple', coalesce(versions.title, '') || ' ' || versions.text)"


def _matches(connection: Connection, words: str) -> ColumnElement[bool]:
    query = _query(connection, words)
    if not query:
        return text("1 = 0")  # type: ignore[return-value]
    if connection.dialect.name == "sqlite":
        found = text("SELECT rowid FROM searchable WHERE searchable MATCH :query").bindparams(query=query)
        return VERSIONS.c.number.in_(found.columns(VERSIONS.c.number).scalar_subquery())
    return text(f"{_VECTOR} @@ plainto_tsquery('simple', :query)").bindparams(query=query)  # type: ignore[return-value]


_SNIPPET_SQLITE = (
    "SELECT v.id, v.title, v.publisher, v.published, snippet(searchable, 1, '«', '»', ' … ', 24) AS snippet "
    "FROM searchable JOIN versions v ON v.number = searchable.rowid "
    "WHERE searchable MATCH :query AND v.number IN ({wanted}) ORDER BY rank, v.id LIMIT :limit"
)

_SNIPPET_POSTGRES = (
    "SELECT v.id, v.title, v.publisher, v.published, "
    "ts_headline('simple', v.text, plainto_tsquery('simple', :query), "
    "'StartSel=«, StopSel=», MaxWords=24, MinWords=12') AS snippet FROM versions v WHERE v.number IN ({wanted}) "
    "ORDER BY ts_rank(to_tsvector('simple', v.text), plainto_tsquery('simple', :query)) DESC, v.id LIMIT :limit"
)


def articles_with(connection: Connection, words: str, only: Only, limit: int) -> tuple[Found, ...]:
    """The articles that hold all the words, best first."""
    query = _query(connection, words)
    if not query:
        return ()
    wanted = select(VERSIONS.c.number).where(fits_article(connection, only), _matches(connection, words))
    shown = _SNIPPET_SQLITE if connection.dialect.name == "sqlite" else _SNIPPET_POSTGRES
    numbers = list(connection.scalars(wanted))
    if not numbers:
        return ()
    rows = text(shown.format(wanted=", ".join(map(str, numbers))))
    found = connection.execute(rows, {"query": query, "limit": limit})
    return tuple(as_record(Found, row) for row in found)


def claims_with(connection: Connection, words: str, only: Only, limit: int) -> tuple[FoundClaim, ...]:
    """Claims that hold all the words, in the articles that do so best."""
    found: list[FoundClaim] = []
    terms = [term.casefold() for term in _terms(words)]
    for article in articles_with(connection, words, only, 10 * limit):
        number = select(func.max(VERSIONS.c.number)).where(VERSIONS.c.id == article.id).scalar_subquery()
        row = connection.scalar(select(VERSIONS.c.reading).where(VERSIONS.c.number == number))
        reading = from_json(str(row), Reading, place="case")
        found += (one for claim in reading.claims if (one := _found(reading, claim, terms, only)) is not None)
        if len(found) >= limit:
            break
    return tuple(found[:limit])


def _found(reading: Reading, claim: Claim, terms: list[str], only: Only) -> FoundClaim | None:
    words = " … ".join(reading.article.text[start:end] for start, end in claim.content)
    held = {term.casefold() for term in _terms(words)}
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


def voice_rows(connection: Connection, rulings: Rulings, words: str) -> tuple[VoiceRow, ...]:
    """All voices by the name that each goes by, most often cited first."""
    reasons = {row.voice: row.reason for row in connection.execute(select(MEETINGS.c.voice, MEETINGS.c.reason))}
    found: dict[str, dict[str, list[str]]] = {}
    counts: dict[str, int] = {}
    for row in connection.execute(select(SPEAKERS).order_by(SPEAKERS.c.voice, SPEAKERS.c.article)):
        name = rulings.names.get(row.voice, row.voice)
        found.setdefault(name, {}).setdefault(row.voice, []).append(row.article)
        counts[name] = counts.get(name, 0) + row.claims
    rows = (_voice(name, found[name], counts[name], rulings, reasons) for name in found)
    part = words.casefold()
    kept = (row for row in rows if not part or any(part in one.casefold() for one in (row.name, *row.names)))
    return tuple(sorted(kept, key=lambda row: (-row.claims, row.name)))


def _voice(
    name: str, held: dict[str, list[str]], claims: int, rulings: Rulings, reasons: dict[str, str]
) -> VoiceRow:  # fmt: skip
    roof = rulings.roofs.get(name) or roof_of(name)
    return VoiceRow(
        name=name, kind=rulings.kinds.get(name) or kind_of(name), roof=rulings.roofs.get(roof or "", roof),
        claims=claims,
        articles=len({article for articles in held.values() for article in articles}),
        names={voice: reasons.get(voice, "decided") for voice in held if voice != name},
    )  # fmt: skip
