"""Names of outlets in credits: one or several, known or not, and the day beside them."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from sayso.lineage.phrases import phrases
from sayso.records import Day
from sayso.text.outlets import outlet_name, outlet_named

_AND = re.compile(r"\s*[,/&+;]\s*|\s+and\s+", re.IGNORECASE)
#: Names of outlets are no longer: "Syrian Coalition's Media Department".
_MAX_WORDS = 5
#: What joins two names and never stands in one.
_PLUS = re.compile(r"\s*[+;]\s*")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAY = re.compile(
    r"[\s,|–—-]*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+|(?:mon|tue|wed|thu|fri|sat|sun),?\s+)?"
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m1>[A-Z][a-z]{2,8})\.?,?\s+(?P<y1>(?:19|20)\d\d)"
    r"|(?P<m2>[A-Z][a-z]{2,8})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d))\b",
    re.IGNORECASE,
)

_NO_NAME = re.compile(
    r".*\bsources?\b|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?(?:\W|$)",
    re.IGNORECASE,
)


def credit_names(words: str, *, known_only: bool = False) -> tuple[str, ...]:
    """The canonical names of the outlets in a credit, in its order; empty where it names none.

    ``known_only``: every one must be in the table of outlets, for places where any capitalised word may stand.
    """
    text = " ".join(words.split()).strip(" .,;:–—-()").removeprefix("the ")
    if not outlet_named(text) and len(text.split()) > _MAX_WORDS:
        # a credit that furniture runs on from
        return (known,) if (known := known_prefix(text)) else ()
    if outlet_named(text) or (not known_only and not _anonymous(text) and len(_AND.split(text)) == 1):
        return (outlet_name(text),) if is_name(text) else ()
    parts = [part for part in _AND.split(text) if part]
    names = [_anonymous(part) or (outlet_name(part) if outlet_named(part) else None) for part in parts]
    if all(names) or (not known_only and any(names)):
        return tuple(dict.fromkeys(name for name in names if name))
    return () if known_only else tuple(outlet_name(part) for part in _PLUS.split(text) if is_name(part))


def known_prefix(words: str) -> str | None:
    """The longest beginning of the words that names a known outlet, canonical."""
    pieces = words.split()
    for end in range(min(len(pieces), 6), 0, -1):
        if known := outlet_named(" ".join(pieces[:end]).strip(".,:;")):
            return known.name
    return None


class Named(NamedTuple):
    """A known outlet and the words that name it."""

    outlet: str
    words: str


def known_suffix(words: str) -> Named | None:
    """The longest ending of the words that names a known outlet. Short names count in capitals only: "map", "uni"."""
    text = words[-80:].rstrip(" ,")
    pieces = text.split()
    for size in range(min(len(pieces), 4), 0, -1):
        tail = " ".join(pieces[-size:])
        if (known := outlet_named(tail)) and text.endswith(tail) and tail[0].isupper():
            return Named(known.name, tail)
    return None


def looks_like_outlet(name: str) -> bool:
    """Whether a name that the table does not know reads like a paper's or a station's."""
    words = name.split()
    capitals = all(word[0].isupper() or not word[0].isalpha() or word in ("of", "the", "and", "for") for word in words)
    plain = [word.lower().strip(".,") for word in words]
    said = any(word in phrases().outlet_words for word in plain) and not any(word in phrases().jobs for word in plain)
    if words and words[0].lower() in ("for", "from", "special", "in", "at", "by"):
        return False
    return 2 <= len(words) <= 6 and capitals and (said or words[0] == "The")


def day_behind(text: str, position: int) -> Day | None:
    """The ISO day that is printed right behind ``position``."""
    found = _DAY.match(text, position)
    if not found:
        return None
    for key in "123":
        if found[f"y{key}"]:
            return _iso(found[f"y{key}"], found[f"m{key}"], found[f"d{key}"])
    return None


def day_end(text: str, position: int) -> int:
    """Where that day ends."""
    found = _DAY.match(text, position)
    return found.end() if found else position


def _iso(year: str, month: str, day: str) -> Day | None:
    number = (
        int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in _MONTHS else 0
    )
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


def _anonymous(text: str) -> str | None:
    return phrases().anonymous.get(text.lower())


def is_name(text: str) -> bool:
    """Whether the words can be an outlet's name: not a date, and nobody who only delivers."""
    if text.lower() in phrases().couriers or _NO_NAME.match(text):
        return False
    return 1 < len(text) <= 60 and (text[0].isupper() or text[0].isdigit()) and any(map(str.isalpha, text))
