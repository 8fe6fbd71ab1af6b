"""``sayso add``: pages read into a case, by all cores."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import click

from sayso.cli.case import case_option, opened
from sayso.cli.output import writing
from sayso.cli.read import (
    TAKE_AS,
    Run,
    check_reader,
    column_option,
    one_line,
    settings_of,
    settings_options,
    wanted_of,
)


@click.command()
@click.argument("source", nargs=-1, required=True, metavar="SOURCE...")
@case_option
@click.option("--as", "take_as", type=click.Choice(TAKE_AS), default="auto", show_default=True,
              help="As for `sayso read`.")  # fmt: skip
@column_option
@click.option("--published", metavar="DATE", help="The day of publication (YYYY-MM-DD), if the text does not say it.")
@click.option("--publisher", metavar="NAME", help="The outlet's name, if the text does not say it.")
@click.option("--reader", type=click.Choice(["learned", "rules"]), help="As for `sayso read`.")
@settings_options
@click.option("--processes", type=click.IntRange(min=1), help="How many pages are read at once (default: all cores).")
@click.option("--verbose", "-v", is_flag=True, help="Name each page with what became of it.")
def add(
    source: tuple[str, ...], where: str, take_as: str, columns: tuple[str, ...], published: str | None,
    publisher: str | None, reader: str | None, assigned: tuple[str, ...], settings_file: Path | None,
    processes: int | None, verbose: bool,
) -> None:  # fmt: skip
    """Read pages into a case, which is made if it is not there.

    A page whose text is in the case already changes nothing; one whose text has changed becomes a new version of its
    article, and the old one stays. A line of JSON that is a reading already ("schema": "sayso.reading/1") is added as
    it is. What is reported as added is kept, whatever happens after: run the same command again to go on.

    Pages are fetched from the addresses of the web as their sites ask of robots, and kept as they came before they are
    read: what was fetched and not read is not fetched again.

    Tables of articles and lists of addresses (.csv, .tsv, .json, .parquet) are taken as `sayso read` takes them.

    \b
    Examples
      sayso add pages/ --case aleppo.sayso
      sayso add https://news.example/story https://wire.example/report
      sayso add mediacloud-export.csv --case aleppo.sayso
      sayso add articles.jsonl --case postgresql://localhost/aleppo
    """
    from sayso.bulk import is_unread

    settings = settings_of([*assigned, *([f"reader={reader}"] if reader else [])], settings_file)
    wanted = wanted_of(take_as, published, publisher, columns)
    check_reader(settings)
    counts: Counter[str] = Counter()
    count = processes or os.cpu_count() or 1
    with opened(where, create=True) as case, writing():
        run = Run(source, wanted, settings, case)
        readings = run.readings() if count == 1 or _is_one_page(source) else run.readings_on(count)
        for reading in readings:
            if is_unread(reading):
                run.failed += 1
                click.echo(f"sayso: {one_line(reading.id)}: {one_line(reading.problems[-1].what)}", err=True)
                continue
            state = case.add(reading)
            counts[state] += 1
            if verbose:
                click.echo(f"{state} {one_line(reading.id)}")
        total = len(case.articles())
        what = f"added {counts['added']}, changed {counts['changed']}, unchanged {counts['same']}"
        what += f", forgotten and left out {counts['forgotten']}" if counts["forgotten"] else ""
        click.echo(f"{what} · {total} articles in {one_line(case.place)}")
    sys.exit(1 if run.failed else 0)


def _is_one_page(source: tuple[str, ...]) -> bool:
    """Whether there is so little to read that another process would take longer to start."""
    return len(source) == 1 and ("://" in source[0] or source[0].endswith((".html", ".htm", ".txt")))
