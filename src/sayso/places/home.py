"""The town that an article is written for: whoever writes for Paris, Texas calls it Paris."""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.places.folding import plain_key
from sayso.places.gazetteer import Candidate, gazetteer
from sayso.places.lists import homes
from sayso.records import Article

_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]{1,15}://)?(?:[^/@\s]{0,100}@)?([a-z0-9.-]{1,253})", re.IGNORECASE)

#: A town's name in a site's name is sought down to this many letters ("alexnews.com" says nothing).
_SHORTEST = 5


class Home(NamedTuple):
    """``key``: the plain key of the town's name, "" if unknown; ``place``: which town of that name, if known."""

    key: str = ""
    place: Candidate | None = None


def home_of(article: Article) -> Home:
    """The outlet's town: from the list of sites, else a name that the site's own name begins with."""
    labels = _domain(article).split(".")
    known = homes()
    for first in range(len(labels) - 1):
        if (domain := ".".join(labels[first:])) in known:
            return _listed(*known[domain])
    site = max(labels[:-1], key=len, default="")
    for key in (*_openings(plain_key(article.publisher or "")), *_prefixes(site)):
        if any(c.main and c.kind in ("town", "capital") for c in gazetteer().find(key)):
            return Home(key)
    return Home()


def _domain(article: Article) -> str:
    match = _HOST.match(article.url or article.site or "")
    return match.group(1).lower().removeprefix("www.") if match else ""


def _listed(town: str, country: str, admin1: str) -> Home:
    found = [
        c
        for c in gazetteer().find(town)
        if c.country == country and admin1 in ("", c.admin1) and c.kind in ("town", "capital")
    ]
    place = max(found, key=lambda c: (c.main, c.population), default=None)
    return Home(plain_key(town), place)


def _openings(publisher: str) -> list[str]:
    """The first words of an outlet's name, longest first: "the paris news" -> "paris news", "paris"."""
    names = [word for word in publisher.split() if word != "the"][:4]
    return [key for count in range(len(names) - 1, 0, -1) if len(key := " ".join(names[:count])) >= _SHORTEST]


def _prefixes(site: str) -> list[str]:
    """Beginnings of a site's name, longest first: "parisbeacon" -> ..., "parisb", "paris"."""
    return [site[:length] for length in range(min(len(site) - 3, 20), _SHORTEST - 1, -1)]
