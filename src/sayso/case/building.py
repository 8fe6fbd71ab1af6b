"""Tells the stories of happenings, with what people decided, and writes them down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from sayso.case.decisions import Decision
from sayso.case.former import drop_current, keep_ids
from sayso.case.names import Whose, note_names
from sayso.case.rows import report_row, story_row
from sayso.case.store import Progress, all_copies, copies_of, in_batches, insert_rows, no_progress, sketches_of
from sayso.case.tables import MEETINGS, REPORTS, STORIES
from sayso.records import CaseError
from sayso.stories import Mention, Over, Repeats, Rulings, story_of

_Happening = tuple[int, Sequence[Mention]]
#: A happening by its number, with numbers of its mentions.
_Rowed = tuple[int, Sequence[int]]
_Group = Sequence[tuple[int, Mention]]

#: Happenings that are told in one part of the work.
_AT_ONCE = 200


class _Rows(NamedTuple):
    """Some stories and all their reports, as the tables have them."""

    stories: list[dict[str, Any]]
    reports: list[dict[str, Any]]


def build(
    connection: Connection, happenings: Sequence[_Rowed], mention: Callable[[int], Mention], rulings: Rulings,
    progress: Progress = no_progress, over: Over = map,
) -> None:  # fmt: skip
    """Writes the stories of all happenings of a case, and their reports, into empty tables.

    Args:
        happenings: each by its number, with numbers of its mentions.
        mention: what a number of a mention stands for.
        over: what parts of the work are done by.
    """
    repeats, done = Repeats(all_copies(connection)), 0

    def told(lot: Sequence[_Rowed]) -> tuple[_Rows, list[_Happening]]:
        groups, aside = _parted(((number, list(map(mention, rows))) for number, rows in lot), rulings)
        return _told(groups, rulings, repeats), aside

    aside: list[_Happening] = []
    lots = [happenings[n : n + _AT_ONCE] for n in range(0, len(happenings), _AT_ONCE)]
    for lot, (rows, moved) in zip(lots, over(told, lots), strict=True):
        progress("telling", done, len(happenings))
        done += len(lot)
        aside += moved
        _write(connection, rows, fresh=True)
    _write(connection, _told(_divided(aside, rulings), rulings, repeats), fresh=True)


def rebuild(connection: Connection, happenings: Iterable[int], rulings: Rulings) -> None:
    """Tells some happenings anew: their reports are there, their stories are out of date."""
    numbers, outdated = _concerned(connection, set(happenings), rulings)
    keep_ids(connection, outdated)
    for batch in in_batches(sorted(outdated)):
        connection.execute(delete(STORIES).where(STORIES.c.id.in_(batch)))
    homes = _homes(connection, numbers)
    articles = {article for article, _ in homes}
    found: dict[int, list[Mention]] = {}
    for sketch, _ in sketches_of(connection, articles):
        for mention in sketch.mentions:
            if (home := homes.get(mention.key)) is not None:
                found.setdefault(home, []).append(mention)
    repeats = Repeats(copies_of(connection, articles))
    groups, aside = _parted(found.items(), rulings)
    _write(connection, _told([*groups, *_divided(aside, rulings)], rulings, repeats), fresh=False)
    drop_current(connection)


def _concerned(connection: Connection, happenings: set[int], rulings: Rulings) -> tuple[set[int], set[str]]:
    """The happenings that are told together with these, by old stories or by what is decided now; those stories."""
    stories: set[str] = set()
    claims = {claim for _, members in rulings.membership for claim in members}
    by_claim = {row.claim: row.happening for row in _rows(connection, REPORTS.c.claim.in_, claims)}
    while True:
        before = len(happenings), len(stories)
        stories |= {row.story for row in _rows(connection, REPORTS.c.happening.in_, happenings)} - {""}
        happenings |= {row.happening for row in _rows(connection, REPORTS.c.story.in_, stories)}
        for _, members in rulings.membership:
            homes = {by_claim[claim] for claim in members if claim in by_claim}
            if homes & happenings:
                happenings |= homes
        if before == (len(happenings), len(stories)):
            return happenings, stories


def _rows(connection: Connection, is_in: Callable[..., Any], values: Iterable[Any]) -> Iterator[Row[Any]]:
    for batch in in_batches(sorted(values)):
        yield from connection.execute(select(REPORTS).where(is_in(batch)))


def _homes(connection: Connection, happenings: Iterable[int]) -> dict[tuple[str, int], int]:
    return {(row.article, row.event): row.happening for row in _rows(connection, REPORTS.c.happening.in_, happenings)}


def _parted(happenings: Iterable[_Happening], rulings: Rulings) -> tuple[list[_Group], list[_Happening]]:
    """Mentions with their happening, story by story; happenings that people put together or apart are left aside."""
    moved = {claim for _, claims in rulings.membership for claim in claims}
    groups: list[_Group] = []
    aside: list[_Happening] = []
    for number, mentions in happenings:
        if moved and any(one.claim in moved for one in mentions):
            aside.append((number, mentions))
        else:
            groups.append([(number, one) for one in mentions])
    return groups, aside


def _divided(happenings: Sequence[_Happening], rulings: Rulings) -> list[_Group]:
    """Mentions with their happening, story by story, as people put them together or apart."""
    homes = {one.key: number for number, mentions in happenings for one in mentions}
    groups = rulings.divided(mentions for _, mentions in happenings)
    return [[(homes[one.key], one) for one in group] for group in groups]


def _told(groups: Iterable[_Group], rulings: Rulings, repeats: Repeats) -> _Rows:
    """The story of each group, if anything is left to tell, and its reports, each with the story that it is in."""
    rows = _Rows([], [])
    for group in groups:
        kept = rulings.ruled(mention for _, mention in group)
        story = story_of(kept, repeats) if kept else None
        if story:
            rows.stories.append(story_row(story))
        ruled = {one.key: one for one in kept}
        for happening, mention in group:
            seen = ruled.get(mention.key)
            rows.reports.append(report_row(seen or mention, happening, story.id if story and seen else ""))
    return rows


def _write(connection: Connection, rows: _Rows, *, fresh: bool) -> None:
    """Writes stories and notes at each report to which it belongs; ``fresh`` where the reports are not there yet."""
    insert_rows(connection, STORIES, rows.stories)
    note_names(connection, _names(*rows))
    if fresh:
        insert_rows(connection, REPORTS, rows.reports)
    else:
        _move(connection, rows.reports)


def _names(stories: Iterable[dict[str, Any]], reports: Iterable[dict[str, Any]]) -> Iterator[tuple[Whose, str | None]]:
    yield from (("place", row["place"]) for row in stories)
    for row in reports:
        yield "voice", row["voice"]
        yield "roof", row["roof"]


def _move(connection: Connection, reports: Iterable[dict[str, Any]]) -> None:
    """Changes the reports that are there."""
    here = (REPORTS.c.article == bindparam("of_article")) & (REPORTS.c.event == bindparam("of_event"))
    change = update(REPORTS).where(here).values(
        story=bindparam("to_story"), voice=bindparam("by_voice"), roof=bindparam("under_roof")
    )  # fmt: skip
    for batch in in_batches(reports):
        rows = [
            {"of_article": row["article"], "of_event": row["event"], "to_story": row["story"],
             "by_voice": row["voice"], "under_roof": row["roof"]}
            for row in batch
        ]  # fmt: skip
        connection.execute(change, rows)


def happenings_of(connection: Connection, decision: Decision) -> set[int]:
    """The happenings that a decision is about: those of its claims, or all that its voice is an origin of."""
    found = {row.happening for row in _rows(connection, REPORTS.c.claim.in_, decision.claims)}
    names = {name for name in (decision.voice, decision.to) if name}
    names |= {row.name for row in connection.execute(select(MEETINGS.c.name).where(MEETINGS.c.voice.in_(names)))}
    for column in (REPORTS.c.voice, REPORTS.c.roof):
        found |= {row.happening for row in _rows(connection, column.in_, names)}
    return found


def check_claims(connection: Connection, decision: Decision, place: str) -> None:
    """Raises a CaseError where a decision is about a claim that stands in no report."""
    known = {row.claim for row in _rows(connection, REPORTS.c.claim.in_, decision.claims)}
    missing = next((claim for claim in decision.claims if claim not in known), None)
    if missing is not None:
        raise CaseError(expected="the id of a claim on something that happened", found=missing, place=place)
