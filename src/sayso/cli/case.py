"""What the commands on a case share, and ``sayso list`` and ``sayso search``."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.filters import narrowed
from sayso.cli.output import writing
from sayso.cli.read import colour_wanted, one_line

if TYPE_CHECKING:
    from sayso.case import Case, Found, FoundClaim, Only, VoiceRow
    from sayso.case.store import Progress

#: The case that a command works on where none is named.
DEFAULT_CASE = "case.sayso"

#: Seconds from one line of progress to the next.
_BETWEEN = 0.2

#: What is looked through for words.
_INSIDE = ("articles", "claims", "voices")

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
        with open_case(where, create=create, processes=os.cpu_count() or 1) as case:
            yield case
    except SaysoError as error:
        click.echo(f"sayso: {one_line(str(error))}", err=True)
        sys.exit(1)


def brought_up_to_date(case: Case) -> None:
    """Groups what was added since the last time, with a line of progress on a terminal where that takes long."""
    with telling() as progress:
        case.refresh(progress)


@contextmanager
def telling() -> Iterator[Progress]:
    """What says how far the telling of stories has come, on a line that is gone at the end."""
    shown, last = sys.stderr.isatty(), 0.0

    def progress(what: str, done: int, of: int) -> None:
        nonlocal last
        if shown and (not done or time.monotonic() > last + _BETWEEN):
            last = time.monotonic()
            share = f" {done} of {of}" if of else ""
            click.echo(f"\r\x1b[Ksayso: stories: {what}{share}", err=True, nl=False)

    yield progress
    if shown:
        click.echo("\r\x1b[K", err=True, nl=False)


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
@narrowed("since", "until", "place", "type", "voice", "outlet")
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
def list_articles(where: str, form: str, only: Only) -> None:
    """List the articles of a case, in the order in which they were added."""
    with opened(where) as case, writing():
        if only.place or only.type:
            brought_up_to_date(case)
        rows = case.articles(only)
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
@click.option("--in", "inside", type=click.Choice(_INSIDE), default=_INSIDE[0], show_default=True,
              help="What to look through: whole articles, what somebody says, or the names of who speaks.")  # fmt: skip
@narrowed("since", "until", "place", "type", "voice", "outlet")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, metavar="N")
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
def search(words: tuple[str, ...], where: str, inside: str, limit: int, form: str, only: Only) -> None:
    """Find the articles of a case whose title or text holds all WORDS, best first; or claims, or voices.

    \b
    Examples
      sayso search market bakery --since 2016-12-01
      sayso search --in claims chemical --voice ministry
      sayso search --in voices observatory
    """
    with opened(where) as case, writing():
        if inside == "voices" or only.place or only.type:
            brought_up_to_date(case)
        rows: Sequence[Any] = _found(case, inside, " ".join(words), only, limit)
        if form != "table":
            write_records(iter(rows), form)
            return
        for row in rows:
            _SHOWN[inside](row)
        if not rows:
            click.echo(f"sayso: none of the {inside} hold all of these words", err=True)


def _found(case: Case, inside: str, words: str, only: Only, limit: int) -> Sequence[Any]:
    if inside == "voices":
        return case.voices(words)[:limit]
    find = case.search if inside == "articles" else case.search_claims
    return find(words, only, limit=limit)


def _show_article(row: Found) -> None:
    facts = (row.published or "undated", row.publisher or "outlet unknown")
    click.echo(f"{one_line(row.id)}  {one_line(row.title or 'untitled')}")
    click.echo(f"    {' · '.join(map(one_line, facts))}")
    click.echo(f"    {one_line(row.snippet)}")


def _show_claim(row: FoundClaim) -> None:
    stance = "" if row.stance == "says" else f" {row.stance}"
    click.echo(one_line(f"{row.chain[0] if row.chain else 'unknown'}{stance}: {row.words}"))
    facts = (" → ".join(row.chain), row.published or "undated", row.article, row.claim)
    click.echo(f"    {' · '.join(map(one_line, facts))}")


def show_voice(row: VoiceRow) -> None:
    """A voice with what is known of it, and the other names that it goes by."""
    facts = [f"{row.claims} statements in {row.articles} articles", row.kind]
    if row.roof and row.roof != row.name:
        facts.append(f"under {row.roof}")
    click.echo(one_line(row.name))
    click.echo(f"    {one_line(' · '.join(fact for fact in facts if fact))}")
    for name, reason in sorted(row.names.items()):
        click.echo(f"    also {one_line(name)} ({one_line(reason)})")


_SHOWN: dict[str, Callable[[Any], None]] = {"articles": _show_article, "claims": _show_claim, "voices": show_voice}
