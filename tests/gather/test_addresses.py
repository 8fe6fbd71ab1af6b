"""No address that is not public is ever reached: not as a number in any spelling, nor by a name or within IPv6."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gather.addresses import PUBLIC, Reach, address_of, is_public, machines
from sayso.records import SourceError

CLOSED = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
    "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
]  # fmt: skip
within_closed = st.sampled_from(CLOSED).flatmap(lambda net: st.ip_addresses(network=ip_network(net)))


@given(within_closed)
def test_what_is_closed_stays_closed_in_every_dress(address: IPv4Address) -> None:
    number = int(address)
    dresses = [
        address, IPv6Address(f"::ffff:{address}"), IPv6Address(f"64:ff9b::{address}"), IPv6Address(f"::{address}"),
        IPv6Address((0x2002 << 112) | (number << 80)), IPv6Address((0x20010000 << 96) | (number ^ 0xFFFFFFFF)),
    ]  # fmt: skip

    assert not any(map(is_public, dresses))


@given(st.sampled_from(["::1/128", "::/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "2001:db8::/32",
                        "64:ff9b:1::/48"]).flatmap(lambda net: st.ip_addresses(network=ip_network(net))))  # fmt: skip
def test_no_closed_network_of_ipv6_is_public(address: IPv6Address) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("url", [
    "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0/", "http://127.0.0.1.0x1/",
    "http://a.example:22/", "http://a.example:8080/", "http://user@a.example/", "http://user:word@a.example/",
    "ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "javascript://a.example/%0aalert(1)", "http:///x",
    "http://a.example\\@b.example/", "http://a.example/\r\nHost: b", "http://a b.example/", "http://127%2e0.0.1/",
    "http://[::1/", "http://a.example:99999/", "http://../", "//a.example/", "http://\u0000a.example/", "http://a..b/",
    "http://[fe80::1%25eth0]/", "http://" + "a." * 200 + "example/",
])  # fmt: skip
def test_odd_addresses_are_refused_or_lead_nowhere(url: str) -> None:
    with pytest.raises(SourceError):
        machines(address_of(url, PUBLIC), PUBLIC)


@pytest.mark.parametrize("url", [
    "http://127.0.0.1/", "http://0.0.0.0/", "http://localhost/", "http://localhost./", "http://LOCALHOST/",
    "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/", "http://192.168.1.1/", "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/",
    "http://\uff11\uff12\uff17.0.0.1/", "http://224.0.0.1/", "http://255.255.255.255/",
])  # fmt: skip
def test_numbers_and_local_names_that_are_not_public_are_refused(url: str) -> None:
    with pytest.raises(SourceError, match=r"not public|has an address"):
        machines(address_of(url, PUBLIC), PUBLIC)


@pytest.mark.parametrize(
    "found", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("::1", "8.8.8.8"), ("::ffff:10.0.0.1",), ()]
)
def test_one_closed_address_of_a_name_closes_all(found: tuple[str, ...]) -> None:
    reach = Reach(resolve=lambda *_: found)
    with pytest.raises(SourceError):
        machines(address_of("http://rebound.example/", reach), reach)


@given(st.text(max_size=40), st.sampled_from(["http://", "https://", ""]))
def test_any_text_is_an_address_or_a_refusal(text: str, start: str) -> None:
    try:
        address = address_of(start + text, PUBLIC)
    except SourceError:
        return
    # in one spelling it is the same address, and nothing in it could end a line of a request
    assert address_of(address.url, PUBLIC) == address
    assert all(32 < ord(char) < 127 for char in address.url)


def test_what_is_open_is_opened_by_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SAYSO_REACH", "SAYSO_ALLOW", "http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")

    assert Reach() == PUBLIC
    assert PUBLIC.networks == ()
    assert PUBLIC.resolve is not socket.getaddrinfo
