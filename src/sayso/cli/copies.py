"""``sayso copies`` and ``sayso changes``: who has whose words, and what became of a page."""

from __future__ import annotations

import sys
from itertools import pairwise

import click

from sayso.cli.case import brought_up_to_date, case_option, opened, screen, write_records
from sayso.cli.output import writing
from sayso.cli.read import one_line


@click.command()
@click.argument("article", required=False)
@click.argument("other", required=False)
@case_option
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
def copies(article: str | None, other: str | None, where: str, form: str) -> None:
    """List which articles of a case share passages, or those of one ARTICLE; with an OTHER, show the passages.

    Words inside quotations do not count: what two outlets let a speaker say is the speaker's.
    """
    from sayso.render import render_copies

    with opened(where) as case, writing():
        brought_up_to_date(case)
        found = [copy for copy in case.copies(article) if other is None or other in (copy.first, copy.second)]
        if form != "table":
            write_records(iter(found), form)
            return
        if not found:
            click.echo("sayso: no passage is shared", err=True)
        names = {name for copy in found for name in (copy.first, copy.second)}
        readings = {reading.id: reading for reading in case.readings_of(names)}
        width, colour = screen()
        text = render_copies(found, readings, width=width, colour=colour, passages=other is not None)
        click.echo(text, nl=False, color=True)


@click.command()
@click.argument("article")
@case_option
def changes(article: str, where: str) -> None:
    """Show what changed between the versions of an ARTICLE (by id or address): words, tolls, claims."""
    from sayso.render import render_changes

    with opened(where) as case, writing():
        versions = case.versions(article)
        if not versions:
            click.echo(f"sayso: expected the id of an article, found {one_line(article)!r}", err=True)
            sys.exit(1)
        if len(versions) == 1:
            click.echo("sayso: this article has one version", err=True)
            return
        width, colour = screen()
        for old, new in pairwise(versions):
            click.echo(render_changes(old, new, width=width, colour=colour), nl=False, color=True)
