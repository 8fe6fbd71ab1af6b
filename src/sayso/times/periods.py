"""Quarters, seasons, decades, centuries and holidays."""

from __future__ import annotations

import re
from datetime import date

from sayso.times.calendar import days_of, easter, nth_weekday
from sayso.times.context import Context
from sayso.times.dates import EDGE, YEAR, YEAR_AGO, nearest, year_of, years_about
from sayso.times.lexicon import SPOKEN_DECADES, look_up, ordinal_value
from sayso.times.rule import Meaning, Rule, group


def _quarter(match: re.Match[str], context: Context) -> Meaning | None:
    half = match["size"] == "half"
    nth = 2 if match["nth"] == "last" else ordinal_value(match["nth"])
    if (half and nth > 2) or (match["nth"] == "last" and not half):
        return None
    label, year = f"{'H' if half else 'Q'}{nth}", year_of(match, context)
    if year is None:
        if context.published is None:
            return Meaning("DATE", f"XXXX-{label}")
        ends = [date(y, (6 if half else 3) * nth, 15) for y in years_about(context.published)]
        day = nearest(ends, match, context)
        year = day.year if day else None
    if year is None:
        return None
    return Meaning("DATE", f"{year - 1 if match['ago'] else year:04}-{label}", recall=not match["ago"])


def _season(match: re.Match[str], context: Context) -> Meaning | None:
    letters, year, published = look_up("seasons", match["season"]), year_of(match, context), context.published
    if year is None and published is None:
        return Meaning("DATE", f"XXXX-{letters}")
    if year is None and published is not None:
        year = _which_season(letters, match, context, published)
    return Meaning("DATE", f"{year:04}-{letters}")


def _which_season(letters: str, match: re.Match[str], context: Context, published: date) -> int:
    which = group(match, "which")
    years = range(published.year - 2, published.year + 2)
    seasons = [(year, days) for year in years if (days := days_of(f"{year:04}-{letters}"))]
    over = [year for year, days in seasons if days[1] < published]
    begun = [year for year, days in seasons if days[0] <= published]
    coming = [year for year, days in seasons if days[0] > published]
    if which == "this":
        return published.year
    if which == "last":
        return over[-1]
    forward = which in ("next", "this coming") or (which != "this past" and context.direction(match.span()) > 0)
    return coming[0] if forward and coming else begun[-1]


#: "In his late 30s" is an age, "in the 30s" or "in '30s style" none.
_OF_AGE = re.compile(r"\b(?:his|her|their|my|in) $")


def _decade(match: re.Match[str], context: Context) -> Meaning | None:
    word, digits = group(match, "word"), group(match, "digits")
    if word:
        return Meaning("DATE", f"19{SPOKEN_DECADES[word]}")
    short = digits is not None and len(digits) == 2 and not re.search(r"\bthe\b|'\d", match.group())
    if digits is None or (short and _OF_AGE.search(context.before(match.start()))):
        return None
    return Meaning("DATE", digits[:3] if len(digits) == 4 else f"19{digits[0]}")


def _century(match: re.Match[str], _: Context) -> Meaning | None:
    return Meaning("DATE", f"{ordinal_value(match['ordinal']) - 1:02}")


def _holiday(match: re.Match[str], context: Context) -> Meaning | None:
    if not context.capital(match.start("holiday")):
        return None
    how, year, published = look_up("holidays", match["holiday"]), year_of(match, context), context.published
    if year is not None:
        return Meaning("DATE", _holiday_in(how, year).isoformat())
    if published is None:
        return None
    days = [_holiday_in(how, y) for y in years_about(published)]
    past = [day for day in days if day <= published]
    day = past[-1] if group(match, "which") == "last" and past else nearest(days, match, context)
    return Meaning("DATE", day.isoformat()) if day else None


def _holiday_in(how: str, year: int) -> date:
    if how.startswith("easter"):
        return date.fromordinal(easter(year).toordinal() + int(how[6:]))
    month, day, *weekday = how.split("-")
    return nth_weekday(year, int(month), int(day[0]), int(weekday[0])) if weekday else date(year, int(month), int(day))


_NTH = "(?P<nth>first|second|third|fourth|last)[ -](?:fiscal[ -])?(?P<size>quarter|half)"
_AGO = f"(?P<ago>{YEAR_AGO} )?"
_THE = r"(?:the (?!\w+-(?:quarter|half)))?"

RULES: tuple[Rule, ...] = (
    Rule(
        "unit",
        _THE + "(?:(?P<relyear>this|last|next) year's |{year}(?:'s)? )?" + _AGO + "(?:fiscal[ -])?" + _NTH,
        _quarter,
    ),
    Rule("unit", _THE + "(?:fiscal[ -])?" + _AGO + _NTH + "(?: of|,)? (?:fiscal )?(?:the )?" + YEAR, _quarter),
    Rule("season", EDGE + "(?:the )?{season}(?: of|,)? " + YEAR, _season),
    Rule(
        "season",
        EDGE + r"(?:(?P<which>this past|this coming|last|next|this|the) |(?<=in\ )|(?<=by\ )){season}",
        _season,
    ),
    Rule("season", "(?:the )?{edge}[ -](?:the )?{season}", _season),
    Rule(
        "decade",
        "(?:the (?:first|second|last|latter) half of )?(?:the )?"
        + EDGE
        + "(?:the )?'?(?P<digits>(?:1[0-9]|20)[0-9]0|[2-9]0)'?s",
        _decade,
    ),
    Rule(
        "decade",
        "(?:the (?:first|second|last|latter) half of )?" + EDGE + "the (?P<word>" + "|".join(SPOKEN_DECADES) + ")",
        _decade,
    ),
    Rule("unit", EDGE + "(?:the )?{ordinal}[ -]century", _century),
    Rule("holiday", "(?:(?P<which>last|next|this) )?{holiday}(?:,? {year})?", _holiday),
)
