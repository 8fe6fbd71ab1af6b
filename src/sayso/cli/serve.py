"""``sayso serve``: the case in a browser."""

from __future__ import annotations

import os
import sys

import click

from sayso.cli.case import case_option
from sayso.cli.read import check_reader, one_line, settings_of


@click.command()
@case_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Where to listen: this machine alone, unless another address is named.")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True)
@click.option(
    "--tiles", metavar="URL", help="Map tiles, as https://host/{z}/{x}/{y}.png; else outlines that ship with sayso."
)
@click.option(
    "--reader", type=click.Choice(["learned", "rules"]), help="As for `sayso read`, for pages that are added."
)
@click.option("--set", "assigned", multiple=True, metavar="NAME=VALUE", help="Change a setting (repeatable).")
def serve(where: str, host: str, port: int, tiles: str | None, reader: str | None, assigned: tuple[str, ...]) -> None:
    """Open a case in the browser: stories, articles, voices, review, export.

    The case is made if it is not there. Stop with Ctrl+C; nothing is lost by it.

    \b
    Examples
      sayso serve
      sayso serve --case aleppo.sayso --port 9000
    """
    from sayso.case import open_case
    from sayso.records import SaysoError
    from sayso.serve import Options
    from sayso.serve import serve as run

    settings = settings_of([*assigned, *([f"reader={reader}"] if reader else [])])
    check_reader(settings)
    options = Options(settings=settings, tiles=tiles, processes=os.cpu_count() or 1)
    try:
        with open_case(where, keeps_up=False) as case:
            shown = f"[{host}]" if ":" in host else host
            click.echo(f"sayso: {one_line(case.place)} at http://{shown}:{port}/ (stop with Ctrl+C)", err=True)
            run(case, options, host=host, port=port)
    except (SaysoError, OSError) as error:
        click.echo(f"sayso: {one_line(str(error))}", err=True)
        sys.exit(1)
