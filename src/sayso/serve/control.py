"""Place and time: who is said to hold, take or leave a place when, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from sayso.case import Case, Only, Overview, Spot
from sayso.records import Event, EventType, Reading, Story
from sayso.render.wording import days_words
from sayso.serve.asking import asked, offset_of, only_of
from sayso.serve.pages import address, desk_of, page
from sayso.serve.stories import around

#: What is said of who holds a place.
_VERBS: dict[EventType, str] = {"territory_taken": "taken by", "withdrawal": "left by", "control": "held by"}

#: All that this screen is about: counted before it is asked for.
HOLDING = Only(types=tuple(_VERBS))

#: Stories that are shown at once, all places together, and places that lead to their own.
_PAGE, _NAMED = 40, 60


class Step(NamedTuple):
    """What is said of a place at one time: who took, left or holds it, by which origins; None: nobody is named."""

    story: Story
    days: str | None
    holders: tuple[tuple[str | None, str, tuple[str, ...]], ...]


class Held(NamedTuple):
    """A place with what is said of it, by day; ``told``: how many stories say it; ``href`` leads to all of them."""

    name: str | None
    steps: tuple[Step, ...]
    told: int
    href: str


def listed(request: Request) -> Response:
    """Places, those with most stories first, each with what is said of who holds it, day after day."""
    query, desk = request.query_params, desk_of(request)
    only, (number, offset) = replace(only_of(query), types=HOLDING.types, type=None), offset_of(query, _PAGE)
    seen = desk.overview(only)
    pages = list(_pages(seen))
    if len(seen.spots) + bool(seen.unplaced) == 1:
        # one place alone: its stories are what is paged through
        name = seen.spots[0].name if seen.spots else None
        stories = list(desk.case.full_stories(only, limit=_PAGE, offset=offset))
        places, last = [_held(desk.case, name, stories, seen.stories, "")], -(-seen.stories // _PAGE)
    else:
        spots = pages[number - 1] if number <= len(pages) else ()
        places, last = [_place(request, only, spot, seen.unplaced) for spot in spots], len(pages)
    return page(
        request, "control.html.j2", places=places, count=seen.stories, number=number, last=max(1, last),
        query=asked(query), spots=[(spot, _href(request, spot)) for spot in seen.spots[:_NAMED]],
        unplaced=seen.unplaced,
    )  # fmt: skip


def _pages(seen: Overview) -> Iterator[tuple[Spot | None, ...]]:
    """The places of each page; None stands for stories without a known place, which come last."""
    held: list[Spot | None] = []
    shown = 0
    for spot in seen.spots:
        held.append(spot)
        shown += min(spot.stories, _PAGE)
        if shown >= _PAGE:
            yield tuple(held)
            held, shown = [], 0
    held += [None] if seen.unplaced else []
    if held:
        yield tuple(held)


def _place(request: Request, only: Only, spot: Spot | None, unplaced: int) -> Held:
    """A place as the list shows it: all that is said of it, if that is not too much."""
    case = desk_of(request).case
    there = replace(only, placed=False) if spot is None else replace(only, box=around(spot))
    stories = list(case.full_stories(there, limit=_PAGE))
    count = unplaced if spot is None else spot.stories
    return _held(case, spot.name if spot else None, stories, count, _href(request, spot))


def _href(request: Request, spot: Spot | None) -> str:
    box = None if spot is None else ",".join(f"{edge:.5f}" for edge in around(spot))
    changed: dict[str, Any] = {"placed": "no"} if spot is None else {"box": box, "place": None}
    return address("/control", asked(request.query_params), page=None, **changed)


def _held(case: Case, name: str | None, stories: Sequence[Story], count: int, href: str) -> Held:
    readings = {one.id: one for one in case.readings_of({r.article for story in stories for r in story.reports})}
    return Held(name, tuple(_step(story, readings) for story in stories), count, href if count > len(stories) else "")


def _step(story: Story, readings: Mapping[str, Reading]) -> Step:
    said: dict[tuple[str | None, str], list[str]] = {}
    for origin in story.origins:
        for number in origin.reports:
            report = story.reports[number]
            event = _event(readings.get(report.article), report.event)
            if event is not None and event.type in _VERBS:
                said.setdefault((event.agent, _verb(event)), []).append(origin.voice)
    holders = tuple((who, verb, tuple(dict.fromkeys(voices))) for (who, verb), voices in said.items())
    return Step(story, days_words(story.date) if story.date else None, _named_first(holders))


def _event(reading: Reading | None, number: int) -> Event | None:
    return reading.events[number] if reading is not None and number < len(reading.events) else None


def _verb(event: Event) -> str:
    verb = _VERBS[event.type]
    return verb if event.modality == "asserted" else f"{verb} ({event.modality})"


def _named_first(
    holders: Iterable[tuple[str | None, str, tuple[str, ...]]],
) -> tuple[tuple[str | None, str, tuple[str, ...]], ...]:
    return tuple(sorted(holders, key=lambda row: (row[0] is None, -len(row[2]))))
