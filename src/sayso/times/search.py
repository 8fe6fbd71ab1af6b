"""Where in a text its rules may match: near words of time only, since most words of news are none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from sayso.records import Span
from sayso.times.lexicon import SPOKEN_DECADES, lexicon
from sayso.times.rule import Rule, pattern_of

#: Rules look only this far (code points) around their word; the longest expression in the training texts has 41.
_MARGIN = 60

#: The lexicon's tables whose words make each kind. Of an entry of several words the last counts.
_KINDS = {
    "month": "months short_months", "weekday": "weekdays", "unit": "units plural_units", "season": "seasons",
    "part": "parts_of_day hours_of", "clock": "clock", "holiday": "holidays", "reference": "references",
    "frequency": "frequencies",
}  # fmt: skip
_MORE = {
    "weekday": "mondays tuesdays wednesdays thursdays fridays saturdays sundays", "day": "today yesterday tomorrow",
    "part": "tonight mornings afternoons evenings nights", "weekend": "weekend end weekends", "year": "nineteen",
    "figure": "clock gmt utc est edt cst pst time am pm a.m p.m", "decade": " ".join(SPOKEN_DECADES),
    "unit": "half period daylong weeklong monthlong yearlong",
}  # fmt: skip

_TOKEN = re.compile(
    r"(?P<word>[a-z]+(?:\.m\b)?)|(?P<decade>'?\d{2,4}'?s\b)|(?P<year>\d{4}(?!\d))"
    r"|(?P<figure>\d\d?(?:[:./-]\d| ?[ap]\.? ?m\b))|\d+"
)


def plain(text: str) -> str:
    """The text in small letters, with all marks and blanks of one kind, at the same length."""
    return text.translate(_PLAIN)


_PLAIN: dict[int, str | int] = {
    **{upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)},
    **dict.fromkeys(map(ord, "\u00a0\t\r\u2009\u202f"), " "),
    **dict.fromkeys(map(ord, "’‘ʼ`"), "'"), **dict.fromkeys(map(ord, "–—‑‐−"), "-"),
}  # fmt: skip


def candidates(text: str, rules: Iterable[Rule]) -> list[tuple[int, re.Match[str]]]:
    """All matches with the index of their rule: in text order, at one place the longest first, then in rule order."""
    windows = _windows(text)
    found = [
        (index, match)
        for index, rule in enumerate(rules)
        for start, end in windows.get(rule.about, ())
        for match in pattern_of(rule).finditer(text, start, end)
    ]
    return sorted(found, key=lambda item: (item[1].start(), -item[1].end(), item[0]))


def _windows(text: str) -> Mapping[str, list[Span]]:
    """For each kind of word the stretches about such words, cut between words, none overlapping."""
    windows: dict[str, list[Span]] = defaultdict(list)
    kinds = words_by_kind()
    for match in _TOKEN.finditer(text):
        group = match.lastgroup
        if group is None:
            continue
        for kind in kinds.get(match.group(), ()) if group == "word" else (group,):
            _widen(windows[kind], text, match.span())
    return windows


def _widen(spans: list[Span], text: str, word: Span) -> None:
    end = _between_words(text, min(len(text), word[1] + _MARGIN))
    if spans and word[0] - _MARGIN <= spans[-1][1]:
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((_between_words(text, max(0, word[0] - _MARGIN)), end))


def _between_words(text: str, offset: int) -> int:
    cut = text.find(" ", offset, offset + 30) if 0 < offset < len(text) else -1
    return cut if cut >= 0 else offset


@cache
def words_by_kind() -> Mapping[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind, word in _entries():
        if kind not in kinds[word]:
            kinds[word].append(kind)
    return {word: tuple(found) for word, found in kinds.items()}


def _entries() -> Iterator[tuple[str, str]]:
    for kind, tables in _KINDS.items():
        for table in tables.split():
            for entry in lexicon()[table]:
                yield kind, re.findall(r"[a-z]+", entry)[-1]
    for kind, words in _MORE.items():
        for word in words.split():
            yield kind, word
