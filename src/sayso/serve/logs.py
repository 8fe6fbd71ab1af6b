"""What a server says while it runs: a line for each request, and its faults, for people or for programs.

A line names the route and not the address, so that no words that somebody looked for and no page's name stand in it.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias, get_args

import msgspec

#: How lines are written: for people, or one JSON object each.
LogForm: TypeAlias = Literal["plain", "json"]
LOG_FORMS: tuple[LogForm, ...] = get_args(LogForm)

#: Under this name requests are told; what they were stands in each line's ``request``.
REQUESTS = logging.getLogger("sayso.requests")


def set_up_logs(form: LogForm) -> None:
    """Lets the application's and its server's lines go to standard error in one form."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Json() if form == "json" else _Plain())
    for name in ("sayso", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO)
    # every request has its line already
    logging.getLogger("uvicorn.access").disabled = True


class _Plain(logging.Formatter):
    """``2026-01-31T12:00:00+00:00 info GET /stories/{ident} 200 12.5 ms amira``."""

    def format(self, record: logging.LogRecord) -> str:
        request: dict[str, Any] | None = getattr(record, "request", None)
        said = _in_words(request) if request else record.getMessage()
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{_time(record)} {record.levelname.lower()} {said}{trace}"


class _Json(logging.Formatter):
    """One object a line, with ``time``, ``level``, and a request's fields or what is said."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {"time": _time(record), "level": record.levelname.lower()}
        told |= getattr(record, "request", None) or {"says": record.getMessage()}
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return msgspec.json.encode(told).decode()


def _in_words(request: dict[str, Any]) -> str:
    user = f" {request['user']}" if "user" in request else ""
    return f"{request['method']} {request['route']} {request['status']} {request['ms']} ms{user}"


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
