"""The JSON API: the same records as the command line's, under ``/api``, described by ``/api/openapi.json``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sayso.case import ArticleRow, Case, Decided, Decision, Found, FoundClaim, Overview, StoryRow, VoiceRow
from sayso.records import AskError, CaseError, Reading, Record, RecordError, Story, from_json, to_json
from sayso.serve.articles import versions_of
from sayso.serve.asking import FILTERS, number, only_of, order_of, word
from sayso.serve.pages import desk_of
from sayso.serve.people import changing
from sayso.serve.stories import story_named
from sayso.stories import Copy

#: Rows that one answer holds at most, and where nothing is asked for; letters of a decision.
MOST, USUAL = 1000, 100
_LONGEST = 1_000_000

Answer: TypeAlias = Callable[[Request], Response] | Callable[[Request], Awaitable[Response]]


class Stories(Record, frozen=True, kw_only=True):
    """Some of the stories narrowed to, and how many there are."""

    count: int
    stories: tuple[StoryRow, ...]


class Articles(Record, frozen=True, kw_only=True):
    """Some of the articles narrowed to, and how many there are."""

    count: int
    articles: tuple[ArticleRow, ...]


class Hits(Record, frozen=True, kw_only=True):
    """What holds the words searched for: articles, claims or voices, as was asked."""

    articles: tuple[Found, ...] = ()
    claims: tuple[FoundClaim, ...] = ()
    voices: tuple[VoiceRow, ...] = ()


class Voices(Record, frozen=True, kw_only=True):
    """Some of the voices, most often cited first, and how many there are."""

    count: int
    voices: tuple[VoiceRow, ...]


class NewDecision(Record, frozen=True, kw_only=True):
    """A decision to be made, with its reason."""

    decision: Decision
    why: str | None = None


class Made(Record, frozen=True, kw_only=True):
    """The number of a decision that was made."""

    number: int


class Trouble(Record, frozen=True, kw_only=True):
    """Why a question was not answered."""

    status: int
    detail: str


def problem(status: int, detail: str) -> Response:
    """An error as JSON."""
    return _answer(Trouble(status=status, detail=detail), status)


def _answer(record: Any, status: int = 200) -> Response:
    return Response(to_json(record), status, media_type="application/json")


def _case(request: Request) -> Case:
    return desk_of(request).case


def _limits(request: Request) -> tuple[int, int]:
    query = request.query_params
    limit = number("limit", word(query, "limit"), USUAL, MOST)
    offset = number("offset", None if word(query, "offset") == "0" else word(query, "offset"), 0)
    return limit, offset


def stories(request: Request) -> Response:
    limit, offset = _limits(request)
    only, order, desk = only_of(request.query_params), order_of(request.query_params), desk_of(request)
    rows = desk.case.stories(only, limit=limit, offset=offset, order=order)
    return _answer(Stories(count=desk.overview(only).stories, stories=rows))


def story(request: Request) -> Response:
    return _answer(story_named(_case(request), request.path_params["ident"]))


def overview(request: Request) -> Response:
    return _answer(desk_of(request).overview(only_of(request.query_params)))


def articles(request: Request) -> Response:
    limit, offset = _limits(request)
    only, case = only_of(request.query_params), _case(request)
    rows = case.articles(only, limit=limit, offset=offset)
    return _answer(Articles(count=case.count_articles(only), articles=rows))


def article(request: Request) -> Response:
    return _answer(versions_of(_case(request), request.path_params["ident"])[-1])


def search(request: Request) -> Response:
    only, case, (limit, offset) = only_of(request.query_params), _case(request), _limits(request)
    inside = word(request.query_params, "in") or "articles"
    if inside not in Hits.__struct_fields__:
        raise AskError(expected=f"one of {', '.join(Hits.__struct_fields__)}", found=repr(inside), place="in")
    if not only.words:
        raise AskError(expected="words to search for", found="none", place="words")
    if inside == "voices":
        return _answer(Hits(voices=desk_of(request).voices(only.words)[offset : offset + limit]))
    if inside == "claims":
        return _answer(Hits(claims=case.search_claims(only.words, only, limit=limit, offset=offset)))
    return _answer(Hits(articles=case.search(only.words, only, limit=limit, offset=offset)))


def voices(request: Request) -> Response:
    limit, offset = _limits(request)
    rows = desk_of(request).voices(word(request.query_params, "words") or "")
    return _answer(Voices(count=len(rows), voices=rows[offset : offset + limit]))


def copies(request: Request) -> Response:
    return _answer(_case(request).copies(word(request.query_params, "article", 4000)))


def decisions(request: Request) -> Response:
    return _answer(_case(request).decisions())


async def decide(request: Request) -> Response:
    body = await request.body()
    if len(body) > _LONGEST:
        raise AskError(expected=f"at most {_LONGEST} bytes", found=f"{len(body)}", place="decision")
    return await run_in_threadpool(_decide, request, body)


def _decide(request: Request, body: bytes) -> Response:
    try:
        wanted = from_json(body, NewDecision, place="decision")
        made = _case(request).decide(wanted.decision, who=changing(request, {}), why=wanted.why)
    except (RecordError, CaseError) as error:
        raise AskError(expected=error.expected, found=error.found, place=error.place) from None
    return _answer(Made(number=made), 201)


def withdraw(request: Request) -> Response:
    wanted = request.path_params["number"]
    try:
        return _answer(_case(request).undo(wanted, who=changing(request, {})))
    except CaseError as error:
        raise HTTPException(404, str(error)) from None


def description(_: Request) -> Response:
    from sayso.serve.openapi import describe

    return Response(msgspec.json.encode(describe(OPERATIONS)), media_type="application/json")


class Operation(Record, frozen=True, kw_only=True):
    """One thing that can be asked: where, what is asked with it, and the record that answers.

    ``query``: names of ``openapi.PARAMETERS``; ``sends``: the record in the body.
    """

    path: str
    method: str
    does: str
    query: tuple[str, ...]
    gives: Any
    sends: Any = None
    status: int = 200


_PAGED = ("limit", "offset")

_ANSWERS: dict[Operation, Answer] = {
    Operation(path="/api/stories", method="GET", does="Stories as a list shows them", gives=Stories,
              query=(*FILTERS, "order", *_PAGED)): stories,
    Operation(path="/api/stories/{ident}", method="GET", does="One story in full (sayso.story/1)", query=(),
              gives=Story): story,
    Operation(path="/api/overview", method="GET", does="Stories counted by place, time, type and status",
              query=FILTERS, gives=Overview): overview,
    Operation(path="/api/articles", method="GET", does="Articles as a list shows them", query=(*FILTERS, *_PAGED),
              gives=Articles): articles,
    Operation(path="/api/articles/{ident}", method="GET", does="The newest reading of an article (sayso.reading/1)",
              query=(), gives=Reading): article,
    Operation(path="/api/search", method="GET", does="Articles, claims or voices that hold all words",
              query=(*FILTERS, "in", *_PAGED), gives=Hits): search,
    Operation(path="/api/voices", method="GET", does="Who is cited, most often first", query=("words", *_PAGED),
              gives=Voices): voices,
    Operation(path="/api/copies", method="GET", does="Pairs of articles that share passages", query=("article",),
              gives=tuple[Copy, ...]): copies,
    Operation(path="/api/decisions", method="GET", does="What was decided, in its order", query=(),
              gives=tuple[Decided, ...]): decisions,
    Operation(path="/api/decisions", method="POST", does="Decide about claims or a voice", query=(), gives=Made,
              sends=NewDecision, status=201): decide,
    Operation(path="/api/decisions/{number}", method="DELETE", does="Withdraw a decision", query=(), gives=Decided):
        withdraw,
}  # fmt: skip

OPERATIONS = tuple(_ANSWERS)

ROUTES = [
    Route(
        one.path.replace("{number}", "{number:int}").replace("articles/{ident}", "articles/{ident:path}"),
        answer, methods=[one.method],
    )
    for one, answer in _ANSWERS.items()
] + [Route("/api/openapi.json", description)]  # fmt: skip
