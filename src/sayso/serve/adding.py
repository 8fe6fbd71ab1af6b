"""Adding pages from the browser: pasted text and dropped files, read in turn beside what else goes on."""

from __future__ import annotations

import secrets
import tempfile
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.bulk import is_unread, read_all
from sayso.case import Added
from sayso.gather import Wanted, gather
from sayso.records import AskError, Given, Page, Reading, SaysoError, SourceError
from sayso.serve.asking import day_of, word
from sayso.serve.desk import Desk
from sayso.serve.pages import desk_of, page
from sayso.serve.people import changing

#: Jobs that are remembered, files of one, and letters of a pasted text.
_REMEMBERED, _FILES, _PASTED = 100, 5000, 2_000_000


class Job:
    """What became of one addition, as far as it has come."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.done: list[tuple[str, Added]] = []
        self.problems: list[str] = []
        self.finished = False

    @property
    def counts(self) -> dict[Added, int]:
        states = [state for _, state in self.done]
        return {state: states.count(state) for state in dict.fromkeys(states)}


class Jobs:
    """Additions, one after the other in their own thread; those of the last while are remembered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="sayso-adding")

    def begin(
        self, names: Sequence[str], folder: TemporaryDirectory[str] | None, pasted: Page | None, given: Given
    ) -> str:
        """Starts an addition of the files in a folder, which is removed after, or of a pasted page; gives its name."""
        key, job = secrets.token_urlsafe(9), Job(names)
        self._jobs[key] = job
        while len(self._jobs) > _REMEMBERED:
            self._jobs.popitem(last=False)
        self._worker.submit(self._run, job, folder, pasted, given)
        return key

    def named(self, key: str) -> Job | None:
        return self._jobs.get(key)

    def _run(self, job: Job, folder: TemporaryDirectory[str] | None, pasted: Page | None, given: Given) -> None:
        options = self._desk.options
        items = iter([pasted]) if pasted else _items(job, folder, given, self._desk)
        try:
            for reading in read_all(items, options.settings, 1 if pasted or len(job.names) < 3 else options.processes):
                if not is_unread(reading):
                    job.done.append((reading.id, self._desk.case.add(reading)))
                job.problems += [f"{reading.id}: {one.reader}: {one.what}" for one in reading.problems]
        except SaysoError as error:
            job.problems.append(str(error))
        finally:
            job.finished = True
            if folder is not None:
                folder.cleanup()
            self._desk.look()


def _items(job: Job, folder: TemporaryDirectory[str] | None, given: Given, desk: Desk) -> Iterator[Page | Reading]:
    paths = [str(Path(folder.name) / name) for name in job.names] if folder else []
    for item in gather(paths, Wanted(given=given), desk.options.settings):
        if isinstance(item, SourceError):
            # its place is a folder of this machine's own: the name that was dropped says more
            job.problems.append(f"{PurePosixPath(item.place).name}: expected {item.expected}, found {item.found}")
        else:
            yield item


def form(request: Request) -> Response:
    """Where text is pasted and files are dropped."""
    return page(request, "add.html.j2")


async def add(request: Request) -> Response:
    """Takes what was pasted or dropped and leads to its progress."""
    async with request.form(max_files=_FILES, max_part_size=_PASTED) as sent:
        key = await run_in_threadpool(_begin, request, sent)
    return RedirectResponse(f"/add/{key}", status_code=303)


def _begin(request: Request, sent: FormData) -> str:
    changing(request, sent)
    fields = {name: value for name, value in sent.items() if isinstance(value, str)}
    given = Given(
        title=word(fields, "title"), publisher=word(fields, "publisher"), published=day_of(fields, "published"),
        url=word(fields, "url", 4000),
    )  # fmt: skip
    jobs: Jobs = request.app.state.jobs
    text = word(fields, "text", _PASTED)
    if text is not None:
        pasted = _pasted(text, given)
        return jobs.begin((pasted.id,), None, pasted, given)
    dropped = [one for one in sent.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not dropped:
        raise AskError(expected="a text or files", found="neither", place="add")
    folder = TemporaryDirectory(prefix="sayso-", dir=tempfile.gettempdir())
    return jobs.begin(_keep(dropped, Path(folder.name)), folder, None, given)


def _pasted(text: str, given: Given) -> Page:
    content = text.encode("utf-8", "replace")
    kind: Any = "html" if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html")) else "article"
    return Page(id=f"pasted-{sha256(content).hexdigest()[:10]}", content=content, kind=kind, given=given)


def _keep(dropped: Sequence[UploadFile], folder: Path) -> list[str]:
    """Writes dropped files down under their own last names; one that another has already gets a number."""
    names: list[str] = []
    for one in dropped:
        name = _name(one.filename or "page", names)
        with (folder / name).open("wb") as file:
            while chunk := one.file.read(1 << 20):
                file.write(chunk)
        names.append(name)
    return names


def _name(given: str, taken: Sequence[str]) -> str:
    """The last part of a name as a browser gives it, without what a file system could take for more."""
    plain = "".join(
        char if char.isalnum() or char in "-_. ()" else "_" for char in PurePosixPath(given.replace("\\", "/")).name
    )
    # an ending tells what a file holds: it stays where a name is cut
    name = (plain.lstrip(".") or "page")[-150:]
    count = sum(name == one or one.endswith(f"~{name}") for one in taken)
    return f"{count + 1}~{name}" if count else name


def progress(request: Request) -> Response:
    """How far an addition has come."""
    jobs: Jobs = request.app.state.jobs
    job = jobs.named(request.path_params["job"])
    if job is None:
        raise HTTPException(404, "This addition is not known here any more; what it added is in the case.")
    # looked at first: what is counted after it is then all that the job did
    finished = job.finished
    total = desk_of(request).case.count_articles()
    return page(request, "added.html.j2", job=job, finished=finished, total=total)
