"""Who first said it: the origins of a happening, each under its roof, with copies and relays counted once.

An attributed report goes back to its speaker. One that the outlet tells itself goes back to the agency that the article
credits, else to the outlet, and adds no origin where the article cites one for it; outlets that tell it in the
same words have one origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sayso.records import Origin
from sayso.stories.apart import are_apart, components
from sayso.stories.mentions import Mention
from sayso.voices import kind_of

#: The roof of outlets that share a text whose owner nobody states.
SHARED = "shared copy (uncredited)"


class Told(NamedTuple):
    """One report with the voice it goes back to; ``own`` where the article tells it itself."""

    report: int
    mention: Mention
    voice: str
    roof: str
    own: bool


def told(mentions: Sequence[Mention]) -> list[Told]:
    """Each report with its first voice, by the order of the story's reports."""
    return [Told(number, one, one.voice, one.roof, one.own) for number, one in enumerate(mentions)]


def origins_of(rows: Sequence[Told]) -> tuple[Origin, ...]:
    """The origins of a happening, in the order of their first report; independent are those with roofs of their own."""
    kept = _without_restatements(rows)
    shared = _shared_roofs([row for row in kept if row.own])
    by_voice: dict[tuple[str, str], list[Told]] = {}
    for row in kept:
        roof = shared.get(row.report, row.roof)
        voice = SHARED if roof == SHARED else row.voice
        by_voice.setdefault((voice, roof), []).append(row)
    return tuple(
        Origin(
            voice=voice, roof=roof, party=any(_interested(row) for row in group),
            reports=tuple(row.report for row in group),
        )
        for (voice, roof), group in by_voice.items()
    )  # fmt: skip


def _interested(row: Told) -> bool:
    return row.mention.interested


def _without_restatements(rows: Sequence[Told]) -> list[Told]:
    """Without what an article tells itself where it also cites one for the happening; a figure that contradicts all of
    those is the article's own all the same."""
    cited: dict[str, list[Told]] = {}
    for row in rows:
        if not row.own:
            cited.setdefault(row.mention.article, []).append(row)
    return [row for row in rows if not row.own or _stands_alone(row, cited.get(row.mention.article, ()))]


def _stands_alone(row: Told, cited: Iterable[Told]) -> bool:
    killed = row.mention.killed
    others = [other.mention.killed for other in cited]
    if not others:
        return True
    stated = [other for other in others if other is not None]
    return killed is not None and bool(stated) and all(are_apart(killed, other) for other in stated)


def _shared_roofs(rows: Sequence[Told]) -> dict[int, str]:
    """Report -> the one roof of the tellings in whose words it is told; reports in words of their own are left out."""
    runs = [frozenset(row.mention.runs) for row in rows]
    edges = [
        (i, j)
        for i in range(len(rows))
        for j in range(i)
        if rows[i].roof != rows[j].roof and not runs[i].isdisjoint(runs[j])
    ]  # fmt: skip
    found: dict[int, str] = {}
    for group in components(edges):
        roofs = {rows[n].roof for n in group}
        agencies = [rows[n].roof for n in group if kind_of(rows[n].voice) == "agency"]
        roof = agencies[0] if agencies else SHARED
        # what else these roofs tell of the happening comes from the same text
        found.update({row.report: roof for row in rows if row.roof in roofs})
    return found


def independent(origins: Sequence[Origin]) -> int:
    """How many origins are left when those under one roof are counted once."""
    return len({origin.roof for origin in origins})
