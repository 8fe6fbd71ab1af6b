"""Addresses of the web: which may be asked for at all, and at which machines; none that is not public.

A name is resolved once, every address that it has is looked at, and the connection goes to one that was looked at: a
name that answers otherwise a moment later leads nowhere else.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

from sayso.records import SourceError

IPAddress: TypeAlias = IPv4Address | IPv6Address

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", re.ASCII)
_NUMBER = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)", re.ASCII)
_UNSAFE = re.compile(r"[\x00-\x20\\\x7f-\x9f]")

#: Networks through which an address of IPv4 is reached; what stands in it is looked at instead.
_NAT64 = ip_network("64:ff9b::/96")

#: Addresses that are not public, whatever the version of Python thinks of them.
_CLOSED = tuple(
    map(ip_network, (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        "5f00::/16", "fc00::/7", "fe80::/9", "ff00::/8",
    ))
)  # fmt: skip


def resolved(host: str, port: int) -> tuple[str, ...]:
    """Every address that a name has now."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True)
class Reach:
    """What may be reached. Tests open loopback with one of their own; no option, setting or variable makes another."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    any_port: bool = False
    resolve: Callable[[str, int], tuple[str, ...]] = resolved
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def allows(self, address: IPAddress) -> bool:
        """Whether a machine may be asked: a public one, or one of these networks."""
        return is_public(address) or any(address in network for network in self.networks)


#: The public web and nothing else.
PUBLIC = Reach()


class Address(NamedTuple):
    """A web address taken apart; ``host`` without brackets, ``target`` the path with the query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme and host, with the port where it is not the scheme's own."""
        return f"{self.scheme}://{self.host_and_port}"

    @property
    def host_and_port(self) -> str:
        """As the ``Host`` header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in one spelling, without what stands behind ``#``."""
        return f"{self.origin}{self.target}"


def is_public(address: IPAddress) -> bool:
    """Whether an address is one of the open internet, and hides none of another kind within it."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not any(
        address in network for network in _CLOSED if network.version == address.version
    )


def address_of(url: str, reach: Reach) -> Address:
    """A web address taken apart.

    Raises:
        SourceError: where it is none that sayso asks for: another scheme, a user's name, an odd port or host.
    """
    from w3lib.url import safe_url_string

    if _UNSAFE.search(url.strip()):
        raise _refused(url, "a space, a backslash or a control character in it")
    try:
        parts = urlsplit(safe_url_string(url.strip()))
        port = parts.port
    except ValueError as error:
        raise _refused(url, str(error)) from None
    if parts.scheme not in _PORTS:
        raise _refused(url, f"the scheme {parts.scheme or 'of none'}")
    if "@" in parts.netloc:
        raise _refused(url, "a user's name in it")
    port = port or _PORTS[parts.scheme]
    if port not in _PORTS.values() and not reach.any_port:
        raise _refused(url, f"port {port}")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(parts.scheme, _host(parts.hostname or "", url), port, target)


def _host(host: str, url: str) -> str:
    """A host in one spelling. Numbers stand for themselves only where they are written as addresses are."""
    host = host.lower().removesuffix(".")
    try:
        return str(ip_address(host))
    except ValueError:
        if len(host) > 253 or not _HOST.fullmatch(host) or _NUMBER.fullmatch(host):
            raise _refused(url, f"the host {host or 'of none'}") from None
    return host


def machines(address: Address, reach: Reach) -> tuple[str, ...]:
    """The machines that may be connected to for an address.

    Raises:
        SourceError: where its name is not known, or one of the machines is not public.
    """
    try:
        found = reach.resolve(address.host, address.port)
    except (OSError, UnicodeError) as error:
        raise SourceError(expected="a host that has an address", found=str(error), place=address.url) from None
    closed = [one for one in found if not reach.allows(ip_address(one))]
    if closed or not found:
        what = f"{address.host} at {closed[0]}, which is not public" if closed else "none"
        raise SourceError(expected="a host on the public internet", found=what, place=address.url)
    return found


def _refused(url: str, found: str) -> SourceError:
    return SourceError(expected="a web address (http:// or https://, a public host)", found=found, place=url)
