"""Work on many parts shared by several processes, each of which sees what is in memory already."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from multiprocessing import get_context
from typing import Any

from sayso.case.store import Progress
from sayso.stories import Over

#: Parts under way for each process: what is done waits in memory until it is its turn.
_AHEAD = 8

_task: Callable[[Any], Any]


def over_processes(processes: int) -> Over:
    """A ``map`` whose parts are done by so many processes, in order; by this one where it cannot fork.

    What a part needs beyond itself is not sent to the processes: they are forks of this one, made anew for each task.
    So this is not for a program with threads, which a fork would lose.
    """
    return _forked(processes) if processes > 1 and sys.platform == "linux" else map


def counted(over: Over, what: str, progress: Progress) -> Over:
    """The same, which tells how many parts are done."""

    def counting(task: Callable[[Any], Any], parts: Iterable[Any]) -> Iterator[Any]:
        known = list(parts)
        for number, result in enumerate(over(task, known)):
            progress(what, number, len(known))
            yield result

    return counting


def _forked(processes: int) -> Over:
    def over(task: Callable[[Any], Any], parts: Iterable[Any]) -> Iterator[Any]:
        rest = iter(parts)
        with get_context("fork").Pool(processes, _begin, (task,)) as pool:
            while some := list(islice(rest, _AHEAD * processes)):
                yield from pool.imap(_run, some)

    return over


def _begin(task: Callable[[Any], Any]) -> None:
    global _task  # noqa: PLW0603 - each process has one task, given to it as it begins
    _task = task
    # who stops the program stops the one that waits for these, which ends them by the other signal
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _run(part: Any) -> Any:
    return _task(part)
