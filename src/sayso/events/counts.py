"""How many: the counts of people in a row of words, as ranges with their words and what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from sayso.events.lexicon import Phrases, Word, find_all, index, overlaps, table
from sayso.records import CountRange, Span
from sayso.text import NUMBER, number_value

#: Words from a count to the noun that it counts, which is the last of them: "20 Syrian government forces fighters".
NOUN_WITHIN = 5

#: Words in brackets that may stand between the two: "4,000 Islamic State (IS, formerly ISIS/ISIL) terrorists".
ASIDE_WITHIN = 8

_ONE = frozenset({"a", "an", "another"})

#: Words of persons that make no single one: "a police station", "another dead".
_NOT_ONE = frozenset("people more dead wounded injured another police personnel lebanese turkish".split())

#: What makes a person an adjective: "a rebel group", "a military source".
_NOT_ONE_BEFORE = frozenset("of source group groups agency".split())

#: Words that end the search for the noun: "at least 11 were killed when bombs hit".
_NO_NOUN = frozenset(
    "was were is are has have had been be got died die killed in on at by when while after and or to from who which "
    "that for with".split()
)

#: Words before a figure that numbers something: "resolution 2118".
_NUMBERED = frozenset("resolution article chapter no number page route highway".split())
_YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of words and the text that they stand in."""

    text: str
    words: tuple[Word, ...]

    def gap(self, a: int, b: int) -> str:
        """What stands between the end of word ``a`` and the beginning of word ``b``."""
        return self.text[self.words[a].end : self.words[b].start]

    def texts(self, first: int, last: int) -> list[str]:
        """The words from ``first`` up to ``last``; less where the row is shorter."""
        return [word.text for word in self.words[max(0, first) : last]]

    def word_at(self, offset: int) -> int:
        """Index of the word that holds ``offset``, or of the first after it."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.words[middle].end <= offset else (low, middle)
        return low


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


@cache
def _persons() -> dict[str, str]:
    return {word: kind for kind, words in table("harm")["persons"].items() for word in words.split()}


@cache
def _openers() -> Phrases:
    ends = (("above", "open_above"), ("below", "open_below"))
    return index([(words, end) for end, key in ends for words in table("harm")[key]["words"]])


@cache
def _vague() -> Phrases:
    return index(list(table("harm")["vague"].items()))


def read_counts(line: Line, times: Sequence[Span] = ()) -> tuple[Count, ...]:
    """Counts of people in a row of words, in text order; figures that count something else are left out.

    ``times`` are the time expressions of the text: "18" in "VIENNA, March 18 (Lodestar)" counts nobody.
    """
    words = line.words
    if not words:
        return ()
    found = [_figure(line, match) for match in NUMBER.finditer(line.text, words[0].start, words[-1].end)]
    found += [_vague_count(line, first, last, value) for first, last, value in find_all(_vague(), words)]
    found += [_single(line, at) for at, word in enumerate(words) if word.text in _ONE]
    people = (c for c in found if c and not (c.kind is None and overlaps((c.start, c.end), times)))
    taken: list[Count] = []
    for count in sorted(people, key=lambda c: (c.start, -c.end)):
        if not taken or count.start >= taken[-1].end:
            taken.append(count)
    return tuple(taken)


def is_force(line: Line, count: Count) -> bool:
    """Whether a count is the size of a force: of fighters or soldiers, more than "a commander" or "two rebel units"."""
    if count.kind not in ("fighters", "soldiers") or 1 in count.range:
        return False
    following = "".join(line.texts(count.noun, count.noun + 1))
    return _persons().get(following) != "other" or line.gap(count.noun - 1, count.noun) != " "


def _figure(line: Line, match: re.Match[str]) -> Count | None:
    value = number_value(match.group())
    if not value or _YEAR.match(match.group()) or line.text[match.end() : match.end() + 1] in ("%", "-"):
        return None
    first, last = line.word_at(match.start()), line.word_at(match.end() - 1) + 1
    high, last = _upper(line, value, first, last)
    kind, noun = _counted(line, last)
    if kind == "other" or (kind is None and line.words[first].text in ("one", "a", "an")):
        return None
    if kind is None and _NUMBERED.intersection(line.texts(first - 1, first)):
        return None
    return _ranged(line, Count(value, high, line.words[first].start, line.words[last - 1].end, first, last, kind, noun))


def _upper(line: Line, value: int, first: int, last: int) -> tuple[int, int]:
    """The upper end of "10 to 15", "between 10 and 15", and the word after it; else the value itself."""
    if last + 1 < len(line.words) and line.words[last].text in ("to", "or", "and"):
        other = NUMBER.match(line.text, line.words[last + 1].start)
        both = line.words[last].text != "and" or line.texts(first - 1, first) == ["between"]
        top = number_value(other.group()) if other and both else None
        if other and top and top > value:
            return top, line.word_at(other.end() - 1) + 1
    return value, last


def _vague_count(line: Line, first: int, last: int, value: list[int]) -> Count | None:
    kind, noun = _counted(line, last)
    if kind == "other":
        return None
    low, high = value[0], None if value[1] < 0 else value[1]
    return Count(low, high, line.words[first].start, line.words[last - 1].end, first, last, kind, noun)


def _single(line: Line, at: int) -> Count | None:
    """One, where a word for one person follows: "a man", "another child"."""
    for n in range(at + 1, min(at + 4, len(line.words))):
        word = line.words[n].text
        if word.endswith("s") or "," in line.gap(n - 1, n):
            return None
        kind = _persons().get(word)
        if kind not in (None, "other") and word not in _NOT_ONE:
            following = "".join(line.texts(n + 1, n + 2))
            if following in _NOT_ONE_BEFORE or following in _persons():
                return None
            return Count(1, 1, line.words[at].start, line.words[n].end, at, at + 1, kind, n + 1)
    return None


def _ranged(line: Line, count: Count) -> Count:
    """The count with the end left open that the words around it leave open."""
    low, high, begin = count.low, count.high, count.first
    if _openers().keys().isdisjoint(line.texts(count.first - 4, count.first)):
        more = line.texts(count.last, count.last + 2) == ["or", "more"]
        return replace(count, high=None) if more else count
    for back in range(min(4, count.first), 0, -1):
        rows = find_all(_openers(), line.words[count.first - back : count.first])
        if rows and rows[-1][1] == back:
            begin = count.first - back + rows[-1][0]
            low, high = (low, None) if rows[-1][2] == "above" else (None, high)
            break
    return replace(count, low=low, high=high, start=line.words[begin].start, first=begin)


def _counted(line: Line, last: int) -> tuple[str | None, int]:
    """What the noun after a count is, and where it ends; None where none follows: "20 dead", "killed 20."."""
    last = _after_aside(line, last)
    n, end = last, min(last + NOUN_WITHIN, len(line.words))
    while n < end:
        word = line.words[n].text
        aside = n > last and line.gap(n - 1, n).strip() == ")"
        if word in _NO_NOUN or not (aside or line.gap(n - 1, n).strip() in ("", "-", "'", "’")):
            break
        kind = _person(word)
        following = _persons().get("".join(line.texts(n + 1, n + 2)))
        if kind is not None and not (kind == "people" and following not in (None, "other", "people")):
            return kind, n + 1
        n += 1
        passed = _after_aside(line, n)
        n, end = passed, min(end + passed - n, len(line.words))
    return None, last


def _person(word: str) -> str | None:
    """What kind of person a noun names; of "IS-militants" the last part tells."""
    return _persons().get(word) or _persons().get(word.rpartition("-")[2])


def _after_aside(line: Line, at: int) -> int:
    """The word after the brackets that open before word ``at``; ``at`` itself where none open or none close soon."""
    if 0 < at < len(line.words) and line.gap(at - 1, at).strip() == "(":
        for n in range(at + 1, min(at + ASIDE_WITHIN, len(line.words))):
            if line.gap(n - 1, n) == ") ":
                return n
    return at
