"""Processes that read one page at a time, apart from this one: a page that hangs or dies takes no other with it.

The standard pool breaks whole when one of its processes is killed, and cannot stop a page that takes too long. Here
each process has a line of its own, so that killing it leaves nothing locked.
"""

from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue

from sayso.encoder import model_for
from sayso.reading import read_page, unread
from sayso.records import Page, Reading
from sayso.settings import Settings

# spawned, not forked: the model's runtime keeps threads that a fork would lose
_CONTEXT = get_context("spawn")


class Crew:
    """Some processes, each of which starts when it first has a page to read."""

    def __init__(self, settings: Settings, processes: int) -> None:
        self._all = [_Reader(settings) for _ in range(processes)]
        self._free: SimpleQueue[_Reader] = SimpleQueue()
        for one in self._all:
            self._free.put(one)

    def read(self, page: Page) -> Reading:
        """The reading of a page, by the next process that is free. May be called by as many threads as there are."""
        one = self._free.get()
        try:
            return one.read(page)
        finally:
            self._free.put(one)

    def leave(self) -> None:
        """Ends all processes, whatever they are at; none starts again."""
        for one in self._all:
            one.leave()


class _Reader:
    """One process, started anew after it has ended."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._line, far = _CONTEXT.Pipe()
        far.close()
        self._process = _CONTEXT.Process()
        self._over = False

    def read(self, page: Page) -> Reading:
        """The reading; a page whose process ended is tried once more, since it need not be the page's fault."""
        for _ in range(2):
            try:
                return self._asked(page)
            except (EOFError, OSError):
                self._end()
        return unread(page, self._settings, "the process that read it ended, twice")

    def _asked(self, page: Page) -> Reading:
        if not self._process.is_alive():
            self._start()
        self._line.send(page)
        if not self._line.poll(self._settings.max_page_seconds):
            self._end()
            return unread(page, self._settings, f"took longer than {self._settings.max_page_seconds} seconds to read")
        reading: Reading = self._line.recv()
        return reading

    def _start(self) -> None:
        self._line.close()
        self._line, far = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(far, self._settings), daemon=True)
        self._process.start()
        far.close()
        if self._over:
            self._end()
        # loading the model is not the page's time
        self._line.recv()

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


def _serve(line: Connection, settings: Settings) -> None:
    """Reads page after page, until the other end of the line is closed."""
    model_for(settings.reader, settings.threads)
    line.send(None)
    while True:
        try:
            page: Page = line.recv()
        except EOFError:
            return
        line.send(read_page(page, settings))
