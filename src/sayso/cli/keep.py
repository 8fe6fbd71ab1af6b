"""``sayso reread`` and ``sayso forget``: readings made anew, and things erased for good."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.case import brought_up_to_date, case_option, opened
from sayso.cli.decide import who_option
from sayso.cli.output import writing
from sayso.cli.read import Progress, check_reader, one_line, settings_of, settings_options

if TYPE_CHECKING:
    from sayso.case import Case


@click.command()
@click.argument("article", nargs=-1)
@case_option
@click.option("--reader", type=click.Choice(["learned", "rules"]), help="As for `sayso read`.")
@settings_options
def reread(
    article: tuple[str, ...], where: str, reader: str | None, assigned: tuple[str, ...], settings_file: Path | None
) -> None:  # fmt: skip
    """Read the articles of a case again with the readers as they are now: all of them, or those named.

    Texts, versions and decisions stay as they are. What was read again is kept, also when this is stopped halfway.
    """
    from sayso.reading import read_again

    settings = settings_of([*assigned, *([f"reader={reader}"] if reader else [])], settings_file)
    check_reader(settings)
    with opened(where) as case, writing(), Progress() as progress:
        idents = list(article) or [row.id for row in case.articles()]
        missing = 0
        for ident in idents:
            progress.step(ident)
            kept = next(iter(case.readings_of([ident])), None)
            if kept is None:
                missing += 1
                click.echo(f"sayso: expected the id of an article, found {one_line(ident)!r}", err=True)
            else:
                case.replace(read_again(kept, settings))
        click.echo(f"read {len(idents) - missing} articles again")
    sys.exit(1 if missing else 0)


@click.command()
@click.argument("what", type=click.Choice(["article", "outlet", "voice"]), required=False)
@click.argument("name", required=False)
@case_option
@click.option("--why", metavar="TEXT", help="The reason; it stays on record.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--list", "listed", is_flag=True, help="Show what was forgotten, when and why.")
@who_option
def forget(
    what: str | None, name: str | None, where: str, why: str | None, yes: bool, listed: bool, who: str
) -> None:  # fmt: skip
    """Erase an article (by address or id), all articles of an outlet, or a voice's words, for good.

    What is erased cannot be read from the file any more, and cannot be added again; only a hash of its name is kept,
    with who, when and why. A voice's words and name are blotted out where they stand; what others say stays.
    """
    with opened(where) as case, writing():
        if listed:
            _list(case)
            return
        if what is None or name is None or not why:
            raise click.UsageError("say what to forget, its name, and --why")
        brought_up_to_date(case)
        if not yes:
            click.confirm(
                f"Erase the {what} {one_line(name)!r} from {one_line(case.place)} for good?", abort=True, err=True
            )
        done = case.forget(what, name, why=why, who=who)  # type: ignore[arg-type]
        click.echo(f"erased {len(done.removed)} articles; blotted out words in {len(done.blotted)}")


def _list(case: Case) -> None:
    for row in case.tombstones():
        click.echo(
            f"{row.forgotten}  {row.what} {row.sha256[:16]} · {row.removed} · {one_line(row.who)}: {one_line(row.why)}"
        )
