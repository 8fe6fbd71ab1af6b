"""How often a host is asked: with a pause between two pages, and not before the time that it names."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sayso.records import SourceError

#: Seconds that are waited for a host; one that asks for more is left until a later run.
PATIENCE = 120.0
#: The first wait for a host that is busy and does not say for how long; the next ones are twice as long.
_FIRST = 5.0


class Hosts:
    """When each host may be asked again.

    ``clock`` is the machine's own, save in tests; who may be told to stop brings a ``sleep`` that ends then, and
    ``stopped`` to say so.
    """

    def __init__(
        self, pause: float, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        self._pause, self._clock, self._sleep, self._stopped = pause, clock, sleep, stopped
        self._free: dict[str, float] = {}

    def wait(self, host: str, delay: float | None, place: str) -> None:
        """Waits until a host may be asked; ``delay`` is what it states itself, in seconds between two pages.

        Raises:
            SourceError: where that would take too long.
        """
        now = self._clock()
        rest = self._free.get(host, now) - now
        if rest > PATIENCE:
            raise SourceError(
                expected="a host that may be asked now", found=f"one to ask again in {round(rest)} s", place=place
            )
        if rest > 0:
            self._sleep(rest)
        if self._stopped():
            raise SourceError(expected="time to wait for a host", found="a program that ends", place=place)
        self._free = {name: free for name, free in self._free.items() if free > now}
        self._free[host] = self._clock() + max(self._pause, delay or 0.0)

    def hold(self, host: str, retry_after: str | None, tries: int) -> None:
        """Notes that a host is busy: for as long as it says, else for longer with every try."""
        self._free[host] = self._clock() + (seconds_of(retry_after) or _FIRST * 2**tries)


def seconds_of(retry_after: str | None) -> float | None:
    """The seconds that a ``Retry-After`` names, as a number or a date; None where it names none.

    >>> seconds_of("120"), seconds_of("soon"), seconds_of("Wed, 21 Oct 2015 07:28:00 GMT")
    (120.0, None, 0.0)
    """
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after.strip()[:9])
    try:
        then = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max((then - datetime.now(UTC)).total_seconds(), 0.0)
