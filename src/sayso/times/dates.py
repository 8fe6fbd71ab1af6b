"""Days and months that are named: "12 February 2015", "Aug. 2", "in October", "28.04.2017", "1996"."""

from __future__ import annotations

import re
from datetime import date

from sayso.times.calendar import make_day, value_of
from sayso.times.context import Context
from sayso.times.lexicon import lexicon, look_up, year_value
from sayso.times.rule import Meaning, Rule, group

#: How much farther than it is a day counts when the verb looks the other way, and a day to come when none tells.
#: On the training texts 2 to 6 and 1 to 2.5 do alike. A year stated a few words before is no guide: taken for the
#: day's, it changed 12 days among 14,960 expressions, all for the worse.
_AGAINST_TENSE = 3
_TO_COME = 2

#: A doubtful month ("may", "march") is a month after these words.
_TAKES_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|of|from|early|late|mid|to|through|before|after|during|for|and|between)[\s-]+$"
)

#: What stands before the second of two days of one month.
_DAY_AND = re.compile(r"[a-z]{3}\.? \d\d?(?:st|nd|rd|th)? and $")

_DEADLINE = re.compile(r"\b(?:by|until|through) $")

#: A number of four figures is no year before, or after, these; of the Middle Ages it is one only after the third.
_NO_YEAR_AFTER = re.compile(
    r"\.\d|[ \n-]?(?:%|percent|per cent|(?:u\.?s\.? )?dollars|people|troops|men|points|votes|miles|tons|years|gmt|utc"
    r"|\d\d?[./]\d)"
)
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$£€#./:\d,]|\d-|\b(?:at|no\.|updated|killed) "
    r"|\b(?:more than|over|at least|about|nearly|almost|some|up to|total of) )$"
)
_TAKES_YEAR = re.compile(r"\b(?:in|since|by|of|from|until|to|year) $")


def year_of(match: re.Match[str], context: Context) -> int | None:
    """The year that the expression states, in figures or against publication; None where it states none."""
    stated, relative = group(match, "year"), group(match, "relyear")
    if stated:
        return year_value(stated)
    if relative and context.published:
        return context.published.year + {"last": -1, "this": 0, "next": 1}[relative]
    return None


def years_about(day: date) -> list[int]:
    """The year of ``day`` with the one before and the one after."""
    return [year for year in (day.year - 1, day.year, day.year + 1) if 1 < year < 9_999]


def nearest(days: list[date], match: re.Match[str], context: Context) -> date | None:
    """The day nearest to publication; those against the verb's tense count as farther away."""
    published, direction = context.published, context.direction(match.span())
    if published is not None and context.before(match.start()).endswith("since "):
        days = [day for day in days if day <= published]
    if published is None or not days:
        return None

    def cost(day: date) -> int:
        distance = (day - published).days
        against = _AGAINST_TENSE if distance * direction < 0 else _TO_COME if distance > 0 and not direction else 1
        return abs(distance) * against

    return min(days, key=cost)


def _month(match: re.Match[str]) -> int:
    name = group(match, "anymonth") or group(match, "month") or ""
    return int(look_up("months short_months", name.rstrip(".")))


