"""``sayso stories`` and ``sayso story``: what the pages of a case say happened, and on whose say-so."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sayso.cli.case import brought_up_to_date, case_option, opened, screen, write_records
from sayso.cli.filters import narrowed
from sayso.cli.output import writing
from sayso.cli.read import one_line

if TYPE_CHECKING:
    from sayso.case import Case, Only
    from sayso.records import Story


@click.command()
@case_option
@narrowed()
@click.option("--limit", type=click.IntRange(min=1), default=500, show_default=True, metavar="N",
              help="Show the first N in a table; json and jsonl give all.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
def stories(where: str, form: str, limit: int, only: Only) -> None:
    """Show what the pages of a case say happened: by how many pages, from how many independent origins.

    \b
    A story is `disputed` where its origins contradict each other, else `corroborated` where two or more independent
    origins say so, else `single-source`. Stories stand by the day of what happened.

    \b
    Examples
      sayso stories --pages 2 --status disputed
      sayso stories --place aleppo --since 2016-12-01 --until 2016-12-31
      sayso stories --voice "Defence Ministry" --format jsonl > stories.jsonl
    """
    with opened(where) as case, writing():
        brought_up_to_date(case)
        if form != "table":
            write_records(case.full_stories(only), form)
            return
        from sayso.render import render_story_rows

        width, colour = screen()
        rows = case.stories(only, limit=limit)
        click.echo(render_story_rows(rows, width=width, colour=colour), nl=False, color=True)
        if len(rows) == limit and (more := case.count_stories(only) - limit):
            click.echo(f"sayso: {more} more; narrow the list, or see them with --limit", err=True)


@click.command()
@click.argument("ident", metavar="ID")
@case_option
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text",
              show_default=True, help="For a terminal; as JSON; or a page to hand to an editor.")  # fmt: skip
def story(ident: str, where: str, form: str) -> None:
    """Show one story in full: who says so, in their words; whom they had it from; what they disagree on.

    ID is as `sayso stories` shows it; its first letters are enough where no other story begins with them.
    """
    with opened(where) as case, writing():
        brought_up_to_date(case)
        _show(case, only_story(case, ident), form)


def only_story(case: Case, ident: str) -> Story:
    """The one story whose id begins so; none or several end the run with one line."""
    fitting = case.stories_named(ident) if ident else ()
    if len(fitting) == 1:
        return fitting[0]
    what = f"{len(fitting)} stories begin so" if fitting else "no such story; `sayso stories` lists them"
    click.echo(f"sayso: expected the id of a story, found {one_line(ident)!r}: {what}", err=True)
    sys.exit(1)


def _show(case: Case, found: Story, form: str) -> None:
    from sayso.records import to_json
    from sayso.render import render_brief, render_story

    if form == "json":
        sys.stdout.buffer.write(to_json(found) + b"\n")
        return
    articles = {report.article for report in found.reports}
    copied = {report.copied_from for report in found.reports if report.copied_from}
    readings = {reading.id: reading for reading in case.readings_of(articles | copied)}
    if form == "html":
        copies = [copy for copy in case.copies() if {copy.first, copy.second} <= articles]
        sys.stdout.buffer.write(render_brief(found, readings, copies).encode())
        return
    width, colour = screen()
    click.echo(render_story(found, readings, width=width, colour=colour), nl=False, color=True)
