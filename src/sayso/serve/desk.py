"""What all screens of one running application share: the case, what was counted last, who follows what is added."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock, Thread
from time import monotonic
from typing import NamedTuple

from sayso.case import ALL, Case, Only, Overview, VoiceRow
from sayso.records import Record, SaysoError
from sayso.settings import Settings

#: Seconds after which the case is looked at for what another process added.
_LOOK = 5.0

#: Counting that takes less is done while somebody waits.
_AT_ONCE = 0.5

#: Overviews that are kept: those of the filters asked for last; and how many are worked out at once.
_KEPT, _COUNTERS = 64, 2


class Options(Record, frozen=True, kw_only=True):
    """How an application runs: readers' settings, an address of map tiles if any, processes that read what is added.

    ``monitor``: the token by which ``/metrics`` is asked for where whoever looks must sign in. ``patience``: seconds
    that the list of stories waits for what counts it, before it comes without.
    """

    settings: Settings = Settings()
    tiles: str | None = None
    processes: int = 1
    patience: float = 0.05
    monitor: str | None = None


class _Voices(NamedTuple):
    """All voices as they were counted under one stamp, and how many seconds that took."""

    stamp: str
    rows: tuple[VoiceRow, ...]
    took: float


class Desk:
    """A case that is served. Lists show the stories as they are; a thread brings these up to date beside them."""

    def __init__(self, case: Case, options: Options) -> None:
        self.case, self.options = case, options
        self.trouble: str | None = None
        #: Told how many seconds it took to bring the stories up to date; None where that failed.
        self.on_refresh: Callable[[float | None], None] = lambda _: None
        #: Counts that are worked out as soon as the stories changed, since on a large case they take long.
        self.ahead: tuple[Only, ...] = (ALL,)
        self._overviews: OrderedDict[tuple[str, Only], Future[Overview]] = OrderedDict()
        self._counters = ThreadPoolExecutor(_COUNTERS, thread_name_prefix="sayso-counting")
        self._voices: _Voices | None = None
        self._lock, self._wake, self._stop = Lock(), Event(), Event()
        self._thread: Thread | None = None

    def overview(self, only: Only = ALL) -> Overview:
        """Counts of the stories narrowed to; worked out once as long as nothing changes."""
        return self.counting(only).result()

    def counting(self, only: Only) -> Future[Overview]:
        """The same counts, worked out beside whoever asks: whatever many wait for is begun once."""
        key = (self.case.stamp(), only)
        with self._lock:
            found = self._overviews.get(key)
            if found is None or found.cancelled() or (found.done() and found.exception() is not None):
                found = self._overviews[key] = self._counters.submit(self.case.overview, only)
            self._overviews.move_to_end(key)
            while len(self._overviews) > _KEPT:
                self._overviews.popitem(last=False)
        return found

    def counted_soon(self, only: Only) -> Overview | None:
        """The same counts, if they are there soon enough for a page to wait for them."""
        try:
            return self.counting(only).result(self.options.patience)
        except TimeoutError:
            return None

    def voices(self, words: str = "") -> tuple[VoiceRow, ...]:
        """Who speaks, most cited first; of a large case as they were counted last, while they are counted anew."""
        stamp = self.case.stamp()
        held = self._voices
        if held is None or (held.stamp != stamp and held.took < _AT_ONCE):
            held = self._count_voices(stamp)
        part = words.casefold()
        return tuple(one for one in held.rows if any(part in name.casefold() for name in (one.name, *one.names)))

    def _count_voices(self, stamp: str) -> _Voices:
        began = monotonic()
        rows = self.case.voices()
        self._voices = _Voices(stamp, rows, monotonic() - began)
        return self._voices

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
        self._counters.shutdown(wait=False, cancel_futures=True)

    def look(self) -> None:
        """Something was added: look now."""
        self._wake.set()

    def _refresh(self) -> None:
        if not self.case.is_current():
            began = monotonic()
            self.case.refresh()
            self.on_refresh(monotonic() - began)

    def _follow(self) -> None:
        while not self._stop.is_set():
            try:
                self._refresh()
                self.trouble = None
                for only in self.ahead:
                    self.overview(only)
                stamp = self.case.stamp()
                if self._voices is None or self._voices.stamp != stamp:
                    self._count_voices(stamp)
            except SaysoError as error:
                # shown on every screen; the next look may find the database well again
                self.trouble = str(error)
                self.on_refresh(None)
            self._wake.wait(_LOOK)
            self._wake.clear()
