"""Hours and parts of the day: what joins a date ("10 p.m. Wednesday"), and what stands alone ("this morning")."""

from __future__ import annotations

import re

from sayso.times.calendar import shift
from sayso.times.context import Context
from sayso.times.lexicon import look_up
from sayso.times.rule import Meaning, Rule, group


def _hour(match: re.Match[str], context: Context) -> Meaning | None:
    hour, minute = int(match["hour"]), group(match, "minute")
    half = (group(match, "half") or "").replace(".", "").replace(" ", "")
    if hour > 24 or (half and not 1 <= hour <= 12) or int(minute or 0) > 59:
        return None
    if half in ("pm", "afternoon", "evening", "night"):
        hour = hour % 12 + 12
    elif half:
        hour %= 12
    alone = bool(half or group(match, "zone") or context.before(match.start()).endswith("at "))
    return _at(f"T{hour:02}:{minute or '00'}", context, alone)


def _noon(match: re.Match[str], context: Context) -> Meaning | None:
    return _at("T" + look_up("clock", match["noon"]), context)


def _at(clock: str, context: Context, alone: bool = True, step: int = 0) -> Meaning | None:
    day = context.published if step else context.spoken_of()
    day = shift(day, "D", step) if day else None
    return Meaning("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}{clock}", clock=clock, alone=alone)


def _part(match: re.Match[str], context: Context) -> Meaning | None:
    word, which = match["part"], group(match, "which")
    clock = "T" + look_up("parts_of_day hours_of", word)
    if which in ("this", "last"):
        return _of_publication(clock, -1 if which == "last" else 0, context)
    if word == "overnight":
        return _at(clock, context, step=-1)
    alone = which is not None or word in ("dawn", "dusk", "daybreak") or "hours" in word
    return _at(clock, context, alone)


def _of_publication(clock: str, step: int, context: Context) -> Meaning | None:
    day = shift(context.published, "D", step) if context.published else None
    return Meaning("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}{clock}", clock=clock)


def _tonight(_: re.Match[str], context: Context) -> Meaning | None:
    return _of_publication("TNI", 0, context)


_HALF = r"(?P<half>a\.? ?m\b\.?|p\.? ?m\b\.?)"
_EDGE = "(?:{edge}(?:-| ))?"

RULES: tuple[Rule, ...] = (
    Rule(
        "figure", rf"(?:{{near}} )?(?P<hour>\d{{1,2}})(?:[:.]?(?P<minute>[0-5]\d))?(?::\d\d)? ?{_HALF}(?: {{zone}})?", _hour
    ),
    Rule(
        "part",
        r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?(?: o'clock)? (?:in the (?P<half>morning|afternoon|evening)|at (?P<half2>night))",
        _hour,
    ),
    Rule(
        "figure", r"(?:{near} )?(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?: hours)?(?: {zone})?", _hour
    ),
    Rule("figure", r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d) {zone}", _hour),
    Rule("year", r"(?<=at\ )(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?! [a-z]+s\b)", _hour),
    Rule("clock", "(?:{near} )?{noon}", _noon),
    Rule("part", _EDGE + "(?:(?P<which>this|last|that|the next|the same|the following) )?{part}", _part),
    Rule("part", "(?:the )?{hoursof:part}", _part),
    Rule("part", "(?:late(?:r)? |early |earlier )?tonight", _tonight),
)
