"""``sayso read``: pages in, readings out, one at a time as they come."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from sayso.cli.output import writing

if TYPE_CHECKING:
    from sayso.gather import Archive, Wanted
    from sayso.records import Page, Reading
    from sayso.settings import Settings


def settings_options(command: Any) -> Any:
    """The options by which a command takes settings: ``--settings`` and ``--set``."""
    path = click.Path(path_type=Path, dir_okay=False)
    from_file = click.option(
        "--settings", "settings_file", type=path, metavar="FILE", envvar="SAYSO_SETTINGS",
        help="Settings from a TOML file (also from SAYSO_SETTINGS); --set goes before it.",
    )  # fmt: skip
    one = click.option("--set", "assigned", multiple=True, metavar="NAME=VALUE", help="Change a setting (repeatable).")
    return from_file(one(command))


FORMATS = ("report", "json", "jsonl", "html")
TAKE_AS = ("auto", "page", "article", "list")

#: Where a table's own names of columns do not tell what they hold.
column_option = click.option(
    "--column", "columns", multiple=True, metavar="FIELD=NAME",
    help="Of a table: which column holds the id, text, title, publisher, published, url or authors (repeatable).",
)  # fmt: skip


@click.command()
@click.argument("source", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="report", show_default=True,
    help="A report for people; a JSON array; JSON, one reading a line; or one self-contained web page.",
)  # fmt: skip
@click.option(
    "--as", "take_as", type=click.Choice(TAKE_AS), default="auto", show_default=True,
    help="A page is cleaned of furniture; an article's text is taken as it is; of a list the addresses are fetched. "
    "Auto: tables and .jsonl hold articles.",
)  # fmt: skip
@column_option
@click.option("--published", metavar="DATE", help="The day of publication (YYYY-MM-DD), if the text does not say it.")
@click.option("--publisher", metavar="NAME", help="The outlet's name, if the text does not say it.")
@click.option(
    "--reader", type=click.Choice(["learned", "rules"]),
    help="Who finds who says what: a small neural model with rules (learned, the default), or rules alone.",
)  # fmt: skip
@settings_options
def read(
    source: tuple[str, ...], form: str, take_as: str, columns: tuple[str, ...], published: str | None,
    publisher: str | None, reader: str | None, assigned: tuple[str, ...], settings_file: Path | None,
) -> None:  # fmt: skip
    """Read pages and show who says what, whom they had it from, when and where.

    A SOURCE is a file (.html, .htm, .txt, .jsonl, .warc, .mhtml, .mht, .eml, .pdf, each also with .gz), a package of
    such (.zip, .wacz, .tar, .tar.gz, .tgz), a folder of such, the address of a page (https://...), or - for standard
    input. What cannot be read is named on standard error and the rest is done.

    A table (.csv, .tsv, .json, .parquet) has an article in each row. Its columns are told by their names ("body",
    "headline", "outlet", "date" ...) or by --column. A table of addresses without texts is a list: the pages are
    fetched. A plain text with an address a line is one with --as list.

    \b
    Exit status: 0 all read; 1 a source could not be read; 2 wrong use.

    \b
    Examples
      sayso read article.html
      sayso read notes.txt --published 2016-12-11 --publisher "The Daily Example"
      sayso read https://news.example/story
      sayso read interviews.csv --column text=transcript --column publisher=station
      sayso read addresses.txt --as list
      sayso read pages/ --format jsonl > readings.jsonl
    """
    settings = settings_of([*assigned, *([f"reader={reader}"] if reader else [])], settings_file)
    wanted = wanted_of(take_as, published, publisher, columns)
    check_reader(settings)
    run = Run(source, wanted, settings)
    with writing():
        _WRITERS[form](run)
    sys.exit(1 if run.failed else 0)


def settings_of(assigned: Iterable[str], file: Path | None = None) -> Settings:
    """Settings of a file, and over them those of the command line; what cannot be ends the run."""
    from sayso.records import SettingError
    from sayso.settings import settings_from_file, settings_from_words

    try:
        settings = settings_from_words(assigned, settings_from_file(file) if file else None)
        if settings.places:
            from sayso.places import own_places

            own_places(settings.places)
    except SettingError as error:
        raise click.BadParameter(str(error), param_hint="--set or --settings") from None
    return settings


def check_reader(settings: Settings) -> None:
    """Ends the run with one line where the reader's files are missing or damaged, before any source is opened."""
    from sayso.encoder import model_for
    from sayso.records import DataError

    try:
        model_for(settings.reader, settings.threads)
    except DataError as error:
        click.echo(f"sayso: {one_line(str(error))}", err=True)
        sys.exit(1)


def wanted_of(take_as: str, published: str | None, publisher: str | None, columns: Iterable[str] = ()) -> Wanted:
    from datetime import date

    from sayso.gather import Wanted
    from sayso.records import Given

    if published is not None:
        try:
            published = date.fromisoformat(published).isoformat()
        except ValueError:
            raise click.BadParameter(f"expected YYYY-MM-DD, found {published!r}", param_hint="--published") from None
    given = Given(published=published, publisher=publisher)
    return Wanted(take_as=take_as, given=given, columns=_columns_of(columns))  # type: ignore[arg-type]


def _columns_of(words: Iterable[str]) -> dict[str, str]:
    from sayso.gather import FIELDS

    columns: dict[str, str] = {}
    for word in words:
        field, equals, name = word.partition("=")
        if not equals or not name or field not in FIELDS:
            wrong = f"expected FIELD=NAME, with one of {', '.join(FIELDS)} as FIELD; found {word!r}"
            raise click.BadParameter(wrong, param_hint="--column")
        if field in columns:
            wrong = f"expected one column for {field}, found {columns[field]!r} and {name!r}"
            raise click.BadParameter(wrong, param_hint="--column")
        columns[field] = name
    return columns


class Run:
    """The readings of all sources in order; failures go to standard error as they are met."""

    def __init__(
        self, names: tuple[str, ...], wanted: Wanted, settings: Settings, archive: Archive | None = None
    ) -> None:
        self.failed = 0
        self._archive = archive
        self._names = names
        self._wanted = wanted
        self._settings = settings

    def readings(self) -> Iterator[Reading]:
        """The readings, one at a time."""
        return self.readings_on(1)

    def readings_on(self, processes: int) -> Iterator[Reading]:
        """The readings by several processes, in the sources' order."""
        from sayso.bulk import read_all

        return read_all(self._items(), self._settings, processes)

    def _items(self) -> Iterator[Page | Reading]:
        """What there is to read; what cannot be is named on standard error."""
        from sayso.gather import NoArchive, Web, gather
        from sayso.records import SourceError

        with Progress() as progress:
            web = Web(self._settings, self._archive or NoArchive(), tell=progress.say)
            for item in gather(self._names, self._wanted, self._settings, web):
                if isinstance(item, SourceError):
                    self.failed += 1
                    progress.clear()
                    click.echo(f"sayso: {one_line(str(item))}", err=True)
                else:
                    progress.step(item.id)
                    yield item


class Progress:
    """A line of progress on standard error; shown only where that is a terminal and the output goes elsewhere."""

    def __init__(self, shown: bool | None = None) -> None:
        self._shown = sys.stderr.isatty() and not sys.stdout.isatty() if shown is None else shown
        self._count = 0
        self._dirty = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def step(self, ident: str) -> None:
        self._count += 1
        self.say(f"reading page {self._count}: {ident}")

    def say(self, what: str) -> None:
        if self._shown:
            self._dirty = True
            click.echo(f"\r\x1b[Ksayso: {one_line(what)[:70]}", err=True, nl=False)

    def clear(self) -> None:
        if self._dirty:
            self._dirty = False
            click.echo("\r\x1b[K", err=True, nl=False)


def one_line(text: str) -> str:
    """Text that is safe to print on one line of a terminal: no breaks, no control characters."""
    return "".join(char if char.isprintable() else " " for char in text)


def _write_report(run: Run) -> None:
    import shutil

    from sayso.render import render_report

    on_terminal = sys.stdout.isatty()
    width = max(40, shutil.get_terminal_size().columns) if on_terminal else 80
    colour = on_terminal and colour_wanted()
    readings = run.readings()
    ahead = next(readings, None)
    several = False
    while ahead is not None:
        reading, ahead = ahead, next(readings, None)
        several = several or ahead is not None
        text = render_report(reading, width=width, colour=colour, in_series=several)
        click.echo(text + ("\n" if several and ahead else ""), nl=False, color=True)


def colour_wanted() -> bool:
    import os

    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _write_json(run: Run) -> None:
    out = sys.stdout.buffer
    out.write(b"[")
    for number, line in enumerate(_json_lines(run)):
        out.write(b",\n" if number else b"\n")
        out.write(line)
    out.write(b"\n]\n")
    out.flush()


def _write_jsonl(run: Run) -> None:
    out = sys.stdout.buffer
    for line in _json_lines(run):
        out.write(line + b"\n")
        out.flush()


def _json_lines(run: Run) -> Iterator[bytes]:
    from sayso.records import to_json

    return (to_json(reading) for reading in run.readings())


def _write_html(run: Run) -> None:
    from sayso.render import render_html

    # the page itself says that it is UTF-8, whatever the terminal's encoding is
    sys.stdout.buffer.write(render_html(list(run.readings())).encode() + b"\n")


_WRITERS = {"report": _write_report, "json": _write_json, "jsonl": _write_jsonl, "html": _write_html}