def _number(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _date(match: re.Match[str], context: Context) -> Meaning | None:
    if not context.capital(match.start("anymonth")):
        return None
    month, number, year = _month(match), _number(match["monthday"]), year_of(match, context)
    if year is None and context.published is None:
        return Meaning("DATE", f"XXXX-{month:02}-{number:02}") if make_day(2000, month, number) else None
    years = [year] if year is not None else years_about(context.published) if context.published else []
    days = [day for y in years if (day := make_day(y, month, number))]
    day = days[0] if year is not None and days else nearest(days, match, context)
    if day is None:
        return None
    last = group(match, "lastday")
    return Meaning("DATE", day.isoformat()) if last is None else _stretch(day, make_day(day.year, month, _number(last)))


def _stretch(first: date, last: date | None) -> Meaning | None:
    """A length with its days ("5-7 May"), since TIMEX3 has no value for a range."""
    if last is None or last <= first:
        return None
    return Meaning("DURATION", f"P{(last - first).days + 1}D", days=(first, last))


def _month_of_year(match: re.Match[str], context: Context) -> Meaning | None:
    year = year_of(match, context)
    if year is None or not context.capital(match.start("anymonth")):
        return None
    return Meaning("DATE", f"{year:04}-{_month(match):02}")


def _bare_month(match: re.Match[str], context: Context) -> Meaning | None:
    which, month = group(match, "which"), _month(match)
    if not context.capital(match.start("month")):
        return None
    doubtful = match["month"] in lexicon()["doubtful_months"] and not (which or group(match, "edge"))
    if doubtful and not _TAKES_MONTH.search(context.before(match.start())):
        return None
    if context.published is None:
        return Meaning("DATE", f"XXXX-{month:02}")
    return Meaning("DATE", value_of(_which_month(month, which, match, context, context.published), "M"))


def _which_month(month: int, which: str | None, match: re.Match[str], context: Context, published: date) -> date:
    """First day of the month: the last that has begun, unless the verb looks ahead ("in December" in August)."""
    year = published.year
    if which == "last":
        return date(year if month < published.month else year - 1, month, 1)
    if which == "next":
        return date(year if month > published.month else year + 1, month, 1)
    if which or month == published.month:
        return date(year, month, 1)
    ahead, direction = month > published.month, context.direction(match.span())
    if direction > 0 or (not direction and _DEADLINE.search(context.before(match.start()))):
        return date(year if ahead else year + 1, month, 1)
    return date(year - 1 if ahead else year, month, 1)


def _numeric(match: re.Match[str], context: Context) -> Meaning | None:
    """28.04.2017 is a day before a month; with other marks, of two readings that nearest to publication."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    year += 0 if year > 99 else 1900 if year > 40 else 2000
    readings = [day for day in (make_day(year, b, a), make_day(year, a, b)) if day]
    if match["sep"] == ".":
        readings = [day for day in (make_day(year, b, a),) if day]
    if len(set(readings)) > 1 and context.published is None:
        return None
    return Meaning("DATE", (nearest(readings, match, context) or readings[0]).isoformat()) if readings else None


def _iso(match: re.Match[str], _: Context) -> Meaning | None:
    day = make_day(int(match["y"]), int(match["m"]), int(match["d"]))
    if day is None:
        return None
    return Meaning("TIME", f"{day}T{match['hour']}") if match["hour"] else Meaning("DATE", day.isoformat())


def _and_day(match: re.Match[str], context: Context) -> Meaning | None:
    """The second day of "24 and 25 April" said the other way about: "April 24 and 25"."""
    first = context.last_day
    if first is None or _DAY_AND.search(context.plain, max(0, match.start() - 24), match.start()) is None:
        return None
    day = make_day(first.year, first.month, _number(match["monthday"]))
    return Meaning("DATE", day.isoformat()) if day and day > first else None


def _bare_year(match: re.Match[str], context: Context) -> Meaning | None:
    before = context.before(match.start("year"))
    if _NO_YEAR_AFTER.match(context.plain, match.end()) or _NO_YEAR_BEFORE.search(before):
        return None
    if match["year"] < "15" and not _TAKES_YEAR.search(before):
        return None
    mod = next((mod for mod in ("AFTER", "BEFORE", "ON_OR_AFTER") if match[mod]), None)
    return Meaning("DATE", f"{year_of(match, context):04}", mod)


#: "early in", "the end of": sets the mod, see ``sayso.times.reader``.
EDGE = "(?:(?:the )?{edge}(?:-| )(?:the )?)?"
YEAR = "(?:{year}|(?P<relyear>this|last|next) year)"
YEAR_AGO = "(?:year-(?:ago|earlier|before)|(?:prior|previous)-year)"
_WEEKDAY = "(?:{anyweekday},? (?:the )?)?"
_DAYS = "{monthday}(?:(?:-| to | through ){monthday:lastday})?"

RULES: tuple[Rule, ...] = (
    Rule(
        "year",
        r"(?P<y>(?:1[5-9]|20)\d\d)(?P<sep>[-/])(?P<m>\d\d)(?P=sep)(?P<d>\d\d)"
        r"(?:t(?P<hour>[0-2]\d:[0-5]\d)(?::\d\d)?z?)?",
        _iso,
        end=r"(?!\d)",
    ),
    Rule(
        "figure",
        r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:1[5-9]|20)\d\d|(?<=/)\d\d)",
        _numeric,
        end=r"(?!\d)",
    ),
    Rule("month", EDGE + _WEEKDAY + "{anymonth} ?" + _DAYS + ",? ?(?:of )?" + YEAR, _date),
    Rule("month", EDGE + _WEEKDAY + "(?:the )?" + _DAYS + " (?:of )?{anymonth},? " + YEAR, _date),
    Rule("month", EDGE + _WEEKDAY + "{anymonth} " + _DAYS + r"(?![,.]\d|:\d|-\d)", _date),
    Rule("month", EDGE + _WEEKDAY + "(?:the )?" + _DAYS + " (?:of )?{anymonth}", _date),
    Rule("month", r"{monthday}(?= (?:and|or|to) {monthday:other} (?:of )?{anymonth})", _date),
    Rule("month", r"(?<=and\ ){monthday}(?! [a-z]+s\b|[,.]\d)", _and_day),
    Rule("month", EDGE + "{anymonth},? (?:of )?" + YEAR, _month_of_year),
    Rule("month", EDGE + "(?:(?P<which>last|next|this past|this) )?{month}", _bare_month),
    Rule(
        "year",
        EDGE + "(?:(?:the )?fiscal (?:year )?|(?P<AFTER>post-)|(?P<BEFORE>pre-)|the year )?"
        "{year}(?P<ON_OR_AFTER> and beyond| or later)?",
        _bare_year,
    ),
)
