"""Parts of a web archive, so that several processes or machines read one file: each record once, whatever the cuts.

Where a record begins is found by walking from one record to the next, from the beginning of the file, never by looking
for a mark: a page may hold what looks like a record, and would then be read as one where a cut falls before it. A plain
archive is walked by its lengths alone, a packed one must be unpacked up to the cut (some hundred megabytes a second).
``cuts_of_warc`` walks once for all parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sayso.gather.archived import records
from sayso.gather.warc import longest, pages_between, tape_of
from sayso.records import Page, SourceError
from sayso.settings import Settings


def pages_of_warc_range(
    path: Path, start: int, end: int, settings: Settings, *, walked: bool = False
) -> Iterator[Page | SourceError]:
    """The pages of the records that begin in ``[start, end)``, in order, and the breaks that begin there.

    A record in a gzip member begins where the member does.

    Args:
        path: a ``.warc`` or ``.warc.gz``.
        start: the first byte of the part.
        end: the first byte behind the part; beyond the end of the file is well.
        settings: bounds on the size of a page.
        walked: ``start`` is one of the file's ``cuts_of_warc``, and the way there need not be walked again.
    """
    with path.open("rb") as stream:
        tape = tape_of(stream, settings)
        if walked:
            tape.goto(start)
        yield from pages_between(tape, str(path), settings, start, end)


def cuts_of_warc(path: Path, size: int, settings: Settings = Settings()) -> tuple[int, ...]:
    """Where to cut an archive into parts of about ``size`` bytes: places where a record begins, and the file's end.

    Part ``n`` is ``[cuts[n], cuts[n + 1])``.
    """
    last = path.stat().st_size
    cuts = [0]
    with path.open("rb") as stream:
        for item in records(tape_of(stream, settings), longest(settings), last):
            if item.at >= cuts[-1] + size:
                cuts.append(item.at)
    return (*cuts, last)
