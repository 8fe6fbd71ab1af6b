"""Lengths of time and their counts: "about two years", "the past 24 hours", "five-day"."""

from __future__ import annotations

import re
from datetime import date
from math import ceil

from sayso.text import number_value
from sayso.times.calendar import Days, shift
from sayso.times.context import Context
from sayso.times.lexicon import lexicon, look_up, ordinal_value
from sayso.times.rule import Meaning, Rule, group


def count_of(count: str | None, vague: str | None) -> tuple[float | None, str | None]:
    """How many, None where the text does not say, and the mod that this brings. No count at all is one."""
    if vague:
        number = look_up("vague_counts", vague)
        return (None, None) if number == "X" else (float(number), "APPROX")
    if not count:
        return 1.0, None
    whole, half = re.sub(r"[ -]?1/2$|[ -]and[ -]a[ -]half$", "", count), count.endswith(("1/2", "half"))
    if "." in whole:
        return float(whole.replace(",", "")), None
    number = number_value(whole)
    return (None, None) if number is None else (number + (0.5 if half else 0), None)


def grains(units: str) -> tuple[str, int]:
    """The grain of a unit and how many of it make one: ``("Y", 10)`` for decades."""
    letter = look_up("units plural_units", units)
    grain = letter.lstrip("0123456789")
    return grain, int(letter.removesuffix(grain) or 1)


def length(count: float | None, units: str) -> str:
    """The TIMEX3 value of so many units, ``PXD`` where the number is not known."""
    grain, times = grains(units)
    time, letter = ("T", grain[1]) if grain.startswith("T") else ("", grain)
    if count is None:
        return f"P{time}X{'E' if times == 10 else 'C' if times == 100 else letter}"
    count *= times
    if count == int(count):
        return f"P{time}{int(count)}{letter}"
    smaller = {
        "Y": ("M", 12),
        "H": ("M", 60),
        "D": ("TH", 24),
        "M": ("S", 60) if time else ("W", 4),
        "W": ("D", 7),
    }.get(letter)
    if smaller is None:
        return f"P{time}{count:g}{letter}"
    (mark, size), whole = smaller, int(count)
    rest = round((count - whole) * size)
    return f"P{time}{f'{whole}{letter}' if whole or not rest else ''}{f'{mark[:-1]}{rest}{mark[-1]}' if rest else ''}"


def _length(match: re.Match[str], context: Context) -> Meaning | None:
    units = match["units"]
    count, mod = count_of(group(match, "first") or group(match, "count"), group(match, "vague"))
    if units in ("second", "sec", "min", "hr") and match["count"] is None:
        return None
    if _A_DAY.match(context.plain, match.end()):
        return None
    if units == "day" and match.group() == "one day" and _AHEAD.search(context.before(match.start())):
        return Meaning("DATE", "FUTURE_REF")
    if _is_age(match, context) or _is_part(match, context):
        return None
    days = _until_now(match, count, context)
    if units == "months" and count and match.group().startswith("the "):
        context.remember_stretch(match.end(), length(count, units))
    return Meaning("DURATION", length(count, units), mod or ("APPROX" if group(match, "orso") else None), days)


#: "24 hours a day", "seven days a week" is: always.
_A_DAY = re.compile(r" (?:a|per) (?:day|week|year)\b")

#: What stands before a day that is to come: "will one day".
_AHEAD = re.compile(r"\b(?:will|would|may|might|can|could|shall|should|must|to)(?: be)? $|'ll $")

#: "It has been besieged for", of what still goes on at publication.
_STILL = re.compile(r"\b(?:has|have)\b[^.!?]{0,60}\bfor $")


def _until_now(match: re.Match[str], count: float | None, context: Context) -> Days | None:
    """The days of a length that the present perfect ties to publication ("has lasted for two years"), else None."""
    if _STILL.search(context.plain, max(0, match.start() - 80), match.start()) is None:
        return None
    return reach(context.published, count, match["units"], -1)


def _is_age(match: re.Match[str], context: Context) -> bool:
    """Whether it is told of a living thing: "a five-year-old boy", not "a five-year-old war"."""
    old = match.group().endswith("old")
    thing = re.compile(r" ?([a-z]*)").match(context.plain, match.end())
    if old and thing and thing[1] in lexicon()["ageless"]["things"]:
        return False
    return old or context.plain.startswith((" old", "-old"), match.end())


def _is_part(match: re.Match[str], context: Context) -> bool:
    """Whether it is a part of a whole: "three-quarters", "one quarter of"."""
    return "-quarters" in match.group() or (
        match["units"].startswith("quarter") and context.plain.startswith(" of ", match.end())
    )


def _one(match: re.Match[str], context: Context) -> Meaning | None:
    if AMOUNT.search(context.before(match.start())):
        return None
    count = 1.5 if match["half"] else 1
    days = _until_now(match, count, context)
    return Meaning("DURATION", length(count, match["units"]), "APPROX" if match["orso"] else None, days)


