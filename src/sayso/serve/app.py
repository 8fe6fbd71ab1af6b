"""The application: which address is answered by which screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sayso.case import ALL, Case
from sayso.records import AskError, SaysoError
from sayso.serve import (
    accounts,
    adding,
    alike,
    api,
    articles,
    control,
    guard,
    handing,
    history,
    noting,
    review,
    stories,
    towns,
    voices,
)
from sayso.serve.asking import own_path
from sayso.serve.desk import Desk, Options
from sayso.serve.jobs import Jobs
from sayso.serve.pages import STATIC, page, static
from sayso.serve.safety import Safety

_ROUTES = [
    Route("/", stories.listed, name="stories"),
    Route("/counted", stories.counted),
    Route("/map/{zoom:int}/{column:int}/{row:int}", towns.named),
    Route("/stories/{ident}", stories.one),
    Route("/stories/{ident}/brief", stories.brief),
    Route("/stories/{ident}/alike", alike.shown),
    Route("/articles", articles.listed),
    Route("/articles/{ident:path}/claims/{claim}", articles.claim),
    Route("/articles/{ident:path}/beside/{other:path}", articles.beside),
    Route("/articles/{ident:path}/changes", articles.changes),
    Route("/articles/{ident:path}", articles.one),
    Route("/voices", voices.listed),
    Route("/voices/{name:path}", voices.one),
    Route("/control", control.listed),
    Route("/add", adding.form, methods=["GET"]),
    Route("/add", adding.add, methods=["POST"]),
    Route("/add/{job}", adding.progress),
    Route("/review", review.queue),
    Route("/decide", review.one, methods=["GET"]),
    Route("/decide", review.decide, methods=["POST"]),
    Route("/history", history.history),
    Route("/undo", history.undo, methods=["POST"]),
    Route("/login", guard.login_form, methods=["GET"]),
    Route("/login", guard.login, methods=["POST"]),
    Route("/logout", guard.logout, methods=["POST"]),
    Route("/accounts", accounts.listed, methods=["GET"]),
    Route("/accounts", accounts.change, methods=["POST"]),
    Route("/password", accounts.own_form, methods=["GET"]),
    Route("/password", accounts.own, methods=["POST"]),
    Route("/export", handing.form),
    Route("/export/{form}", handing.download),
    Route("/metrics", noting.shown),
    Route("/health", noting.health),
]


def make_app(
    case: Case, options: Options = Options(), *, hosts: Sequence[str] = (), guarded: bool = False
) -> Starlette:
    """The application over a case that was opened with ``keeps_up=False``.

    Args:
        case: stays open as long as the application runs.
        options: see ``Options``.
        hosts: names under which it answers; empty: any.
        guarded: whether only who has an account may come in.
    """
    desk = Desk(case, options)
    desk.ahead = (ALL, control.HOLDING)
    jobs = Jobs(desk)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        desk.start()
        yield
        jobs.stop()
        desk.stop()

    routes = [*_ROUTES, *api.ROUTES, Route("/static/{name:path}", _static)]
    metrics = noting.metrics_of(desk, jobs)
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(noting.Noting, metrics=metrics, routes=routes),
            Middleware(Safety, hosts=hosts, tiles=options.tiles),
            *([Middleware(guard.Guard, case=case, monitor=options.monitor)] if guarded else []),
            Middleware(GZipMiddleware, minimum_size=1000),
        ],
        exception_handlers={HTTPException: _fault, AskError: _refused, SaysoError: _failed},  # type: ignore[dict-item]
        lifespan=lifespan,
    )
    app.state.desk, app.state.jobs, app.state.metrics = desk, jobs, metrics
    return app


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    content = static(name)
    if content is None:
        raise HTTPException(404, "no such file")
    headers = {"Cache-Control": "max-age=300"}
    return Response(content, media_type=STATIC[name.rpartition(".")[2]], headers=headers)


def _fault(request: Request, error: HTTPException) -> Response:
    return _told(request, error.status_code, str(error.detail))


def _refused(request: Request, error: AskError) -> Response:
    return _told(request, 400, str(error))


def _failed(request: Request, error: SaysoError) -> Response:
    return _told(request, 409, str(error))


def _told(request: Request, status: int, what: str) -> Response:
    """An error as whoever asked can read it: a page, JSON, or a line."""
    if request.url.path.startswith("/api/"):
        return api.problem(status, what)
    if request.url.path.startswith("/static/"):
        return PlainTextResponse(f"{what}\n", status)
    return page(request, "error.html.j2", status, what=what, code=status, back=_from(request))


def _from(request: Request) -> str | None:
    """The page of this application on which a form was sent that could not be answered."""
    whence = urlsplit(request.headers.get("referer", ""))
    if request.method != "POST" or whence.netloc != request.headers.get("host"):
        return None
    return own_path(whence.path + (f"?{whence.query}" if whence.query else ""), "") or None
