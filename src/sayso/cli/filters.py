"""The options by which lists of a case are narrowed, the same for every command."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sayso.case import Only

_STATUSES = ("disputed", "corroborated", "single-source")


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if value is not None else None
    except ValueError:
        raise click.BadParameter(f"expected YYYY-MM-DD, found {value!r}") from None


_OPTIONS = {
    "since": click.option("--since", callback=_day, metavar="DATE", help="On this day (YYYY-MM-DD) or later."),
    "until": click.option("--until", callback=_day, metavar="DATE", help="On this day or earlier."),
    "place": click.option("--place", metavar="NAME", help="Where: a part of a place's name, or a country's code (SY)."),
    "type": click.option("--type", "kind", metavar="TYPE", help="What: air_strike, shelling, territory_taken, ..."),
    "voice": click.option("--voice", metavar="NAME", help="Who says so: a part of a voice's name or of its roof's."),
    "outlet": click.option("--outlet", metavar="NAME", help="Who printed it: a part of an outlet's name."),
    "status": click.option("--status", type=click.Choice(_STATUSES), help="Only stories of this status."),
    "pages": click.option(
        "--pages", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
        help="Only stories that N pages or more tell.",
    ),
}  # fmt: skip


def narrowed(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command these options, all of them where none is named; their values come as ``only``."""
    wanted = names or tuple(_OPTIONS)

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def with_only(*args: Any, **values: Any) -> None:
            given = {name: values.pop("kind" if name == "type" else name) for name in wanted}
            command(*args, only=_only(given), **values)

        for name in reversed(wanted):
            with_only = _OPTIONS[name](with_only)
        return with_only

    return decorated


def _only(given: dict[str, Any]) -> Only:
    from typing import get_args

    from sayso.case import Only
    from sayso.records import EventType

    types = get_args(EventType)
    if given.get("type") is not None and given["type"] not in types:
        raise click.BadParameter(f"expected one of {', '.join(types)}", param_hint="--type")
    return Only(**given)
