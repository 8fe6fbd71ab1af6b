"""``sayso bulk``: a month of news into tables, on this machine or on a cluster."""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.case import telling
from sayso.cli.output import writing
from sayso.cli.read import Progress, check_reader, one_line, settings_of, settings_options

if TYPE_CHECKING:
    from sayso.bulk import Done, Job, Report

_PATH = click.Path(path_type=Path)

#: The exit status of a program that was stopped by Ctrl+C.
_STOPPED = 130


def _number(_: click.Context, parameter: click.Parameter, value: float | None) -> float | None:
    if value is not None and value != value:
        raise click.BadParameter("expected a number, found nan", param=parameter)
    return value


@click.command()
@click.argument("source", metavar="INPUT", type=_PATH)
@click.argument("output", metavar="OUTPUT", type=_PATH)
@click.option("--all", "everything", is_flag=True, help="Read every page, also those that do not report on conflict.")
@click.option("--least", type=click.FloatRange(0, 1), metavar="SCORE", callback=_number,
              help="Read pages whose first look scores so much or more (0 to 1) instead of the default.")  # fmt: skip
@click.option("--processes", type=click.IntRange(min=1),
              help="How many pages are read at once on each machine (default: all cores).")  # fmt: skip
@click.option("--cluster", metavar="ADDRESS",
              help="Read on a Ray cluster, all of whose machines see INPUT and OUTPUT under the same paths; "
                   "`local` for one of this machine alone.")  # fmt: skip
@click.option("--slice", "slice_mb", type=click.FloatRange(0.001, 1_000_000), metavar="MB",
              callback=_number,
              help="Read it in parts of about so many megabytes (default: 32 of WARC, 4 of other files).")  # fmt: skip
@click.option("--log", "form", type=click.Choice(["plain", "json"]),
              help="A line on standard error for each part as it is done, for people or for programs.")  # fmt: skip
@click.option("--reader", type=click.Choice(["learned", "rules"]), help="As for `sayso read`.")
@settings_options
def bulk(
    source: Path, output: Path, everything: bool, least: float | None, processes: int | None, cluster: str | None,
    slice_mb: float | None, form: str | None, reader: str | None, assigned: tuple[str, ...], settings_file: Path | None,
) -> None:  # fmt: skip
    """Read a month of news into tables, on all cores or on a cluster.

    INPUT is a file or a folder (web archives, JSONL, Parquet, HTML and all that `sayso read` takes), OUTPUT a folder.

    A first look at each page says whether it reports on armed conflict; the others are not read further, and stand
    with the reason in OUTPUT/skipped. OUTPUT/readings holds the readings, OUTPUT/claims what is claimed, OUTPUT/stories
    what is said to have happened with its independent origins: Parquet, for DuckDB, pandas, Spark and `sayso add`.

    Whatever ends it, the same command goes on where it ended; run again when INPUT has new files, it reads those. What
    failed stands in OUTPUT/problems and OUTPUT/report.json.

    \b
    Exit status: 0 all done; 1 something could not be read or written; 2 wrong use; 130 stopped.

    \b
    Examples
      sayso bulk crawl.warc.gz tables/
      sayso bulk articles.jsonl tables/ --all
      sayso bulk /shared/cc-news/2024-05 /shared/tables --cluster head:6379 --slice 2000
    """
    from sayso.bulk import Job, Sieve
    from sayso.records import SaysoError

    if everything and least is not None:
        raise click.UsageError("--all reads every page; it needs no --least")
    settings = settings_of([*assigned, *([f"reader={reader}"] if reader else [])], settings_file)
    check_reader(settings)
    with writing():
        try:
            job = Job(
                source, output, settings, Sieve(everything=everything, least=least),
                processes=processes or os.cpu_count() or 1, cluster=cluster,
                slice_bytes=int((slice_mb or 0) * 1_000_000),
            )  # fmt: skip
            report = _run(job, form)
        except SaysoError as error:
            click.echo(f"sayso: {one_line(str(error))}", err=True)
            sys.exit(1)
        _sum_up(report, output)
    sys.exit(1 if report.failed or report.lost else 0)


def _run(job: Job, form: str | None) -> Report:
    count, left = len(job.slices), len(job.left())
    if left < count:
        click.echo(f"sayso: {count - left} of {count} parts are done; going on with the others", err=True)
    began, pages = time.monotonic(), 0
    _stopped_by_signals(job)
    with Progress(shown=sys.stderr.isatty()) as progress:
        for number, done in enumerate(job.read(), start=1):
            pages += done.read + done.skipped + done.lost
            if form or done.failed:
                progress.clear()
                click.echo(_line(done, form), err=True)
            seconds = time.monotonic() - began
            rest = seconds / number * (left - number)
            progress.say(f"part {number} of {left}, {pages} pages, {pages / seconds:.1f} a second, {_span(rest)} left")
    # from here on nothing can be ended halfway: what is told is written whole, or told again
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if job.stopped:
        click.echo("sayso: stopped; what is done is kept, and the same command goes on from there", err=True)
        sys.exit(_STOPPED)
    with telling() as told:
        return job.tell(told)


def _stopped_by_signals(job: Job) -> None:
    """Lets the first signal end the reading in order; a second one ends at once."""

    def hear(number: int, _: object) -> None:
        job.stop()
        signal.signal(number, signal.SIG_DFL)

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, hear)


def _line(done: Done, form: str | None) -> str:
    if form == "json":
        from sayso.records import to_json

        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        level = "error" if done.failed else "info"
        return f'{{"time":"{now}","level":"{level}",{to_json(done).decode()[1:]}'
    said = f"{done.read} read, {done.skipped} passed over, {done.lost} lost, {done.seconds:.1f} s"
    return f"sayso: {done.name}: {one_line(done.failed or said)}"


def _span(seconds: float) -> str:
    minutes = int(seconds / 60)
    return (
        f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min" if minutes else "under a minute"
    )


def _sum_up(report: Report, output: Path) -> None:
    click.echo(f"{report.pages} pages: {report.read} read, {report.skipped} passed over, {report.lost} lost")
    for why, count in sorted(report.why.items(), key=lambda one: -one[1]):
        click.echo(f"  {count} {one_line(why)}")
    for one in report.failed:
        click.echo(f"  not read: {one_line(one.paths[0])}, bytes {one.start} to {one.end}: {one_line(one.why)}")
    if report.gone:
        click.echo(f"  {len(report.gone)} files are gone since they were read; what they gave is kept")
    status = ", ".join(f"{count} {name}" for name, count in report.status.items())
    click.echo(f"{report.claims} claims · {report.copies} copies · {report.stories} stories ({status or 'none'})")
    click.echo(f"in {one_line(str(output))}, {report.seconds:.0f} s")
