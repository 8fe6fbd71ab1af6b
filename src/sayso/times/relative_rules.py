"""Dates told from the day of publication or from the date last spoken of: "Friday", "last week", "two days later"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sayso.times.calendar import Days, days_of, make_day, shift, value_of
from sayso.times.calendar_rules import EDGE
from sayso.times.durations import count_of, grains
from sayso.times.lexicon import look_up
from sayso.times.rule import Context, Meaning, Rule, group

_TO_PUBLICATION = {"last": -1, "this": 0, "the current": 0, "current": 0, "next": 1, "this past": -1, "the past": -1, "the last": -1, "past": -1,
                   "the coming": 1, "the latest": 0, "the": 0, "the next": 1, "coming": 1}  # fmt: skip
_TO_LAST = {"that": 0, "that same": 0, "the same": 0, "the following": 1, "the previous": -1, "the preceding": -1}


def _weekday(match: re.Match[str], context: Context) -> Meaning | None:
    if not context.capital(match.start("weekday")):
        return None
    number, which, published = look_up("weekdays", match["weekday"]), group(match, "which"), context.published
    if published is None:
        return Meaning("DATE", f"XXXX-WXX-{number}")
    return Meaning("DATE", _which_weekday(number, which, match, context, published).isoformat())


def _which_weekday(number: int, which: str | None, match: re.Match[str], context: Context, published: date) -> date:
    back = (published.isoweekday() - number) % 7
    if which in ("the previous", "the following") and context.last_day:
        published = context.last_day
        back = (published.isoweekday() - number) % 7
    if which in ("last", "the previous"):
        return published - timedelta(days=back or 7)
    ahead = which in ("next", "the following", "this coming", "the coming")
    if ahead or (back and which != "this past" and context.direction(match.span()) > 0):
        return published + timedelta(days=7 - back)
    return published - timedelta(days=back)


def _day_word(match: re.Match[str], context: Context) -> Meaning | None:
    word = match["word"]
    step = {"yesterday": -1, "the day before yesterday": -2, "tomorrow": 1, "the day after tomorrow": 2}.get(word, 0)
    if context.published is None:
        return Meaning("DATE", "PRESENT_REF" if step == 0 else "PAST_REF" if step < 0 else "FUTURE_REF")
    day = shift(context.published, "D", step)
    return Meaning("DATE", day.isoformat()) if day else None


def _which_unit(match: re.Match[str], context: Context) -> Meaning | None:
    unit, which = match["span"], match["which"]
    which = " ".join(which.split())
    grain = look_up("units", unit)
    if unit == "quarter":
        return _which_quarter(which, context)
    if which in _TO_LAST:
        base, step = (context.spoken_of() if grain == "D" else _first_day(context, grain)), _TO_LAST[which]
    else:
        base, step = context.published, _TO_PUBLICATION[which]
    if base is None:
        return None
    if grain == "D" and which not in (*_TO_LAST, "the next"):
        return None
    if which == "the next" and grain == "D":
        base = context.spoken_of() or base
    day = shift(base, grain, step)
    return Meaning("DATE", value_of(day, grain)) if day else None


def _first_day(context: Context, grain: str) -> date | None:
    value = context.last_at(grain)
    days = days_of(value) if value else None
    return days[0] if days else None


def _which_quarter(which: str, context: Context) -> Meaning | None:
    """ "The quarter" is the one last spoken of, else the last that had ended: results are told after it."""
    if which in ("the", "the latest", "that", "the same", "that same"):
        value = context.last_quarter or _ended_quarter(context)
        return Meaning("DATE", value) if value else None
    step = _TO_PUBLICATION.get(which, _TO_LAST.get(which, 0))
    day = shift(context.published, "Q", step) if context.published else None
    return Meaning("DATE", value_of(day, "Q")) if day else None


def _ended_quarter(context: Context) -> str | None:
    day = shift(context.published, "Q", -1) if context.published else None
    return value_of(day, "Q") if day else None


def _year_before(_: re.Match[str], context: Context) -> Meaning | None:
    """ "A year earlier", "the year-ago period": what was last spoken of, a year before, at its grain."""
    value = context.last_quarter or context.last
    days = days_of(value) if value else None
    if value and days:
        if "-Q" in value or len(value) in (4, 7):
            return Meaning("DATE", f"{int(value[:4]) - 1:04}{value[4:]}")
    base = days[0] if days else context.published
    day = shift(base, "Y", -1) if base else None
    return Meaning("DATE", value_of(day, "Y")) if day else None


def _some_ago(match: re.Match[str], context: Context) -> Meaning | None:
    units, way = match["units"], " ".join(match["way"].split())
    back = way in ("ago", "earlier", "before", "previously", "beforehand", "prior")
    count, mod = count_of(group(match, "count"), group(match, "vague"))
    if count is None:
        return Meaning("DATE", "PAST_REF" if back else "FUTURE_REF")
    base = context.published if way in ("ago", "from now", "hence") else context.spoken_of()
    if units.rstrip("s") == "year" and count == 1 and back and (context.last_quarter or way == "earlier"):
        return _year_before(match, context)
    grain, times = grains(units)
    if base is None or count != int(count):
        return None
    if grain.startswith("T"):
        return None
    day = shift(base, grain, int(count) * times * (-1 if back else 1))
    return Meaning("DATE", value_of(day, grain), mod) if day else None


def _weekend(match: re.Match[str], context: Context) -> Meaning | None:
    published, which = context.published, group(match, "which")
    if published is None:
        return None
    forward = which in ("next", "this coming", "the coming") or context.direction(match.span()) > 0
    monday = published - timedelta(days=published.isoweekday() - 1)
    if not forward and (published.isoweekday() < 6 or which == "last"):
        monday -= timedelta(days=7)
    return Meaning("DATE", value_of(monday, "W") + "-WE")


def _week_of(match: re.Match[str], context: Context) -> Meaning | None:
    published = context.published
    if published is None or not context.capital(match.start("anymonth")):
        return None
    month = look_up("months short_months", match["anymonth"].rstrip("."))
    day = make_day(published.year, month, int(re.sub(r"\D", "", match["monthday"])))
    return Meaning("DATE", value_of(day, "W")) if day else None


def _year_end(match: re.Match[str], context: Context) -> Meaning | None:
    year = int(match["year"]) if match["year"] else context.published.year if context.published else None
    end = make_day(year, 12, 31) if year else None
    return Meaning("DATE", f"{year:04}", "END", (end, end)) if end else None


_SPANS = "{span}"
_WHICH = "|".join(sorted([*_TO_PUBLICATION, *_TO_LAST], key=len, reverse=True))

RULES: tuple[Rule, ...] = (
    Rule(
        EDGE
        + "(?:(?P<which>last|next|this past|this coming|the coming|this|the previous|the following) )?{weekday}(?:'s(?= ))?",
        _weekday,
    ),
    Rule(EDGE + "(?P<word>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow)", _day_word),
    Rule(EDGE + f"(?P<which>{_WHICH}) (?:full |fiscal |trading |calendar )?{_SPANS}", _which_unit),
    Rule(
        "(?:the )?(?:year-(?:ago|earlier)|corresponding|same)(?: (?:period|quarter)(?: last year| a year (?:ago|earlier))?)",
        _year_before,
    ),
    Rule("year-(?:ago|earlier)", _year_before),
    Rule("the (?:quarter|period) a year (?:ago|earlier)", _year_before),
    Rule(
        "(?:{near} )?(?:(?:an?|the|{count}|{vague}) )?(?:more )?{units} (?:or (?:so|more) )?"
        "(?P<way>ago|earlier|later|before(?=[.,;]|$)|previously|from now|hence|prior)",
        _some_ago,
    ),
    Rule(EDGE + "(?P<which>this past|this coming|the coming|last|next|this|the past|the) week-?end", _weekend),
    Rule("the week of {anymonth} {monthday}", _week_of),
    Rule("(?:the )?(?:{year} )?year(?:-|'s | )end", _year_end),
)
