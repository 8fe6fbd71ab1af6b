"""Dates that name a month, a season, a quarter, a year, a decade or a holiday."""

from __future__ import annotations

import re
from datetime import date

from sayso.times.calendar import days_of, easter, make_day, nth_weekday, value_of
from sayso.times.lexicon import look_up, ordinal_value, year_value
from sayso.times.rule import Context, Meaning, Rule, group

#: How much farther than the nearest a month or day may lie when the verb looks the other way (tuned on the training texts).
_AGAINST_TENSE = 3

_SPOKEN_DECADES = {
    word: n for n, word in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
}
_TAKES_MONTH = re.compile(
    r"(?:^|\W)(?:in|since|last|this|next|until|till|by|of|from|early|late|mid|to|through|before|after|during|for|and|between)[\s-]+$"
)


def _year(match: re.Match[str], context: Context) -> int | None:
    """The year that the expression states, in figures or against publication; None where it states none."""
    stated, relative = group(match, "year"), group(match, "relyear")
    if stated:
        return year_value(stated)
    if relative and context.published:
        return context.published.year + {"last": -1, "this": 0, "the": 0, "next": 1}[relative]
    return None


def _month(match: re.Match[str]) -> int:
    name = group(match, "anymonth") or group(match, "month") or ""
    return int(look_up("months short_months", name.rstrip(".")))


def _nearest(candidates: list[date], match: re.Match[str], context: Context) -> date | None:
    """The candidate nearest to publication, those against the verb's tense counting as farther away."""
    published, direction = context.published, context.direction(match.span())
    if published is None or not candidates:
        return None

    def cost(day: date) -> int:
        days = (day - published).days
        return abs(days) * (_AGAINST_TENSE if direction and days * direction < 0 else 1)

    return min(candidates, key=cost)


def _date(match: re.Match[str], context: Context) -> Meaning | None:
    if not context.capital(match.start("anymonth")):
        return None
    month, number = _month(match), int(re.sub(r"\D", "", match["monthday"]))
    day = _placed(month, number, match, context)
    if day is None:
        return None if _year(match, context) or context.published else Meaning("DATE", f"XXXX-{month:02}-{number:02}")
    last = group(match, "lastday")
    if last is None:
        return Meaning("DATE", day.isoformat())
    end = make_day(day.year, month, int(re.sub(r"\D", "", last)))
    return Meaning("DURATION", f"P{(end - day).days + 1}D", None, (day, end)) if end and end > day else None


def _placed(month: int, number: int, match: re.Match[str], context: Context) -> date | None:
    year = _year(match, context)
    if year is not None:
        return make_day(year, month, number)
    if context.published is None:
        return None
    years = range(context.published.year - 1, context.published.year + 2)
    return _nearest([day for y in years if 0 < y < 10_000 and (day := make_day(y, month, number))], match, context)


def _month_of_year(match: re.Match[str], context: Context) -> Meaning | None:
    year = _year(match, context)
    if year is None or not context.capital(match.start("anymonth")):
        return None
    return Meaning("DATE", f"{year:04}-{_month(match):02}")


def _bare_month(match: re.Match[str], context: Context) -> Meaning | None:
    name, which = match["month"], group(match, "which")
    if not context.capital(match.start("month")):
        return None
    doubtful = name in ("may", "march") and not (which or group(match, "edge"))
    if doubtful and not _TAKES_MONTH.search(context.before(match.start())):
        return None
    month, published = _month(match), context.published
    if published is None:
        return Meaning("DATE", f"XXXX-{month:02}")
    return Meaning("DATE", value_of(_which_month(month, which, match, context, published), "M"))


def _which_month(month: int, which: str | None, match: re.Match[str], context: Context, published: date) -> date:
    year = published.year
    if which == "last":
        return date(year if month < published.month else year - 1, month, 1)
    if which == "next":
        return date(year if month > published.month else year + 1, month, 1)
    if which in ("this", "this past"):
        return date(year, month, 1)
    if month == published.month:
        return published.replace(day=1)
    candidates = [date(y, month, 15) for y in (year - 1, year, year + 1) if 0 < y < 10_000]
    return _nearest(candidates, match, context) or published


