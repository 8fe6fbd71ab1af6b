"""Pages read by several processes of this machine, in the order in which they came; no page holds up the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from sayso.bulk.apart import Crew
from sayso.reading import read_page
from sayso.records import Page, Reading
from sayso.settings import Settings

T = TypeVar("T")
U = TypeVar("U")


def read_all(items: Iterable[Page | Reading], settings: Settings, processes: int) -> Iterator[Reading]:
    """The reading of each item; what is a reading already is given as it is.

    With one process pages are read here; with more, each process loads the model for itself. Then a page that takes
    too long or too much memory, or ends the process that reads it, gives an empty reading whose problem says so.
    """
    if processes == 1:
        yield from (item if isinstance(item, Reading) else read_page(item, settings) for item in items)
        return
    crew = Crew(read_page, replace(settings, threads=1), processes)
    yield from in_turn(items, crew.read, processes, crew.leave)


def in_turn(
    items: Iterable[Page | U], read: Callable[[Page], T], threads: int, leave: Callable[[], None] = lambda: None
) -> Iterator[T | U]:
    """What comes of each page, in order, and what is no page as it is; pages are asked for as fast as they are read.

    Args:
        read: called by so many ``threads`` at once.
        leave: called at the end, also where no more is wanted; what is being read is not waited for before.
    """
    waiting: deque[Callable[[], T | U]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for item in items:
                waiting.append(pool.submit(read, item).result if isinstance(item, Page) else partial(_same, item))
                if len(waiting) > 4 * threads:
                    yield waiting.popleft()()
            while waiting:
                yield waiting.popleft()()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            leave()


def _same(item: U) -> U:
    return item
