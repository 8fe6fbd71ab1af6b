"""TIMEX3 values as calendar arithmetic: a value's days, a day's value at any grain, and steps between values.

Values are the strings that TIMEX3 writes: ``1998-02-13``, ``1998-02``, ``1998-Q1``, ``1998-W07``, ``1998-W07-WE``,
``1998-H1``, ``1998-SU``, ``1998``, ``199`` (a decade), ``19`` (a century). A *grain* is the TIMEX3 letter of a unit:
``D``, ``W``, ``M``, ``Q``, ``Y``, ``10Y`` or ``100Y``. What has no days (``PAST_REF``, ``P2D``, ``XXXX-08``) has None.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

Days: TypeAlias = tuple[date, date]

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.*)?)?))?|(?P<decade>\d{3})|(?P<century>\d\d)"
)

#: First month of a season in the northern half of the world; winter begins in the December of its year's end.
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

#: Which months of a year, days of a month and (ISO) days of a week their parts cover. Coders of conflict reports take
#: "late 2014" as October to December, "early 2011" as January to April, "late June" as the 20th or 21st to the 30th.
_PART_OF_YEAR = {"START": (1, 4), "MID": (5, 8), "END": (10, 12)}
_PART_OF_MONTH = {"START": (1, 10), "MID": (11, 20), "END": (21, 31)}
_PART_OF_WEEK = {"START": (1, 3), "MID": (2, 4), "END": (4, 7)}


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def value_of(day: date, grain: str) -> str:
    """The value of the unit of size ``grain`` that holds ``day``."""
    year, week, _ = day.isocalendar()
    return {
        "D": day.isoformat(),
        "W": f"{year:04}-W{week:02}",
        "M": f"{day.year:04}-{day.month:02}",
        "Q": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "Y": f"{day.year:04}",
        "10Y": f"{day.year // 10:03}",
        "100Y": f"{day.year // 100:02}",
    }[grain]


def grain_of(value: str) -> str | None:
    """The grain at which ``value`` is given, or None where it is no calendar value of a single unit."""
    match = _VALUE.fullmatch(value)
    if match is None or match["season"] or match["half"]:
        return None
    for name, grain in (
        ("day", "D"),
        ("month", "M"),
        ("week", "W"),
        ("quarter", "Q"),
        ("year", "Y"),
        ("decade", "10Y"),
    ):
        if match[name]:
            return grain
    return "100Y"


def shift(day: date, grain: str, count: int) -> date | None:
    """``day`` moved by ``count`` units; the day of the month gives way where the month is shorter."""
    try:
        if grain in "DW":
            return day + timedelta(days=count * (7 if grain == "W" else 1))
        months = count * {"M": 1, "Q": 3, "Y": 12, "10Y": 120, "100Y": 1200}[grain]
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def days_of(value: str) -> Days | None:
    """First and last day that ``value`` covers, or None where that cannot be told."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    kind = next(name for name in (*_COVERS, "year") if match[name])
    try:
        return _COVERS[kind](match) if kind in _COVERS else _months(int(match["year"]), 1, 12)
    except (OverflowError, ValueError):
        return None


def part_of(value: str, mod: str) -> Days | None:
    """The days of a value's beginning, middle or end; all of it where the value is no week, month or year."""
    days, grain = days_of(value), grain_of(value)
    if days is None:
        return None
    if grain == "Y" and mod in _PART_OF_YEAR:
        first, last = _PART_OF_YEAR[mod]
        return _months(days[0].year, first, last)
    if grain == "M" and mod in _PART_OF_MONTH:
        first, last = _PART_OF_MONTH[mod]
        return days[0].replace(day=first), days[0].replace(day=min(last, days[1].day))
    if grain == "W" and mod in _PART_OF_WEEK:
        first, last = _PART_OF_WEEK[mod]
        return days[0] + timedelta(days=first - 1), days[0] + timedelta(days=last - 1)
    return days


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - ((b - (b + 8) // 25 + 1) // 3) + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The ``nth`` (from 1) such weekday (ISO, Monday is 1) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def _months(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _week(match: re.Match[str]) -> Days:
    monday = date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
    return monday + timedelta(days=5 if match["weekend"] else 0), monday + timedelta(days=6)


def _day(match: re.Match[str]) -> Days:
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return day, day


def _season(match: re.Match[str]) -> Days:
    year, first = int(match["year"]), _SEASON_START[match["season"]]
    if first == 12:
        return date(year, 12, 1), _months(year + 1, 2, 2)[1]
    return _months(year, first, first + 2)[0], _months(year, first + 2, first + 2)[1]


def _third_or_half(match: re.Match[str]) -> Days:
    size, nth = (3, int(match["quarter"])) if match["quarter"] else (6, int(match["half"]))
    return _months(int(match["year"]), size * (nth - 1) + 1, size * nth)


def _years(match: re.Match[str]) -> Days:
    size, first = (10, int(match["decade"]) * 10) if match["decade"] else (100, int(match["century"]) * 100)
    return date(max(first, 1), 1, 1), date(first + size - 1, 12, 31)


_COVERS: dict[str, Callable[[re.Match[str]], Days]] = {
    "day": _day, "month": lambda match: _months(int(match["year"]), int(match["month"]), int(match["month"])),
    "week": _week, "quarter": _third_or_half, "half": _third_or_half, "season": _season,
    "decade": _years, "century": _years,
}  # fmt: skip