def _numeric(match: re.Match[str], context: Context) -> Meaning | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    year += 0 if year > 99 else 1900 if year > 40 else 2000
    readings = sorted({day for day in (make_day(year, b, a), make_day(year, a, b)) if day})
    if len(readings) > 1 and match["sep"] == ".":
        readings = [day for day in readings if day == make_day(year, b, a)]
    if len(readings) > 1 and context.published is None:
        return None
    return Meaning("DATE", (_nearest(readings, match, context) or readings[0]).isoformat()) if readings else None


def _iso(match: re.Match[str], _: Context) -> Meaning | None:
    day = make_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return Meaning("DATE", day.isoformat()) if day else None


#: A number of four figures is no year before these, or after these.
_NO_YEAR_AFTER = re.compile(
    r"[ \n-]?(?:%|percent|per cent|(?:u\.?s\.? )?dollars|people|troops|men|points|votes|miles|tons|years|gmt|utc|\d\d?[./]\d)"
)
_NO_YEAR_BEFORE = re.compile(r"(?:[$£€#./:\d,]|\d-|\bat |\bno\. |\bupdated )$")


def _bare_year(match: re.Match[str], context: Context) -> Meaning | None:
    if _NO_YEAR_AFTER.match(context.plain, match.end()) or _NO_YEAR_BEFORE.search(context.before(match.start("year"))):
        return None
    mod = "AFTER" if match["post"] else "BEFORE" if match["pre"] else "ON_OR_AFTER" if match["beyond"] else None
    value = f"{_year(match, context):04}"
    return Meaning("DATE", value, mod, None)


def _quarter(match: re.Match[str], context: Context) -> Meaning | None:
    nth, letter = ordinal_value(match["nth"]), "H" if match["size"] == "half" else "Q"
    year = _year(match, context)
    if year is None and context.published is None:
        return Meaning("DATE", f"XXXX-{letter}{nth}")
    if year is None and context.published:
        months = 6 if letter == "H" else 3
        candidates = [date(y, months * nth, 15) for y in _years_about(context.published)]
        nearest = _nearest(candidates, match, context)
        year = nearest.year if nearest else None
    if year is None:
        return None
    year -= 1 if match["ago"] else 0
    return Meaning("DATE", f"{year:04}-{letter}{nth}")


def _years_about(day: date) -> list[int]:
    return [year for year in (day.year - 1, day.year, day.year + 1) if 0 < year < 10_000]


def _season(match: re.Match[str], context: Context) -> Meaning | None:
    letters, year, published = look_up("seasons", match["season"]), _year(match, context), context.published
    if year is None and published is None:
        return Meaning("DATE", f"XXXX-{letters}")
    if year is None and published:
        which = group(match, "which")
        values = {y: days_of(f"{y:04}-{letters}") for y in _years_about(published)}
        past = [y for y, days in values.items() if days and days[1] < published]
        begun = [y for y, days in values.items() if days and days[0] <= published]
        coming = [y for y, days in values.items() if days and days[0] > published]
        forward = which == "next" or (which not in ("last", "this past") and context.direction(match.span()) > 0)
        chosen = {"last": past[-1:], "this past": begun[-1:], "this": [published.year]}.get(which or "", [])
        year = (chosen or (coming[:1] if forward else begun[-1:]) or [published.year])[0]
    return Meaning("DATE", f"{year:04}-{letters}")


def _decade(match: re.Match[str], _: Context) -> Meaning | None:
    digits, word = group(match, "digits"), group(match, "word")
    if word:
        return Meaning("DATE", f"19{_SPOKEN_DECADES[word]}")
    number = digits or ""
    return Meaning("DATE", number[:3] if len(number) == 4 else f"19{number[0]}")


def _century(match: re.Match[str], _: Context) -> Meaning | None:
    return Meaning("DATE", f"{ordinal_value(match['ordinal']) - 1:02}")


