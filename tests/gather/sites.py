"""Real web servers on loopback under invented names, and a reach that opens loopback for a test alone."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any, NamedTuple

from sayso.gather.addresses import Reach
from sayso.gather.captures import Capture
from sayso.gather.fetch import Web
from sayso.gather.hosts import Hosts
from sayso.settings import Settings

STORY = (
    b"<!doctype html><html><head><title>Market hit</title></head><body><article><h1>Market hit</h1>"
    b"<p>Eleven people were killed when a shell hit a market in Aleppo on Monday, the health ministry said.</p>"
    b"<p>Rescuers searched the ruins until the evening, residents told The Daily Example.</p></article></body></html>"
)

HTML = {"Content-Type": "text/html; charset=utf-8"}


class Reply(NamedTuple):
    """What a path of a site answers."""

    body: bytes = STORY
    status: int = 200
    headers: dict[str, str] = HTML


#: A reply, or what writes bytes to the connection itself.
Route = Reply | Callable[[Any], None]


class Site:
    """A server's paths, and every request that it was sent: path and headers."""

    def __init__(self, port: int, scheme: str) -> None:
        self.port, self.scheme = port, scheme
        self.paths: dict[str, Route] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str, host: str = "news.example") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def pages(self) -> list[str]:
        """The paths that were asked for, without a site's own files."""
        return [path for path, _ in self.asked if path not in ("/robots.txt", "/.well-known/tdmrep.json")]


@contextmanager
def serving(tls: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> Iterator[Site]:
    """A site until the test ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers.items())))
            route = site.paths.get(self.path, Reply(b"", 404))
            if not isinstance(route, Reply):
                route(self)
                return
            self.send_response(route.status)
            for name, value in {"Content-Length": str(len(route.body)), **route.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(route.body)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that gave up is what many tests are about."""

    server = Server((address, 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = Site(server.server_address[1], "https" if tls else "http")
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


class Shelf:
    """An archive in memory."""

    def __init__(self) -> None:
        self.captures: dict[str, Capture] = {}

    def kept(self, url: str) -> Capture | None:
        return self.captures.get(url)

    def keep(self, capture: Capture) -> None:
        self.captures[capture.url] = capture


def loopback(names: dict[str, str] | None = None, **more: Any) -> Reach:
    """Opens loopback alone; names that are not given and end as invented ones do are hosts of the tests' own."""
    named = names or {}

    def resolve(host: str, _: int) -> tuple[str, ...]:
        return (named.get(host, "127.0.0.1" if host.endswith((".example", "web.archive.org")) else host),)

    return Reach(networks=(ip_network("127.0.0.0/8"),), any_port=True, resolve=resolve, **more)


def web(archive: Any = None, *, reach: Reach | None = None, clock: Clock | None = None, **settings: Any) -> Web:
    """Fetches from loopback, and waits in no time."""
    clock = clock or Clock()
    return Web(
        Settings(**settings), archive or Shelf(), reach=reach or loopback(), hosts=Hosts(2.0, clock, clock.sleep)
    )
