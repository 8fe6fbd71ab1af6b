"""Notes every request: what was asked of which route, how it was answered, how long it took, and for whom."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.records import SaysoError
from sayso.serve.desk import Desk
from sayso.serve.jobs import Jobs
from sayso.serve.logs import REQUESTS
from sayso.serve.metrics import Metrics
from sayso.serve.pages import desk_of

#: What is asked of a route; anything else is "other": a stranger must not make up names that are kept.
_METHODS = ("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH")

#: The route of a request that came to none: there is none, or it was refused before.
_UNROUTED = "unrouted"


class Noting:
    """Stands before everything, so that refused requests are noted too."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, routes: Iterable[BaseRoute]) -> None:
        self._app, self._metrics = app, metrics
        self._paths: dict[Any, str] = {route.endpoint: route.path for route in routes if isinstance(route, Route)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = 500, perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._note(scope, status, perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = self._paths.get(scope.get("endpoint", _UNROUTED), _UNROUTED)
        self._metrics.answered(method, route, status, seconds)
        told: dict[str, Any] = {"method": method, "route": route, "status": status, "ms": round(1000 * seconds, 1)}
        user = scope.get("sayso.user")
        REQUESTS.info("request", extra={"request": told | ({"user": user[0]} if user else {})})


def metrics_of(desk: Desk, jobs: Jobs) -> Metrics:
    """The measures of an application over a desk."""
    made = Metrics((
        ("sayso_articles", "Articles of the case", desk.case.count_articles),
        ("sayso_stories", "Stories of the case, as they were last grouped", desk.case.count_stories),
        ("sayso_current", "1 where the stories tell of all articles", desk.case.is_current),
        ("sayso_additions_running", "Additions that are being read or wait for it", jobs.running),
        ("sayso_additions_problems", "Problems of the last hundred additions", jobs.problems),
    ))  # fmt: skip
    desk.on_refresh = made.refreshed
    return made


def shown(request: Request) -> Response:
    """The measures, for an owner or a monitor that has the token; for everybody where nobody signs in."""
    user, token = request.scope.get("sayso.user"), request.scope.get("sayso.monitor", False)
    if "sayso.guard" in request.scope and not token and (user is None or user[1] != "owner"):
        raise HTTPException(403, "An owner, or who has the token, sees the measures.")
    metrics: Metrics = request.app.state.metrics
    return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


def health(request: Request) -> Response:
    """Whether the case answers; nothing else is told, so that everybody may ask."""
    try:
        desk_of(request).case.stamp()
    except SaysoError:
        return PlainTextResponse("The case does not answer.\n", 503)
    return PlainTextResponse("well\n")
