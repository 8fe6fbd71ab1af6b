"""``sayso serve``: the case in a browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.case import case_option
from sayso.cli.read import check_reader, one_line, settings_of, settings_options

if TYPE_CHECKING:
    from sayso.serve import LogForm

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
#: Letters of a monitor's token at least.
_SHORTEST = 16

_MONITOR = "Its first line lets a monitor ask for /metrics where whoever looks must sign in; else only an owner may."
_TILES = "Map tiles, as https://host/{z}/{x}/{y}.png; else outlines that ship with sayso."


@click.command()
@case_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Where to listen: this machine alone, unless another address is named.")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True)
@click.option("--name", "names", multiple=True, metavar="HOST", help="Answer under this host name alone (repeatable).")
@click.option("--certificate", type=_FILE, help="For https: a PEM file.")
@click.option("--key", type=_FILE, help="The certificate's key.")
@click.option("--tiles", metavar="URL", help=_TILES)
@click.option(
    "--reader", type=click.Choice(["learned", "rules"]), help="As for `sayso read`, for pages that are added."
)
@click.option("--log", type=click.Choice(["plain", "json"]), help="Tell every request on standard error.")
@click.option("--metrics-token", "token_file", type=_FILE, metavar="FILE", envvar="SAYSO_METRICS_TOKEN", help=_MONITOR)
@settings_options
def serve(
    where: str,
    tiles: str | None,
    log: LogForm | None,
    token_file: Path | None,
    reader: str | None,
    assigned: tuple[str, ...],
    settings_file: Path | None,
    **listening: Any,
) -> None:
    """Open a case in the browser: stories, articles, voices, review, export.

    The case is made if it is not there. Stop with Ctrl+C; nothing is lost by it. To serve it on another address
    than this machine's own, make accounts with `sayso accounts` first: then whoever looks must sign in.

    \b
    Examples
      sayso serve
      sayso serve --case aleppo.sayso --port 9000
      sayso serve --case postgresql://db/aleppo --host 0.0.0.0 --name aleppo.example.org \\
        --certificate cert.pem --key key.pem
    """
    from sayso.case import open_case
    from sayso.records import SaysoError
    from sayso.serve import Listening, Options
    from sayso.serve import serve as run

    settings = settings_of([*assigned, *([f"reader={reader}"] if reader else [])], settings_file)
    check_reader(settings)
    options = Options(
        settings=settings, tiles=tiles, processes=os.cpu_count() or 1,
        monitor=_token(token_file) if token_file else None,
    )  # fmt: skip
    at = Listening(**listening)
    try:
        with open_case(where, keeps_up=False) as case:
            click.echo(f"sayso: {one_line(case.place)} at {at.url} (stop with Ctrl+C)", err=True)
            if not at.is_local and at.certificate is None:
                click.echo("sayso: passwords go unencrypted; use --certificate, or a server that encrypts", err=True)
            run(case, options, at, log)
    except (SaysoError, OSError) as error:
        click.echo(f"sayso: {one_line(str(error))}", err=True)
        sys.exit(1)


def _token(file: Path) -> str:
    lines = file.read_text("utf-8").split()
    if not lines or len(lines[0]) < _SHORTEST:
        raise click.BadParameter(
            f"expected a token of {_SHORTEST} letters or more in {file}", param_hint="--metrics-token"
        )
    return lines[0]
