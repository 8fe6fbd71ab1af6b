"""``sayso stories`` and ``sayso story``: what the pages of a case say happened, and on whose say-so."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sayso.cli.case import case_option, opened, screen, write_records
from sayso.cli.output import writing
from sayso.cli.read import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Reading, Story

_STATUSES = ("disputed", "corroborated", "single-source")


@click.command()
@case_option
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
@click.option("--status", type=click.Choice(_STATUSES), help="Only stories of this status.")
@click.option("--pages", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
              help="Only stories that N pages or more tell.")  # fmt: skip
def stories(where: str, form: str, status: str | None, pages: int) -> None:
    """Show what the pages of a case say happened: by how many pages, from how many independent origins.

    \b
    A story is `disputed` where its origins contradict each other, else `corroborated` where two or more independent
    origins say so, else `single-source`.
    """
    from sayso.stories import find_stories

    with opened(where) as case, writing():
        found = [one for one in find_stories(case.readings()) if _wanted(one, status, pages)]
        if form != "table":
            write_records(iter(found), form)
            return
        from sayso.render import render_stories

        width, colour = screen()
        click.echo(render_stories(found, width=width, colour=colour), nl=False, color=True)


def _wanted(story: Story, status: str | None, pages: int) -> bool:
    return status in (None, story.status) and len({report.article for report in story.reports}) >= pages


@click.command()
@click.argument("ident", metavar="ID")
@case_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def story(ident: str, where: str, form: str) -> None:
    """Show one story in full: who says so, in their words; whom they had it from; what they disagree on.

    ID is as `sayso stories` shows it; its first letters are enough where no other story begins with them.
    """
    from sayso.stories import find_stories

    with opened(where) as case, writing():
        readings = {reading.id: reading for reading in case.readings()}
        found = _only(find_stories(readings.values()), ident)
        _show(found, readings, form)


def _only(found: Iterable[Story], ident: str) -> Story:
    """The one story whose id begins so; none or several end the run with one line."""
    fitting = [one for one in found if one.id.startswith(ident)]
    if len(fitting) == 1:
        return fitting[0]
    what = f"{len(fitting)} stories begin so" if fitting else "no such story; `sayso stories` lists them"
    click.echo(f"sayso: expected the id of a story, found {one_line(ident)!r}: {what}", err=True)
    sys.exit(1)


def _show(found: Story, readings: dict[str, Reading], form: str) -> None:
    from sayso.records import to_json
    from sayso.render import render_story

    if form == "json":
        sys.stdout.buffer.write(to_json(found) + b"\n")
        return
    width, colour = screen()
    click.echo(render_story(found, readings, width=width, colour=colour), nl=False, color=True)
