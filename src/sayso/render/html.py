"""Readings as one self-contained HTML page: the article's text with its spans, and beside it who says what.

Page text is hostile: everything is escaped by the templates, control characters are shown as U+FFFD, only http and
https addresses become links, and a content security policy names the page's own style and script by their hashes,
so that nothing else can run or load, whatever a page holds.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from sayso.records import Reading
from sayso.render.page import reading_view
from sayso.render.wording import tame

if TYPE_CHECKING:
    from jinja2 import Template

#: A policy under which nothing loads or runs but what is added to it.
NOTHING_ELSE = "default-src 'none'; base-uri 'none'; form-action 'none'"


def render_html(readings: Iterable[Reading]) -> str:
    """One HTML page (UTF-8, no external resource) of all readings, in the order given; it works without script."""
    style, script = asset("page.css"), asset("page.js")
    return template("page.html.j2").render(
        readings=[reading_view(reading, index) for index, reading in enumerate(readings)],
        style=style,
        script=script,
        policy=f"{NOTHING_ELSE}; style-src {hash_of(style)}; script-src {hash_of(script)}",
    )


def safe_url(url: str | None) -> str | None:
    """The address if it is one of the web (http or https, with a host, without control characters), else None."""
    if not url or tame(url) != url or any(mark.isspace() for mark in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


@cache
def template(name: str) -> Template:
    """A template of this room; every value that it shows passes ``tamed`` and is escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(asset), autoescape=True, undefined=StrictUndefined, finalize=tamed,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters |= FILTERS
    return environment.get_template(name)


@cache
def asset(name: str) -> str:
    """A template, style or script of this room."""
    return (files("sayso.render") / "templates" / name).read_text("utf-8")


def path(value: str) -> str:
    """A name as one part of an address, slashes and all."""
    return quote(value.encode("utf-8", "replace"), safe="")


#: What templates of readings and stories use, here and in the web application.
FILTERS = {"safe_url": safe_url, "path": path}


def tamed(value: object) -> object:
    return tame(value) if type(value) is str else value


def hash_of(content: str) -> str:
    """A source expression that allows exactly this inline content."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
