"""What a rule is: a pattern of words, and what they mean where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from sayso.records import Span, TimeType
from sayso.times.calendar import Days, days_of, grain_of, value_of
from sayso.times.lexicon import BLANK, lexicon, pieces


class Meaning(NamedTuple):
    """What a time expression stands for.

    ``days`` is given where the value alone does not tell them. ``clock`` is what an hour or part of the day adds
    to a day (``T22:00``, ``TMO``); with ``alone`` false it is a time only beside a day.
    """

    type: TimeType
    value: str
    mod: str | None = None
    days: Days | None = None
    clock: str | None = None
    alone: bool = True


class Rule(NamedTuple):
    """A template and the function that resolves what it finds; None says: not a time here.

    In a template ``{name}`` or ``{name:group}`` is a piece of the lexicon, and a blank any white space between
    words; ``end`` is what may not follow.
    """

    template: str
    resolve: Callable[[re.Match[str], Context], Meaning | None]
    end: str = r"(?!\w)"


@cache
def pattern_of(rule: Rule) -> re.Pattern[str]:
    """The rule's pattern over plain text; made at first use, since start-up counts."""

    def piece(match: re.Match[str]) -> str:
        return f"(?P<{match['group'] or match['name']}>{pieces()[match['name']]})"

    spaced = re.sub(r"(?<!\\) ", lambda _: BLANK, rule.template)
    pattern = re.sub(r"\{(?P<name>[a-z]+)(?::(?P<group>\w+))?\}", piece, spaced)
    return re.compile(rf"(?<!\w)(?:{pattern}){rule.end}")


def group(match: re.Match[str], name: str) -> str | None:
    """What the group holds, white space made single; None where the pattern has no such group or it is empty."""
    found = match.groupdict().get(name)
    return " ".join(found.split()) if found else None


class Context:
    """The text around an expression: when it was published, what was last spoken of, and which way verbs look.

    ``text`` is as it stands, ``plain`` the same length in small letters. ``last`` is the value last resolved,
    ``last_day`` and ``last_quarter`` the last at these grains.
    """

    def __init__(self, text: str, plain: str, published: date | None) -> None:
        self.text = text
        self.plain = plain
        self.published = published
        self.last: str | None = None
        self.last_day: date | None = None
        self.last_quarter: str | None = None

    def remember(self, value: str) -> None:
        """Keep a resolved value for what refers back to it."""
        days, grain = days_of(value), grain_of(value)
        if days is None or grain is None:
            return
        self.last = value
        if grain == "D":
            self.last_day = days[0]
        if grain == "Q":
            self.last_quarter = value

    def spoken_of(self) -> date | None:
        """The day last spoken of, else the day of publication."""
        return self.last_day or self.published

    def last_at(self, grain: str) -> str | None:
        """The value last spoken of, at this grain, else that of publication."""
        days = days_of(self.last) if self.last else None
        day = days[0] if days else self.published
        return value_of(day, grain) if day else None

    def capital(self, offset: int) -> bool:
        """Whether the word there is written with a capital letter."""
        return self.text[offset : offset + 1].isupper()

    def before(self, offset: int) -> str:
        """A few plain words before ``offset``."""
        return self.plain[max(0, offset - 24) : offset]

    def direction(self, span: Span) -> int:
        """-1 or 1 as the nearest verb of the sentence looks back or forward; 0 where none tells."""
        best, sign = _REACH, 0
        begin, stop = max(0, span[0] - _REACH), min(len(self.plain), span[1] + _REACH)
        begin = max((m.end() for m in _STOP.finditer(self.plain, begin, span[0])), default=begin)
        end = _STOP.search(self.plain, span[1], stop)
        for match in _verbs().finditer(self.plain, begin, end.start() if end else stop):
            distance = span[0] - match.end() if match.end() <= span[0] else match.start() - span[1]
            if 0 <= distance < best:
                best, sign = distance, 1 if match["future"] else -1
        return sign


#: How far from an expression its verb is looked for, in code points: about one clause.
_REACH = 90
_STOP = re.compile(r"[.!?] |\n\n")


@cache
def _verbs() -> re.Pattern[str]:
    tense = lexicon()["tense"]
    future, past = ("|".join(map(re.escape, sorted(tense[key], key=len, reverse=True))) for key in ("future", "past"))
    return re.compile(rf"(?<!\w)(?:(?P<future>{future})|(?:{past})|[a-z]{{2,14}}ed)(?!\w)")