def _holiday(match: re.Match[str], context: Context) -> Meaning | None:
    if not context.capital(match.start("holiday")):
        return None
    how, year, published = look_up("holidays", match["holiday"]), _year(match, context), context.published
    if year is not None:
        return Meaning("DATE", _holiday_in(how, year).isoformat())
    if published is None:
        return None
    days = [_holiday_in(how, y) for y in _years_about(published) if y > 1]
    past = [day for day in days if day <= published]
    day = past[-1] if group(match, "which") == "last" and past else _nearest(days, match, context)
    return Meaning("DATE", day.isoformat()) if day else None


def _holiday_in(how: str, year: int) -> date:
    if how.startswith("easter"):
        return date.fromordinal(easter(year).toordinal() + int(how[6:]))
    month, day, *weekday = how.split("-")
    return nth_weekday(year, int(month), int(day[0]), int(weekday[0])) if weekday else date(year, int(month), int(day))


EDGE = "(?:(?:the )?{edge}(?:-| )(?:the )?)?"
_WEEKDAY = r"(?:{anyweekday},? (?:the )?)?"
_YEAR = "(?:{year}|(?P<relyear>this|last|next) year)"

RULES: tuple[Rule, ...] = (
    Rule(r"(?P<y>(?:1[5-9]|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)", _iso, end=r"(?!\d)"),
    Rule(
        r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:1[5-9]|20)\d\d|(?<=/)\d\d)",
        _numeric,
        end=r"(?!\d)",
    ),
    Rule(EDGE + _WEEKDAY + r"{anymonth} ?{monthday}(?:-{monthday:lastday})?,? ?(?:of )?" + _YEAR, _date),
    Rule(EDGE + _WEEKDAY + r"(?:the )?{monthday}(?:-{monthday:lastday})? (?:of )?{anymonth},? " + _YEAR, _date),
    Rule(
        EDGE + _WEEKDAY + r"{anymonth} {monthday}(?:(?:-| to | through ){monthday:lastday})?(?![,.]\d|:\d|-\d)", _date
    ),
    Rule(EDGE + _WEEKDAY + r"(?:the )?{monthday}(?:(?:-| to ){monthday:lastday})? (?:of )?{anymonth}", _date),
    Rule(EDGE + r"{anymonth},? (?:of )?" + _YEAR, _month_of_year),
    Rule(EDGE + r"(?:(?P<which>last|next|this past|this) )?{month}", _bare_month),
    Rule(
        r"(?:the )?(?:(?P<relyear>this|last|next) year's |{year} )?(?P<ago>year-(?:ago|earlier) )?(?:fiscal[ -])?"
        r"(?P<nth>first|second|third|fourth)[ -](?:fiscal[ -])?(?P<size>quarter|half)",
        _quarter,
    ),
    Rule(
        r"(?:the )?(?:fiscal[ -])?(?P<ago>year-(?:ago|earlier) )?(?P<nth>first|second|third|fourth)[ -](?:fiscal[ -])?"
        r"(?P<size>quarter|half)(?: of|,)? (?:fiscal )?(?:the )?" + _YEAR,
        _quarter,
    ),
    Rule(EDGE + r"(?:the )?{season}(?: of|,)? " + _YEAR, _season),
    Rule(EDGE + r"(?:(?P<which>this past|this coming|last|next|this|the) |(?<=in\ )|(?<=by\ )){season}", _season),
    Rule(
        EDGE
        + r"(?:(?:the )?fiscal (?:year )?|(?P<post>post-)|(?P<pre>pre-)|the year )?{year}(?P<beyond> and beyond| or later)?",
        _bare_year,
    ),
    Rule(r"(?:the )?" + EDGE + r"(?:the )?'?(?P<digits>(?:1[0-9]|20)\d0|[2-9]0)'?s", _decade),
    Rule(EDGE + r"the (?:{edge:edge2}[ -])?(?P<word>" + "|".join(_SPOKEN_DECADES) + ")", _decade),
    Rule(EDGE + r"(?:the )?{ordinal}[ -]century", _century),
    Rule(r"(?:(?P<which>last|next|this) )?{holiday}(?:,? {year})?", _holiday),
)