#: What a rate is told of: "$5 a year", "20 a day", "twice a week", "four flights a week".
AMOUNT = re.compile(r"(?:\d|million|billion|thousand|hundred|dozen|once|twice|percent|per cent|%|a share|[a-z]{3}s) $")


def _anchored(match: re.Match[str], context: Context) -> Meaning | None:
    """A stretch that ends ("the past ten days") or begins ("the next two weeks") with the day of publication."""
    units, count_words, vague = match["units"], group(match, "count"), group(match, "vague")
    count, mod = count_of(count_words, vague) if count_words or vague else (None, None)
    days = reach(context.published, count, units, -1 if match["way"] in ("past", "last", "previous") else 1)
    return Meaning("DURATION", length(count, units), mod or ("APPROX" if match["orso"] else None), days)


def _reaching_one(match: re.Match[str], context: Context) -> Meaning | None:
    """A stretch that ends with or begins at publication ("the past week"), while "last week" is the calendar's."""
    way = 1 if match["way"] == "next" else -1
    return Meaning("DURATION", length(1, match["units"]), None, reach(context.published, 1, match["units"], way))


def reach(published: date | None, count: float | None, units: str, way: int) -> Days | None:
    """The days from publication back (-1) or forward (1); None where the count is not known.

    So many days include that of publication; hours reach over as many days more as they fill. So coders of conflict
    reports count them: of 12 February "the past ten days" are 3 to 12, of 7 October "the past 24 hours" 6 to 7.
    """
    if published is None or count is None or count > 10_000:
        return None
    grain, times = grains(units)
    if grain.startswith("T"):
        far = shift(published, "D", way * ceil(count / {"H": 24, "M": 1440, "S": 86400}[grain[1]]))
    elif grain == "D":
        far = shift(published, "D", way * max(ceil(count) - 1, 0))
    else:
        far = shift(published, grain, way * ceil(count * times))
    if far is None:
        return None
    return (far, published) if way < 0 else (published, far)


def _in_a_row(match: re.Match[str], context: Context) -> Meaning | None:
    count = ordinal_value(match["ordinal"])
    return Meaning("DURATION", length(count, match["span"]), None, reach(context.published, count, match["span"], -1))


def _half(match: re.Match[str], _: Context) -> Meaning | None:
    return Meaning("DURATION", length(0.5, match["unit"] or match["unit2"]))


def _whole(match: re.Match[str], _: Context) -> Meaning:
    return Meaning("DURATION", length(1, match["unit"]))


def _unsaid(match: re.Match[str], context: Context) -> Meaning | None:
    if _is_age(match, context) or _A_DAY.match(context.plain, match.end()):
        return None
    return Meaning("DURATION", length(None, match["plural"]))


_OR_SO = "(?P<orso> or so)?"
_COUNT = "(?:(?:{count:first}(?: to | or |-))?{count}|{vague})"
_NEAR = r"(?:(?!over (?:the|a few|several|many)\b){near} )?"

RULES: tuple[Rule, ...] = (
    Rule(
        "unit",
        f"(?:at least )?(?:the )?(?P<way>past|last|previous|next|coming) (?:{{near}} )?{_COUNT}[ -](?:full |trading )?"
        "{units}" + _OR_SO,
        _anchored,
    ),
    Rule("unit", "(?:the )?(?P<way>past) (?P<units>day|week|month|year|decade|century)", _reaching_one),
    Rule("unit", "the (?P<way>last) (?P<units>day|week|month|year|decade|century)", _reaching_one),
    Rule("unit", "the (?P<way>next) (?P<units>decade|century)", _reaching_one),
    Rule("unit", "(?:the )?(?P<way>coming)(?P<count>) {plural:units}(?P<vague>)" + _OR_SO, _anchored),
    Rule(
        "unit",
        f"{_NEAR}(?:the )?(?:(?:first|final|last|latest|full|year-ago|year-earlier) )?{_COUNT} "
        "(?:more |full |straight |consecutive |trading |business |whole |additional |long )?{units}" + _OR_SO,
        _length,
    ),
    Rule("unit", _NEAR + "(?:{count}|{vague})-{units}(?:-long|-old)?", _length),
    Rule(
        "unit",
        "(?:{near} )?an? (?:additional |extra |entire |full |whole )?"
        "(?P<units>hour|day|week|month|year|decade|century|fortnight)(?P<half> and a half)?" + _OR_SO,
        _one,
        end=r"(?![\w-])",
    ),
    Rule(
        "unit",
        "(?:a|the|its|their) {ordinal} (?:(?:straight|consecutive|successive) )?{span} (?:in a row|running)",
        _in_a_row,
    ),
    Rule("unit", "(?:a|the|its|their) {ordinal} (?:straight|consecutive|successive) {span}", _in_a_row),
    Rule("unit", "(?P<unit>hour|day|night|week|month|year|decade|century)-?long", _whole),
    Rule("unit", "half an? (?P<unit>hour|day|year|century|decade)|half-(?P<unit2>hour|day|year|decade|century)", _half),
    Rule("unit", "(?!quarters|nights|minutes|seconds){plural}(?:-long|-old| (?:or|and) {plural:more})?", _unsaid),
)
