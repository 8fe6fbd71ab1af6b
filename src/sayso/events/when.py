"""When: the days that an event's own sentence gives it, else those of the events around it, else unknown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sayso.events.belief import add_up
from sayso.events.kinds import family
from sayso.events.lexicon import overlaps, table
from sayso.events.mentions import Mention
from sayso.events.passages import Passage
from sayso.events.scene import Scene
from sayso.events.signs import signs
from sayso.events.where import Spot
from sayso.records import DayRange, Span, Time

#: Days, and the words that say them.
Dated: TypeAlias = tuple[DayRange, Span]

#: A time further from its trigger than this (``Passage.distance``) is not its time.
TIME_WITHIN = 45.0

#: An undated event below this share has no days: 0.69 right on articles left out of the fit, 0.68 from 0.50.
DAYS_FROM = 0.55

#: A time this near after a cue is the day of the speech (code points): "said on Tuesday that".
CUE_WITHIN = 5

#: "since" governs a time this near after it (code points): "since the war began in 2011".
SINCE_WITHIN = 60

#: The auxiliary of a perfect tense stands this near before the trigger (code points).
PERFECT_WITHIN = 45

#: What goes on from the time that is named to publication.
GOES_ON = frozenset({"war"})

#: What adds up from the time that is named to publication where it stands in the perfect tense.
ADDS_UP = frozenset({"casualties", "displacement", "other_conflict"})

#: Words of the future stand this near before the day that is to come (code points).
COMING_WITHIN = 50

_COMING = re.compile(
    r"\b(?:will|would|shall|planned|scheduled|due|expected|set|slated|going)\b[^.;!?]*$", re.IGNORECASE
)
_WEEKDAY = re.compile(r"^(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_OVERNIGHT = re.compile(r"\bovernight\b|\bnight of (?:the )?\S", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have)\b[^.;:]*$", re.IGNORECASE)
_OPENS_CLAUSE = re.compile(r",\s(?!when|which|where|who|under|after)")
_BARE_YEAR = re.compile(r"\d{4}$")
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|of|from|until|late|early|mid|by|summer|spring|autumn|winter|the|year|[A-Z][a-z]{2,8})|[,(-])\s*$"
)


def own_time(mention: Mention, passage: Passage, scene: Scene) -> Dated | None:
    """The days that the sentence gives the event, and the words that say so; None where it gives none."""
    said = scene.speaker_of(mention.span[0])
    content = scene.attributions[said].content if said is not None else None
    best: tuple[float, Time] | None = None
    for time in scene.times_in(passage.span):
        if not _is_of_an_event(time, scene):
            continue
        if not overlaps(time.span, content) if content else scene.in_speech((time.span[0] - CUE_WITHIN, time.span[0])):
            continue  # "police said on Sunday": the day of the speech
        cost = passage.distance(mention.span, time.span)
        if best is None or cost < best[0]:
            best = (cost, time)
    if best is None or best[0] > TIME_WITHIN:
        return None
    time = best[1]
    if mention.type == "control" and not _since(mention, time, scene):
        return None  # who holds a place holds it at publication, whatever else happened when
    return days_of(mention, time, scene), time.span


def _is_of_an_event(time: Time, scene: Scene) -> bool:
    """Whether the time has days, and is neither the date line above the text, nor a count, nor yet to come."""
    published = scene.article.published
    stamp = _is_stamp(time, scene) or overlaps(time.span, scene.datelines)
    if time.start is None or time.end is None or stamp or _is_figure(time, scene):
        return False
    ahead = published is not None and time.start > published
    return not ahead or is_coming(time, scene) or _WEEKDAY.search(scene.doc.words(time.span)) is not None


def is_coming(time: Time, scene: Scene) -> bool:
    """Whether the time is yet to come, and said to: "planned for Wednesday", "will meet on Wednesday"."""
    published, start = scene.article.published, time.span[0]
    if published is None or time.start is None or time.start <= published:
        return False
    return _COMING.search(scene.doc.text, max(0, start - COMING_WITHIN), start) is not None


def _is_stamp(time: Time, scene: Scene) -> bool:
    """Whether the time is the date line above the text rather than part of it."""
    return time.span[0] < 60 and time.start == scene.article.published and len(scene.doc.words(time.span)) > 9


def _is_figure(time: Time, scene: Scene) -> bool:
    """Whether a year is a count after all: "more than 2000 tankers"."""
    words, start = scene.doc.words(time.span), time.span[0]
    return (
        _BARE_YEAR.match(words) is not None and _BEFORE_YEAR.search(scene.doc.text[max(0, start - 12) : start]) is None
    )


def days_of(mention: Mention, time: Time, scene: Scene) -> DayRange:
    """The days of the time, drawn out to publication where the event went on: "since 2012", "have been killed"."""
    start, end = str(time.start), str(time.end)
    published = scene.article.published
    if published is None:
        return start, end
    if is_coming(time, scene):
        return start, end
    if published < start and start == end and _WEEKDAY.search(scene.doc.words(time.span)):
        # A bare weekday is the last one, also where the reader of times took it for the next.
        past = date.fromordinal(max(1, date.fromisoformat(start).toordinal() - 7)).isoformat()
        return past, past
    if start == end and _OVERNIGHT.search(scene.doc.text, max(0, time.span[0] - 13), time.span[1]):
        return _both_days(start, published)
    if start <= published and (_since(mention, time, scene) or mention.type in GOES_ON):
        return start, max(start, published)
    return start, min(end, published) if start <= published else end


def _both_days(night: str, published: str) -> DayRange:
    """The evening's day and the morning's: "overnight" covers both, and none after publication."""
    first = min(date.fromisoformat(night).toordinal(), date.fromisoformat(published).toordinal() - 1)
    return date.fromordinal(max(1, first)).isoformat(), date.fromordinal(max(1, first) + 1).isoformat()


def _since(mention: Mention, time: Time, scene: Scene) -> bool:
    """Whether the event goes on since the time: "killed since 2011", "which began in 2011, has killed"."""
    text = scene.doc.text
    before = text[max(0, mention.span[0] - PERFECT_WITHIN) : mention.span[0]]
    if time.span[1] <= mention.span[0] and before.rstrip().endswith("since"):
        return True  # "broke in in June and has since wrested"
    lead = text[max(0, time.span[0] - SINCE_WITHIN) : time.span[0] + 6].lower()
    if "since" in lead and mention.span[0] < time.span[0]:
        return mention.span[0] < time.span[0] - len(lead) + 6 + lead.rfind("since")
    if "since" in lead:  # "since the war began in 2011, 200 died", not "since the crackdown of 2011 on protests"
        return _OPENS_CLAUSE.match(text, time.span[1]) is not None
    return mention.type in ADDS_UP and time.end != time.start and _PERFECT.search(before) is not None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An event with days of its own, and its place."""

    mention: Mention
    days: DayRange
    spot: Spot | None


