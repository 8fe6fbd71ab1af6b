"""Forgetting for good: an article, an outlet's articles, or a voice's words; a hash remains, so that they stay away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Engine, delete, insert, select, text

from sayso.case.captures import forget_captures, forget_captures_with
from sayso.case.feeds import forget_feeds
from sayso.case.grouping import take_out
from sayso.case.names import forget_names
from sayso.case.redaction import without_voice
from sayso.case.store import as_record
from sayso.case.tables import ARTICLES, DECISIONS, MEETINGS, SPEAKERS, STATE, TOMBSTONES, VERSIONS
from sayso.case.versions import write_reading
from sayso.records import Reading, Record, from_json

Target: TypeAlias = Literal["article", "outlet", "voice"]


class Forgotten(Record, frozen=True, kw_only=True):
    """What was removed: whole articles by id, and those from which a voice's words were taken."""

    what: Target
    removed: tuple[str, ...]
    blotted: tuple[str, ...] = ()


class Tombstone(Record, frozen=True, kw_only=True):
    """That something was forgotten, why, by whom and when; ``removed`` in numbers. What it was is not kept."""

    what: Target
    sha256: str
    why: str
    who: str
    forgotten: str
    removed: str


def hash_of(what: str, name: str) -> str:
    """The hash by which something forgotten is known again."""
    return hashlib.sha256(f"{what} {' '.join(name.casefold().split())}".encode("utf-8", "surrogatepass")).hexdigest()


def spellings(key: str) -> tuple[str, ...]:
    """An article's key, and its address under the other scheme: copies in archives are often of ``http`` alone."""
    scheme, colon, rest = key.partition("://")
    other = {"http": "https", "https": "http"}.get(scheme)
    return (key, f"{other}://{rest}") if colon and other else (key,)


def buried(connection: Connection) -> dict[str, str]:
    """Hash -> what of everything forgotten."""
    return {row.sha256: row.what for row in connection.execute(select(TOMBSTONES.c.sha256, TOMBSTONES.c.what))}


def may_stay(reading: Reading, key: str, graves: dict[str, str]) -> Reading | None:
    """A reading as it may be added: None where it is forgotten, without the words of voices that are."""
    if not graves:
        return reading
    names = [
        *(("article", one) for one in spellings(key)),
        ("article", f"id:{reading.id}"),
        ("outlet", reading.article.publisher or ""),
    ]
    if any(hash_of(what, name) in graves for what, name in names):
        return None
    voices = {one.speaker for one in reading.attributions} | {one.name for one in reading.entities}
    for voice in sorted(voices):
        if hash_of("voice", voice) in graves:
            reading = without_voice(reading, voice) or reading
    return reading


def articles_to_forget(connection: Connection, what: Target, name: str) -> list[str]:
    """The ids of the articles with this address or id, or of this outlet."""
    if what == "article":
        named = select(ARTICLES.c.number).where(ARTICLES.c.key.in_((name, f"id:{name}")))
        rows = select(VERSIONS.c.id).where((VERSIONS.c.id == name) | VERSIONS.c.article.in_(named))
        return sorted(set(connection.scalars(rows)))
    rows = select(VERSIONS.c.id, VERSIONS.c.publisher).distinct()
    wanted = hash_of("outlet", name)
    return sorted({row.id for row in connection.execute(rows) if hash_of("outlet", row.publisher or "") == wanted})


def remove_articles(connection: Connection, idents: Sequence[str], address: str) -> set[str]:
    """Deletes articles with all their versions and what was fetched of them; gives their keys and addresses."""
    numbers = _articles_of(connection, idents)
    keys = set(connection.scalars(select(ARTICLES.c.key).where(ARTICLES.c.number.in_(numbers))))
    keys |= forget_captures(connection, numbers, [*keys, address])
    connection.execute(delete(VERSIONS).where(VERSIONS.c.article.in_(numbers)))
    connection.execute(delete(ARTICLES).where(ARTICLES.c.number.in_(numbers)))
    connection.execute(delete(SPEAKERS).where(SPEAKERS.c.article.in_(idents)))
    forget_names(connection)
    return keys


def _articles_of(connection: Connection, idents: Iterable[str]) -> list[int]:
    return list(connection.scalars(select(VERSIONS.c.article).where(VERSIONS.c.id.in_(idents)).distinct()))


def forget_name(connection: Connection, voice: str) -> None:
    """Removes a voice's name from what people decided and from the names that meet."""
    for row in connection.execute(select(DECISIONS.c.number, DECISIONS.c.decision)).all():
        if voice.casefold() in row.decision.casefold():
            connection.execute(delete(DECISIONS).where(DECISIONS.c.number == row.number))
    connection.execute(delete(MEETINGS).where((MEETINGS.c.voice == voice) | (MEETINGS.c.name == voice)))


def bury(
    connection: Connection, what: Target, names: Iterable[str], removed: str, why: str, who: str, now: str
) -> None:
    """Notes that something was forgotten."""
    rows: list[dict[str, Any]] = [
        {"what": what, "sha256": hash_of(what, name), "why": why, "who": who, "forgotten": now, "removed": removed}
        for name in sorted(set(names))
    ]
    connection.execute(insert(TOMBSTONES), rows)


def wipe(engine: Engine) -> None:
    """Takes what was just deleted out of the files of SQLite, which would keep it in its journal for a while."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def scrub(engine: Engine) -> None:
    """Rewrites the database's files, so that nothing deleted can be read from their bytes."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("INSERT INTO searchable(searchable) VALUES('rebuild')"))
            connection.execute(text("VACUUM"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        else:
            connection.execute(text("VACUUM FULL"))


def forget(connection: Connection, what: Target, name: str, *, why: str, who: str, now: str) -> Forgotten:
    """Deletes or blots out, and buries; ``scrub`` must follow when the transaction is done."""
    forget_feeds(connection)
    if what == "voice":
        changed = _blot(connection, name)
        forget_name(connection, name)
        forget_captures(connection, _articles_of(connection, changed))
        forget_captures_with(connection, name)
        removed = f"words in {len(changed)} articles"
        bury(connection, what, [name], removed=removed, why=why, who=who, now=now)
        return Forgotten(what=what, removed=(), blotted=tuple(changed))
    idents = articles_to_forget(connection, what, name)
    take_out(connection, idents)
    keys = remove_articles(connection, idents, name)
    names = [name] if what == "outlet" else [name, *keys]
    bury(connection, what, names, removed=f"{len(idents)} articles", why=why, who=who, now=now)
    connection.execute(delete(STATE))
    return Forgotten(what=what, removed=tuple(idents))


def _blot(connection: Connection, voice: str) -> list[str]:
    """Takes a voice's words out of every version of every article; gives the ids of those."""
    changed: list[str] = []
    for row in connection.execute(select(VERSIONS.c.number, VERSIONS.c.reading)).all():
        reading = without_voice(from_json(row.reading, Reading, place="case"), voice)
        if reading is not None:
            changed.append(reading.id)
            write_reading(connection, row.number, reading)
    connection.execute(delete(SPEAKERS).where(SPEAKERS.c.voice == voice))
    forget_names(connection)
    connection.execute(delete(STATE))
    return sorted(set(changed))


def tombstones(connection: Connection) -> tuple[Tombstone, ...]:
    """What was forgotten, in order."""
    rows = connection.execute(select(TOMBSTONES).order_by(TOMBSTONES.c.number))
    return tuple(as_record(Tombstone, row) for row in rows)
