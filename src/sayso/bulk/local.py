"""Pages read by several processes of this machine, in the order in which they came; no page holds up the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from msgspec.structs import replace

from sayso.bulk.apart import Crew
from sayso.reading import read_page
from sayso.records import Page, Reading
from sayso.settings import Settings


def read_all(items: Iterable[Page | Reading], settings: Settings, processes: int) -> Iterator[Reading]:
    """The reading of each item; what is a reading already is given as it is.

    With one process pages are read here; with more, each process loads the model for itself. Then a page that takes
    too long, or ends the process that reads it, gives an empty reading whose problem says so.
    """
    if processes == 1:
        yield from (item if isinstance(item, Reading) else read_page(item, settings) for item in items)
        return
    crew = Crew(replace(settings, threads=1), processes)
    waiting: deque[Future[Reading] | Reading] = deque()
    # a thread waits for each process, and the items are asked for no faster than they are read
    with ThreadPoolExecutor(processes) as threads:
        try:
            for item in items:
                waiting.append(item if isinstance(item, Reading) else threads.submit(crew.read, item))
                if len(waiting) > 4 * processes:
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
        finally:
            # who wants no more readings does not wait for those that were asked for
            threads.shutdown(wait=False, cancel_futures=True)
            crew.leave()


def _result(item: Future[Reading] | Reading) -> Reading:
    return item if isinstance(item, Reading) else item.result()
