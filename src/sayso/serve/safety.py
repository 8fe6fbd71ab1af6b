"""What every answer states and every request must show, so that no other page can read or change a case."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Nothing loads or runs but this application's own files; a map's tiles come from where a setting says.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{tiles}; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

#: What is answered under any name: that it is well, which tells nothing.
_ANYWHERE = "/health"

#: The largest request, in bytes: some thousand pages dropped at once.
LARGEST = 200_000_000


class Safety:
    """Refuses requests under another name than the application's own and changes asked for by other sites.

    Args:
        hosts: names under which the application answers (a page of another site that makes its own name point here
            is refused by it); empty: any.
        tiles: the origin from which a map's tiles may come.
    """

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str] = (), tiles: str | None = None) -> None:
        self._app, self._hosts = app, frozenset(hosts)
        self._policy = _POLICY.format(tiles=f" {_origin(tiles)}" if tiles else "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refused(scope)
        if refusal is not None:
            status, why = refusal
            await PlainTextResponse(f"{why}\n", status)(scope, receive, self._stating(send))
            return
        await self._app(scope, receive, self._stating(send))

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._hosts and _name(host) not in self._hosts and scope["path"] != _ANYWHERE:
            return 421, "This application does not answer under that name."
        if "transfer-encoding" in headers:
            return 411, "A request must say how long it is."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            return 413, f"A request may have {LARGEST:,} bytes."
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and not _same_site(headers, host):
            return 403, "A change is taken from this application's own pages alone."
        return None

    def _stating(self, send: Send) -> Send:
        async def stated(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", self._policy)
                headers.setdefault("Cache-Control", "no-store")
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        return stated


def _name(host: str) -> str:
    """A host's name without its port."""
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _same_site(headers: Headers, host: str) -> bool:
    """Whether a change comes from a page of this application, or from a program, which states no origin."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host
