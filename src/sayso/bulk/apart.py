"""Processes that read one page at a time, apart from this one: a page that hangs or dies takes no other with it.

The standard pool breaks whole when one of its processes is killed, and cannot stop a page that takes too long or too
much. Here each process has a line of its own, so that killing it leaves nothing locked.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Generic, TypeAlias, TypeVar

from sayso.encoder import model_for
from sayso.reading import unread
from sayso.records import Page, Reading
from sayso.settings import Settings

T = TypeVar("T")

#: What is done with a page in another process: a function of some module, or such a one with arguments bound.
Task: TypeAlias = Callable[[Page, Settings], T]

# spawned, not forked: the model's runtime keeps threads that a fork would lose
_CONTEXT = get_context("spawn")

#: Seconds between two looks at how much memory a page has taken.
_LOOK = 0.2


class LeftError(Exception):
    """Whoever asked has sent the processes away: there is no result, and it is no page's fault."""


class StartError(Exception):
    """A process that reads cannot start, which is no page's fault."""


class Crew(Generic[T]):
    """Some processes, each of which starts when it first has a page to read."""

    def __init__(self, task: Task[T], settings: Settings, processes: int) -> None:
        self._all = [_Reader(task, settings) for _ in range(processes)]
        self._free: SimpleQueue[_Reader[T]] = SimpleQueue()
        for one in self._all:
            self._free.put(one)

    def read(self, page: Page) -> T | Reading:
        """What the task makes of a page, by the next process that is free; else a reading that says why there is none.

        May be called by as many threads as there are.

        Raises:
            LeftError: where the processes were ended.
            StartError: where none can start.
        """
        one = self._free.get()
        try:
            return one.read(page)
        finally:
            self._free.put(one)

    def leave(self) -> None:
        """Ends all processes, whatever they are at; none starts again."""
        for one in self._all:
            one.leave()


class _Reader(Generic[T]):
    """One process, started anew after it has ended."""

    def __init__(self, task: Task[T], settings: Settings) -> None:
        self._task, self._settings = task, settings
        self._line, far = _CONTEXT.Pipe()
        far.close()
        self._process = _CONTEXT.Process()
        self._over = False

    def read(self, page: Page) -> T | Reading:
        """The result; a page whose process ended is tried once more, since it need not be the page's fault."""
        for _ in range(2):
            if self._over:
                raise LeftError
            try:
                return self._asked(page)
            except (EOFError, OSError):
                self._end()
        if self._over:
            raise LeftError
        return unread(page, self._settings, "the process that read it ended, twice")

    def _asked(self, page: Page) -> T | Reading:
        if not self._process.is_alive():
            self._start()
        self._line.send(page)
        excess = self._excess()
        if excess:
            self._end()
            return unread(page, self._settings, excess)
        result: T = self._line.recv()
        return result

    def _excess(self) -> str | None:
        """Waits for an answer; what the page took too much of, if it did."""
        given, limit = self._settings.max_page_seconds, self._settings.max_page_memory
        end = time.monotonic() + given
        while not self._line.poll(min(_LOOK, max(0.0, end - time.monotonic()))):
            if time.monotonic() >= end:
                return f"took longer than {given} seconds to read"
            if _memory_of(self._process.pid) > limit:
                return f"took more than {limit} MiB of memory to read"
        return None

    def _start(self) -> None:
        self._line.close()
        self._line, far = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(far, self._task, self._settings), daemon=True)
        self._process.start()
        far.close()
        if self._over:
            self._end()
        # loading the model is not the page's time
        try:
            self._line.recv()
        except (EOFError, OSError):
            self._process.join()
            if (self._process.exitcode or 0) > 0 and not self._over:
                # not killed: it ended by itself, and so would every other
                raise StartError(f"it ended as it began, with exit status {self._process.exitcode}") from None
            raise

    def _end(self) -> None:
        # whoever asks next starts another: what is said of one that just ended may be late
        process, self._process = self._process, _CONTEXT.Process()
        if process.is_alive():
            process.kill()
            process.join()

    def leave(self) -> None:
        """Ends the process, and any that a thread is just about to start."""
        self._over = True
        self._end()


def _memory_of(process: int | None) -> int:
    """MiB that a process holds in memory; 0 where the system does not tell, so that there memory is not bounded."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


def _serve(line: Connection, task: Task[T], settings: Settings) -> None:
    """Reads page after page, until the other end of the line is closed."""
    model_for(settings.reader, settings.threads)
    with suppress(EOFError, OSError):
        line.send(None)
        while True:
            line.send(task(line.recv(), settings))
