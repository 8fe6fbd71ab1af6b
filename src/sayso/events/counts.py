"""How many: the counts of a passage as ranges, and which of them are killed, injured, or the size of a force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sayso.events.lexicon import Phrases, Word, find_all, index, table
from sayso.records import CountRange, Span
from sayso.text import NUMBER, number_value

#: Words from a count to the noun that it counts, which is the last of them: "20 Syrian government forces fighters".
NOUN_WITHIN = 5

#: Words between a count and the harm word after it: "20 civilians, most of them women and children, were killed".
BEFORE_WITHIN = 22
AFTER_WITHIN = {"claimed": 3, "toll": 10}

_BREAK = re.compile(r"[;:.!?()\"“”]|\s[-–—]\s")
_ASIDE = frozenset("including mostly among them whom mainly".split())
_LIST = frozenset("and well as her his their with another plus also other others some the".split())
_DEGREE = frozenset(
    "at least more than over up to as many about around some nearly another the all a an total of estimated "
    "approximately almost other no fewer less".split()
)
#: Words of persons that make no single one: "a police station", "another dead".
_NOT_ONE = frozenset("people more dead wounded injured another police personnel lebanese turkish".split())
#: Words that end the search for the noun: "at least 11 were killed when bombs hit".
_NO_NOUN = frozenset(
    "was were is are has have had been be got died die killed in on at by when while after and or to from who which "
    "that for with".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Count:
    """A range of people, where it stands, and what they are (as in harm.toml), or None where unsaid.

    ``first`` to ``last`` are its words, ``noun`` the word after the noun that it counts.
    """

    low: int | None
    high: int | None
    start: int
    end: int
    first: int
    last: int
    kind: str | None
    noun: int

    @property
    def range(self) -> CountRange:
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Harm:
    """A word of killing or injuring, and its count if it has one."""

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
            return None, max((count.high or count.low or 0) for count in self.counts)
        lows, highs = [c.low for c in self.counts], [c.high for c in self.counts]
        low = None if None in lows else sum(n for n in lows if n is not None)
        high = None if None in highs else sum(n for n in highs if n is not None)
        return low, high

    @property
    def victims(self) -> str | None:
        kinds = {count.kind for count in self.counts if count.kind not in (None, "people")}
        return "mixed" if len(kinds) > 1 else next(iter(kinds), None)


@cache
def _persons() -> dict[str, str]:
    return {word: kind for kind, words in table("harm")["persons"].items() for word in words.split()}


@cache
def _openers() -> Phrases:
    data = table("harm")
    return index(
        [(w, "above") for w in data["open_above"]["words"]] + [(w, "below") for w in data["open_below"]["words"]]
    )


@cache
def _vague() -> Phrases:
    return index(list(table("harm")["vague"].items()))


@cache
def _harm_words() -> Phrases:
    data = table("harm")
    return index(
        [
            (words, (role, side))
            for role in ("killed", "injured", "both")
            for side, rows in data[role].items()
            for words in rows
        ]
    )


def read_counts(text: str, words: tuple[Word, ...]) -> tuple[Count, ...]:
    """Counts of people in a row of words, in text order; figures that count something else are left out."""
    if not words:
        return ()
    found = [_figure(text, words, match) for match in NUMBER.finditer(text, words[0].start, words[-1].end)]
    found += [_vague_count(text, words, first, last, value) for first, last, value in find_all(_vague(), words)]
    found += [_single(text, words, at) for at in range(len(words) - 1)]
    taken: list[Count] = []
    for count in sorted((c for c in found if c), key=lambda c: (c.start, -c.end)):
        if not taken or count.start >= taken[-1].end:
            taken.append(count)
    return tuple(taken)


def read_harms(text: str, words: tuple[Word, ...], counts: tuple[Count, ...]) -> tuple[Harm, ...]:
    """Words of killing and injuring in text order, each with the counts that belong to it."""
    rows = find_all(_harm_words(), words)
    places = [first for first, _, _ in rows]
    harms, used = [], set[int]()
    for n, (first, last, (role, side)) in enumerate(rows):
        low = places[n - 1] if n else -1
        high = places[n + 1] if n + 1 < len(rows) else len(words)
        free = tuple(c for c in counts if c.start not in used)
        mine = _after(text, words, last, high, free, side) if side != "before" else ()
        if not mine and side != "after":
            mine = _before(text, words, low, first, free)
        used.update(c.start for c in mine)
        harms.append(Harm(role, (words[first].start, words[last - 1].end), first, mine))
    return tuple(harms)


def _after(
    text: str, words: tuple[Word, ...], last: int, high: int, counts: tuple[Count, ...], side: str
) -> tuple[Count, ...]:
    reach = 4 if side == "either" else AFTER_WITHIN.get(words[last - 1].text, 6)
    for count in counts:
        gap = count.first - last
        if 0 <= gap <= reach and count.first < high + 1 and not _broken(text, words, last - 1, count.first):
            if side == "either" and not _at_once(words, last, count.first):
                return ()
            if high < len(words) and side == "either" and high - count.last <= 1 and _any_before(counts, last - 1):
                return ()  # "20 killed 30 injured": the count is the next word's
            return _joined(text, words, counts, count, high)
    return ()


def _at_once(words: tuple[Word, ...], last: int, first: int) -> bool:
    """Whether nothing but words of degree stand between "killed" and its count."""
    return all(word.text in _DEGREE for word in words[last:first])


def _any_before(counts: tuple[Count, ...], at: int) -> bool:
    return any(at - 3 <= count.last <= at for count in counts)


def _broken(text: str, words: tuple[Word, ...], a: int, b: int) -> bool:
    return _BREAK.search(text, words[a].end, words[b].start) is not None if a < b else False


def _before(text: str, words: tuple[Word, ...], low: int, first: int, counts: tuple[Count, ...]) -> tuple[Count, ...]:
    near = [c for c in counts if low < c.first and c.last <= first and first - c.last <= BEFORE_WITHIN]
    near = [c for c in near if not _hard_break(text, c.end, words[first].start)]
    heads = [c for c in near if not _is_aside(words, c)]
    if not heads:
        return ()
    head = heads[-1]
    for other in reversed(heads[:-1]):
        if not _linked(text, words, other, head):
            break
        head = other
    return _joined(text, words, tuple(heads), head, first)


def _hard_break(text: str, a: int, b: int) -> bool:
    return re.search(r"[;.!?]\s|[\"“”]", text[a:b]) is not None


def _is_aside(words: tuple[Word, ...], count: Count) -> bool:
    """Whether the count is a share of another: "18 people, including 10 children", "ten of them"."""
    before = {word.text for word in words[max(0, count.first - 3) : count.first]}
    if count.first and words[count.first - 1].text == "of" and words[count.first].text == "one":
        return True  # "five civilians of one family"
    after = [word.text for word in words[count.last : count.last + 3]]
    return bool(before & _ASIDE) or after[:2] in (["of", "them"], ["of", "whom"], ["of", "those"], ["of", "the"])


def _linked(text: str, words: tuple[Word, ...], a: Count, b: Count) -> bool:
    """Whether two counts stand in one list: "15 civilians and 27 fighters"."""
    between = [word.text for word in words[a.noun : b.first]]
    gap = text[words[a.noun - 1].end : b.start]
    return bool(between or "," in gap) and len(between) <= 4 and not _BREAK.search(gap) and _LIST.issuperset(between)


def _joined(text: str, words: tuple[Word, ...], counts: tuple[Count, ...], head: Count, high: int) -> tuple[Count, ...]:
    """The count and those that stand with it in one list, all of named kinds of people."""
    mine = [head]
    for count in counts:
        if count.start > mine[-1].start and count.noun <= high:
            if None in (count.kind, mine[-1].kind) or not _linked(text, words, mine[-1], count):
                break
            mine.append(count)
    return tuple(mine)


def _word_at(words: tuple[Word, ...], start: int) -> int:
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if words[middle].end <= start else (low, middle)
    return low


def _figure(text: str, words: tuple[Word, ...], match: re.Match[str]) -> Count | None:
    value = number_value(match.group())
    if value is None or _YEAR.match(match.group()) or text[match.end() : match.end() + 1] in ("%", "-") or value == 0:
        return None
    first, last = _word_at(words, match.start()), _word_at(words, match.end() - 1) + 1
    low, high = value, value
    if last + 1 < len(words) and words[last].text in ("to", "or", "and"):
        other = NUMBER.match(text, words[last + 1].start)
        between = first > 0 and words[first - 1].text == "between"
        if other and (words[last].text != "and" or between) and (top := number_value(other.group())) and top > value:
            high, last = top, _word_at(words, other.end() - 1) + 1
    kind, noun = _counted(text, words, last)
    if kind == "other" or (kind is None and words[first].text in ("one", "a", "an")):
        return None
    return _ranged(words, low, high, first, last, (kind, noun))


def _vague_count(text: str, words: tuple[Word, ...], first: int, last: int, value: list[int]) -> Count | None:
    kind, noun = _counted(text, words, last)
    if kind == "other":
        return None
    low, high = value
    return Count(low, None if high < 0 else high, words[first].start, words[last - 1].end, first, last, kind, noun)


def _single(text: str, words: tuple[Word, ...], at: int) -> Count | None:
    """ "a man", "another child": one."""
    if words[at].text not in ("a", "an", "another"):
        return None
    for n in range(at + 1, min(at + 4, len(words))):
        word = words[n].text
        if word.endswith("s") or "," in text[words[n - 1].end : words[n].start]:
            return None
        if _persons().get(word) not in (None, "other") and word not in _NOT_ONE:
            following = words[n + 1].text if n + 1 < len(words) else ""
            if following in ("of", "source", "group", "groups", "agency") or _persons().get(following):
                return None
            return Count(1, 1, words[at].start, words[n].end, at, at + 1, _persons()[word], n + 1)
    return None


def _ranged(
    words: tuple[Word, ...], low: int, high: int, first: int, last: int, counted: tuple[str | None, int]
) -> Count:
    """The count with the end left open that the words around it leave open."""
    span, (kind, noun) = (words[first].start, words[last - 1].end), counted
    for back in range(min(4, first), 0, -1):
        rows = find_all(_openers(), words[first - back : first])
        if rows and rows[-1][1] == back:
            begin = first - back + rows[-1][0]
            above = rows[-1][2] == "above"
            ends = (low, None) if above else (None, high)
            return Count(*ends, words[begin].start, span[1], begin, last, kind, noun)
    if [word.text for word in words[last : last + 2]] == ["or", "more"]:
        return Count(low, None, *span, first, last, kind, noun)
    return Count(low, high, *span, first, last, kind, noun)


def _counted(text: str, words: tuple[Word, ...], last: int) -> tuple[str | None, int]:
    """What the noun after a count is, and where it ends; None where none follows: "20 dead", "killed 20."."""
    for n in range(last, min(last + NOUN_WITHIN, len(words))):
        gap = text[words[n - 1].end : words[n].start].strip()
        if gap and gap not in ("-", "'", "’"):
            break
        if words[n].text in _NO_NOUN:
            break
        kind = _persons().get(words[n].text)
        following = words[n + 1].text if n + 1 < len(words) else ""
        if kind == "people" and _persons().get(following) not in (None, "other", "people"):
            continue
        if kind is not None:
            return kind, n + 1
    return None, last
