"""What all screens of one running application share: the case, what was counted last, who follows what is added."""

from __future__ import annotations

from collections import OrderedDict
from threading import Event, Lock, Thread

from sayso.case import ALL, Case, Only, Overview
from sayso.records import Record, SaysoError
from sayso.settings import Settings

#: Seconds after which the case is looked at for what another process added.
_LOOK = 5.0

#: Overviews that are kept: those of the filters asked for last.
_KEPT = 64


class Options(Record, frozen=True, kw_only=True):
    """How an application runs: readers' settings, an address of map tiles if any, processes that read what is added."""

    settings: Settings = Settings()
    tiles: str | None = None
    processes: int = 1


class Desk:
    """A case that is served. Lists show the stories as they are; a thread brings these up to date beside them."""

    def __init__(self, case: Case, options: Options) -> None:
        self.case, self.options = case, options
        self.trouble: str | None = None
        self._overviews: OrderedDict[tuple[str, Only], Overview] = OrderedDict()
        self._lock, self._wake, self._stop = Lock(), Event(), Event()
        self._thread: Thread | None = None

    def overview(self, only: Only = ALL) -> Overview:
        """Counts of the stories narrowed to; worked out once as long as nothing changes."""
        key = (self.case.stamp(), only)
        with self._lock:
            if key in self._overviews:
                self._overviews.move_to_end(key)
                return self._overviews[key]
        found = self.case.overview(only)
        with self._lock:
            self._overviews[key] = found
            while len(self._overviews) > _KEPT:
                self._overviews.popitem(last=False)
        return found

    def start(self) -> None:
        """Begins to follow the case."""
        self._thread = Thread(target=self._follow, name="sayso-stories", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends following, after the work in hand."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def look(self) -> None:
        """Something was added: look now."""
        self._wake.set()

    def _follow(self) -> None:
        while not self._stop.is_set():
            try:
                self.case.refresh()
                self.trouble = None
            except SaysoError as error:
                # shown on every screen; the next look may find the database well again
                self.trouble = str(error)
            self._wake.wait(_LOOK)
            self._wake.clear()
