"""What the commands on a case share, and ``sayso list`` and ``sayso search``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.output import writing
from sayso.cli.read import colour_wanted, one_line

if TYPE_CHECKING:
    from sayso.case import Case

#: The case that a command works on where none is named.
DEFAULT_CASE = "case.sayso"

case_option: Callable[[Any], Any] = click.option(
    "--case", "where", default=DEFAULT_CASE, show_default=True, metavar="FILE", envvar="SAYSO_CASE",
    help="The case: a file, or postgresql://... (also from SAYSO_CASE).",
)  # fmt: skip


@contextmanager
def opened(where: str, *, create: bool = False) -> Iterator[Case]:
    """The case; one that cannot be opened or read ends the run with one line."""
    from sayso.case import open_case
    from sayso.records import SaysoError

    try:
        with open_case(where, create=create) as case:
            yield case
    except SaysoError as error:
        click.echo(f"sayso: {one_line(str(error))}", err=True)
        sys.exit(1)


def screen() -> tuple[int, bool]:
    """How wide standard output is, and whether it takes colour."""
    import shutil

    on_terminal = sys.stdout.isatty()
    return (max(40, shutil.get_terminal_size().columns) if on_terminal else 80), on_terminal and colour_wanted()


def write_records(records: Iterator[Any], form: str) -> None:
    """Records as a JSON array or one a line."""
    from sayso.records import to_json

    out = sys.stdout.buffer
    lines = (to_json(record) for record in records)
    if form == "jsonl":
        out.writelines(line + b"\n" for line in lines)
    else:
        out.write(b"[\n" + b",\n".join(lines) + b"\n]\n")
    out.flush()


@click.command("list")
@case_option
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
def list_articles(where: str, form: str) -> None:
    """List the articles of a case, in the order in which they were added."""
    with opened(where) as case, writing():
        rows = case.articles()
        if form != "table":
            write_records(iter(rows), form)
            return
        for row in rows:
            versions = f" · {row.versions} versions" if row.versions > 1 else ""
            problems = f" · {row.problems} problems" if row.problems else ""
            facts = (row.published or "undated", row.publisher or "outlet unknown", f"{row.claims} claims")
            click.echo(f"{one_line(row.id)}  {one_line(row.title or 'untitled')}")
            click.echo(f"    {' · '.join(map(one_line, facts))}{versions}{problems}")


@click.command()
@click.argument("words", nargs=-1, required=True)
@case_option
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
def search(words: tuple[str, ...], where: str, form: str) -> None:
    """Find the articles of a case whose title or text holds all WORDS, best first."""
    with opened(where) as case, writing():
        rows = case.search(" ".join(words))
        if form != "table":
            write_records(iter(rows), form)
            return
        for row in rows:
            facts = (row.published or "undated", row.publisher or "outlet unknown")
            click.echo(f"{one_line(row.id)}  {one_line(row.title or 'untitled')}")
            click.echo(f"    {' · '.join(map(one_line, facts))}")
            click.echo(f"    {one_line(row.snippet)}")
        if not rows:
            click.echo("sayso: no article holds all of these words", err=True)
