"""Who may come in, where a case is served to others: sessions by a cookie, names and passwords for programs, roles."""

from __future__ import annotations

import base64
import hmac
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from time import monotonic
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sayso.case import Account, Case
from sayso.serve.asking import own_path, word
from sayso.serve.pages import desk_of, page

#: What a browser holds for a session. Over https the name itself makes browsers refuse to send it elsewhere.
COOKIE = {"http": "sayso-session", "https": "__Host-sayso-session"}

#: Addresses that everybody may see.
_OPEN = ("/login", "/static/", "/health")

#: What programs ask, with a name and a password; and what a monitor asks with its token alone.
_METRICS = "/metrics"
_FOR_PROGRAMS = ("/api/", _METRICS)

#: What everybody who is signed in may do, whatever their role and their password.
_ALWAYS = ("/logout", "/password")

_ALONE = "This case is served to this machine alone: nobody signs in."
_SET_OWN = "This password was made for you. Sign in in a browser and set one of your own first."

#: Failed attempts to sign in, and changes, that are taken in a minute; names and addresses that are remembered.
_FAILURES, _CHANGES, _REMEMBERED = 5, 240, 10_000


class Limit:
    """So many in so many seconds for each key; ``clock`` gives seconds."""

    def __init__(self, count: int, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._count, self._seconds, self._clock = count, seconds, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def is_full(self, key: str) -> bool:
        """Whether no more are taken for now."""
        times, now = self._seen.get(key, deque[float]()), self._clock()
        while times and times[0] <= now - self._seconds:
            times.popleft()
        return len(times) >= self._count

    def note(self, key: str) -> None:
        """One more."""
        self._seen.setdefault(key, deque(maxlen=self._count)).append(self._clock())
        self._seen.move_to_end(key)
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)


class Guard:
    """Lets nobody past who is not signed in, and nobody change what their role does not let them change.

    It notes on each request who asks (``sayso.user``) and what a form of this session must carry (``sayso.csrf``).
    """

    def __init__(
        self, app: ASGIApp, *, case: Case, failures: Limit | None = None, monitor: str | None = None
    ) -> None:  # fmt: skip
        self._app, self._case, self._monitor = app, case, monitor
        self.failures = failures or Limit(_FAILURES, 60)
        self._changes = Limit(_CHANGES, 60)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["sayso.guard"] = self
            scope["sayso.monitor"] = self._is_monitor(scope)
            if not scope["path"].startswith(_OPEN) and not scope["sayso.monitor"]:
                refusal = await run_in_threadpool(self._refusal, scope)
                if refusal is not None:
                    await refusal(scope, receive, send)
                    return
        await self._app(scope, receive, send)

    def _is_monitor(self, scope: Scope) -> bool:
        given = Headers(scope=scope).get("authorization", "")
        return scope["path"] == _METRICS and self._monitor is not None and is_bearer(given, self._monitor)

    def _refusal(self, scope: Scope) -> Response | None:
        """Why a request goes no further; None where it does."""
        account = self._account(scope)
        for_program = scope["path"].startswith(_FOR_PROGRAMS)
        if account is None:
            return _unknown(scope) if not for_program else _told(401, "Sign in first, or send a name and a password.")
        scope["sayso.user"] = (account.name, account.role)
        if account.once is not None and scope["path"] not in _ALWAYS:
            return _told(403, _SET_OWN) if for_program else RedirectResponse("/password", status_code=303)
        scope["sayso.once"] = account.once is not None
        if scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return None
        if account.role == "reader" and scope["path"] not in _ALWAYS:
            return _told(403, "A reader looks; to add and decide takes a reviewer.")
        if self._changes.is_full(account.name):
            return _told(429, "That were many changes in a minute; wait a little.")
        self._changes.note(account.name)
        return None

    def _account(self, scope: Scope) -> Account | None:
        token = token_of(scope)
        if token is not None:
            scope["sayso.csrf"] = csrf_of(token)
            return self._case.session(token, datetime.now(UTC))
        given = _basic(Headers(scope=scope).get("authorization", ""))
        if given is None or not scope["path"].startswith(_FOR_PROGRAMS):
            return None
        keys = keys_of(scope, given[0])
        if any(map(self.failures.is_full, keys)):
            return None
        account = self._case.check_account(*given)
        if account is None:
            for key in keys:
                self.failures.note(key)
        return account


def guard_of(request: Request) -> Guard:
    """Who stands before the screens.

    Raises:
        HTTPException: 404 where nobody does.
    """
    guard: Guard | None = request.scope.get("sayso.guard")
    if guard is None:
        raise HTTPException(404, _ALONE)
    return guard


def token_of(scope: Scope) -> str | None:
    """The token that the browser sent."""
    return Request(scope).cookies.get(COOKIE[_scheme(scope)])


def csrf_of(token: str) -> str:
    """What a form of a session carries: who does not hold the session's token cannot make it."""
    return hmac.new(token.encode("utf-8", "replace"), b"sayso form", sha256).hexdigest()


def _scheme(scope: Scope) -> str:
    return "https" if scope.get("scheme") == "https" else "http"


def keys_of(scope: Scope, name: str) -> tuple[str, str]:
    """By what failed attempts are counted: the name, and where they come from."""
    client = scope.get("client")
    return f"name {name[:200]}", f"address {client[0] if client else ''}"


def _basic(header: str) -> tuple[str, str] | None:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(rest, validate=True).decode().partition(":")
    except ValueError:
        return None
    return (name, password) if colon else None


def is_bearer(header: str, token: str) -> bool:
    """Whether a request's authorization is this token."""
    scheme, _, given = header.partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), token.encode())


def _unknown(scope: Scope) -> Response:
    asked = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    return RedirectResponse(f"/login?back={quote(asked, safe='')}" if asked != "/" else "/login", status_code=303)


def _told(status: int, why: str) -> Response:
    return JSONResponse({"status": status, "detail": why}, status)


def login_form(request: Request) -> Response:
    """Where a name and a password are asked for."""
    guard_of(request)
    return page(request, "login.html.j2", back=own_path(request.query_params.get("back"), "/"), failed=None)


async def login(request: Request) -> Response:
    """Begins a session."""
    async with request.form(max_files=0, max_fields=10) as sent:
        fields = {name: value for name, value in sent.items() if isinstance(value, str)}
    return await run_in_threadpool(_login, request, fields)


def _login(request: Request, fields: dict[str, str]) -> Response:
    guard = guard_of(request)
    name, back = word(fields, "name") or "", own_path(fields.get("back"), "/")
    keys = keys_of(request.scope, name)
    if any(map(guard.failures.is_full, keys)):
        return page(
            request, "login.html.j2", 429, back=back, failed="Too many attempts. Wait a minute, then try again."
        )
    token = desk_of(request).case.sign_in(name, fields.get("password", "")[:1000], datetime.now(UTC))
    if token is None:
        for key in keys:
            guard.failures.note(key)
        return page(request, "login.html.j2", 403, back=back, failed="Name and password do not fit.")
    answer = RedirectResponse(back, status_code=303)
    scheme = _scheme(request.scope)
    answer.set_cookie(COOKIE[scheme], token, httponly=True, samesite="lax", secure=scheme == "https", path="/")
    return answer


async def logout(request: Request) -> Response:
    """Ends the session."""
    token = token_of(request.scope)
    if token is not None:
        await run_in_threadpool(desk_of(request).case.sign_out, token)
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(COOKIE[_scheme(request.scope)], path="/")
    return answer
