"""Finds the time expressions of a text and resolves them, in three steps: match, resolve in text order, join."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sayso.records import Span, Time
from sayso.text import Doc
from sayso.times import clock, dates, durations, periods, relative, sets
from sayso.times.calendar import Days, days_of, part_of
from sayso.times.context import Context
from sayso.times.lexicon import lexicon, look_up
from sayso.times.rule import Meaning, Rule, group
from sayso.times.search import candidates, plain

#: In order of trust: of two rules that match the same words, the earlier is asked first.
RULES: tuple[Rule, ...] = (
    *sets.RULES, *dates.RULES, *periods.RULES, *relative.RULES, *durations.RULES, *clock.RULES,
)  # fmt: skip


def read_times(doc: Doc, published: str | None) -> tuple[Time, ...]:
    """The time expressions of ``doc``, in text order, none overlapping.

    Args:
        doc: the text.
        published: ISO day, or timestamp, against which relative expressions are told; None where it is not known.

    Returns:
        For each its TIMEX3 type, value and mod, and the ISO days that it covers, both ends included. Days are None
        where they cannot be told: a length that nothing anchors, ``PAST_REF``, "Friday" in a text of unknown date.
    """
    context = Context(doc.text, plain(doc.text), _day(published))
    found = list(_joined(list(_resolved(context)), context))
    return tuple(_time(span, meaning) for span, meaning in found if meaning.alone)


def _day(published: str | None) -> date | None:
    """The day of publication; None where it is none, or in a year when nobody published pages."""
    try:
        day = date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
    return day if day and 1000 < day.year < 3000 else None


def _resolved(context: Context) -> Iterator[tuple[Span, Meaning]]:
    """Matches in text order, the longest at each place that means a time; each is remembered for the next."""
    end = 0
    for order, match in candidates(context.plain, RULES):
        if match.start() < end or _is_title(match.span(), context.text):
            continue
        meaning = RULES[order].resolve(match, context)
        if meaning is None:
            continue
        meaning = _modified(match, meaning, context)
        if meaning.recall:
            context.remember(meaning.value, match.span())
        end = match.end()
        yield match.span(), meaning


_OPENS, _CLOSES = re.compile(r"[\"“`']$"), re.compile(r"[.,]?[\"”']")


def _is_title(span: Span, text: str) -> bool:
    """Whether the words name a programme or a work, as "60 Minutes" does: quoted, and even the unit has a capital."""
    words = text[span[0] : span[1]].split()
    return (
        len(words) > 1
        and all(word[0].isupper() or word[0].isdigit() for word in words)
        and words[-1].istitle()
        and any(words[-1].lower() in lexicon()[table] for table in ("units", "plural_units"))
        and _OPENS.search(text, max(0, span[0] - 1), span[0]) is not None
        and _CLOSES.match(text, span[1]) is not None
    )


def _modified(match: re.Match[str], meaning: Meaning, context: Context) -> Meaning:
    """The meaning with what its words of edge and nearness ("late", "about") say of it."""
    edge, near = group(match, "edge"), group(match, "near")
    if near and meaning.mod is None:
        meaning = meaning._replace(mod=look_up("nearness", near))
    if not edge or meaning.type not in ("DATE", "TIME"):
        return meaning
    mod = look_up("edges", edge)
    if mod not in ("EARLIER", "LATER"):
        return meaning._replace(mod=mod, days=meaning.days or part_of(meaning.value, mod))
    days = _about_publication(meaning.value, mod, context.published)
    return meaning._replace(mod="START" if mod == "EARLIER" else "END", days=days)


def _about_publication(value: str, mod: str, published: date | None) -> Days | None:
    """What ends ("earlier this month") or begins ("later this month") with the day of publication."""
    days = days_of(value)
    if days is None or published is None or not days[0] <= published <= days[1]:
        return days
    return (days[0], published) if mod == "EARLIER" else (published, days[1])


_GAP_TO_CLOCK = re.compile(r",? ?(?:\bat )?|,? (?:in the |at |on |around |about |by |shortly after |- )")
_GAP_TO_DAY = re.compile(r",? (?:on |of |the |of the )?")


def _joined(found: list[tuple[Span, Meaning]], context: Context) -> Iterator[tuple[Span, Meaning]]:
    """Days and hours that stand together as one time: "noon" and "Thursday"."""
    held: tuple[Span, Meaning] | None = None
    for item in found:
        both = _join(held, item, context) if held else None
        if held and both is None:
            yield held
        held = both or item
    if held:
        yield held


_PART_OF_DAY = re.compile(r"\d{4}-\d\d-\d\dT[A-Z]{2}")


def _join(left: tuple[Span, Meaning], right: tuple[Span, Meaning], context: Context) -> tuple[Span, Meaning] | None:
    (a, first), (b, second) = left, right
    gap, span = context.plain[a[1] : b[0]], (a[0], b[1])
    if first.type == "TIME" and second.clock and gap == " " and first.value[-2:].isalpha():
        return span, first._replace(mod=first.mod or second.mod)  # "the early hours of Sunday" and "morning"
    if first.clock and second.clock and gap == " (" and context.plain.startswith(")", b[1]):
        return (a[0], b[1] + 1), first  # "10:35 a.m. (0735 GMT)", which a day may follow
    if first.clock and second.clock is None and gap == " " and _PART_OF_DAY.fullmatch(second.value):
        return span, _at(second._replace(value=second.value[:10]), first)  # "9:30" and "this morning"
    if second.clock and _is_day(first) and _GAP_TO_CLOCK.fullmatch(gap):
        return span, _at(first, second)
    if first.clock and _is_day(second) and _GAP_TO_DAY.fullmatch(gap):
        return span, _at(second, first)
    return None


def _is_day(meaning: Meaning) -> bool:
    return (
        meaning.type == "DATE"
        and meaning.clock is None
        and re.fullmatch(r"\w{4}-\w\w-\w\w|XXXX-WXX-\d", meaning.value) is not None
    )


def _at(day: Meaning, clock: Meaning) -> Meaning:
    return Meaning("TIME", f"{day.value}{clock.clock}", clock.mod or day.mod, day.days)


def _time(span: Span, meaning: Meaning) -> Time:
    days = meaning.days or (days_of(meaning.value) if meaning.type in ("DATE", "TIME") else None)
    start, end = (days[0].isoformat(), days[1].isoformat()) if days else (None, None)
    return Time(span=span, type=meaning.type, value=meaning.value, mod=meaning.mod, start=start, end=end)
