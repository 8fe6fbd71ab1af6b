"""Places that the text itself makes places: what it calls a village, or says that things happen in; and datelines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from sayso.events.lexicon import overlaps, word_list
from sayso.records import Span

#: Names of a text that are looked for at all their mentions: no article needs more.
MAX_CALLED = 100

#: Where a dateline may stand (code points): pages put headlines, bylines and corrections before it.
DATELINE_WITHIN = 600

NAME = (
    r"\b(?:(?:[Aa]l|[Ee]l|[Aa]sh|[Aa]r|[Dd]eir|[Kk]afr|[Tt]al|[Bb]ab)[ -]){0,3}"
    r"[A-Z](?:[\w-]|[’'](?!s\b))*(?:[ -](?:al-|el-|[Ee]z-)?[A-Z][\w’-]*){0,4}"
)
AREA = (
    r"(?:town|city|village|district|neighbou?rhood|suburb|province|governorate|countryside|region|area|camp|airport|road"
    r"|square|farm|valley|air ?base|mountain|military base|crossing)s?"
)
#: What a place has: "the market of Rivermouth" is in Rivermouth.
_PART = r"(?:market|bazaar|port|outskirts|suburbs|edge|centre|center|hospital|prison|people|residents|inhabitants)"

_CALLED = re.compile(
    rf"\b(?:{AREA}|{_PART})\s+of\s+(?:the\s+)?(?P<after>{NAME})"
    rf"|(?P<before>{NAME})(?:(?:[’']s)?\s+{AREA}\b|,\s+an?\s+(?:[\w-]+\s){{0,3}}{AREA}\b)"
)

#: What may follow a place: before a noun ("inside Rivermouth hall") a name names something else.
_AFTER_PLACE = (
    r"(?=[’']s\s+[a-z]|[,.;:)?!]|\s*$|\s+(?:a|after|and|are|as|at|before|by|during|early|for|from|had|has|have|in|is|late|near|on"
    r"|or|over|said|say|says|since|that|the|to|under|until|was|were|when|where|which|while|who|will|with|would)\b)"
)
#: What is done to places: "seized Rivermouth".
_DONE = (
    r"(?:(?:re)?captur(?:ed|ing)|seiz(?:ed|ing)|retook|retaken|liberat(?:ed|ing)|shell(?:ed|ing)|bomb(?:ed|ing|arded)|storm(?:ed|ing)"
    r"|besieg(?:ed|ing)|enter(?:ed|ing)|overran|holds|controls)"
)
#: "in Rivermouth", between small words: in a headline every word is written large (``_SMALL``).
_LOCATED = re.compile(
    rf"(?:(?<=[a-z,;:]\s)(?:in|near|outside|inside|{_DONE})|(?:(?<=[.?!] )|^)(?:In|Near|Outside|Inside))\s+"
    rf"(?:nearby\s+|central\s+|the\s+\w+ern\s+)?(?P<located>{NAME}){_AFTER_PLACE}",
    re.MULTILINE,
)
_SMALL = re.compile(r"(?:^|[.?!,;:]\s|(?<![\w’'-])[a-z][\w’'-]*[,;:]?\s)$")
_PEOPLE = re.compile(r"[\w-]+(?:ian|ians|ish|ese|qi|qis)$")
_NO_PLACE = re.compile(
    r"(?:The|A|An|In|This|That|Another|Other|Most|Several|Its|Their|Eastern|Western|Northern|Southern|Central|Residential"
    r"|\S+-(?:held|controlled)|\W*\w?\W*)$"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:,?\s+(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?)?"
_AGENCY = r"\s*\([A-Za-z][\w ./-]{1,30}\)"
_DATELINE = re.compile(
    rf"(?:^|(?<=\s))(?:(?:[A-Z][A-Z’'-]+\b[ /]?){{1,4}}(?:,\s[A-Z][\w .]{{1,20}}?)?{_DAY}(?:{_AGENCY})?\s*[-–—]\s"
    rf"|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?(?:,\s[A-Z]\w+)?{_DAY}{_AGENCY}\s*[-–—]\s)",
    re.MULTILINE,
)

#: After a place in capitals the text goes on in small letters: the place is no part of a headline in capitals.
_SPOKEN_ON = re.compile(r"[\s,./:()–—-]{1,5}(?:A\s)?\w{0,20}[a-z]")


def is_adjective(words: str) -> bool:
    """Whether the words name a people or what is theirs ("Syrian"): no place of an event."""
    return _PEOPLE.match(words) is not None or words.casefold() in word_list("where", "peoples")


def read_called(text: str, names: Sequence[Span], bodies: Sequence[Span], times: Sequence[Span]) -> tuple[str, ...]:
    """The names that a text makes places, in order of their first mention, at most ``MAX_CALLED``.

    Args:
        text: the article's text.
        names: what the reader of names took for a person or body: "in NAME" makes no place of these.
        bodies: those of them that are no persons: a district may bear a person's name, but not a body's.
        times: time expressions: "in March".
    """
    found: dict[str, None] = {}
    for pattern, others in ((_CALLED, sorted([*bodies, *times])), (_LOCATED, sorted([*names, *times]))):
        starts = [start for start, _ in others]
        for match in pattern.finditer(text):
            span = match.span(match.lastgroup or 0)
            name = text[slice(*span)]
            if pattern is _LOCATED and not _SMALL.search(text[max(0, match.start() - 25) : match.start()]):
                continue
            last = bisect_left(starts, span[1])
            if name not in found and is_name_of_place(name) and not overlaps(span, others[max(0, last - 3) : last]):
                found[name] = None
    return tuple(found)[:MAX_CALLED]


def is_name_of_place(name: str) -> bool:
    """Whether a written-large word may be a place's name at all."""
    if _NO_PLACE.match(name) or is_adjective(name):
        return False
    return name.casefold() not in word_list("where", "no_places") and not (name.isupper() and len(name) < 4)


def mentions_of(names: Sequence[str]) -> re.Pattern[str] | None:
    """What finds the names wherever they stand alone, the longest first; None where there are none."""
    if not names:
        return None
    rows = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, rows))})(?![\w-]|[’'](?!s\b)\w)")


def datelines(text: str, places: Sequence[Span]) -> tuple[Span, ...]:
    """Where the opening of the text says where it was written: "VIENNA, March 17 (Lodestar) -", "VIENNA Ten people"."""
    opening = [span for span in places[:20] if span[0] < DATELINE_WITHIN]
    shouted = [span for span in opening if span[1] - span[0] > 3 and text[slice(*span)].isupper()]
    alone = [span for span in shouted if _SPOKEN_ON.match(text, span[1])]
    return (*(match.span() for match in _DATELINE.finditer(text[:DATELINE_WITHIN])), *alone)
