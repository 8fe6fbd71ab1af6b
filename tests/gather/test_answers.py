"""One answer from one machine: connected to as it was looked at, under its own name, bounded in size and time."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from typing import Any

import pytest

from sayso.gather.addresses import Reach, address_of
from sayso.gather.answers import Answer, Bounds, ask
from sayso.records import SourceError
from tests.gather.sites import STORY, Reply, Site, loopback, serving

BOUNDS = Bounds(100_000, 20)


def asked(url: str, reach: Reach, bounds: Bounds = BOUNDS) -> Answer:
    return ask(address_of(url, reach), {"User-Agent": "sayso"}, bounds, reach)


def test_the_host_keeps_its_name_and_is_resolved_once(site: Site) -> None:
    site.paths["/a?b=c"] = Reply()
    looked_up: list[str] = []

    def resolve(host: str, _: int) -> tuple[str, ...]:
        looked_up.append(host)
        # the second answer of a rebinding name would lead elsewhere
        return ("127.0.0.1",) if len(looked_up) == 1 else ("127.0.0.2",)

    reach = Reach(networks=loopback().networks, any_port=True, resolve=resolve)
    answer = asked(site.url("/a?b=c"), reach)

    assert (answer.status, answer.body) == (200, STORY)
    assert looked_up == ["news.example"]
    ((path, headers),) = site.asked
    assert path == "/a?b=c"
    assert headers["Host"] == f"news.example:{site.port}"


def test_no_proxy_of_the_environment_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.paths["/"] = Reply()
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}/")
        assert asked(site.url("/"), loopback()).status == 200
        assert proxy.asked == []


def test_a_body_is_read_up_to_its_bound(site: Site) -> None:
    site.paths["/long"] = Reply(bytes(300_000))
    answer = asked(site.url("/long"), loopback())

    assert (len(answer.body), answer.cut) == (100_000, True)


def drip(head: bytes, drops: bytes) -> Any:
    """Sends a beginning, then a byte now and then: never silent, never done."""

    def send(handler: Any) -> None:
        handler.close_connection = True
        try:
            handler.wfile.write(head)
            for _ in range(100):
                handler.wfile.write(drops)
                time.sleep(0.05)
        except OSError:
            return

    return send


@pytest.mark.parametrize(("head", "drops"), [
    (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    (b"HTTP/1.1 200 OK\r\n", b"X-Y: z\r\n"),
    (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
])  # fmt: skip
def test_what_never_ends_is_given_up(site: Site, head: bytes, drops: bytes) -> None:
    site.paths["/slow"] = drip(head, drops)
    began = time.monotonic()
    with pytest.raises(SourceError, match="in time"):
        asked(site.url("/slow"), loopback(), Bounds(100_000, 1))

    assert time.monotonic() - began < 3


def test_what_is_silent_is_given_up(site: Site) -> None:
    site.paths["/silent"] = lambda _: time.sleep(2)
    with pytest.raises(SourceError):
        asked(site.url("/silent"), loopback(), Bounds(100_000, 1))


def raw(data: bytes) -> Any:
    def send(handler: Any) -> None:
        handler.wfile.write(data)
        handler.close_connection = True

    return send


@pytest.mark.parametrize("data", [
    b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort", b"HTTP/1.1 abc\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n",
    b"HTTP/1.1 200 OK\r\nA: " + b"b" * 200_000 + b"\r\n\r\n",
])  # fmt: skip
def test_what_is_no_whole_answer_is_said(site: Site, data: bytes) -> None:
    site.paths["/odd"] = raw(data)
    with pytest.raises(SourceError) as caught:
        asked(site.url("/odd"), loopback())

    assert caught.value.place == site.url("/odd")
    assert "\n" not in str(caught.value)


@pytest.fixture(scope="module")
def authority() -> Any:
    return pytest.importorskip("trustme").CA()


@pytest.fixture
def safe_site(authority: Any) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.example").configure_cert(context)
    with serving(context) as site:
        site.paths["/"] = Reply()
        yield site


def test_a_certificate_must_be_of_the_name(safe_site: Site, authority: Any) -> None:
    def trusting() -> ssl.SSLContext:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    assert asked(safe_site.url("/"), loopback(tls=trusting)).body == STORY
    for reach, host in ((loopback(tls=trusting), "other.example"), (loopback(), "news.example")):
        with pytest.raises(SourceError, match=r"CERTIFICATE|doesn't match"):
            asked(safe_site.url("/", host), reach)
