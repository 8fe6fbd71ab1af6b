"""Names of agencies and outlets: one canonical name for each, whatever it is called in a byline or a mark-up.

Shared by the rooms that name publishers and voices: the same body must come out under the same name.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple


class Outlet(NamedTuple):
    """One agency or outlet of ``outlets.toml``."""

    name: str
    kind: Literal["agency", "outlet"]
    aliases: tuple[str, ...]
    domains: tuple[str, ...]


#: Words that tell two names of one outlet apart no more than "the" does: "BBC News", "RT International".
_GENERIC = frozenset("the news online website com co uk org net inc ltd llc plc english international agency".split())
_INTERNET_ENDING = re.compile(r"\.(?:com|co\.uk|org|net|info)$", re.IGNORECASE)


@cache
def outlets() -> tuple[Outlet, ...]:
    """All of ``outlets.toml``, agencies first."""
    data = tomllib.loads((files("sayso.text") / "outlets.toml").read_text("utf-8"))
    kinds: tuple[Literal["agency", "outlet"], ...] = ("agency", "outlet")
    return tuple(
        Outlet(name=row["name"], kind=kind, aliases=tuple(row["aliases"]), domains=tuple(row["domains"]))
        for kind in kinds
        for row in data[kind]
    )


def outlet_named(name: str) -> Outlet | None:
    """The outlet that goes by this name, compared without case, accents, leading "the" and punctuation."""
    return _by_name().get(fold_name(name))


def outlet_at(host: str) -> Outlet | None:
    """The outlet whose site this host belongs to: ``www.reuters.com`` is Reuters."""
    parts = host.lower().split(".")
    return next((found for at in range(len(parts)) if (found := _by_domain().get(".".join(parts[at:])))), None)


def outlet_name(name: str) -> str:
    """The canonical name, or the name itself, tidied, where the table does not know it."""
    known = outlet_named(name)
    return known.name if known else " ".join(name.split())


def same_outlet(one: str, other: str) -> bool:
    """Whether two names mean one outlet: one canonical name, or the same words but for "news", "online" and such."""
    first, second = outlet_name(one), outlet_name(other)
    return fold_name(first) == fold_name(second) or (core_name(first) == core_name(second) != "")


def fold_name(name: str) -> str:
    """A name for comparing: no case, no accents, no punctuation, no leading "the"."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    words = re.findall(r"\w+", bare.casefold().replace("'", "").replace("’", "").replace(".", ""))
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def core_name(name: str) -> str:
    """What is left of a name without "the", "news", "online", ".com" and such, run together: ``emberpost``."""
    folded = fold_name(_INTERNET_ENDING.sub("", name.strip()))
    return "".join(word for word in folded.split() if word not in _GENERIC)


@cache
def _by_name() -> dict[str, Outlet]:
    return {fold_name(name): row for row in reversed(outlets()) for name in (row.name, *row.aliases)}


@cache
def _by_domain() -> dict[str, Outlet]:
    return {domain: row for row in outlets() for domain in row.domains}
