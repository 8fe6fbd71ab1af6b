"""Templates to answers: every value is escaped and tamed, every page says what it may load."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sayso.render.html import FILTERS, asset, tamed
from sayso.render.wording import day_words, days_words, title_words
from sayso.serve.desk import Desk
from sayso.serve.people import may_change

if TYPE_CHECKING:
    from jinja2 import Environment

#: Files that pages load, with their media types; those of the reading page are the renderer's own.
STATIC = {"css": "text/css", "js": "text/javascript", "json": "application/json", "svg": "image/svg+xml"}
_SHARED = ("page.css", "page.js", "graph.css")


def desk_of(request: Request) -> Desk:
    """The desk of the application that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


class _Query(dict[str, str]):
    """What an address asks for; what it does not ask for is None."""

    def __missing__(self, name: str) -> None:
        return None


def page(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    """A page from a template of this room; ``query``: the filters that its list is narrowed to."""
    desk = desk_of(request)
    values["query"] = _Query(values.get("query", {}))
    shared = {
        "request": request, "here": request.url.path, "place": desk.case.place, "trouble": desk.trouble,
        "csrf": request.scope.get("sayso.csrf", ""), "user": request.scope.get("sayso.user"),
        "once": request.scope.get("sayso.once", False), "may_change": may_change(request),
        "current": desk.case.is_current(),
    }  # fmt: skip
    return HTMLResponse(_environment().get_template(name).render(**shared, **values), status_code=status)


def address(path: str, query: Mapping[str, Any], **changed: Any) -> str:
    """A path with a query, some of its values changed; None takes one out."""
    merged = {name: value for name, value in ({**query, **changed}).items() if value not in (None, "")}
    return f"{path}?{urlencode(merged, errors='replace')}" if merged else path


def without(path: str, query: Mapping[str, Any], name: str) -> str:
    """A path with a query, one of its values taken out."""
    return address(path, query, **{name: None})


@cache
def static(name: str) -> bytes | None:
    """The content of a file that pages load; None where there is no such file."""
    if name in _SHARED:
        return asset(name).encode()
    parts = name.split("/")
    if any(part in ("", ".", "..") or part.startswith(".") for part in parts) or name.rpartition(".")[2] not in STATIC:
        return None
    found = files("sayso.serve") / "static"
    for part in parts:
        found = found / part
    return found.read_bytes() if found.is_file() else None


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_template), autoescape=True, undefined=StrictUndefined, finalize=tamed,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters |= FILTERS | {"day": day_words, "days": days_words, "happening": title_words}
    environment.globals |= {"address": address, "without": without, "kind": _kind, "plural": _plural}
    return environment


def _template(name: str) -> str:
    own = files("sayso.serve") / "templates" / name
    return own.read_text("utf-8") if own.is_file() else asset(name)


def _kind(name: str) -> str:
    return "other event" if name == "other_conflict" else name.replace("_", " ")


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
