"""Copies in web archives: of which page, taken when. A copy is an earlier version of its original, and no outlet."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from sayso.gather.addresses import PUBLIC, Address, address_of
from sayso.records import SourceError

#: ``/web/20161213101010/http://…``, ``/web/20161213101010id_/…``, ``/2016.12.13-101010/http://…``
_PATH = re.compile(
    r"/(?:[\w-]+/){0,2}?(\d[\d.-]{2,18}\d)(?:[a-z]{2}_)?/((?:https?:/{1,2})?[^/?#]+\.[^/?#]+(?:[/?#].*)?)"
)
_LINK = re.compile(r"""<([^<>]{1,4000})>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s",;]+))*)""")
_ORIGINAL = re.compile(r"""\brel\s*=\s*"?(?:[^"]*\s)?original\b""")
_TIME = re.compile(r"(/(?:web|\d+)/\d{4,14})(?:[a-z]{2}_)?(/.*)", re.DOTALL)


class Memento(NamedTuple):
    """What a copy is of, and when it was made; ``taken`` is an ISO time, None where that is not said."""

    original: str
    taken: str | None


@cache
def _known() -> dict[str, tuple[str, ...]]:
    values = tomllib.loads((files("sayso.gather") / "mementos.toml").read_text("utf-8"))
    return {name: tuple(hosts) for name, hosts in values.items()}


def memento_of(url: str, time: str | None, link: str | None) -> Memento | None:
    """The page of which an archive's address holds a copy.

    Args:
        url: the address at the archive.
        time: its header ``Memento-Datetime``.
        link: its header ``Link``, which may name the original.
    """
    try:
        address = address_of(url, PUBLIC)
        if not _is_of("hosts", address):
            return None
        path = _PATH.fullmatch(address.target)
        original = _original(link or "") or (path and path[2])
        return Memento(address_of(_whole(original), PUBLIC).url, _taken(time, path)) if original else None
    except SourceError:
        return None


def unaltered(address: Address) -> Address:
    """The address at which an archive gives a page as it was, where it has one."""
    match = _TIME.fullmatch(address.target)
    return address._replace(target=f"{match[1]}id_{match[2]}") if match and _is_of("unaltered", address) else address


def _is_of(which: str, address: Address) -> bool:
    return any(f".{address.host}".endswith(f".{host}") for host in _known()[which])


def _original(link: str) -> str | None:
    return next((url for url, rest in _LINK.findall(link) if _ORIGINAL.search(rest)), None)


def _whole(original: str) -> str:
    """An address with its scheme, and with both strokes behind it, of which some paths lose one."""
    scheme, colon, rest = original.partition(":/")
    return f"{scheme}://{rest.lstrip('/')}" if colon and scheme in {"http", "https"} else f"http://{original}"


def _taken(time: str | None, path: re.Match[str] | None) -> str | None:
    """When a copy was made: as its header says, else as its address does, to the second or not at all."""
    try:
        if time:
            said = parsedate_to_datetime(time)
        else:
            said = datetime.strptime(re.sub(r"\D", "", path[1]) if path else "", "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
