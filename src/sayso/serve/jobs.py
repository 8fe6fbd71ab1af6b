"""Additions as they run beside the requests: files and texts in one thread, pages of the web in another."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from sayso.bulk import is_unread, read_all
from sayso.case import Added
from sayso.gather import Wanted, Web, gather, is_list
from sayso.gather.hosts import Hosts
from sayso.records import Given, Page, Reading, SaysoError, SourceError
from sayso.serve.desk import Desk

#: Jobs that are remembered.
_REMEMBERED = 100

#: Addresses of one addition.
MOST_ADDRESSES = 1000


class Job:
    """What became of one addition, as far as it has come; ``doing`` is what is being done now."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.done: list[tuple[str, Added]] = []
        self.problems: list[str] = []
        self.doing = ""
        self.finished = False

    @property
    def counts(self) -> dict[Added, int]:
        states = [state for _, state in self.done]
        return {state: states.count(state) for state in dict.fromkeys(states)}


class Jobs:
    """Additions, one after the other in their threads; those of the last while are remembered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="sayso-adding")
        # a host that has to be waited for keeps nobody's files waiting
        self._fetcher = ThreadPoolExecutor(1, thread_name_prefix="sayso-fetching")
        self._stop = Event()
        settings = desk.options.settings
        hosts = Hosts(settings.fetch_pause, sleep=self._stop.wait, stopped=self._stop.is_set)
        self._web = Web(settings, desk.case, hosts=hosts, tell=self._hear)
        self._fetching: Job | None = None

    def add_page(self, page: Page) -> str:
        """Starts to read a page that is at hand; gives the name of the job."""
        return self._begin(self._reader, Job([page.id]), iter([page]))

    def add_files(self, names: Sequence[str], folder: TemporaryDirectory[str], given: Given) -> str:
        """Starts to read the files of a folder, which is removed after; lists of addresses are fetched from."""
        job = Job(names)
        wanted = Wanted(given=given, most_addresses=MOST_ADDRESSES)
        # one thread asks hosts, so that each is asked at its pace
        is_fetching = any(is_list(Path(folder.name) / name, wanted, self._desk.options.settings) for name in names)
        return self._begin(
            self._fetcher if is_fetching else self._reader, job, self._files(job, folder, wanted, is_fetching)
        )

    def add_addresses(self, urls: Sequence[str]) -> str:
        """Starts to fetch pages of the web."""
        job = Job(urls)
        return self._begin(self._fetcher, job, self._fetched(job))

    def running(self) -> int:
        """How many are not finished."""
        return sum(not job.finished for job in list(self._jobs.values()))

    def problems(self) -> int:
        """How many problems those that are remembered had."""
        return sum(len(job.problems) for job in list(self._jobs.values()))

    def named(self, key: str) -> Job | None:
        return self._jobs.get(key)

    def stop(self) -> None:
        """Fetches no further page; what was fetched is kept, and read when it is asked for again."""
        self._stop.set()

    def _begin(self, worker: ThreadPoolExecutor, job: Job, items: Iterable[Page | Reading]) -> str:
        key = secrets.token_urlsafe(9)
        self._jobs[key] = job
        while len(self._jobs) > _REMEMBERED:
            self._jobs.popitem(last=False)
        processes = self._desk.options.processes if worker is self._reader and len(job.names) > 2 else 1
        worker.submit(self._run, job, items, processes)
        return key

    def _run(self, job: Job, items: Iterable[Page | Reading], processes: int) -> None:
        try:
            for reading in read_all(items, self._desk.options.settings, processes):
                if not is_unread(reading):
                    job.done.append((reading.id, self._desk.case.add(reading)))
                job.problems += [f"{reading.id}: {one.reader}: {one.what}" for one in reading.problems]
        except SaysoError as error:
            job.problems.append(str(error))
        finally:
            job.finished = True
            self._desk.look()

    def _files(
        self, job: Job, folder: TemporaryDirectory[str], wanted: Wanted, is_fetching: bool
    ) -> Iterator[Page | Reading]:
        self._fetching = job if is_fetching else self._fetching
        with folder as where:
            paths = [str(Path(where) / name) for name in job.names]
            for item in gather(paths, wanted, self._desk.options.settings, self._web):
                if is_fetching and self._stop.is_set():
                    return
                if isinstance(item, SourceError):
                    # its place is in a folder of this machine's own: the name that was dropped says more
                    place = item.place.removeprefix(f"{where}/")
                    job.problems.append(f"{place}: expected {item.expected}, found {item.found}")
                else:
                    yield item

    def _fetched(self, job: Job) -> Iterator[Page]:
        """The pages at the addresses, one as the other is read; never a file of this machine."""
        self._fetching = job
        for url in job.names:
            if self._stop.is_set():
                return
            try:
                yield self._web.page(url)
            except SourceError as error:
                job.problems.append(str(error))

    def _hear(self, what: str) -> None:
        if self._fetching is not None:
            self._fetching.doing = what
