"""Times that come again ("every Tuesday", "daily", "$5 a year"), and times that no calendar holds ("recently")."""

from __future__ import annotations

import re

from sayso.times.context import Context
from sayso.times.durations import AMOUNT, count_of, length
from sayso.times.lexicon import look_up
from sayso.times.rule import Meaning, Rule, group


def _weekdays(match: re.Match[str], context: Context) -> Meaning | None:
    if not context.capital(match.start("weekday")):
        return None
    part = group(match, "part")
    clock = "T" + look_up("parts_of_day", part) if part else ""
    return Meaning("SET", f"XXXX-WXX-{look_up('weekdays', match['weekday'])}{clock}")


def _every(match: re.Match[str], _: Context) -> Meaning | None:
    count, _mod = count_of(group(match, "count"), None)
    other = 2 if group(match, "other") else 1
    return Meaning("SET", length((count or 1) * other, match["units"]))


def _every_month(match: re.Match[str], _: Context) -> Meaning | None:
    return Meaning("SET", f"XXXX-{look_up('months', match['month']):02}")


def _every_part(match: re.Match[str], _: Context) -> Meaning | None:
    return Meaning("SET", f"XXXX-XX-XXT{look_up('parts_of_day', match['part'])}")


def _per(match: re.Match[str], context: Context) -> Meaning | None:
    before = context.before(match.start())
    return Meaning("SET", length(1, match["unit"])) if AMOUNT.search(before) and not _ALWAYS.search(before) else None


#: "24 hours a day", "seven days a week".
_ALWAYS = re.compile(r"\b(?:hours|days) $")


#: "By 5% annually" says how much, not how often: unlike "$5 a year", never marked in the training texts.
_MUCH = re.compile(r"(?:\d|million|billion|thousand|hundred|percent|per cent|%)(?: [a-z]+s)? $")


def _frequency(match: re.Match[str], context: Context) -> Meaning | None:
    if _MUCH.search(context.before(match.start())):
        return None
    return Meaning("SET", look_up("frequencies", match["frequency"]))


def _reference(match: re.Match[str], _: Context) -> Meaning | None:
    return Meaning("DATE", look_up("references", match["reference"]))


RULES: tuple[Rule, ...] = (
    Rule("weekday", "(?:(?:every|each) )?{weekday}(?:s| {part}s)", _weekdays),
    Rule("weekday", "(?:every|each) {weekday}(?: {part})?", _weekdays),
    Rule("unit", "(?:every|each) (?:(?P<other>other|second) |{count} )?{units}", _every),
    Rule("month", "(?:every|each) {month}", _every_month),
    Rule("part", "(?:every|each) {part}", _every_part),
    Rule("unit", "(?:an?|per) {unit}", _per),
    Rule("frequency", "{frequency}", _frequency),
    Rule("reference", "{reference}", _reference),
    Rule("unit", "(?:the )?future {plural}", lambda *_: Meaning("DATE", "FUTURE_REF")),
    Rule(
        "unit",
        "(?:the )?(?:previous|prior|past|bygone|recent) {plural}(?: (?:or|and) {plural:more})?",
        lambda *_: Meaning("DATE", "PAST_REF"),
    ),
)
