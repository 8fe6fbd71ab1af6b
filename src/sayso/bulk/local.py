"""Pages read by several processes of this machine, in the order in which they came."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from msgspec.structs import replace

from sayso.reading import read_page
from sayso.records import Page, Reading
from sayso.settings import Settings


def read_all(items: Iterable[Page | Reading], settings: Settings, processes: int) -> Iterator[Reading]:
    """The reading of each item; what is a reading already is given as it is.

    With one process pages are read here; with more, each process loads the model for itself.
    """
    if processes == 1:
        yield from (item if isinstance(item, Reading) else read_page(item, settings) for item in items)
        return
    alone = replace(settings, threads=1)
    # spawned, not forked: the model's runtime keeps threads that a fork would lose
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[Reading] | Reading] = deque()
        for item in items:
            waiting.append(item if isinstance(item, Reading) else pool.submit(read_page, item, alone))
            if len(waiting) > 4 * processes:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def _result(item: Future[Reading] | Reading) -> Reading:
    return item if isinstance(item, Reading) else item.result()
