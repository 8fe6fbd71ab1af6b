"""``sayso backup``: a copy of a case, made while others work on it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sayso.cli.case import case_option
from sayso.cli.read import one_line


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@case_option
def backup(file: Path, where: str) -> None:
    """Write a copy of a case to FILE, as the case is now, while others read and write it.

    The copy is a case: to restore it, stop what uses the old one and put it in its place. It holds all that the case
    holds, accounts included. A case in PostgreSQL is backed up by that database's own programs.

    \b
    Examples
      sayso backup aleppo-2026-11-27.sayso --case aleppo.sayso
      sayso list --case aleppo-2026-11-27.sayso
    """
    from sayso.case.backup import back_up
    from sayso.records import SaysoError

    try:
        back_up(where, file)
    except SaysoError as error:
        click.echo(f"sayso: {one_line(str(error))}", err=True)
        sys.exit(1)
    click.echo(f"sayso: {one_line(str(file))}, {file.stat().st_size:,} bytes", err=True)
