"""One slice read: every page by a process of its own, and every row of what became of it written down."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from errno import EDQUOT, EFBIG, ENOSPC
from functools import partial
from pathlib import Path
from threading import Lock

from msgspec.structs import replace

from sayso.bulk.apart import Crew, LeftError
from sayso.bulk.local import in_turn
from sayso.bulk.parts import Done, Part
from sayso.bulk.sieve import Sieve, read_or_pass
from sayso.bulk.slices import Slice, is_unchanged, items_of
from sayso.bulk.tables import Row, lost, rows_of
from sayso.reading import is_unread
from sayso.records import Page, Reading, Record, SourceError
from sayso.settings import Settings

#: Pages of one slice under way at once: the slices under way beside it keep the other processes busy.
_AT_ONCE = 4

_Rows = list[tuple[str, Row]]


class Work(Record, frozen=True, kw_only=True):
    """What all slices of a job have in common: where they come from, where they go, how they are read."""

    root: str
    output: str
    settings: Settings
    sieve: Sieve
    processes: int


def rows_of_page(page: Page, settings: Settings, sieve: Sieve) -> _Rows:
    """The rows of what becomes of a page. Never raises for anything that it may hold."""
    return list(rows_of(read_or_pass(page, settings, sieve)))


def do_slice(work: Work, one: Slice) -> Done:
    """Reads a slice and writes its parts; what goes wrong with all of it is told by ``failed``."""
    try:
        return _do_slice(work, one)
    except LeftError:
        return Done(name=one.name, failed="ended before it was read")
    except Exception as error:  # noqa: BLE001 - one slice that cannot be written must not end those beside it
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        full = isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT, EFBIG)
        return Done(name=one.name, failed=f"{type(error).__name__}: {why}", full=full)


def _do_slice(work: Work, one: Slice) -> Done:
    began, counts, why = time.monotonic(), Counter[str](), Counter[str]()
    crew = crew_of(work)
    number = 0
    source = one.paths[0] if len(one.paths) == 1 else None
    items = items_of(one, Path(work.root), work.settings)
    results: Iterator[_Rows | Reading | SourceError] = in_turn(items, crew.read, min(work.processes, _AT_ONCE))
    with Part(Path(work.output), one.name) as part:
        for result in results:
            number += 1
            for table, row in _as_rows(result):
                part.add(table, {"slice": one.name, "number": number, "source": source, **row})
                counts[table] += 1
                if table == "skipped":
                    why[f"skipped: {row['why']}"] += 1
                elif table == "problems" and row["lost"]:
                    counts["lost"] += 1
                    # what is wrong, without where: so that one kind of trouble is counted as one
                    told = f"expected {result.expected}" if isinstance(result, SourceError) else row["what"]
                    why[f"lost: {told[:120]}"] += 1
        if not is_unchanged(one, Path(work.root)):
            raise OSError("the file was changed while it was read")
        done = Done(
            name=one.name, read=counts["readings"], skipped=counts["skipped"], lost=counts["lost"],
            claims=counts["claims"], why=dict(sorted(why.items())), seconds=round(time.monotonic() - began, 3),
        )  # fmt: skip
        part.finish(done)
    return done


def _as_rows(result: _Rows | Reading | SourceError) -> _Rows:
    """The rows of a page, of a reading that was one already, or of what could not be read."""
    if isinstance(result, SourceError):
        return [lost(None, "gather", str(result))]
    if isinstance(result, Reading):
        return [lost(result.id, "bulk", result.problems[-1].what)] if is_unread(result) else _of_reading(result)
    return result


def _of_reading(reading: Reading) -> _Rows:
    """The rows of a reading that somebody else made; its parts may not hold together."""
    try:
        return list(rows_of(reading))
    except Exception as error:  # noqa: BLE001 - whatever it breaks, it costs itself alone
        return [lost(reading.id, "bulk", f"no reading whose parts hold together: {type(error).__name__}")]


_crews: dict[Work, Crew[_Rows]] = {}
_ended: set[Work] = set()
_alone = Lock()


def crew_of(work: Work) -> Crew[_Rows]:
    """The processes of this machine that read for a job; all its slices share them.

    Raises:
        LeftError: where the work was ended on this machine.
    """
    with _alone:
        if work in _ended:
            raise LeftError
        if work not in _crews:
            settings = replace(work.settings, threads=1)
            _crews[work] = Crew(partial(rows_of_page, sieve=work.sieve), settings, work.processes)
        return _crews[work]


def end(work: Work) -> None:
    """Ends what this machine does for a job, at once: slices under way fail, and write nothing."""
    with _alone:
        _ended.add(work)
        crew = _crews.pop(work, None)
    if crew is not None:
        crew.leave()


def begin(work: Work) -> None:
    """Lets a job that was ended on this machine go on."""
    _ended.discard(work)
