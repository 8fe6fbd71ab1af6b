"""Who speaks in a case: under which names, how often and in how many articles, what they are and under whose roof."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from sayso.case.tables import MEETINGS, REPORTS, SPEAKERS
from sayso.records import Record
from sayso.stories import Rulings
from sayso.voices import kind_of, roof_of


class VoiceRow(Record, frozen=True, kw_only=True):
    """Who is cited: by which name, what they are and under whose roof; every other name of theirs, and why."""

    name: str
    kind: str | None
    roof: str | None
    claims: int
    articles: int
    names: dict[str, str]


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
