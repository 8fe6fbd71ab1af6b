"""The day on which the article was published, as the page states or prints it."""

from __future__ import annotations

import re
from datetime import date

from sayso.pages.clues import Clues, Found, Maybe, from_mark, from_words
from sayso.records import Evidence

#: Before the web there were no pages, and a year to come is a mistake: "0001-01-01" and "2099" are both met.
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_DAY}(?:st|nd|rd|th)?(?:\s+of)?[\s.-]+{_MONTH}[\s,-]+{_YEAR}\b",
        rf"\b{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?,?\s*{_YEAR}\b",
        rf"\b{_YEAR}[-/.](?P<month>0[1-9]|1[0-2])[-/.](?P<day>0[1-9]|[12]\d|3[01])(?:\b|T)",
        rf"\b(?P<day>0?[1-9]|[12]\d|3[01])[.-](?P<month>0?[1-9]|1[0-2])[.-]{_YEAR}",
        rf"{_YEAR}\s*[年년]\s*(?P<month>0?[1-9]|1[0-2])\s*[月월]\s*{_DAY}\s*[日일]",
        # with strokes the order is only plain where one number is no month
        rf"\b(?P<day>1[3-9]|2\d|3[01])/(?P<month>0?[1-9]|1[0-2])/{_YEAR}\b",
        rf"\b(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}\b",
    )
)
_CHANGED = re.compile(r"\b(?:updated?|modified|edited|changed|revised|aktualisiert)\b|обновлено|수정", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:published|posted|publication|created|publish)\b", re.IGNORECASE)
#: A date behind one of these is a date in a sentence, not the article's own.
_IN_SENTENCE = re.compile(
    r"\b(?:(?<!posted )(?<!published )(?<!updated )on|in|since|of|from|by|until|till|before|after|through|between|and|"
    r"to|dated)\s+\W?$",
    re.IGNORECASE,
)
#: Whose day this is: another's.
_ELSEWHERE = re.compile(
    r"\b(?:first|originally|previously) (?:published|posted|printed|appeared) (?:by|at|with) ", re.IGNORECASE
)
_IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0?[1-9]|1[0-2]|[a-z]{3})[/-](?P<day>[0-3]?\d)(?=[/_-]|$)"
)
_META_KEYS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article.published",
    "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "published-date", "date",
    "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.created",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article.created", "dat", "original-publish-date",
    "rnews:datepublished", "displaydate", "last_published_date", "created",
)  # fmt: skip
#: Characters at the beginning of a bare text that may print its date; the longest furniture before one has 160.
_OPENING = 250


def read_date(clues: Clues) -> Maybe:
    """The day of publication, in the order JSON-LD, OpenGraph, meta, visible line, address, ``htmldate``.

    A visible date within a day of the mark-up's wins: mark-up is often in UTC, where an American evening is the next
    day already (9 of 111 pages). Where none is shown, a date in the address that is the day before does (3 pages). A
    date that is only said to be an update never does.
    """
    if clues.given.published:
        return None
    stated, shown, addressed = _from_marks(clues), _from_lines(clues), _from_address(clues)
    if stated and shown:
        return shown if abs(_days_apart(stated, shown)) == 1 else stated
    if stated and addressed and _days_apart(stated, addressed) == 1:
        return addressed
    return stated or shown or addressed or _from_library(clues)


def _days_apart(later: Found, earlier: Found) -> int:
    return (date.fromisoformat(later.value) - date.fromisoformat(earlier.value)).days


def printed_day(text: str, position: int = 0) -> tuple[str, tuple[int, int]] | None:
    """The first date printed at or behind ``position``: ISO day and where it stands. None where the order of day and
    month is open (``03/04/2016``)."""
    found = [match for form in _FORMS if (match := form.search(text, position)) and _day_of(match)]
    first = min(found, key=lambda match: match.start(), default=None)
    return (str(_day_of(first)), first.span()) if first else None


def given_day(words: str) -> str | None:
    """The ISO day that a sender's words for a date mean, or None. A sender may have papers older than the web."""
    try:
        return date.fromisoformat(words.strip()[:10]).isoformat()
    except ValueError:
        pass
    found = printed_day(words[:100])
    return found[0] if found else None


def _day_of(match: re.Match[str]) -> str | None:
    month = match["month"].lower()
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month) if month.isdigit() else 0
    try:
        day = date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None
    return day.isoformat() if _FIRST_YEAR <= day.year < _LAST_YEAR else None


def _from_marks(clues: Clues) -> Maybe:
    for mark in (*clues.article_marks("datepublished", "datecreated"), *clues.marks(*_META_KEYS)):
        if found := printed_day(mark.value[:100]):
            return from_mark(found[0], mark)
    return None


def _from_lines(clues: Clues) -> Maybe:
    """A date in a short line by the heading, or at the beginning of a bare text."""
    if clues.page.kind == "article":
        return _from_opening(clues.text)
    lines = [block.text for block in clues.header if len(block.text) <= 200]
    found = [shown for line in lines if (shown := _in_line(line))]
    return found[0] if found else None


def _in_line(line: str) -> Maybe:
    """The date of a by-line. Of several the first that is not said to be an update; dates in sentences are left."""
    said = _PUBLISHED.search(line)
    found = printed_day(line, said.start() if said else 0)
    if not found or _IN_SENTENCE.search(line[: found[1][0]]) or _ELSEWHERE.search(line[: found[1][0]]):
        return None
    if _CHANGED.search(line[: found[1][0]]) and not said:
        return None
    return from_words(found[0], line)


def _from_opening(text: str) -> Maybe:
    opening = text[:_OPENING]
    found = printed_day(opening)
    while found and _IN_SENTENCE.search(opening[: found[1][0]]):
        found = printed_day(opening, found[1][1])
    return from_words(found[0], text[slice(*found[1])]) if found else None


def _from_address(clues: Clues) -> Maybe:
    match = _IN_ADDRESS.search(clues.address or "")
    if not match or not (day := _day_of(match)):
        return None
    mark = next((mark for mark in clues.marks("canonical", "og:url") if mark.value == clues.address), None)
    return from_mark(day, mark) if mark else Found(day, Evidence(origin="given", quote=clues.address or ""))


def _from_library(clues: Clues) -> Maybe:
    """What ``htmldate`` makes of the mark-up: it knows more places and languages, and costs more."""
    if clues.page.kind != "html" or not clues.all_blocks:
        return None
    from htmldate import find_date  # heavy: only where nothing else speaks

    shown = "\n".join(block.text for block in clues.header)[:4000]
    try:
        day = find_date(f"<html><body><p>{shown}</p></body></html>", original_date=True, extensive_search=True)
    except (ValueError, TypeError):
        return None
    return from_words(day, shown[:200]) if day and printed_day(day) else None
