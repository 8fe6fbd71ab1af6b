"""``sayso export``: a case in the formats of those who work with it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from sayso.cli.case import brought_up_to_date, case_option, opened
from sayso.cli.filters import narrowed
from sayso.cli.output import writing
from sayso.cli.read import one_line

if TYPE_CHECKING:
    from sayso.case import Only

#: The formats of ``sayso.export``; written out, since nothing is imported before a command runs.
FOLDERS = ("csv", "parquet", "datasette")
ARCHIVES = ("warc",)
TEXTS = ("geojson", "ged", "acled", "plover", "webannotation", "prov", "ftm")


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice([*FOLDERS, *TEXTS, *ARCHIVES]))
@case_option
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH",
              help="The file, or the folder of csv, parquet and datasette; made if it is not there.")  # fmt: skip
@click.option("--full-text", is_flag=True, help="Hand over whole texts too; else only quotes and where they stand.")
@narrowed()
def export(form: str, where: str, out: Path | None, full_text: bool, only: Only) -> None:
    """Write the stories of a case, and the claims of their articles, in another FORMAT.

    \b
    csv, parquet     tables: one row a claim, one row a story      (folders: --out is needed)
    datasette        an SQLite file for Datasette, with a description
    geojson          stories on a map; those without a place have no geometry
    ged, acled       CSV with the columns of UCDP GED, and shaped like ACLED's
    plover           PLOVER event types and modes, JSON lines
    webannotation    W3C Web Annotations: the very words, by quote and position
    prov             PROV-O as JSON-LD: who was quoted from where, what was copied from what
    ftm              FollowTheMoney entities, JSON lines
    warc             all pages that were fetched, as they came: a web archive in gzip, with their whole texts

    \b
    Examples
      sayso export geojson --pages 2 > stories.geojson
      sayso export csv --out tables --since 2016-12-01
      sayso export warc --out pages.warc.gz
    """
    if form in FOLDERS and out is None:
        raise click.UsageError(f"{form} is several files: name a folder with --out")
    from sayso.export import FOLDERS as WRITE
    from sayso.export import TEXTS as MAKE
    from sayso.export import material, write_warc

    with opened(where) as case, writing():
        if form in ARCHIVES:
            _through(out, lambda stream: write_warc(case.captures(), stream))
            return
        brought_up_to_date(case)
        stories = tuple(case.full_stories(only))
        readings = case.readings_of({report.article for story in stories for report in story.reports})
        given = material(stories, readings, full_text=full_text)
        if form in WRITE:
            _into(out or Path(), lambda folder: WRITE[form](given, folder))
        else:
            _through(out, lambda stream: stream.write(MAKE[form](given).encode()))


def _through(out: Path | None, write: Callable[[BinaryIO], object]) -> None:
    """Writes to a file, or to standard output where none is named."""
    if out is None:
        write(sys.stdout.buffer)
        return

    def fill(_: Path) -> None:
        with out.open("wb") as stream:
            write(stream)

    _into(out.parent, fill)


def _into(folder: Path, write: Callable[[Path], object]) -> None:
    """Writes into a folder; one that cannot be written to ends the run with one line."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write(folder)
    except OSError as error:
        click.echo(f"sayso: expected to write to {one_line(str(folder))}, found {error.strerror or error}", err=True)
        sys.exit(1)
