"""Who first said it: the origins of a happening, each under its roof, with copies and relays counted once.

An attributed report goes back to its speaker. One that the outlet tells itself goes back to the agency that the article
credits, else to the outlet, and adds no origin where the article cites one for it; outlets that tell it in the
same words have one origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sayso.records import Origin
from sayso.stories.apart import components, ends_below
from sayso.stories.mentions import Mention
from sayso.stories.repeats import Repeat, Repeats
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


def origins_of(rows: Sequence[Told], repeats: Repeats) -> tuple[Origin, ...]:
    """The origins of a happening, in the order of their first report; independent are those with roofs of their own."""
    kept = _without_copies_of_statements(_without_restatements(rows), repeats)
    shared = {**_one_source(kept, repeats), **_shared_roofs([row for row in kept if row.own], repeats)}
    by_voice: dict[tuple[str, str], list[Told]] = {}
    for row in kept:
        roof = shared.get(row.report, row.roof)
        voice = SHARED if roof == SHARED else row.voice
        by_voice.setdefault((voice, roof), []).append(row)
    return tuple(
        Origin(
            voice=voice, roof=roof, party=any(row.mention.interested for row in group),
            reports=tuple(row.report for row in group),
        )
        for (voice, roof), group in by_voice.items()
    )  # fmt: skip


def _without_restatements(rows: Sequence[Told]) -> list[Told]:
    """Without what an article tells itself where it also cites one for the happening; a figure above all of
    those is the article's own all the same."""
    cited: dict[str, list[Told]] = {}
    for row in rows:
        if not row.own:
            cited.setdefault(row.mention.article, []).append(row)
    return [row for row in rows if not row.own or _stands_alone(row, cited.get(row.mention.article, []))]


def _without_copies_of_statements(rows: Sequence[Told], repeats: Repeats) -> list[Told]:
    """Without what an article tells itself in the words in which another one cites somebody: those are the source's."""
    pairs = ((i, j) for i, j in _same_words(rows, repeats) if rows[i].own != rows[j].own)
    copied = {i if rows[i].own else j for i, j in pairs}
    return [row for n, row in enumerate(rows) if n not in copied]


def _stands_alone(row: Told, cited: Sequence[Told]) -> bool:
    """Whether it says what nobody cited says; fewer dead than they count are a part of these, or an older toll."""
    killed = row.mention.killed
    stated = [other for one in cited if (other := one.mention.killed) is not None]
    if killed is None or not stated:
        return not cited
    return all(ends_below(other, killed) for other in stated)


def _shared_roofs(rows: Sequence[Told], repeats: Repeats) -> dict[int, str]:
    """Report -> the one roof of the tellings in whose words it is told; reports in words of their own are left out."""
    found: dict[int, str] = {}
    for group in components(_same_words(rows, repeats)):
        members = [rows[n] for n in group]
        roofs = {row.roof for row in members}
        roof = _first_roof(members, repeats)
        # what else these roofs tell of the happening comes from the same text
        found.update({row.report: roof for row in rows if row.roof in roofs})
    return found


def _first_roof(rows: Sequence[Told], repeats: Repeats) -> str:
    """Whose words they are: an agency's that one credits, else those of the one that had them first where it shows."""
    agencies = [row.roof for row in rows if kind_of(row.voice) == "agency"]
    if agencies:
        return agencies[0]
    articles = {row.mention.article for row in rows}
    sources = {repeats.copied_from(row.mention.article, row.mention.event.trigger[0]) for row in rows} & articles
    firsts = {row.roof for row in rows if row.mention.article in sources}
    return firsts.pop() if len(firsts) == 1 else SHARED


def _one_source(rows: Sequence[Told], repeats: Repeats) -> dict[int, str]:
    """Report -> the roof under which a source without a name stands where copies of one text cite it."""
    unnamed = [row for row in rows if not row.own and kind_of(row.voice) == "anonymous"]
    groups = components(_same_words(unnamed, repeats))
    return {unnamed[n].report: unnamed[group[0]].roof for group in groups for n in group}


def _same_words(rows: Sequence[Told], repeats: Repeats) -> list[tuple[int, int]]:
    """Pairs of reports, under roofs of their own, that are told in the same words."""
    runs = [frozenset(row.mention.runs) for row in rows]
    passages = [list(repeats.at(row.mention.article, row.mention.event.trigger[0])) for row in rows]
    return [
        (i, j)
        for i in range(len(rows))
        for j in range(i)
        if rows[i].roof != rows[j].roof
        and (not runs[i].isdisjoint(runs[j]) or _in_one_passage(passages[i], rows[j].mention))
    ]  # fmt: skip


def _in_one_passage(passages: Iterable[Repeat], other: Mention) -> bool:
    start = other.event.trigger[0]
    return any(row.other == other.article and row.other_span[0] <= start < row.other_span[1] for row in passages)


def independent(origins: Sequence[Origin]) -> int:
    """How many origins are left when those under one roof are counted once."""
    return len({origin.roof for origin in origins})