class Neighbours:
    """The events with days of their own that are no longer than an incident, in text order, also by kind."""

    def __init__(self, events: Iterable[Neighbour]) -> None:
        self._rows: dict[str | None, list[Neighbour]] = {None: []}
        for event in events:
            if _short(event.days):
                self._rows[None].append(event)
                self._rows.setdefault(_kin(event.mention.type), []).append(event)

    def model(self, mention: Mention) -> Neighbour | None:
        """The event that an undated one goes on about: the last of its kind, else any last, else the next."""
        kin = self._rows.get(_kin(mention.type), [])
        kin_at, at = _position(kin, mention), _position(self._rows[None], mention)
        if kin_at:
            return kin[kin_at - 1]
        if at:
            return self._rows[None][at - 1]
        return next((event for event in kin[kin_at : kin_at + 2] if event.mention.span > mention.span), None)


def _position(events: list[Neighbour], mention: Mention) -> int:
    """How many of the events stand before the mention."""
    return bisect_left(events, mention.span, key=lambda event: event.mention.span)


def inherited(mention: Mention, spot: Spot | None, neighbours: Neighbours, scene: Scene) -> DayRange | None:
    """The days of an event whose sentence gives none: those of the events around it that it goes on about, or None.

    Of 478 such events read by hand 223 have no date that could be told, 217 that of the event found here. Which of the
    two it is, the weights of belief.toml tell in 0.69 of the cases (on articles left out of the fit).
    """
    published = scene.article.published
    if mention.type == "control" and published:
        return published, published  # the guidelines: who holds a place holds it at publication
    model = neighbours.model(mention)
    share = add_up(table("belief")["days"], day_evidence(mention, spot, model, scene))
    if share < DAYS_FROM:
        return None
    if model is not None:
        return model.days
    return (published, published) if published else None


def day_evidence(mention: Mention, spot: Spot | None, model: Neighbour | None, scene: Scene) -> set[str]:
    """Signs for and against an undated event's having the days of ``model`` (without one: of publication)."""
    found = {f"type {mention.type}", *signs(mention, scene)}
    if model is None:
        return found | {"alone"}
    order = "after" if model.mention.span < mention.span else "before"
    kind = "kin" if _kin(model.mention.type) == _kin(mention.type) else "other"
    gap = abs(mention.passage - model.mention.passage)
    near = next((label for limit, label in ((1, "0-1"), (3, "2-3"), (8, "4-8")) if gap <= limit), "far")
    found |= {f"{order} {kind}", f"{order} {kind} {near}"}
    if spot is None:
        found.add("no place")
    elif model.spot is not None and spot.name == model.spot.name:
        found.add("same place")
    return found


def _short(days: DayRange) -> bool:
    """Whether the days are those of an incident: a war's years are no other event's date."""
    return (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days <= 14


def _kin(kind: str) -> str:
    return "attack" if kind == "property_destruction" else family(kind)
