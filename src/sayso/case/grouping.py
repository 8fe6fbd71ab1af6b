"""Keeps the stories of a case up to date with its articles: all anew, or a few articles put to what is there.

What is grouped by the program (``reports.happening``) and what people made of it (``reports.story``) are kept apart, so
that a withdrawn decision leaves no trace.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, select

from sayso.case.building import build, rebuild
from sayso.case.cores import counted, over_processes
from sayso.case.former import drop_current, keep_ids
from sayso.case.meetings import current_rulings, note_meetings, replace_meetings
from sayso.case.names import forget_names
from sayso.case.rows import report_row
from sayso.case.store import Progress, Store, insert_rows, newest, no_progress, sketches_of
from sayso.case.tables import COPIES, REPORTS, STATE, STORIES, VERSIONS
from sayso.records import to_json
from sayso.stories import SKETCH_VERSION, Columns, Copy, Grouping, Mention, Text, find_copies, text_of
from sayso.version import VERSION

#: Cases of fewer articles are always grouped anew: it takes a second, and no order of arrival can show.
_SMALL = 300

#: So large a share of new articles is grouped with all others anew.
_MANY = 0.05

#: Of the articles like a new one, so many are looked through for copies at once; grouping anew looks through all.
_LIKE = 12


class _Known(NamedTuple):
    """The articles as they are in memory, up to a version: indexed mentions (rows), and the happening of each."""

    grouping: Grouping
    upto: int
    homes: dict[int, int]
    members: dict[int, list[int]]


class Keeper:
    """Groups the articles of one case; keeps their index in memory between one article and the next."""

    def __init__(self, processes: int = 1) -> None:
        """``processes``: so many group a large case; more than one only in a program without threads."""
        self._known: _Known | None = None
        self._processes = processes

    def begin_anew(self) -> None:
        """Lets go of all that is in memory."""
        self._known = None

    def is_current(self, connection: Connection) -> bool:
        """Whether the stories are those of the articles as they are now."""
        return _state(connection) == _now(connection)

    def refresh(self, connection: Connection, progress: Progress = no_progress) -> None:
        """Brings the stories up to date, in the transaction of ``connection``."""
        upto, signature = _state(connection)
        if signature != _signature() or self._is_much(connection, new := _numbers(connection, upto)):
            self.group(connection, progress)
        else:
            for number in new:
                self._join(connection, number)
        _note_state(connection)

    def _is_much(self, connection: Connection, new: Sequence[int]) -> bool:
        count = connection.scalar(select(func.count()).select_from(newest().subquery())) or 0
        return bool(new) and (count <= _SMALL or len(new) > 1 + _MANY * count)

    def group(self, connection: Connection, progress: Progress = no_progress) -> None:
        """Groups all articles anew."""
        self._known = None
        store = Store(connection)
        grouping = Grouping(store.load(progress))
        over = over_processes(self._processes if len(store.texts) > _SMALL else 1)
        groups, columns = grouping.groups(counted(over, "comparing", progress)), grouping.columns
        # the index of words is large, and what follows needs room
        del grouping
        connection.execute(delete(COPIES))
        copies = find_copies(store.texts, counted(over, "looking for copies", progress))
        insert_rows(connection, COPIES, map(_copy_row, copies))
        replace_meetings(connection)
        keep_ids(connection)
        for table in (REPORTS, STORIES):
            connection.execute(delete(table))
        forget_names(connection)
        # day by day: what is told of one day stands in few articles, which are at hand then
        happenings = sorted(enumerate(groups, start=1), key=lambda one: columns.told_on(one[1][0]))
        # after the names have met: stories are told by the name that each voice goes by
        rulings = current_rulings(connection)
        build(connection, happenings, lambda row: _mention(store, columns, row), rulings, progress, over)
        drop_current(connection)
        _note_state(connection)

    def _join(self, connection: Connection, number: int) -> None:
        """Puts one article to the happenings that are there."""
        ident = connection.scalar(select(VERSIONS.c.id).where(VERSIONS.c.number == number))
        stale = take_out(connection, [str(ident)])
        if stale:
            self._known = None
        known = self._loaded(connection, before=number)
        ((sketch, text),) = sketches_of(connection, [str(ident)])
        article = known.grouping.add(sketch)
        like = known.grouping.like(article, _LIKE)
        texts = [text_of(sketch, text), *(text_of(*one) for one in sketches_of(connection, like))]
        insert_rows(connection, COPIES, map(_copy_row, _copies_with(sketch.article, texts)))
        note_meetings(connection, {mention.voice for mention in sketch.mentions})
        touched = self._put(connection, known, article, sketch.mentions)
        self._known = known._replace(upto=number)
        rebuild(connection, {*stale, *touched}, current_rulings(connection))

    def _put(self, connection: Connection, known: _Known, article: int, mentions: Sequence[Mention]) -> set[int]:
        """Notes the happening of each mention of a new article: one that is there, or one of its own."""
        fresh = (connection.scalar(select(func.max(REPORTS.c.happening))) or 0) + 1
        first = int(known.grouping.columns.rows_of(article)[0]) if mentions else 0
        touched: set[int] = set()
        for group in known.grouping.joined(article, known.homes, known.members.__getitem__):
            home = next((known.homes[row] for row in group if row in known.homes), fresh)
            fresh += home == fresh
            ours = [row for row in group if row >= first]
            known.homes.update(dict.fromkeys(ours, home))
            known.members.setdefault(home, []).extend(ours)
            insert_rows(connection, REPORTS, (report_row(mentions[row - first], home) for row in ours))
            touched.add(home)
        return touched

    def _loaded(self, connection: Connection, before: int) -> _Known:
        """The index of all that is grouped already: kept from the last article, else read from the case."""
        upto = connection.scalar(select(func.max(VERSIONS.c.number)).where(VERSIONS.c.number < before)) or 0
        if self._known is not None and self._known.upto == upto:
            return self._known
        grouping = Grouping(Store(connection, before).load(texts=False))
        rows = {key: row for row, key in enumerate(grouping.keys())}
        homes: dict[int, int] = {}
        members: dict[int, list[int]] = defaultdict(list)
        for one in connection.execute(select(REPORTS.c.article, REPORTS.c.event, REPORTS.c.happening)):
            if (row := rows.get((one.article, one.event))) is not None:
                homes[row] = one.happening
                members[one.happening].append(row)
        return _Known(grouping, upto, homes, dict(members))


def take_out(connection: Connection, articles: Iterable[str]) -> set[int]:
    """Takes what some articles report out of the happenings, and their copies; gives the happenings concerned."""
    wanted = list(articles)
    stale = set(connection.scalars(select(REPORTS.c.happening).where(REPORTS.c.article.in_(wanted))))
    keep_ids(connection, set(connection.scalars(select(REPORTS.c.story).where(REPORTS.c.happening.in_(stale)))))
    connection.execute(delete(REPORTS).where(REPORTS.c.article.in_(wanted)))
    connection.execute(delete(COPIES).where(COPIES.c.first.in_(wanted) | COPIES.c.second.in_(wanted)))
    return stale


def _mention(store: Store, columns: Columns, row: int) -> Mention:
    article = int(columns.article.values[row])
    return store.sketch(article).mentions[row - int(columns.first_rows.values[article])]


def _copies_with(ident: str, texts: Sequence[Text]) -> list[Copy]:
    return [copy for copy in find_copies(texts) if ident in (copy.first, copy.second)]


def _copy_row(copy: Copy) -> dict[str, str]:
    return {"first": copy.first, "second": copy.second, "copy": to_json(copy).decode()}


def _numbers(connection: Connection, after: int) -> list[int]:
    """The newest versions of the articles that came or changed since a version, in order."""
    latest = newest().having(func.max(VERSIONS.c.number) > after)
    return sorted(connection.scalars(latest))


def _signature() -> str:
    """What stories are made by: where this changes they are made anew."""
    return f"sayso {VERSION}, sketch {SKETCH_VERSION}"


def _now(connection: Connection) -> tuple[int, str]:
    return connection.scalar(select(func.max(VERSIONS.c.number))) or 0, _signature()


def _state(connection: Connection) -> tuple[int, str]:
    """The newest version that the stories know of, and what they were made by."""
    rows = {row.name: row.value for row in connection.execute(select(STATE))}
    return int(rows.get("grouped_to", 0)), rows.get("grouped_by", _signature())


def _note_state(connection: Connection) -> None:
    upto, signature = _now(connection)
    connection.execute(delete(STATE).where(STATE.c.name.in_(("grouped_to", "grouped_by"))))
    rows = ({"name": "grouped_to", "value": str(upto)}, {"name": "grouped_by", "value": signature})
    insert_rows(connection, STATE, rows)
