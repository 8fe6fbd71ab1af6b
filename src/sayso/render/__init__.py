"""Readings as text for a terminal and as one HTML page; rich and jinja2 are imported only when one is rendered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sayso.records import Reading, Story

if TYPE_CHECKING:
    from sayso.case import Decision, StoryRow
    from sayso.render.graph import Href
    from sayso.stories import Copy


def render_report(reading: Reading, *, width: int, colour: bool, in_series: bool = False) -> str:
    """A reading for people to read in a terminal or a file; see ``sayso.render.report``."""
    from sayso.render.report import render_report as render

    return render(reading, width=width, colour=colour, in_series=in_series)


def render_html(readings: Iterable[Reading]) -> str:
    """Readings as one self-contained HTML page; see ``sayso.render.html``."""
    from sayso.render.html import render_html as render

    return render(readings)


def render_story_rows(rows: Iterable[StoryRow], *, width: int, colour: bool) -> str:
    """Stories as a table for people; see ``sayso.render.stories``."""
    from sayso.render.stories import render_story_rows as render

    return render(rows, width=width, colour=colour)


def render_story(story: Story, readings: Mapping[str, Reading], *, width: int, colour: bool) -> str:
    """One story in full, for people; see ``sayso.render.stories``."""
    from sayso.render.stories import render_story as render

    return render(story, readings, width=width, colour=colour)


def render_brief(story: Story, readings: Mapping[str, Reading], copies: Iterable[Copy] = ()) -> str:
    """One story as a self-contained HTML page; see ``sayso.render.brief``."""
    from sayso.render.brief import render_brief as render

    return render(story, readings, copies)


def render_graph(story: Story, readings: Mapping[str, Reading], href: Href | None = None) -> str:
    """The lineage of one story as an SVG element; see ``sayso.render.graph``."""
    from sayso.render.graph import render_graph as render

    return render(story, readings, href)


def render_copies(
    copies: Iterable[Copy], readings: Mapping[str, Reading], *, width: int, colour: bool, passages: bool = False
) -> str:
    """Which articles share passages; see ``sayso.render.copies``."""
    from sayso.render.copies import render_copies as render

    return render(copies, readings, width=width, colour=colour, passages=passages)


def render_changes(old: Reading, new: Reading, *, width: int, colour: bool) -> str:
    """What changed between two versions of a page; see ``sayso.render.copies``."""
    from sayso.render.copies import render_changes as render

    return render(old, new, width=width, colour=colour)


def decision_words(decision: Decision) -> str:
    """What was decided, on one line; see ``sayso.render.decided``."""
    from sayso.render.decided import decision_words as render

    return render(decision)


__all__ = [
    "decision_words",
    "render_brief",
    "render_changes",
    "render_copies",
    "render_graph",
    "render_html",
    "render_report",
    "render_story",
    "render_story_rows",
]
