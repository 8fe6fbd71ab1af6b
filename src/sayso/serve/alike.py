"""Stories that may tell of the same happening as one, for a person to put together."""

from __future__ import annotations

from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response

from sayso.case import Only, StoryRow
from sayso.records import Story
from sayso.serve.pages import desk_of, page
from sayso.serve.people import for_reviewers
from sayso.serve.stories import story_named

#: Days by which stories may be apart, and how many are shown of how many that are looked at.
_DAYS, _SHOWN, _LOOKED_AT = 3, 30, 200


def shown(request: Request) -> Response:
    """Those of the same place about the same days, to tick and put together."""
    for_reviewers(request)
    case = desk_of(request).case
    story = story_named(case, request.path_params["ident"])
    found = case.stories(_near(story), limit=_LOOKED_AT, order="pages")
    rows = sorted((row for row in found if row.id != story.id), key=lambda row: _distance(row, story))
    return page(request, "alike.html.j2", story=story, rows=rows[:_SHOWN], days=_DAYS)


def _near(story: Story) -> Only:
    if story.place is None and story.date is None:
        return Only(type=story.type, placed=False, dated=False)
    since, until = story.date or (None, None)
    return Only(
        place=story.place.name if story.place else None,
        since=_moved(since, -_DAYS) if since else None, until=_moved(until, _DAYS) if until else None,
        dated=None if story.date else False,
    )  # fmt: skip


def _moved(day: str, days: int) -> str:
    here = date.fromisoformat(day).toordinal()
    return date.fromordinal(min(max(here + days, 1), date.max.toordinal())).isoformat()


def _distance(row: StoryRow, story: Story) -> tuple[bool, int, int, str]:
    """Those of the same kind first, then by how much longer or shorter and how far away they are."""
    apart = 0
    if story.date and row.first_day and row.last_day:
        ends = zip(story.date, (row.first_day, row.last_day), strict=True)
        apart = sum(
            abs((date.fromisoformat(one) - date.fromisoformat(other)) // timedelta(days=1)) for one, other in ends
        )
    return row.type != story.type, apart, -row.pages, row.id
