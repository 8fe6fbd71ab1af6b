"""Dates told from the day of publication or from the date last spoken of: "Friday", "last week", "two days later"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sayso.times.calendar import days_of, make_day, shift, value_of
from sayso.times.context import Context
from sayso.times.dates import EDGE, YEAR_AGO, nearest, years_about
from sayso.times.durations import count_of, grains, length
from sayso.times.lexicon import look_up, year_value
from sayso.times.rule import Meaning, Rule, group, pattern_of

#: How many units an expression lies from that of publication, and from the one last spoken of.
_TO_PUBLICATION = {
    "last": -1, "this past": -1, "this": 0, "the": 0, "the current": 0,
    "current": 0, "the latest": 0, "the most recent": 0, "next": 1, "coming": 1, "the coming": 1, "this coming": 1,
}  # fmt: skip
_TO_LAST = {
    "that": 0, "that same": 0, "the same": 0, "the following": 1, "the next": 1, "the previous": -1,
    "the preceding": -1,
}  # fmt: skip


def _weekday(match: re.Match[str], context: Context) -> Meaning | None:
    if not context.capital(match.start("weekday")):
        return None
    number, published = look_up("weekdays", match["weekday"]), context.published
    if published is None:
        return Meaning("DATE", f"XXXX-WXX-{number}")
    return Meaning("DATE", _which_weekday(number, match, context, published).isoformat())


def _which_weekday(number: int, match: re.Match[str], context: Context, published: date) -> date:
    which = group(match, "which")
    base = context.last_day or published if which in ("the previous", "the following") else published
    back = (base.isoweekday() - number) % 7
    if which in ("last", "the previous"):
        return base - timedelta(days=back or 7)
    if which in ("next", "the following", "this coming", "the coming"):
        return base + timedelta(days=7 - back)
    if back == 0 or which == "this past" or context.plain.startswith("'s", match.end()):
        return base - timedelta(days=back)
    direction = context.direction(match.span())
    return base + timedelta(days=7 - back if direction > 0 or (which == "this" and not direction) else -back)


def _day_word(match: re.Match[str], context: Context) -> Meaning | None:
    word = group(match, "word") or ""
    step = {"yesterday": -1, "the day before yesterday": -2, "tomorrow": 1, "the day after tomorrow": 2}.get(word, 0)
    if context.published is None:
        return Meaning("DATE", "PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF")
    day = shift(context.published, "D", step)
    return Meaning("DATE", day.isoformat()) if day else None


def _which_unit(match: re.Match[str], context: Context) -> Meaning | None:
    unit, which = match["span"], group(match, "which") or ""
    grain = look_up("units", unit)
    if unit == "quarter":
        return _quarter_to(match, context) or _which_quarter(which, context)
    if which == "the" and unit == "year" and context.plain.startswith((" ended", " ending"), match.end()):
        return Meaning("DURATION", "P1Y")
    if grain == "D" and which not in _TO_LAST and not (which == "the" and group(match, "edge")):
        return None
    base = _base(grain, which, context)
    day = shift(base, grain, _TO_LAST[which] if which in _TO_LAST else _TO_PUBLICATION[which]) if base else None
    return Meaning("DATE", value_of(day, grain)) if day else None


def _base(grain: str, which: str, context: Context) -> date | None:
    if which not in _TO_LAST:
        return context.published
    if grain == "D":
        return context.spoken_of()
    value = context.last_at(grain)
    days = days_of(value) if value else None
    return days[0] if days else None


_ENDS = r"(?:which )?(?:ended|ending|ends|to|through) {anymonth} {monthday}(?:,? {year})?"


def _quarter_to(match: re.Match[str], context: Context) -> Meaning | None:
    """The quarter that the day after it ends ("the quarter ended June 30"); None where no such day follows."""
    if context.last_quarter:
        return None  # that is named as the company counts its quarters
    end = pattern_of(Rule("month", _ENDS, _week_of)).match(context.plain, match.end() + 1, match.end() + _FAR)
    if end is None or context.published is None:
        return None
    month, number = _month_and_day(end)
    years = [year_value(end["year"])] if end["year"] else [context.published.year, context.published.year - 1]
    days = [day for year in years if (day := make_day(year, month, number))]
    day = next((day for day in days if end["year"] or day <= context.published), None)
    return Meaning("DATE", value_of(day, "Q")) if day and month % 3 == 0 and number > 24 else None


#: How far an expression's end is read on, in code points.
_FAR = 40


def _which_quarter(which: str, context: Context) -> Meaning | None:
    """The one last spoken of, else the last that had ended: results are told after it ("the quarter")."""
    step = {"this": 0, "current": 0, "the current": 0, "next": 1, "the next": 1, "the coming": 1}.get(which, -1)
    if step < 0 and which not in ("last", "the last", "the previous") and context.last_quarter:
        return Meaning("DATE", context.last_quarter)
    day = shift(context.published, "Q", step) if context.published else None
    return Meaning("DATE", value_of(day, "Q")) if day else None


def _quarter_of(match: re.Match[str], context: Context) -> Meaning | None:
    """The quarter last spoken of, in another year: "the 1988 quarter", "last year's quarter"."""
    if context.last_quarter is None or context.published is None:
        return None
    stated = group(match, "year")
    year = year_value(stated) if stated else context.published.year - (match["relyear"] == "last")
    quarter = "" if context.stretch(match.start()) else context.last_quarter[4:]
    return Meaning("DATE", f"{year:04}{quarter}", recall=False)


def _year_before(match: re.Match[str], context: Context) -> Meaning | None:
    """What was last spoken of, quarter first, a year before: "a year earlier", "the year-ago period"."""
    stretch, value = context.stretch(match.start()), context.last_quarter or context.last
    if stretch and match.group().endswith("period"):
        return Meaning("DURATION", stretch)
    if stretch:
        value = (context.last_quarter or f"{context.published or ''}")[:4]
    if value and re.fullmatch(r"\d{4}(?:-Q\d|-\d\d)?", value):
        return Meaning("DATE", f"{int(value[:4]) - 1:04}{value[4:]}", recall=False)
    day = shift(context.published, "Y", -1) if context.published else None
    return Meaning("DATE", value_of(day, "Y"), recall=False) if day else None


def _some_ago(match: re.Match[str], context: Context) -> Meaning | None:
    way, (count, mod) = group(match, "way") or "", count_of(group(match, "count"), group(match, "vague"))
    back = way in ("ago", "earlier", "before", "previously", "prior")
    grain, times = grains(match["units"])
    if grain.startswith("T"):
        return None
    plural = match["units"].endswith("s") and not group(match, "count") and not group(match, "vague")
    if count is None or plural:
        if way == "later":
            return Meaning("DURATION", length(None, match["units"]))  # after what, the text may not say
        return Meaning("DATE", "PAST_REF" if back else "FUTURE_REF")
    if grain == "Y" and count * times == 1 and back and (context.last_quarter or way == "earlier"):
        return _year_before(match, context)
    base = context.published if way in ("ago", "from now", "hence") else _base(grain, "that", context)
    if base is None or count != int(count):
        return None
    day = shift(base, grain, int(count) * times * (-1 if back else 1))
    return Meaning("DATE", value_of(day, grain), mod) if day else None


def _day_of(_: re.Match[str], context: Context) -> Meaning | None:
    """That of publication: "it is the third day of the siege"."""
    return Meaning("DATE", context.published.isoformat()) if context.published else None


def _weekend(match: re.Match[str], context: Context) -> Meaning | None:
    published, which = context.published, group(match, "which")
    if published is None:
        return None
    direction = context.direction(match.span())
    ahead = direction > 0 or (which == "this" and not direction)
    forward = which in ("next", "this coming", "the coming") or ahead
    monday = published - timedelta(days=published.isoweekday() - 1)
    if not forward and (published.isoweekday() < 6 or which == "last"):
        monday -= timedelta(days=7)
    return Meaning("DATE", value_of(monday, "W") + "-WE")


def _week_of(match: re.Match[str], context: Context) -> Meaning | None:
    if context.published is None or not context.capital(match.start("anymonth")):
        return None
    day = make_day(context.published.year, *_month_and_day(match))
    return Meaning("DATE", value_of(day, "W")) if day else None


def _month_and_day(match: re.Match[str]) -> tuple[int, int]:
    month = look_up("months short_months", match["anymonth"].rstrip("."))
    return int(month), int(re.sub(r"\D", "", match["monthday"]))


def _year_end(match: re.Match[str], context: Context) -> Meaning | None:
    stated = group(match, "year")
    years = [year_value(stated)] if stated else years_about(context.published) if context.published else []
    days = [date(year, 12, 31) for year in years]
    end = days[0] if stated else nearest(days, match, context)
    return Meaning("DATE", f"{end.year:04}", "END", (end, end)) if end else None


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SAME = "the (?:corresponding|same|comparable|like|equivalent) (?:period|quarter)"

RULES: tuple[Rule, ...] = (
    Rule(
        "weekday",
        EDGE + "(?:(?P<which>last|next|this past|this coming|the coming|this|the previous|the following) )?{weekday}",
        _weekday,
    ),
    Rule("day", EDGE + "(?P<word>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow)", _day_word),
    Rule(
        "unit",
        EDGE + f"(?P<which>{_any(_TO_PUBLICATION)}|{_any(_TO_LAST)}) (?:full |fiscal |trading |calendar )?{{span}}",
        _which_unit,
        end=r"(?![\w-])",
    ),
    Rule("unit", "(?:the )?(?:{year}|(?P<relyear>last|this) year's) (?:quarter|period)", _quarter_of),
    Rule("unit", "(?P<which>the latest) period", lambda match, context: _which_quarter(match["which"], context)),
    Rule("unit", _SAME + " (?:of|in) (?:{year}|(?P<relyear>last|this) year)", _quarter_of),
    Rule("unit", f"(?:the )?{YEAR_AGO}(?: (?:period|quarter))?", _year_before),
    Rule("unit", _SAME + " (?:last year|a year (?:ago|earlier|before))", _year_before),
    Rule("unit", "the (?:quarter|period) a year (?:ago|earlier)", _year_before),
    Rule(
        "unit",
        "(?:{near} )?(?:(?:an?|the|{count}|{vague}) )?(?:more )?{units} (?:or (?:so|more) )?"
        "(?P<way>ago|earlier|later|before(?=[.,;])|previously|from now|hence|prior)",
        _some_ago,
    ),
    Rule(
        "weekend", EDGE + "(?P<which>this past|this coming|the coming|last|next|this|the past|the) week-?end", _weekend
    ),
    Rule("unit", r"(?:(?<=is\ )|(?<='s\ ))the {ordinal} day(?= of)", _day_of),
    Rule("month", "the week of {anymonth} {monthday}", _week_of),
    Rule("unit", "(?:the )?(?:{year} )?year(?:-|'s | )end", _year_end),
)
