"""Finds the time expressions of a text and resolves them, in three steps: match, resolve in text order, join."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from sayso.records import Span, Time
from sayso.text import Doc
from sayso.times import calendar_rules, clock_rules, durations, relative_rules, set_rules
from sayso.times.calendar import Days, days_of, part_of
from sayso.times.lexicon import any_of, lexicon, look_up
from sayso.times.rule import Context, Meaning, Rule, group, pattern_of

#: In order of trust: of two rules that match the same words, the earlier is asked first.
_RULES: tuple[Rule, ...] = (
    *set_rules.RULES, *calendar_rules.RULES, *relative_rules.RULES, *durations.RULES, *clock_rules.RULES,
)  # fmt: skip

#: Rules look only this far (code points) around a word of time; the longest expression in the training texts has 41.
_MARGIN = 60


def read_times(doc: Doc, published: str | None) -> tuple[Time, ...]:
    """The time expressions of ``doc``, in text order, none overlapping.

    Args:
        doc: the text.
        published: ISO day, or timestamp, against which relative expressions are told; None where it is not known.

    Returns:
        For each its TIMEX3 type, value and mod, and the ISO days that it covers, both ends included. Days are None where
        they cannot be told: a length that nothing anchors, ``PAST_REF``, "Friday" in a text of unknown date.
    """
    context = Context(doc.text, _plain(doc.text), _day(published))
    found = list(_joined(list(_resolved(context)), context))
    return tuple(_time(span, meaning) for span, meaning in found if meaning.alone)


def _plain(text: str) -> str:
    """The text in small letters, all marks and blanks of one kind, at the same length."""
    return text.translate(_PLAIN)


_PLAIN = {
    **{upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)},
    **dict.fromkeys(map(ord, "\u00a0\t\r\u2009\u202f"), " "),
    **dict.fromkeys(map(ord, "’‘ʼ`"), "'"), **dict.fromkeys(map(ord, "–—‑‐−"), "-"),
}  # fmt: skip


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _resolved(context: Context) -> Iterator[tuple[Span, Meaning]]:
    """Matches in text order, the longest at each place that means a time; each is remembered for the next."""
    end = 0
    for _, _, order, match in _candidates(context.plain):
        if match.start() < end:
            continue
        meaning = _RULES[order].resolve(match, context)
        if meaning is None:
            continue
        meaning = _modified(match, meaning, context)
        context.remember(meaning.value)
        end = match.end()
        yield match.span(), meaning


def _candidates(plain: str) -> list[tuple[int, int, int, re.Match[str]]]:
    found = [
        (match.start(), -match.end(), order, match)
        for start, end in _windows(plain)
        for order, rule in enumerate(_RULES)
        for match in pattern_of(rule).finditer(plain, start, end)
    ]
    return sorted(found, key=lambda candidate: candidate[:3])


def _windows(plain: str) -> Iterator[Span]:
    """Stretches about the words of time, cut between words, none overlapping."""
    start = end = -1
    for match in _triggers().finditer(plain):
        if match.start() - _MARGIN > end:
            if end >= 0:
                yield start, end
            start = _between_words(plain, max(0, match.start() - _MARGIN))
        end = _between_words(plain, min(len(plain), match.end() + _MARGIN))
    if end >= 0:
        yield start, end


def _between_words(plain: str, offset: int) -> int:
    cut = plain.find(" ", offset, offset + 30)
    return cut if cut >= 0 else offset


@cache
def _triggers() -> re.Pattern[str]:
    tables = lexicon()
    names = "months short_months weekdays units plural_units seasons parts_of_day hours_of clock holidays references frequencies"
    words = {word for name in names.split() for word in tables[name]} | {
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "weekend",
    }
    figures = r"(?:1[0-9]|20)\d\d|\d\d?[:./-]\d|\d0'?s|\d ?[ap]\.?m|\d\d? (?:in|at|o'clock)|nineteen|[a-z]{5,6}ties"
    return re.compile(rf"(?<![a-z])(?:{any_of(sorted(words))}(?![a-z])|[a-z]+days\b|{figures})")


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
    """ "Earlier this month" ends with the day of publication, "later this month" begins with it."""
    days = days_of(value)
    if days is None or published is None or not days[0] <= published <= days[1]:
        return days
    return (days[0], published) if mod == "EARLIER" else (published, days[1])


_GAP_TO_CLOCK = re.compile(r",? ?(?:\bat )?|,? (?:in the |at |on |around |about |by |shortly after |- )|t")
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


def _join(left: tuple[Span, Meaning], right: tuple[Span, Meaning], context: Context) -> tuple[Span, Meaning] | None:
    (a, first), (b, second) = left, right
    gap, span = context.plain[a[1] : b[0]], (a[0], b[1])
    if first.clock and second.clock:
        return (span, first._replace(mod=first.mod or second.mod)) if gap == " " and len(first.clock) == 3 else None
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
    return Meaning("TIME", f"{day.value}{clock.clock}", clock.mod or day.mod, day.days, clock.clock)


def _time(span: Span, meaning: Meaning) -> Time:
    days = meaning.days or (days_of(meaning.value) if meaning.type in ("DATE", "TIME") else None)
    start, end = (days[0].isoformat(), days[1].isoformat()) if days else (None, None)
    return Time(span=span, type=meaning.type, value=meaning.value, mod=meaning.mod, start=start, end=end)
