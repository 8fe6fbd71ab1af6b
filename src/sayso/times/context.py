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

#: A verb that follows counts as so many times farther away: English puts the time of a report after its verb. On the
#: training texts 4 to 6 do alike.
_AFTER = 5


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
        self._stretch: tuple[int, str] | None = None

    def remember_stretch(self, offset: int, value: str) -> None:
        """Keep months that results are told for ("the nine months"): what is compared with them is no quarter."""
        self._stretch = offset, value

    def stretch(self, offset: int) -> str | None:
        """The months that results at ``offset`` are told for: within a paragraph, until a quarter is named."""
        if self._stretch is None or "\n\n" in self.plain[self._stretch[0] : offset]:
            return None
        return self._stretch[1]

    def remember(self, value: str, span: Span) -> None:
        """Keep the resolved value of ``span`` for what refers back to it."""
        days, grain = days_of(value), grain_of(value)
        if days is None or grain is None:
            return
        self.last = value
        if grain == "D":
            self.last_day = days[0]
        if grain == "Q":
            self._stretch = None
        if grain == "Q" and self._is_reported(value, days[1], span):
            self.last_quarter = value

    def _is_reported(self, quarter: str, end: date, span: Span) -> bool:
        """Not a later one that is forecast, nor an older one that is only compared with.

        A later one that the text begins with and looks back on is a company's own: "fourth-quarter profit fell" of
        October.
        """
        if self.published is not None and end > self.published:
            return self.last_quarter is None and self.direction(span) < 0
        return quarter >= (self.last_quarter or "")

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
        begin = max((match.end() for match in _sentence_end().finditer(self.text, begin, span[0])), default=begin)
        end = _sentence_end().search(self.text, span[1], stop)
        best, sign = _REACH, 0
        for match in _verbs().finditer(self.plain, begin, end.start() if end else stop):
            distance = span[0] - match.end() if match.end() <= span[0] else _AFTER * (match.start() - span[1])
            if 0 <= distance < best:
                best, sign = distance, 1 if match["future"] else -1
        return sign


@cache
def _sentence_end() -> re.Pattern[str]:
    """No dot of "p.m.", "U.S.", "Sept. 4" or "Mr. Doe": cut there, "until 9 a.m. Tuesday" loses its verb."""
    abbreviations = [*lexicon()["short_months"], *lexicon()["tense"]["abbreviations"]]
    not_after = "".join(rf"(?<!\b{word})(?<!\b{word.title()})" for word in abbreviations)
    return re.compile(rf"(?<!\W[a-zA-Z]){not_after}[.!?]['\"”’)]*\s+(?=[A-Z\d'\"“‘`(])|\n\n")


@cache
def _verbs() -> re.Pattern[str]:
    """What looks forward or back; "had been due on" and "as previously planned" look back on what lay ahead."""
    tense = lexicon()["tense"]
    future, past, other, putting_off = (
        "|".join(map(re.escape, sorted(tense[key], key=len, reverse=True)))
        for key in ("future", "past", "not_verbs", "putting_off")
    )
    adjective = r"(?<!\bbe )(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bstill )"
    return re.compile(
        rf"(?<!\w)(?:(?P<undone>(?:had(?: previously)? been|previously|originally) (?:{future}))"
        rf"|(?P<future>(?!(?:would|should|may|might) have\b)(?:{future})|(?:{putting_off})\b[^.!?;]{{0,50}}? until)"
        rf"|{adjective}(?:(?:{past})|(?!(?:{other})\b)[a-z]{{2,14}}ed))(?!\w)"
    )
