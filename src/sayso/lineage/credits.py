"""Credits: the places in a text and its page where somebody else is named as where the text came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from sayso.lineage.lines import ENDING, OPENING, Line, Lines
from sayso.lineage.names import credit_names, day_behind, day_end, known_prefix, known_suffix, looks_like_outlet
from sayso.lineage.phrases import phrases
from sayso.records import Day, Span
from sayso.text.outlets import outlet_named


class Rank(IntEnum):
    """How near to the origin a credit puts its publisher."""

    SAID_ORIGIN = 0  # "the original source of this article is"
    AGENCY = 1  # dateline, credit line, by-line
    HAND = 2  # one of a stack of by-lines
    OWNER = 3  # a copyright line only


class Credit(NamedTuple):
    """One credit. ``span`` where its words stand in the text, else ``quote``; ``place`` orders credits of one rank."""

    publisher: str
    rank: Rank
    span: Span | None
    quote: str
    date: Day | None = None


_CAPS_PLACE = r"[A-ZÀ-Ý][A-ZÀ-Ý.'’-]{2,}(?:[ /,]+[A-ZÀ-Ýa-zà-ý\d][\w.'’-]*){0,5}"
_DATELINES = (
    # LONDON (Reuters) - ; COLUMBIA, S.C. (AP) — ; the dash is lost in some copies
    re.compile(rf"(?:^|[.!?”\"]\s+|(?<=\s)){_CAPS_PLACE},?\s+\((?P<names>[A-Z][^()]{{1,40}})\)"),
    # (AP) — ; (Reuters) -
    re.compile(r"^[^().]{0,80}\((?P<names>[A-Z][^()]{1,40})\)\s*(?:[–—-]|:)\s"),
    # MOSCOW, December 11 /TASS/.
    re.compile(r"(?:^|\s)/(?P<names>[A-Z][\w .-]{1,20})/"),
    # BEIRUT: AFP ; BEIRUT, AFP -
    re.compile(rf"^{_CAPS_PLACE}\s*[:,–—-]\s*(?P<names>[A-Z][\w.'’-]{{1,20}})(?:\s*[–—:-]\s|\s*$)"),
    # SANA - ; NNA -
)
# SANA - ; Regional NNA - : only an agency's, and only at the very beginning
_NAME_DASH = re.compile(r".{0,150}?(?:^|\s)(?P<names>[A-Z][A-Za-z]{1,15})\s+[–—-]+\s+(?=[A-Z\"“])")
#: VIENNA (Morning Wire) – at the very beginning, dash included.
_STRICT_DATELINE = re.compile(rf"^{_CAPS_PLACE},?\s+\((?P<names>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,2}})\)\s*[–—-]\s")
#: Words before an outlet's name and a date that make a sentence of it: "told Reuters on Monday 3 May 2010".
_SAID_TO = frozenset("told to by of from with the and".split())
_CLOSINGS = (
    re.compile(r"(?:[–—-]+\s*|\()(?P<names>[A-Z][^()–—]{1,60}?)\)?\s*\.?\s*$"),
    re.compile(r"\(?\bsources?\s*:?\s+(?P<names>[A-Z][^().:]{1,60}?)\)?\s*(?:Twitter\s*)?$", re.IGNORECASE),
    re.compile(
        r"[,;]\s+(?P<names>[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3})\s+reported\s*\.(?:\s+[A-Z\d][A-Z\d./-]{1,11}){1,3}\s*$"
    ),
    # (AFP) 12 ; (With AFP and Reuters) Last Update: ...
    re.compile(r"\((?:[Ww]ith\s+)?(?P<names>[A-Z][^()]{1,60})\)(?:\s+\S{1,12}|\s+Last Update.{0,80})?\s*$"),
)
_COPYRIGHT = re.compile(
    r"(?:©|ⓒ|\(c\)|copyright)(?:\s*(?:©|ⓒ|@|\(c\)|copyright))*[\s,]*(?:\d{4}(?:\s*[-–—]\s*\d{2,4})?[\s,]*)?(?:by\s+)?"
    r"(?P<names>[A-Z][^|©.,;\n]{1,50})",
    re.IGNORECASE,
)
#: How a credit goes on: "and is republished here with permission", "under a Creative Commons licence".
_TERMS = re.compile(r"(?:and|under|with|in|at|here|on|by permission|all rights)\b", re.IGNORECASE)
_SOURCE = re.compile(r"(?:^|[.!?)\"”]\s+)(?P<word>Sources?)\s*:?\s+(?=[A-Z])")
_WORD_GAP = re.compile(r",?\s+(?=\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"“'‘(]?[A-Z©])")


def text_credits(lines: Lines) -> Iterator[Credit]:
    """Credits of the body and of what stands below it, in the order of their trust."""
    yield from _said_origins(lines)
    yield from _datelines(lines.opening)
    yield from _unknown_agency(lines)
    yield from _closings(lines)
    yield from _sources(lines)
    yield from _house_words(lines)
    yield from _owners(lines)


def _said_origins(lines: Lines) -> Iterator[Credit]:
    """Sentences that say where the article was published first, and the day if they say it."""
    for line in (*lines.head, *lines.body, *lines.tail):
        for start, sentence in _sentences(line.text):
            found = _said_origin(sentence)
            if found and (line.zone != "body" or _is_about_text(found, sentence)):
                span = line.span(start + found.start(), start + found.end())
                day = day_behind(sentence, found.end())
                if not _is_place_or_tongue(found):
                    yield from _credits(found["name"], Rank.SAID_ORIGIN, span, found[0], date=day)


def _is_place_or_tongue(found: re.Match[str]) -> bool:
    """ "First published in Spanish", "in London": one word behind "in" is no outlet unless it is a known one."""
    name = found["name"]
    return (
        " " not in name and found[0][: found.start("name") - found.start()].endswith(" in ") and not outlet_named(name)
    )


def _said_origin(sentence: str) -> re.Match[str] | None:
    for pattern in phrases().sentences:
        if found := pattern.match(sentence):
            return found
    for pattern in phrases().weak_sentences:
        found = pattern.match(sentence)
        if found and (outlet_named(found["name"]) or looks_like_outlet(found["name"])):
            return found
    return None


def _is_about_text(found: re.Match[str], sentence: str) -> bool:
    """In running text a sentence that goes on is about something else: "First aired on Channel Ten, the film ..."."""
    rest = sentence[day_end(sentence, found.end()) :].strip(" .,;:)")
    return not rest or (len(rest) < 100 and _TERMS.match(rest) is not None)


def _datelines(opening: tuple[Line, ...]) -> Iterator[Credit]:
    for line in opening[:4]:
        head = line.text[:OPENING]
        for pattern in _DATELINES:
            for found in pattern.finditer(head):
                yield from _known(found, line, Rank.AGENCY)
        yield from _dated(line, head[:300])
    for line in opening[:1]:
        dashed = _NAME_DASH.match(line.text)
        if dashed and (known := outlet_named(dashed["names"])) and known.kind == "agency":
            yield from _known(dashed, line, Rank.AGENCY)


def _unknown_agency(lines: Lines) -> Iterator[Credit]:
    """A dateline's agency that the table lacks, if the page names it once more where agencies are named.

    A place is written the same way ("PARIS (Texas) –"), but nobody tells it anything.
    """
    for line in lines.opening[:3]:
        found = _STRICT_DATELINE.match(line.text[:OPENING])
        if not found:
            continue
        name = found["names"]
        around = any(name in other.text for other in (*lines.head, *lines.tail))
        if around or any(f"told {name}" in other.text for other in lines.body):
            span = line.span(found.start("names"), found.end("names"))
            yield from _credits(name, Rank.AGENCY, span, found[0].strip())


def _dated(line: Line, head: str) -> Iterator[Credit]:
    """A known outlet right before a date: "AFP, Sunday 24 Aug 2014"."""
    for found in _WORD_GAP.finditer(head):
        if (day := day_behind(head, found.start())) and (name := known_suffix(head[: found.start()])):
            before = head[: found.start()].rstrip(" ,")
            start = len(before) - len(name.words)
            if head[:start].split()[-1:] and head[:start].rsplit(maxsplit=1)[-1].lower() in _SAID_TO:
                continue
            yield Credit(name.outlet, Rank.AGENCY, line.span(start, len(before)), before[start:], day)


def _closings(lines: Lines) -> Iterator[Credit]:
    """A name alone at the very end, or behind "source", where it need not be known."""
    for line in (*lines.ending[-2:], *lines.tail):
        cut = max(0, len(line.text) - ENDING)
        for pattern in _CLOSINGS if line.zone == "body" else _CLOSINGS[1:2]:
            found = pattern.search(line.text, cut)
            if not found:
                continue
            span = line.span(found.start("names"), found.end("names"))
            yield from _credits(found["names"], Rank.AGENCY, span, found[0].strip(), known_only="ource" not in found[0])


def _sources(lines: Lines) -> Iterator[Credit]:
    """Known outlets behind "Source", also where furniture that was taken for body follows."""
    # in the middle of several lines it is the source of a chart
    for line in lines.ending[-3:]:
        for found in _SOURCE.finditer(line.text):
            words = line.text[found.end() : found.end() + 60]
            if name := known_prefix(words):
                yield Credit(name, Rank.AGENCY, line.span(found.start("word"), found.end()), found["word"] + words[:20])


def _house_words(lines: Lines) -> Iterator[Credit]:
    for line in (*lines.ending, *lines.tail):
        for words, outlet in phrases().house:
            at = line.text.find(words)
            if at >= 0:
                yield Credit(outlet, Rank.AGENCY, line.span(at, at + len(words)), words)


def _owners(lines: Lines) -> Iterator[Credit]:
    """Whose copyright the text is, below it: an agency's, or anybody's where the page says that it has an original."""
    shown = (*lines.ending, *lines.tail)
    has_original = any(words in line.text.lower() for line in shown for words in phrases().unnamed)
    for line in shown:
        if found := _COPYRIGHT.search(line.text[:300]):
            name = found["names"].strip()
            span = line.span(found.start(), found.end())
            known = outlet_named(name)
            agency = known is not None and known.kind == "agency"
            if has_original or agency or (known and line.zone == "body"):
                yield from _credits(name, Rank.OWNER, span, line.text[:200])


def _known(found: re.Match[str], line: Line, rank: Rank, date: Day | None = None) -> Iterator[Credit]:
    span = line.span(found.start("names"), found.end("names"))
    yield from _credits(found["names"], rank, span, found[0].strip(), known_only=True, date=date)


def _credits(
    words: str, rank: Rank, span: Span | None, quote: str, *, known_only: bool = False, date: Day | None = None
) -> Iterator[Credit]:
    for name in credit_names(words, known_only=known_only):
        yield Credit(name, rank, span, quote, date)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences of a line with their starts; lines of more than a paragraph's length are read at both ends."""
    start = 0
    for cut in (*_SENTENCE_END.finditer(text), None):
        end = cut.start() if cut else len(text)
        yield start, text[start : min(end, start + 500)]
        start = cut.end() if cut else end
