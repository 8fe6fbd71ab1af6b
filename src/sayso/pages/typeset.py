"""Lines that a page was set in, back to the paragraphs they were made of.

A paragraph ends where the lines show it: at a wider gap, at type of another size, at a line behind which the next word
would have found room. Where nothing shows it, lines go on: a paragraph too long costs less than a sentence cut in two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from sayso.records import Record

#: Shares: of a page's height in which its running heads and feet stand; of its sheets on which they return.
_MARGIN, _RETURNS = 0.12, 0.6
#: Times the usual distance of two lines that parts paragraphs, times the size of type that is another size.
_GAP, _SIZE = 1.25, 1.12
#: Times the width of the next word that a line leaves free where it ends by itself: letters differ in width.
_ROOM = 1.4
#: Points within which two lines stand at the same height.
_SAME_PLACE = 4.0
#: Lines at each end of a sheet that may be no text.
_OUTER = 2

_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]]*$")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
#: What browsers print around a page: its address and the sheet's number, the day and its title.
_ADDRESS_BELOW = re.compile(r"^(?:https?|file)://\S+ \d+/\d+$")
_DAY_ABOVE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d{2}\b")


class Line(Record, frozen=True, kw_only=True):
    """One line as it was set: its text, and where it stands on its sheet, from the top."""

    text: str
    sheet: int
    left: float
    right: float
    top: float
    bottom: float
    #: of the whole sheet
    height: float


def paragraphs_of(lines: Sequence[Line]) -> list[str]:
    """The paragraphs, without what stands on sheet after sheet in the same place."""
    running = _running(lines)
    kept = [line for line in lines if line not in running]
    usual = _usual_step(kept)
    rights = _column_ends(kept)
    words = Counter(word.lower() for line in kept for word in _WORD.findall(line.text))
    found: list[list[str]] = []
    before: Line | None = None
    for line in kept:
        if before is None or _parts(before, line, usual, rights[before]):
            found.append([line.text])
        else:
            found[-1][-1] = _before(found[-1][-1], line.text, words)
            found[-1].append(line.text)
        before = line
    return ["".join(parts) for parts in found]


def _running(lines: Sequence[Line]) -> set[Line]:
    """Running heads, feet and page numbers: the same words but for numbers, at the same height of many sheets.

    What a browser prints around a page is known by its form, since many pages are one sheet.
    """
    outer = list(_outermost(lines))
    printed = [line for line in outer if _ADDRESS_BELOW.search(line.text)]
    found = {*printed, *(line for line in outer if printed and _DAY_ABOVE.match(line.text))}
    places: dict[tuple[str, int], list[Line]] = {}
    for line in outer:
        places.setdefault((re.sub(r"\d+", "#", line.text), round(line.top / _SAME_PLACE)), []).append(line)
    least = max(2, len({line.sheet for line in lines}) * _RETURNS)
    return found.union(*(same for same in places.values() if len({one.sheet for one in same}) >= least))


def _outermost(lines: Sequence[Line]) -> Iterator[Line]:
    """The first and last lines of each sheet, as they stand on it."""
    for _, sheet in groupby(lines, key=lambda line: line.sheet):
        ordered = sorted(sheet, key=lambda line: line.top)
        yield from (line for line in ordered[:_OUTER] if line.bottom < line.height * _MARGIN)
        yield from (line for line in ordered[-_OUTER:] if line.top > line.height * (1 - _MARGIN))


def _usual_step(lines: Sequence[Line]) -> float:
    """How far below a line the next one usually is, in sizes of type."""
    steps = [_step(line, after) for line, after in pairwise(lines) if _is_below(line, after)]
    return median(steps) if steps else 0.0


def _step(line: Line, after: Line) -> float:
    return (after.bottom - line.bottom) / max(line.bottom - line.top, 1.0)


def _is_below(line: Line, after: Line) -> bool:
    return line.sheet == after.sheet and after.bottom > line.bottom and after.left < line.right


def _column_ends(lines: Sequence[Line]) -> dict[Line, float]:
    """How far right the column of each line goes: as far as its longest lines, but for one or two that stand out."""
    ends: dict[tuple[int, int, int], list[float]] = {}
    for line in lines:
        for at in _places(line):
            ends.setdefault(at, []).append(line.right)
    for found in ends.values():
        found.sort(reverse=True)
    return {line: max(_longest(ends[at]) for at in _places(line)) for line in lines}


def _longest(rights: list[float]) -> float:
    return rights[min(2, (len(rights) - 1) // 4)]


def _places(line: Line) -> Iterator[tuple[int, int, int]]:
    # an indented first line begins a little to the right of its column
    at = round(line.left / 30)
    yield from ((line.sheet, near, round(line.bottom - line.top)) for near in (at - 1, at, at + 1))


def _parts(before: Line, line: Line, usual: float, right: float) -> bool:
    """Whether a new paragraph begins with a line."""
    size, other = before.bottom - before.top, line.bottom - line.top
    if max(size, other) > min(size, other) * _SIZE:
        return True
    ended = _SENTENCE_END.search(before.text) is not None
    goes_on = not ended and line.text[:1].islower()
    short = _had_room(before, line, right) and not goes_on
    if not _is_below(before, line):
        # another column or sheet: what was not ended goes on there
        return ended and (short or not line.text[:1].islower())
    indented = ended and line.left > before.left + 0.5 * size
    return _step(before, line) > _GAP * usual or short or indented


def _had_room(before: Line, line: Line, right: float) -> bool:
    """Whether a line ends although the first word of the next one would have found room behind it."""
    letter = (before.right - before.left) / max(len(before.text), 1)
    word = len(line.text.split(maxsplit=1)[0]) + 1
    return right - before.right > _ROOM * word * letter


def _before(text: str, more: str, words: Counter[str]) -> str:
    """A line as it stands before the next one; a word that was broken at its end is whole again.

    A hyphen stays where the text has the word with it elsewhere, and more often than without it.
    """
    broken = _BROKEN_WORD.search(text)
    first = _WORD.match(more)
    if broken is None or first is None:
        return f"{text} "
    # names have a hyphen and a capital behind it
    if not more[0].islower():
        return text
    tail = first[0].split("-")[0]
    keeps = words[f"{broken[1]}-{tail}".lower()] > words[f"{broken[1]}{tail}".lower()]
    return text if keeps else text[:-1]
