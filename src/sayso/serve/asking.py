"""What an address asks for: filters, pages of a list, forms. What cannot be meant is refused with its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from sayso.case import Only, Order
from sayso.records import AskError, EventType, Status

#: The filters of a list, by their names in an address.
FILTERS = ("words", "since", "until", "place", "type", "voice", "outlet", "status", "pages", "box", "placed", "dated")

#: Rows of a list that are shown at once.
PAGE = 50

#: Longer than any name or search that a person types.
_LONGEST = 500


def only_of(query: Mapping[str, str]) -> Only:
    """The filters of an address.

    Raises:
        AskError: for a value that its filter cannot have.
    """
    given = {name: word(query, name) for name in FILTERS}
    values: dict[str, Any] = {name: given[name] for name in ("words", "place", "voice", "outlet")}
    values |= {name: day_of(query, name) for name in ("since", "until")}
    values |= {"type": _one_of("type", given["type"], get_args(EventType))}
    values |= {"status": _one_of("status", given["status"], get_args(Status))}
    values |= {"pages": number("pages", given["pages"], 1), "box": _box(given["box"])}
    values |= {name: _yes(name, given[name]) for name in ("placed", "dated")}
    return Only(**values)


def asked(query: Mapping[str, str]) -> dict[str, str]:
    """The filters of an address that are set, as they were given."""
    return {name: value for name in FILTERS if (value := word(query, name)) and (name, value) != ("pages", "1")}


def word(query: Mapping[str, str], name: str, longest: int = _LONGEST) -> str | None:
    """A value of an address or a form without blanks around it, None where it is empty."""
    value = query.get(name)
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > longest:
        raise AskError(expected=f"at most {longest} letters", found=f"{len(text)}", place=name)
    if "\0" in text:
        raise AskError(expected="text", found="a zero byte", place=name)
    return text or None


def number(name: str, value: str | None, default: int, highest: int = 1_000_000) -> int:
    """A whole number from 1."""
    if value is None:
        return default
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value[:9]) <= highest:
        raise AskError(expected=f"a number from 1 to {highest}", found=repr(value), place=name)
    return int(value[:9])


def order_of(query: Mapping[str, str]) -> Order:
    """What a list of stories goes by: by pages, unless it is asked for otherwise."""
    return _one_of("order", word(query, "order"), get_args(Order)) or "pages"  # type: ignore[return-value]


def offset_of(query: Mapping[str, str], size: int = PAGE) -> tuple[int, int]:
    """Which page of a list is asked for, from 1, and how many rows lie before it."""
    page = number("page", word(query, "page"), 1)
    return page, (page - 1) * size


def own_path(value: str | None, default: str) -> str:
    """Where to go after a form: a path of this application, nothing else."""
    plain = (value or "").partition("#")[0]
    ours = plain.startswith("/") and not plain.startswith(("//", "/\\")) and plain.isprintable()
    return plain if ours else default


def day_of(query: Mapping[str, str], name: str) -> str | None:
    """A day, None where none is given."""
    value = word(query, name)
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise AskError(expected="a day, YYYY-MM-DD", found=repr(value), place=name) from None


def _one_of(name: str, value: str | None, allowed: tuple[str, ...]) -> str | None:
    if value is not None and value not in allowed:
        raise AskError(expected=f"one of {', '.join(allowed)}", found=repr(value), place=name)
    return value


def _yes(name: str, value: str | None) -> bool | None:
    found = _one_of(name, value, ("yes", "no"))
    return None if found is None else found == "yes"


def _box(value: str | None) -> tuple[float, float, float, float] | None:
    if value is None:
        return None
    try:
        south, west, north, east = (float(part) for part in value.split(","))
    except ValueError:
        raise AskError(expected="south,west,north,east in degrees", found=repr(value), place="box") from None
    if not (-90 <= south <= north <= 90 and -180 <= west <= east <= 180):
        raise AskError(expected="south,west,north,east in degrees", found=repr(value), place="box")
    return south, west, north, east
