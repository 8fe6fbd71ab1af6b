"""Where an expression stands: the day of publication, what was last spoken of, and which way the verbs look."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from sayso.records import Span
from sayso.times.calendar import days_of, grain_of, value_of
from sayso.times.lexicon import lexicon

#: How far from an expression its verb is looked for, in code points: about one clause.
_REACH = 90

#: A verb that follows counts as so many times farther away: English puts the time of a report after its verb.
_AFTER = 3

_SENTENCE_END = re.compile(r"[.!?]['\"]* |\n\n")


class Context:
    """The text around an expression and what was said before it.

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
        if grain == "Q" and self._is_reported(value, days[1]):
            self.last_quarter = value

    def _is_reported(self, quarter: str, end: date) -> bool:
        """Not a later one that is forecast, nor an older one that is only compared with."""
        return (self.published is None or end <= self.published) and quarter >= (self.last_quarter or "")

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
        begin, stop = max(0, span[0] - _REACH), min(len(self.plain), span[1] + _REACH)
        begin = max((match.end() for match in _SENTENCE_END.finditer(self.plain, begin, span[0])), default=begin)
        end = _SENTENCE_END.search(self.plain, span[1], stop)
        best, sign = _REACH, 0
        for match in _verbs().finditer(self.plain, begin, end.start() if end else stop):
            distance = span[0] - match.end() if match.end() <= span[0] else _AFTER * (match.start() - span[1])
            if 0 <= distance < best:
                best, sign = distance, 1 if match["future"] else -1
        return sign


@cache
def _verbs() -> re.Pattern[str]:
    tense = lexicon()["tense"]
    future, past, other = (
        "|".join(map(re.escape, sorted(tense[key], key=len, reverse=True))) for key in ("future", "past", "not_verbs")
    )
    return re.compile(rf"(?<!\w)(?:(?P<future>{future})|(?<!be )(?:(?:{past})|(?!(?:{other})\b)[a-z]{{2,14}}ed))(?!\w)")
