"""What a site or a page reserves: text and data mining (TDMRep), and words such as ``noai`` for robots.

The statement nearest to a page holds: its own meta before its header, its header before its site's file.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from sayso.gather.answers import Answer
from sayso.gather.robots import AGENT, rules_of
from sayso.records import SourceError

#: How far into a page its own statements are looked for.
_HEAD = 200_000

#: Name, in lower case, and content of each meta.
Metas: TypeAlias = tuple[tuple[str, str], ...]


@cache
def _known() -> dict[str, frozenset[str]]:
    values = tomllib.loads((files("sayso.gather") / "reservations.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in values.items()}


def check_reservations(answer: Answer, content: bytes, file: str) -> None:
    """Does nothing where a page may be read.

    Args:
        answer: the page's, with its headers.
        content: the page unpacked.
        file: the site's ``tdmrep.json``, empty where it has none.

    Raises:
        SourceError: where it is reserved; says by which statement of whom.
    """
    metas = metas_of(content)
    value, where = _mining(answer, metas, file)
    if value == "1":
        raise _reserved(answer, f"text and data mining reserved by {where}")
    for where, words in (*_headers(answer), *_for_robots(metas)):
        forbidden = set(re.split(r"[\s,;:]+", words.lower())) & _known()["words"]
        if forbidden:
            raise _reserved(answer, f"{min(forbidden)} in {where}")


def _mining(answer: Answer, metas: Metas, file: str) -> tuple[str, str]:
    """What is said of text and data mining nearest to the page, and where."""
    stated = (
        (dict(metas).get("tdm-reservation"), "the page's meta tdm-reservation"),
        (answer.header("tdm-reservation"), "the page's header tdm-reservation"),
        (_of_file(file, answer), f"{answer.address.origin}/.well-known/tdmrep.json"),
    )
    return next(((value.strip(), where) for value, where in stated if value and value.strip()), ("", ""))


def _of_file(file: str, answer: Answer) -> str | None:
    """What the first rule of a ``tdmrep.json`` that fits the page's path says; paths are written as for robots."""
    try:
        rules = json.loads(file) if file else []
    except (ValueError, RecursionError):
        return None
    for rule in rules if isinstance(rules, list) else ():
        location = rule.get("location") if isinstance(rule, dict) else None
        if isinstance(location, str) and location.isprintable():
            fits = not rules_of(f"User-agent: *\nDisallow: {location}").can_fetch(answer.address.url, AGENT)
            if fits:
                return str(rule.get("tdm-reservation", ""))
    return None


def _headers(answer: Answer) -> Iterator[tuple[str, str]]:
    """What every ``X-Robots-Tag`` says to all robots or to this one."""
    for value in answer.said("x-robots-tag"):
        name, colon, _ = value.partition(":")
        if not colon or "," in name or name.strip().lower() in {AGENT, "*"}:
            yield "the page's header X-Robots-Tag", value


def _for_robots(metas: Metas) -> Iterator[tuple[str, str]]:
    for name, value in metas:
        if name in _known()["metas"]:
            yield f"the page's meta {name}", value


def metas_of(content: bytes) -> Metas:
    """The metas at the beginning of a page."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(content[:_HEAD], parser=html.HTMLParser(no_network=True))
    except (etree.ParserError, ValueError):
        return ()
    found = ((one.get("name"), one.get("content")) for one in root.iter("meta"))
    return tuple((name.strip().lower(), value) for name, value in found if name and value)


def _reserved(answer: Answer, found: str) -> SourceError:
    return SourceError(expected="a page that programs may read", found=found, place=answer.address.url)
