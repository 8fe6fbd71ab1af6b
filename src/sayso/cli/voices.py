"""``sayso voices``: who speaks in a case, under which name, whose roof and as what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.case import brought_up_to_date, case_option, opened, show_voice, write_records
from sayso.cli.decide import in_words, who_option, why_option
from sayso.cli.output import writing
from sayso.cli.read import one_line

if TYPE_CHECKING:
    from sayso.case import Decision

#: The kinds of ``sayso.stories.KINDS``; written out, since nothing is imported before a command runs.
_KINDS = ("party", "agency", "outlet", "monitor", "official", "anonymous")


@click.group()
def voices() -> None:
    """List the voices of a case, merge and split them, name their roof and kind.

    \b
    Examples
      sayso voices list observatory
      sayso voices merge "Observatory" "Syrian Observatory for Human Rights" --why "same body"
      sayso voices roof "Russian Center for Reconciliation" "Russian Defence Ministry"
      sayso voices load affiliations.toml
    """


@voices.command("list")
@click.argument("words", nargs=-1)
@case_option
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
def list_voices(words: tuple[str, ...], where: str, form: str) -> None:
    """List who is cited, most often first; only those whose name holds WORDS."""
    with opened(where) as case, writing():
        brought_up_to_date(case)
        rows = case.voices(" ".join(words))
        if form != "table":
            write_records(iter(rows), form)
            return
        for row in rows:
            show_voice(row)


def _decides(command: Callable[..., None]) -> Any:
    """The options of a command that makes a decision."""
    return case_option(why_option(who_option(command)))


def _decide(where: str, decisions: list[Decision], who: str, why: str | None) -> None:
    with opened(where) as case, writing():
        brought_up_to_date(case)
        for decision in decisions:
            click.echo(f"decision {case.decide(decision, who=who, why=why)}: {in_words(decision)}")


@voices.command()
@click.argument("voice")
@click.argument("name")
@_decides
def merge(voice: str, name: str, where: str, who: str, why: str | None) -> None:
    """Let VOICE go by NAME: both are one."""
    from sayso.case import Decision

    _decide(where, [Decision(what="merge", voice=voice, to=name)], who, why)


@voices.command()
@click.argument("voice")
@_decides
def split(voice: str, where: str, who: str, why: str | None) -> None:
    """Let VOICE go by its own name again."""
    from sayso.case import Decision

    _decide(where, [Decision(what="split", voice=voice)], who, why)


@voices.command()
@click.argument("voice")
@click.argument("name", metavar="ROOF")
@_decides
def roof(voice: str, name: str, where: str, who: str, why: str | None) -> None:
    """Put VOICE under ROOF: voices under one roof are one origin. Its own name as ROOF lets it stand alone."""
    from sayso.case import Decision

    _decide(where, [Decision(what="roof", voice=voice, to=name)], who, why)


@voices.command()
@click.argument("voice")
@click.argument("name", metavar="KIND", type=click.Choice(_KINDS))
@_decides
def kind(voice: str, name: str, where: str, who: str, why: str | None) -> None:
    """Say what VOICE is. A party takes part in what it speaks of; agencies, outlets and monitors do not."""
    from sayso.case import Decision

    _decide(where, [Decision(what="kind", voice=voice, to=name)], who, why)


@voices.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_decides
def load(file: Path, where: str, who: str, why: str | None) -> None:
    """Take decisions on voices from a table of affiliations, a TOML file.

    \b
    [[voice]]
    name = "Russian Defence Ministry"
    also = ["Russian MoD", "Defence Ministry of Russia"]     other names of it
    roof = "Russian government"
    kind = "party"
    """
    from sayso.case.affiliations import decisions_in

    with opened(where) as case, writing():
        brought_up_to_date(case)
        found = decisions_in(file)
        for decision in found:
            case.decide(decision, who=who, why=why or f"from {file.name}")
        click.echo(f"{len(found)} decisions from {one_line(file.name)}")
