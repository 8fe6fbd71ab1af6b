"""Stories: the list with its map and timeline, and one story in full."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.case import Bar, Case, Order, Overview, Spot
from sayso.records import EventType, Reading, Status, Story
from sayso.render import render_brief
from sayso.render.brief import Toll, brief_view
from sayso.render.graph import Kind, render_graph
from sayso.render.html import path
from sayso.render.wording import day_words, days_words
from sayso.serve.asking import PAGE, asked, offset_of, only_of, order_of, word
from sayso.serve.pages import address, desk_of, page
from sayso.stories import SLOTS, Copy

#: Places that the list beside the map names; the map shows all.
_NAMED = 40

#: Degrees around a point within which a story is at it.
_NEAR = 0.00002


def listed(request: Request) -> Response:
    """The stories narrowed to, with what they are counted by; where counting takes long, the list comes first."""
    query, desk = request.query_params, desk_of(request)
    only, order, (number, offset) = only_of(query), order_of(query), offset_of(query)
    counting = desk.counting(only)
    rows = desk.case.stories(only, limit=PAGE + 1, offset=offset, order=order)
    seen = counting.result() if word(query, "whole") else desk.counted_soon(only)
    return page(
        request, "stories.html.j2", rows=rows[:PAGE], more=len(rows) > PAGE, order=order, orders=get_args(Order),
        types=get_args(EventType), **_counted(request, seen, number),
    )  # fmt: skip


def counted(request: Request) -> Response:
    """What stands around the list of the stories narrowed to, for a list that came without it."""
    number, _ = offset_of(request.query_params)
    seen = desk_of(request).overview(only_of(request.query_params))
    return page(request, "counted.html.j2", **_counted(request, seen, number))


def _counted(request: Request, seen: Overview | None, number: int) -> dict[str, Any]:
    """The counts, places and times as they are shown; the places and times empty where they are not counted yet."""
    shown: dict[str, Any] = {
        "seen": seen, "query": _query(request), "number": number, "statuses": get_args(Status), "last": None,
        "tiles": desk_of(request).options.tiles, "bars": [], "places": [], "spots": [],
    }  # fmt: skip
    if seen is not None:
        shown["last"] = max(1, -(-seen.stories // PAGE))
        shown["bars"] = _bars(request, seen)
        shown["places"] = [_place(request, spot) for spot in seen.spots[:_NAMED]]
        shown["spots"] = [[one.lat, one.lon, one.name, one.stories, one.disputed, one.scale] for one in seen.spots]
    return shown


def _query(request: Request) -> dict[str, str]:
    order = word(request.query_params, "order")
    return asked(request.query_params) | ({"order": order} if order else {})


def _bars(request: Request, seen: Overview) -> list[dict[str, Any]]:
    """The timeline's bars: each leads to its own days, with its share of the highest bar."""
    query = _query(request)
    highest = max((bar.stories for bar in seen.bars), default=1) or 1
    return [
        {
            "when": _when(bar), "stories": bar.stories, "disputed": bar.disputed,
            "height": max(1.5, 100 * bar.stories / highest) if bar.stories else 0,
            "dark": 100 * bar.disputed / highest,
            "href": address("/", query, since=bar.since, until=bar.until, page=None),
        }
        for bar in seen.bars
    ]  # fmt: skip


def _when(bar: Bar) -> str:
    if bar.since and bar.until:
        return days_words((bar.since, bar.until))
    if bar.since:
        return f"from {_start(bar.since)} on"
    return f"before {_start((date.fromisoformat(bar.until or '') + timedelta(days=1)).isoformat())}"


def _start(day: str) -> str:
    """The year or the month that a day begins, else the day."""
    year, month, number = day.split("-")
    return year if (month, number) == ("01", "01") else day_words(day) if number != "01" else day_words(day)[2:]


def _place(request: Request, spot: Spot) -> dict[str, Any]:
    """A place beside the map; it leads to the stories at its very point, whatever name they give it."""
    near = ",".join(f"{edge:.5f}" for edge in around(spot))
    return {"spot": spot, "href": address("/", _query(request), box=near, place=None, page=None)}


def around(spot: Spot) -> tuple[float, float, float, float]:
    """The box that holds the stories at a point, and no other place's."""
    south, north = max(-90.0, spot.lat - _NEAR), min(90.0, spot.lat + _NEAR)
    return south, max(-180.0, spot.lon - _NEAR), north, min(180.0, spot.lon + _NEAR)


def one(request: Request) -> Response:
    """One story: positions side by side, origins with their words, who passed them on, tolls, copies."""
    case = desk_of(request).case
    story = story_named(case, request.path_params["ident"])
    if story.id != request.path_params["ident"]:
        return RedirectResponse(f"/stories/{story.id}")
    readings, copies = told_by(case, story)
    view = brief_view(story, readings, copies)
    graph = render_graph(story, readings, _address)
    return page(
        request, "story.html.j2", chart=_chart(view["tolls"]), graph=graph, correctable=SLOTS,
        types=get_args(EventType), **view,
    )  # fmt: skip


def _address(kind: Kind, ident: str) -> str:
    """Where a box of the graph leads: to a voice, or to an article."""
    return f"/{'voices' if kind == 'voice' else 'articles'}/{path(ident)}"


def brief(request: Request) -> Response:
    """The same as a page to keep or hand on, which states itself what it may load."""
    case = desk_of(request).case
    story = story_named(case, request.path_params["ident"])
    text = render_brief(story, *told_by(case, story))
    policy = text.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    headers = {"Content-Security-Policy": policy.replace("&#39;", "'")}
    if "download" in request.query_params:
        headers["Content-Disposition"] = f'attachment; filename="story-{story.id}.html"'
    return HTMLResponse(text, headers=headers)


def story_named(case: Case, start: str) -> Story:
    """The one story whose id begins so.

    Raises:
        HTTPException: 404 where there is none or there are several.
    """
    found = case.stories_named(start)
    if len(found) != 1:
        told = f"{len(found)} stories begin with {start}." if found else "No story has that id, and none had it before."
        raise HTTPException(404, told)
    return found[0]


def told_by(case: Case, story: Story) -> tuple[dict[str, Reading], tuple[Copy, ...]]:
    """The readings of a story's articles by id, and the copies among these."""
    return readings_for(case, story), case.copies_among(report.article for report in story.reports)


def readings_for(case: Case, *stories: Story) -> dict[str, Reading]:
    """The readings of the articles of stories by id, and of those that they were copied from."""
    wanted = {
        name for one in stories for report in one.reports for name in (report.article, report.copied_from) if name
    }
    return {reading.id: reading for reading in case.readings_of(wanted)}


def _chart(tolls: list[Toll]) -> dict[str, Any] | None:
    """The dead as they were printed, day by day: each count a bar from its least to its most, on a common scale."""
    rows = [toll for toll in tolls if toll.killed]
    if len({toll.iso for toll in rows}) < 2 or len({toll.killed for toll in rows}) < 2:
        return None
    highest = max((end for toll in rows if toll.killed for end in toll.killed if end is not None), default=0)
    if not highest:
        return None
    return {"highest": highest, "rows": [(toll, *_ends(toll, highest)) for toll in rows]}


def _ends(toll: Toll, highest: int) -> tuple[float, float, bool, bool]:
    """Where a bar begins and how long it is, in per cent; whether its lower and its upper end are open."""
    low, high = toll.killed or (None, None)
    start = 100 * (low or 0) / highest
    end = 100 * (high if high is not None else highest) / highest
    return start, max(end - start, 1.0), low is None, high is None
