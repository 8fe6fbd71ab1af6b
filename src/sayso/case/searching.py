"""Questions to a case: stories, articles, claims and voices, narrowed by day, place, type, voice, outlet and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from sayso.case.former import story_now
from sayso.case.narrowing import ALL, Only, Order, fits_article, fits_story, matches, query_for, terms_of
from sayso.case.store import as_record
from sayso.case.tables import ARTICLES, MEETINGS, REPORTS, SPEAKERS, STORIES, VERSIONS
from sayso.places import Scale
from sayso.records import Claim, Day, EventType, Reading, Record, Status, Story, from_json
from sayso.stories import Rulings
from sayso.voices import kind_of, roof_of


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
    columns = [STORIES.c[name] for name in StoryRow.__struct_fields__]
    rows = _in_order(select(*columns).where(fits_story(connection, only)), order).limit(limit).offset(offset)
    return tuple(as_record(StoryRow, row) for row in connection.execute(rows))


def whole_stories(connection: Connection, only: Only) -> Iterator[Story]:
    """The same stories in full."""
    rows = _in_order(select(STORIES.c.story).where(fits_story(connection, only)))
    for row in connection.scalars(rows):
        yield from_json(row, Story, place="case")


def count_stories(connection: Connection, only: Only) -> int:
    return connection.scalar(select(func.count()).select_from(STORIES).where(fits_story(connection, only))) or 0


def stories_named(connection: Connection, start: str) -> tuple[Story, ...]:
    """The stories whose id begins so; where none does, the one that now tells what the story of this whole id told."""
    rows = select(STORIES.c.story).where(STORIES.c.id >= start, STORIES.c.id < start + "\U0010ffff")
    if connection.scalar(rows.limit(1)) is None and (now := story_now(connection, start)) is not None:
        rows = select(STORIES.c.story).where(STORIES.c.id == now)
    return tuple(from_json(row, Story, place="case") for row in connection.scalars(rows.order_by(STORIES.c.id)))


def _in_order(rows: Select[Any], order: Order = "day") -> Select[Any]:
    by_day = (STORIES.c.in_order, STORIES.c.id)
    return rows.order_by(*by_day) if order == "day" else rows.order_by(STORIES.c[order].desc(), *by_day)


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
    query = query_for(connection, words)
    if not query:
        return ()
    wanted = select(VERSIONS.c.number).where(fits_article(connection, only), matches(connection, words))
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
    terms = [term.casefold() for term in terms_of(words)]
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


def voice_rows(connection: Connection, rulings: Rulings, words: str) -> tuple[VoiceRow, ...]:
    """All voices by the name that each goes by, most often cited first."""
    counted = select(SPEAKERS.c.voice, func.sum(SPEAKERS.c.claims).label("claims"), func.count().label("articles"))
    found: dict[str, list[tuple[str, int, int]]] = {}
    for voice, claims, articles in connection.execute(counted.group_by(SPEAKERS.c.voice).order_by(SPEAKERS.c.voice)):
        found.setdefault(rulings.names.get(voice, voice), []).append((voice, claims, articles))
    part, reasons = words.casefold(), _reasons(connection)
    kept = (
        _voice(
            name, {voice for voice, _, _ in held}, sum(row[1] for row in held), _in(connection, held), rulings, reasons
        )
        for name, held in found.items()
        if not part or any(part in one.casefold() for one in (name, *(voice for voice, _, _ in held)))
    )
    return tuple(sorted(kept, key=lambda row: (-row.claims, row.name)))


def _reasons(connection: Connection) -> dict[str, str]:
    return {row.voice: row.reason for row in connection.execute(select(MEETINGS.c.voice, MEETINGS.c.reason))}


def _in(connection: Connection, held: list[tuple[str, int, int]]) -> int:
    """In how many articles a voice is cited under any of its names."""
    if len(held) == 1:
        return held[0][2]
    names = [voice for voice, _, _ in held]
    articles = select(func.count(SPEAKERS.c.article.distinct())).where(SPEAKERS.c.voice.in_(names))
    return connection.scalar(articles) or 0


def voice_row(connection: Connection, rulings: Rulings, name: str) -> VoiceRow | None:
    """One voice by any of its names; an outlet that is cited by nobody counts by what it reports itself."""
    goes_by = rulings.names.get(name, name)
    names = {goes_by, name, *(voice for voice, other in rulings.names.items() if other == goes_by)}
    rows = connection.execute(select(SPEAKERS).where(SPEAKERS.c.voice.in_(names))).all()
    claims, held = sum(row.claims for row in rows), {row.voice for row in rows}
    articles = {row.article for row in rows}
    if not rows:
        told = list(connection.scalars(select(REPORTS.c.article).where(REPORTS.c.voice == goes_by)))
        claims, held, articles = len(told), {goes_by}, set(told)
    if not claims:
        return None
    return _voice(goes_by, held, claims, len(articles), rulings, _reasons(connection))


def _voice(
    name: str, held: set[str], claims: int, articles: int, rulings: Rulings, reasons: dict[str, str]
) -> VoiceRow:  # fmt: skip
    roof = rulings.roofs.get(name) or roof_of(name)
    return VoiceRow(
        name=name, kind=rulings.kinds.get(name) or kind_of(name), roof=rulings.roofs.get(roof or "", roof),
        claims=claims, articles=articles,
        names={voice: reasons.get(voice, "decided") for voice in sorted(held) if voice != name},
    )  # fmt: skip
