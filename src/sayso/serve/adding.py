"""Adding pages from the browser: addresses, pasted text and dropped files, read beside what else goes on."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.records import AskError, Given, Page
from sayso.serve.asking import day_of, word
from sayso.serve.jobs import MOST_ADDRESSES, Jobs
from sayso.serve.pages import desk_of, page
from sayso.serve.people import changing, for_reviewers

#: Files of one addition, and letters of a pasted text.
_FILES, _PASTED = 5000, 2_000_000


def form(request: Request) -> Response:
    """Where addresses and texts are pasted and files are dropped."""
    for_reviewers(request)
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
    addresses = word(fields, "addresses", _PASTED)
    if addresses is not None:
        return jobs.add_addresses(_addresses(addresses))
    text = word(fields, "text", _PASTED)
    if text is not None:
        return jobs.add_page(_pasted(text, given))
    dropped = [one for one in sent.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not dropped:
        raise AskError(expected="addresses, a text or files", found="none", place="add")
    folder = TemporaryDirectory(prefix="sayso-", dir=tempfile.gettempdir())
    return jobs.add_files(_keep(dropped, Path(folder.name)), folder, given)


def _addresses(text: str) -> list[str]:
    """Addresses as they were pasted, each once."""
    found = list(dict.fromkeys(text.split()))
    if len(found) > MOST_ADDRESSES:
        raise AskError(expected=f"at most {MOST_ADDRESSES} addresses", found=str(len(found)), place="add")
    for one in found:
        if not one.lower().startswith(("http://", "https://")):
            raise AskError(expected="addresses that begin with https:// or http://", found=one[:200], place="add")
    return found


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
