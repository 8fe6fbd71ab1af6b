"""How values are worded on every screen: ranges, days, types, and page text made harmless to show."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from sayso.records import Attribution, CountRange, DayRange, Event, LineageStep, Place, Spans
from sayso.stories.values import count_words

#: What a page may hold to steer a terminal or to make words read in another order: C0 and C1 controls save
#: tab and newline, bidirectional marks and overrides, lone surrogates, line separators, annotation and tag characters,
#: and what no XML may hold.
_UNTAMED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"\s+")
_MONTHS = "January February March April May June July August September October November December".split()

#: A story's title ends in its days, if it has any.
_TITLE = re.compile(r"(.*?)(?:, (\d{4}-\d\d-\d\d)(?: to (\d{4}-\d\d-\d\d))?)?", re.DOTALL)

_LAST_DAY = re.compile(r"\d{4}-\d\d-\d\d$")

_SLOTS = {
    "occurrence": "did it happen",
    "agent": "who did it",
    "killed": "how many were killed",
    "injured": "how many were injured",
    "control": "who holds it",
    "place": "where it happened",
    "date": "when it happened",
}


def tame(text: str) -> str:
    """The text with each control character shown as U+FFFD, one for one, so that offsets still hold."""
    return _UNTAMED.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text tamed, on one line, with single blanks."""
    return _SPACE.sub(" ", tame(_SPACE.sub(" ", text))).strip()


def quoted(text: str) -> str:
    """The text between quotation marks, unless it brings its own."""
    return text if text[:1] in ("“", '"') and text[-1:] in ("”", '"') else f"“{text}”"


def words_at(text: str, spans: Spans) -> str:
    """The words at the spans on one line; what stands between two pieces is shown as an ellipsis."""
    pieces = (one_line(text[start:end]) for start, end in spans if 0 <= start < end)
    return " … ".join(piece for piece in pieces if piece)


def cue_words(text: str, attribution: Attribution | None) -> str:
    """The words that signal a statement; nothing where a mark alone does ("Monitor: 20 dead")."""
    words = words_at(text, attribution.cue) if attribution else ""
    return words if any(map(str.isalnum, words)) else ""


def step_words(text: str, step: LineageStep) -> str:
    """What a step of a lineage rests on: its words in the text, then those from elsewhere on the page."""
    return "; ".join(dict.fromkeys(filter(None, (words_at(text, step.evidence), one_line(step.quote or "")))))


def day_words(day: str) -> str:
    """``17 March 2024``; what is no ISO day stays as it is."""
    found = _day(day)
    return f"{found.day} {_month(found)} {found.year}" if found else one_line(day)


def days_words(days: DayRange) -> str:
    """A range of days as briefly as it can be said without loss: ``16-17 March 2024``, ``March 2024``, ``2024``."""
    first, last = _day(days[0]), _day(days[1])
    if first is None or last is None or first == last:
        return day_words(days[0])
    if first.day == 1 and (last.day, last.year) == (monthrange(last.year, last.month)[1], first.year):
        if first.month == last.month:
            return f"{_month(first)} {first.year}"
        if (first.month, last.month) == (1, 12):
            return str(first.year)
    if first.year != last.year:
        return f"{day_words(days[0])} – {day_words(days[1])}"
    if first.month != last.month:
        return f"{first.day} {_month(first)} – {day_words(days[1])}"
    return f"{first.day}–{day_words(days[1])}"


def title_words(title: str, *, dated: bool = True) -> str:
    """A story's title as people say it: ``Shelling in Homs, 17 March 2024``; undated where its days stand beside."""
    found = _TITLE.fullmatch(title)
    what, since, until = found.groups() if found else (title, None, None)
    what = what.replace("Other conflict", "Other event", 1) if what.startswith("Other conflict") else what
    return f"{what}, {days_words((since, until or since))}" if since and dated else what


def type_words(event: Event) -> str:
    """``air strike``; a type without meaning of its own is ``other event``."""
    return "other event" if event.type == "other_conflict" else event.type.replace("_", " ")


def counts_words(event: Event) -> tuple[str, ...]:
    """``killed 23 civilians``, ``injured at least 41``, ``force of up to 600``: one for each count that is said."""
    found = []
    if event.killed:
        found.append(f"killed {count_words(event.killed)}{_of_whom(event, event.killed)}")
    if event.injured:
        found.append(f"injured {count_words(event.injured)}{'' if event.killed else _of_whom(event, event.injured)}")
    if event.strength:
        found.append(f"force of {count_words(event.strength)}")
    return tuple(found)


def _of_whom(event: Event, count: CountRange) -> str:
    """`` civilians`` where the text says whom the count is of, `` civilian`` after a count that ends in one."""
    if event.victims not in ("civilians", "fighters", "soldiers"):
        return ""
    low, high = count
    return f" {event.victims.removesuffix('s') if (low if high is None else high) == 1 else event.victims}"


def place_words(event: Event, place: Place | None) -> str | None:
    """The place as the text names it, what encloses it, the country and how sure: ``Vienna (AT 93%)``."""
    if event.place is None:
        return None
    named = one_line(event.place) + (f", {one_line(event.place_in)}" if event.place_in else "")
    if place is None or place.lat is None:
        return f"{named} (not located)"
    sure = "" if place.confidence is None else f" {place.confidence:.0%}"
    return f"{named} ({one_line(place.country or 'no country')}{sure})"


def reasons_words(reasons: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Why one text was there before another, told of outlets instead of the ids of their articles."""
    return [_reason_words(reason, names) for reason in reasons]


def _reason_words(reason: str, names: Mapping[str, str]) -> str:
    ident = max((ident for ident in names if reason.startswith(f"{ident} ")), key=len, default="")
    told = names.get(ident, "") + reason[len(ident) :]
    return one_line(_LAST_DAY.sub(lambda found: day_words(found[0]), told))


def slot_words(slot: str) -> str:
    """A slot as the question that its sides answer."""
    return _SLOTS.get(slot, slot)


def _day(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _month(day: date) -> str:
    return _MONTHS[day.month - 1]
