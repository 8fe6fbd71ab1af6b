"""When: the days that an event's own sentence gives it, else those of the events around it, else unknown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from sayso.events.belief import add_up
from sayso.events.kinds import family
from sayso.events.lexicon import table
from sayso.events.mentions import Mention
from sayso.events.passages import Passage
from sayso.events.scene import Scene, overlaps
from sayso.events.signs import signs
from sayso.events.where import Spot
from sayso.records import DayRange, Span, Time

#: Days, and the words that say them.
Dated: TypeAlias = tuple[DayRange, Span]

#: A time further from its trigger than this (``Passage.distance``) is not its time.
TIME_WITHIN = 45.0

#: "since" governs a time this near after it (code points): "since the war began in 2011".
SINCE_WITHIN = 60

#: What goes on from the time that is named to publication, and what adds up where it stands in the perfect tense.
GOES_ON = frozenset({"war"})
ADDS_UP = frozenset({"casualties", "displacement", "other_conflict"})

_WEEKDAY = re.compile(r"^(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have)\b[^.;:]*$", re.IGNORECASE)
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
        if time.start is None or time.end is None or _is_stamp(time, scene) or _is_figure(time, scene):
            continue
        if content is not None and not overlaps(time.span, content):
            continue  # "police said on Sunday": the day of the speech
        cost = passage.distance(mention.span, time.span)
        if best is None or cost < best[0]:
            best = (cost, time)
    if best is None or best[0] > TIME_WITHIN:
        return None
    time = best[1]
    return _days(mention, time, scene), time.span


def _is_stamp(time: Time, scene: Scene) -> bool:
    """Whether the time is the date line above the text rather than part of it."""
    return time.span[0] < 60 and time.start == scene.article.published and len(scene.doc.words(time.span)) > 9


def _is_figure(time: Time, scene: Scene) -> bool:
    """Whether a year is a count after all: "more than 2000 tankers"."""
    words, start = scene.doc.words(time.span), time.span[0]
    return (
        _BARE_YEAR.match(words) is not None and _BEFORE_YEAR.search(scene.doc.text[max(0, start - 12) : start]) is None
    )


def _days(mention: Mention, time: Time, scene: Scene) -> DayRange:
    """The days of the time, drawn out to publication where the event went on: "since 2012", "have been killed"."""
    start, end = str(time.start), str(time.end)
    published = scene.article.published
    if published is None:
        return start, end
    if published < start and start == end and _WEEKDAY.search(scene.doc.words(time.span)):
        # A bare weekday is the last one, also where the reader of times took it for the next.
        past = date.fromisoformat(start) - timedelta(days=7)
        return past.isoformat(), past.isoformat()
    if start <= published and (_since(mention, time, scene) or mention.type in GOES_ON):
        return start, max(start, published)
    return start, min(end, published) if start <= published else end


def _since(mention: Mention, time: Time, scene: Scene) -> bool:
    """Whether the event goes on since the time: "killed since 2011", "which began in 2011, has killed"."""
    text = scene.doc.text
    since = scene.doc.text.find("since", max(0, time.span[0] - SINCE_WITHIN), time.span[0] + 6)
    if since >= 0 and (mention.span[0] < since or time.span[1] <= mention.span[0]):
        return True
    before = text[max(0, mention.span[0] - 24) : mention.span[0]]
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

    Of 487 such events read by hand 219 have no date that could be told, 225 that of the event found here. Which of the
    two it is, the weights of belief.toml tell in 0.68 of the cases (on articles that they were not fitted on).
    """
    published = scene.article.published
    if mention.type == "control" and published:
        return published, published  # the guidelines: who holds a place holds it at publication
    model = neighbours.model(mention)
    share = add_up(table("belief")["days"], day_evidence(mention, spot, model, scene))
    if share < 0.5:
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
