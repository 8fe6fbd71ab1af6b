"""What stands before the first words of a report and is nobody's: datelines, photo credits, buttons of the page."""

from __future__ import annotations

import re

_CAPITALS = r"[A-Z][A-Z’'.-]{2,19}(?:[ /][A-Z][A-Z’'.-]{1,19}){0,3}"
_NAME = r"[A-Z][\w.’'-]{1,19}"
_DATE = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}(?:, \d{4})?"
_AGENCY = r"(?:\([A-Z][^()\n]{1,40}\)|/[A-Z][\w -]{1,20}/)"
_TEXT = r"(?=[A-Z0-9\"“‘'«])"

#: "VIENNA, March 17 (Agency) - ", "Vienna (Agency) – ", "VIENNA, March 17 /AGENCY/. ", "VIENNA: ".
_DATELINE = re.compile(
    rf"(?P<place>{_CAPITALS})(?:, {_NAME}(?: {_NAME})?){{0,2}}?(?P<more>(?:,? {_DATE})?\.?(?: ?{_AGENCY})?)"
    rf" ?(?:(?P<mark>[-–—]{{1,2}}|:) |(?<=/)\. ){_TEXT}"
    rf"|{_NAME}(?:,? {_NAME}){{0,3}}(?:,? {_DATE})? ?{_AGENCY} ?(?:[-–—]{{1,2}}|:) {_TEXT}"
)
_FURNITURE = re.compile(
    rf"(?:\((?:Photo|File|Image|Source|Credit|Archive)s?\b[^()\n]{{0,60}}\)|SEND|Print this page|Share this)\s+{_TEXT}"
)

#: Bodies written in capitals, which a colon may follow as a speaker and not as a place ("UNICEF: 20 children …").
_BODIES = frozenset("CENTCOM EXCLUSIVE INTERPOL NATO OCHA OPCW OSCE SANA SOHR UNESCO UNHCR UNICEF UNRWA UPDATE".split())
#: So short a word in capitals is a body more often than a place.
_SHORTEST = 5


def after_head(text: str, start: int, end: int) -> int:
    """Where the report begins, within ``start`` to ``end``: past a dateline and page furniture before it."""
    for _ in range(4):
        found = _FURNITURE.match(text, start, end) or _dateline(text, start, end)
        if found is None:
            break
        start = found.end()
    return start


def _dateline(text: str, start: int, end: int) -> re.Match[str] | None:
    found = _DATELINE.match(text, start, end)
    place = found.group("place") if found is not None else None
    bare = found is not None and place is not None and not found.group("more")
    if found is None or not bare or place is None:
        return found
    return None if len(place) < _SHORTEST or place in _BODIES or " " in place else found
