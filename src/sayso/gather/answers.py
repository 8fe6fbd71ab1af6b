"""One request and its answer: to a machine that was looked at, under the name that was asked for, bounded in all."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException
from threading import Timer
from time import monotonic
from typing import Any, NamedTuple

from sayso.gather.addresses import Address, Reach, machines
from sayso.records import SourceError

_CHUNK = 1 << 16
#: How urllib3 begins what it says of a connection.
_PART = re.compile(r"^HTTPS?Connection\([^)]*\): ")
#: Seconds that a machine may stay silent.
_SILENT = 15.0


class Answer(NamedTuple):
    """What came back: the body as it was sent, still compressed; ``cut`` where it was longer than allowed."""

    address: Address
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    cut: bool = False

    def said(self, name: str) -> tuple[str, ...]:
        """Every value of a header, in order."""
        return tuple(value for key, value in self.headers if key.lower() == name)

    def header(self, name: str) -> str | None:
        """The first value of a header."""
        return next(iter(self.said(name)), None)


class Bounds(NamedTuple):
    """How long an answer may be, in bytes as sent, and how many seconds it may take in all."""

    size: int
    seconds: int


def ask(address: Address, headers: Mapping[str, str], bounds: Bounds, reach: Reach) -> Answer:
    """Asks for one address, follows nothing, uses no proxy.

    Raises:
        SourceError: where no machine may be asked, none answers in time, or what comes is no HTTP.
    """
    from urllib3.exceptions import HTTPError

    place = address.url
    last: Exception | None = None
    for machine in machines(address, reach)[:3]:
        try:
            return _ask_machine(machine, address, headers, bounds, reach)
        except TimeoutError:
            raise SourceError(expected="an answer in time", found="none", place=place) from None
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            last = error
    raise SourceError(expected="an answer", found=_reason(last), place=place)


def _ask_machine(machine: str, address: Address, headers: Mapping[str, str], bounds: Bounds, reach: Reach) -> Answer:
    """The answer of one machine; what takes too long in all is cut off from outside."""
    ends = monotonic() + bounds.seconds
    connection = _connection(machine, address, bounds, reach)
    late = None
    try:
        connection.connect()
        late = Timer(max(ends - monotonic(), 0.0), _hang_up, [connection.sock])
        late.daemon = True
        late.start()
        # sent word for word: the path was made safe, and what a server sees is what was checked
        connection.request("GET", address.target, headers={"Host": address.host_and_port, **headers},
                           preload_content=False, decode_content=False)  # fmt: skip
        response = connection.getresponse()
        body, cut = _body(response, bounds.size) if response.status == 200 else (b"", False)
        answer = Answer(address, response.status, response.reason or "", tuple(response.headers.items()), body, cut)
    except Exception:
        if monotonic() >= ends:
            raise TimeoutError from None
        raise
    finally:
        if late is not None:
            late.cancel()
        connection.close()
    if monotonic() >= ends:
        raise TimeoutError
    return answer


def _connection(machine: str, address: Address, bounds: Bounds, reach: Reach) -> Any:
    """A connection to a machine by its number; the certificate must be of the name."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    patience = min(_SILENT, bounds.seconds)
    if address.scheme == "http":
        return HTTPConnection(machine, address.port, timeout=patience)
    return HTTPSConnection(
        machine, address.port, timeout=patience, server_hostname=address.host, assert_hostname=address.host,
        ssl_context=reach.tls(),
    )  # fmt: skip


def _body(response: Any, size: int) -> tuple[bytes, bool]:
    """The body as sent, up to a size, and whether there was more."""
    parts: list[bytes] = []
    room = size
    while chunk := response.read1(min(_CHUNK, room + 1), decode_content=False):
        parts.append(chunk[:room])
        if len(chunk) > room:
            return b"".join(parts), True
        room -= len(chunk)
    return b"".join(parts), False


def _hang_up(sock: socket.socket) -> None:
    """Ends a connection from another thread: whoever waits for it goes on at once."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _reason(error: Exception | None) -> str:
    """What went wrong, on one line, without the names of a program's own parts."""
    reason = str(error.args[-1] if error is not None and error.args else error)
    return " ".join(_PART.sub("", reason).split())[:200] or type(error).__name__
