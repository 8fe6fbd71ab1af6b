"""Hours and parts of the day: what joins a date ("10 p.m. Wednesday"), and what stands alone ("this morning")."""

from __future__ import annotations

import re
from datetime import date

from sayso.times.calendar import shift
from sayso.times.context import Context
from sayso.times.lexicon import look_up
from sayso.times.rule import Meaning, Rule, group


def _hour(match: re.Match[str], context: Context) -> Meaning | None:
    hour, minute = int(match["hour"]), group(match, "minute") or "00"
    half = (group(match, "half") or "").replace(".", "").replace(" ", "")
    if hour > 24 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half in ("pm", "afternoon", "evening", "night") else 0)
    alone = bool(
        half or group(match, "zone") or (":" in match.group() and context.before(match.start()).endswith("at "))
    )
    return _at(f"T{hour:02}:{minute}", context.spoken_of(), alone)


def _noon(match: re.Match[str], context: Context) -> Meaning | None:
    return _at("T" + look_up("clock", match["noon"]), context.spoken_of())


def _at(clock: str, day: date | None, alone: bool = True, step: int = 0) -> Meaning:
    """The hour or part ``step`` days from ``day``; of an unknown day where that is None."""
    day = shift(day, "D", step) if day else None
    return Meaning("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}{clock}", clock=clock, alone=alone)


#: Parts of the day that are times without another word ("since dawn"); "in the morning" is one only beside a day.
_ALONE = ("dawn", "daybreak", "dusk", "sunrise", "sunset", "overnight")


#: How many days a part of the day lies from that of publication ("this", "last"), or from the day last spoken of. It
#: has its day then, and joins no other.
_STEPS = {
    "this": 0, "last": -1, "that": 0, "the same": 0, "the next": 1, "the following": 1, "the previous": -1,
}  # fmt: skip


def _part(match: re.Match[str], context: Context) -> Meaning | None:
    word, which = match["part"], group(match, "which")
    clock = "T" + look_up("parts_of_day hours_of", word)
    if which in ("this", "last"):
        return _at(clock, context.published, step=_STEPS[which])._replace(clock=None)
    if which:
        return _at(clock, context.spoken_of(), step=_STEPS[which])._replace(clock=None)
    if word == "overnight":
        # Of a day's news "overnight" is the night before it.
        return _at(clock, context.published, step=-1)
    named = context.capital(match.start("part"))  # "Dawn" is a woman, or opens a sentence
    alone = (word in _ALONE and not named) or "hours" in word or group(match, "edge") is not None
    return _at(clock, context.spoken_of(), alone)


def _tonight(_: re.Match[str], context: Context) -> Meaning | None:
    return _at("TNI", context.published)._replace(clock=None)


_HALF = r"(?P<half>a\.? ?m\b\.?|p\.? ?m\b\.?)"
_EDGE = "(?:{edge}(?:-| )(?:the )?)?"

RULES: tuple[Rule, ...] = (
    Rule(
        "figure",
        rf"(?:{{near}} )?(?P<hour>\d{{1,2}})(?:[:.]?(?P<minute>[0-5]\d))?(?::\d\d)? ?{_HALF}(?: {{zone}})?",
        _hour,
    ),
    Rule(
        "part",
        r"(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?(?: o'clock)? "
        "(?:in the|at) (?P<half>morning|afternoon|evening|night)",
        _hour,
    ),
    Rule(
        "figure", r"(?:{near} )?(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?: hours)?(?: {zone})?", _hour
    ),
    Rule("figure", r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d) {zone}", _hour),
    Rule("year", r"(?<=at\ )(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)", _hour),
    Rule("clock", "(?:{near} )?{noon}", _noon),
    Rule("part", _EDGE + f"(?:(?P<which>{'|'.join(_STEPS)}) )?{{part}}", _part),
    Rule("part", "(?:the )?{hoursof:part}", _part),
    Rule("part", "(?:late(?:r)? |early |earlier )?tonight", _tonight),
)
