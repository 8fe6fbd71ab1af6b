"""Place and time: who is said to hold, take or leave a place when, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from sayso.records import Event, EventType, Reading, Story
from sayso.render.wording import days_words
from sayso.serve.asking import asked, offset_of, only_of
from sayso.serve.pages import desk_of, page

#: What is said of who holds a place.
_TYPES: tuple[EventType, ...] = ("territory_taken", "withdrawal", "control")

#: Stories that are shown at once.
_PAGE = 40


class Step(NamedTuple):
    """What is said of a place at one time: who took, left or holds it, by which origins; None: nobody is named."""

    story: Story
    days: str | None
    holders: tuple[tuple[str | None, str, tuple[str, ...]], ...]


def listed(request: Request) -> Response:
    """Places with what is said of who holds them, by day."""
    query = request.query_params
    only = replace(only_of(query), types=_TYPES, type=None)
    number, offset = offset_of(query, _PAGE)
    case = desk_of(request).case
    stories = list(case.full_stories(only, limit=_PAGE, offset=offset))
    readings = {one.id: one for one in case.readings_of({r.article for story in stories for r in story.reports})}
    places: dict[str, list[Step]] = {}
    for story in stories:
        places.setdefault(story.place.name if story.place else "", []).append(_step(story, readings))
    count = case.count_stories(only)
    return page(
        request, "control.html.j2", places=sorted(places.items(), key=lambda row: (not row[0], -len(row[1]), row[0])),
        count=count, number=number, last=max(1, -(-count // _PAGE)), query=asked(query),
    )  # fmt: skip


def _step(story: Story, readings: Mapping[str, Reading]) -> Step:
    said: dict[tuple[str | None, str], list[str]] = {}
    for origin in story.origins:
        for number in origin.reports:
            report = story.reports[number]
            event = _event(readings.get(report.article), report.event)
            if event is not None:
                said.setdefault((event.agent, _verb(event)), []).append(origin.voice)
    holders = tuple((who, verb, tuple(dict.fromkeys(voices))) for (who, verb), voices in said.items())
    return Step(story, days_words(story.date) if story.date else None, _named_first(holders))


def _event(reading: Reading | None, number: int) -> Event | None:
    return reading.events[number] if reading is not None and number < len(reading.events) else None


def _verb(event: Event) -> str:
    verbs = {"territory_taken": "taken by", "withdrawal": "left by", "control": "held by"}
    verb = verbs.get(event.type, "with")
    return verb if event.modality == "asserted" else f"{verb} ({event.modality})"


def _named_first(
    holders: Iterable[tuple[str | None, str, tuple[str, ...]]],
) -> tuple[tuple[str | None, str, tuple[str, ...]], ...]:
    return tuple(sorted(holders, key=lambda row: (row[0] is None, -len(row[2]))))
