"""Tolls: words of killing and injuring, and the counts that belong to each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, TypeAlias

from sayso.events.counts import Count, Line
from sayso.events.lexicon import Phrases, find_all, index, table
from sayso.records import CountRange, Span

#: Words between a count and the harm word after it: "20 civilians, most of them women and children, were killed".
BEFORE_WITHIN = 22

#: Words between a harm word and the count after it: at once after "killed", further after "death toll".
AFTER_WITHIN = {"killed": 4, "claimed": 3, "toll": 16}
AFTER_OTHERWISE = 6

#: Words between "killed" and the verb by which its number rises: "the number of people killed in raids has risen".
RISE_WITHIN = 20

_BREAK = re.compile(r"[;:.!?()\"“”]|\s[-–—]\s")
_HARD_BREAK = re.compile(r"[;.!?]\s|[\"“”]")
_ASIDE = frozenset({"including", "mostly", "mainly"})
_LIST = frozenset("and well as her his their with another plus also other others some the".split())
_DEGREE = frozenset(
    "at least more than over up to as many about around some nearly another the all a an total of estimated "
    "approximately almost other no fewer less".split()
)

Victims: TypeAlias = Literal["civilians", "fighters", "soldiers", "mixed"]
_VICTIMS: tuple[Victims, ...] = ("civilians", "fighters", "soldiers")


@dataclass(frozen=True, slots=True)
class Harm:
    """A word of killing or injuring (``word`` is its index), and its counts if it has any."""

    role: Literal["killed", "injured", "both"]
    span: Span
    word: int
    counts: tuple[Count, ...]

    @property
    def range(self) -> CountRange | None:
        """The sum of its counts: "11 soldiers and 17 fighters" are 28."""
        if not self.counts:
            return None
        if self.role == "both":
            return None, max(count.high or count.low or 0 for count in self.counts)
        lows, highs = [c.low for c in self.counts], [c.high for c in self.counts]
        low = None if None in lows else sum(n for n in lows if n is not None)
        high = None if None in highs else sum(n for n in highs if n is not None)
        return low, high

    @property
    def victims(self) -> Victims | None:
        """What the counted were, where the text says so of any."""
        kinds = {count.kind for count in self.counts}
        named: list[Victims] = [kind for kind in _VICTIMS if kind in kinds]
        return "mixed" if len(named) > 1 else next(iter(named), None)


@cache
def _harm_words() -> Phrases:
    data = table("harm")
    roles = ("killed", "injured", "both")
    return index([(row, (role, side)) for role in roles for side, rows in data[role].items() for row in rows])


def read_harms(line: Line, counts: tuple[Count, ...]) -> tuple[Harm, ...]:
    """Words of killing and injuring in text order, each with the counts that belong to it and to no other before."""
    rows = _but_listed(find_all(_harm_words(), line.words))
    bounds = [-1, *(first for first, _, _ in rows), len(line.words)]
    harms: list[Harm] = []
    used: set[int] = set()
    for n, (first, last, (role, side)) in enumerate(rows):
        free = [count for count in counts if count.start not in used]
        mine = _risen(line, (first, last), bounds[n + 2], free)
        if not mine and side in ("either", "after"):
            mine = _after(line, (last, bounds[n + 2]), free, side)
        if not mine and side != "after":
            mine = _before(line, (bounds[n], first), free)
        if not mine and side == "found":
            continue
        used.update(count.start for count in mine)
        harms.append(Harm(role, (line.words[first].start, line.words[last - 1].end), first, mine))
    return tuple(harms)


def _but_listed(rows: list[tuple[int, int, Any]]) -> list[tuple[int, int, Any]]:
    """Without the bodies that follow a killing: "killed 15 civilians, with another 10 bodies yet to be identified"."""
    killing = next((first for first, _, (role, side) in rows if role != "injured" and side != "found"), None)
    return [row for row in rows if row[2][1] != "found" or killing is None or row[0] < killing]


def _risen(line: Line, harm: Span, following: int, counts: Sequence[Count]) -> tuple[Count, ...]:
    """The count that a number of dead or hurt rises to: "the number of people killed in X has risen from 16 to 21".

    ``harm`` is the first word of the harm and the one after its last, ``following`` the next harm word.
    """
    words, (first, last) = table("harm")["rising"], harm
    if not set(words["numbers"].split()) & set(line.texts(first - 4, last)):
        return ()
    verbs = frozenset(words["verbs"].split())
    end = min(last + RISE_WITHIN, following, len(line.words))
    verb = next((n for n in range(last, end) if line.words[n].text in verbs), None)
    if verb is None or _HARD_BREAK.search(line.gap(last - 1, verb)):
        return ()
    for count in counts:
        if verb < count.first <= verb + 6 and not _BREAK.search(line.gap(verb, count.first)):
            before = line.texts(count.first - 1, count.first)
            if before not in (["from"], ["by"]):
                return (count,)
            if count.high not in (count.low, None):
                return (replace(count, low=count.high),)
    return ()


def _after(line: Line, reach: tuple[int, int], counts: Sequence[Count], side: str) -> tuple[Count, ...]:
    """The counts that follow a harm word, which ends before word ``reach[0]``; the next harm word is ``reach[1]``."""
    last, following = reach
    within = (
        AFTER_WITHIN["killed"] if side == "either" else AFTER_WITHIN.get(line.words[last - 1].text, AFTER_OTHERWISE)
    )
    near = (c for c in counts if 0 <= c.first - last <= within and c.first <= following)
    count = next((c for c in near if not _BREAK.search(line.gap(last - 1, c.first))), None)
    if count is None:
        return ()
    if side == "either":
        at_once = _DEGREE.issuperset(line.texts(last, count.first))
        # "20 killed 30 injured": the count is the next word's
        of_next = following < len(line.words) and following - count.last <= 1
        if not at_once or (of_next and any(last - 4 <= c.last < last for c in counts)):
            return ()
    return _joined(line, counts, count, following)


def _before(line: Line, reach: tuple[int, int], counts: Sequence[Count]) -> tuple[Count, ...]:
    """The counts before a harm word, which is word ``reach[1]``; the harm word before it is ``reach[0]``."""
    low, first = reach
    near = [c for c in counts if low < c.first and c.last <= first and first - c.last <= BEFORE_WITHIN]
    heads = [c for c in near if not _HARD_BREAK.search(line.text, c.end, line.words[first].start)]
    heads = [c for c in heads if not _is_aside(line, c)]
    if not heads:
        return ()
    head = heads[-1]
    for other in reversed(heads[:-1]):
        if not _linked(line, other, head):
            break
        head = other
    return _joined(line, heads, head, first)


def _is_aside(line: Line, count: Count) -> bool:
    """Whether the count is a share of another: "18 people, including 10 children", "ten of them", "6 among 19"."""
    before, after = line.texts(count.first - 3, count.first), line.texts(count.last, count.last + 3)
    if _ASIDE.intersection(before) or before[-2:] == ["among", "them"]:
        return True
    if before[-1:] == ["of"] and line.words[count.first].text == "one":
        return True  # "five civilians of one family"
    share = after[:1] == ["of"] and after[1:2] in (["them"], ["whom"], ["those"], ["the"])
    following = line.texts(count.noun, count.noun + 3)
    return share or ("among" in following[:2] and not {"them", "whom"} & set(following))


def _linked(line: Line, a: Count, b: Count) -> bool:
    """Whether two counts stand in one list: "15 civilians and 27 fighters"."""
    between = line.texts(a.noun, b.first)
    gap = line.gap(a.noun - 1, b.first)
    return bool(between or "," in gap) and len(between) <= 4 and not _BREAK.search(gap) and _LIST.issuperset(between)


def _joined(line: Line, counts: Sequence[Count], head: Count, end: int) -> tuple[Count, ...]:
    """The count and those that stand with it in one list before word ``end``, all of named kinds of people."""
    mine = [head]
    for count in counts:
        if count.start > mine[-1].start and count.noun <= end:
            if None in (count.kind, mine[-1].kind) or not _linked(line, mine[-1], count):
                break
            mine.append(count)
    return tuple(mine)
