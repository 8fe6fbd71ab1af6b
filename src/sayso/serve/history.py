"""What was decided: the history with the words that it is about, the last decision of one person, and withdrawal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.case import Case, Decided
from sayso.render.decided import what_words
from sayso.render.wording import words_at
from sayso.serve.asking import number, offset_of, own_path, word
from sayso.serve.pages import desk_of, page
from sayso.serve.people import changing

#: Decisions that are shown at once, and letters of the words that they are about.
_DECISIONS, _LETTERS = 100, 240


class Told(NamedTuple):
    """A decision in words: what was decided, the words of its first claim, and who that claim goes back to."""

    row: Decided
    what: str
    words: str
    voice: str


def history(request: Request) -> Response:
    """What was decided, the last first; withdrawn decisions too."""
    case = desk_of(request).case
    rows = case.decisions()[::-1]
    page_number, offset = offset_of(request.query_params, _DECISIONS)
    return page(
        request, "history.html.j2", rows=told_of(case, rows[offset : offset + _DECISIONS]), count=len(rows), query={},
        number=page_number, last=max(1, -(-len(rows) // _DECISIONS)),
    )  # fmt: skip


def told_of(case: Case, rows: Sequence[Decided]) -> list[Told]:
    """Decisions in words."""
    homes = {
        home.claim: home.article for home in case.homes_of_claims({c for row in rows for c in row.decision.claims[:1]})
    }
    readings = {one.id: one for one in case.readings_of(set(homes.values()))}
    said = {
        claim.id: (words_at(one.article.text, claim.content)[:_LETTERS], claim.chain[0].voice if claim.chain else "")
        for one in readings.values() for claim in one.claims if claim.id in homes
    }  # fmt: skip
    return [
        Told(row, what_words(row.decision), *said.get(next(iter(row.decision.claims), ""), ("", "")))
        for row in rows
    ]  # fmt: skip


def last_of(request: Request, held: Sequence[Decided]) -> Told | None:
    """The last decision that was not withdrawn: of whoever is signed in, else of anybody."""
    user = request.scope.get("sayso.user")
    theirs = [row for row in held if user is None or row.who == user[0]]
    return told_of(desk_of(request).case, theirs[-1:])[0] if theirs else None


async def undo(request: Request) -> Response:
    """Withdraws a decision."""
    async with request.form(max_files=0) as sent:
        fields = {name: value for name, value in sent.items() if isinstance(value, str)}
    await run_in_threadpool(_undo, request, fields)
    return RedirectResponse(own_path(fields.get("back"), "/history"), status_code=303)


def _undo(request: Request, fields: Mapping[str, str]) -> None:
    who = changing(request, fields)
    desk_of(request).case.undo(number("number", word(fields, "number"), 0) or None, who=who)
