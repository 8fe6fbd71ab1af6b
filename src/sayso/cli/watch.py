"""``sayso watch``: new pages of feeds into a case, for as long as it runs."""

from __future__ import annotations

import re
import signal
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.case import case_option, opened
from sayso.cli.output import writing
from sayso.cli.read import Progress, check_reader, one_line, settings_of, settings_options

if TYPE_CHECKING:
    from sayso.bulk.watching import Outcome
    from sayso.case import Case
    from sayso.settings import Settings

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class _Span(click.ParamType[int]):
    """A span of time such as ``30m``, in seconds."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(\d{1,6})([smhd])", value.strip())
        if found is None or not int(found[1]):
            self.fail(f"expected a number with s, m, h or d, such as 30m; found {value!r}", param, ctx)
        return int(found[1]) * _UNITS[found[2]]


@click.command()
@click.argument("feed", nargs=-1, required=True, metavar="FEED...")
@case_option
@click.option("--every", type=_Span(), default="30m", show_default=True, metavar="SPAN",
              help="How long to wait between two looks: a number with s, m, h or d.")  # fmt: skip
@click.option("--once", is_flag=True, help="Look once and end.")
@click.option(
    "--match", multiple=True, metavar="TEXT", help="Only addresses that hold this text (repeatable: any of them)."
)
@click.option("--reader", type=click.Choice(["learned", "rules"]), help="As for `sayso read`.")
@settings_options
def watch(
    feed: tuple[str, ...], where: str, every: int, once: bool, match: tuple[str, ...], reader: str | None,
    assigned: tuple[str, ...], settings_file: Path | None,
) -> None:  # fmt: skip
    """Add the new pages of feeds to a case, a line for each, until it is stopped.

    A FEED is the address of an RSS or Atom feed, of a sitemap or news sitemap (also of an index of these, also .gz),
    or of a web page: of that the links are taken that read like headlines. Pages are fetched once, as for `sayso add`.
    What waits to be read is kept in the case: stop with Ctrl+C or SIGTERM, start again, and it goes on.

    \b
    Examples
      sayso watch https://news.example/rss https://wire.example/news-sitemap.xml --case aleppo.sayso
      sayso watch https://news.example/world --match /world/ --once
    """
    settings = settings_of([*assigned, *([f"reader={reader}"] if reader else [])], settings_file)
    check_reader(settings)
    with opened(where, create=True) as case, writing():
        failed = _watch(case, feed, match, settings, 0 if once else every)
    sys.exit(1 if once and failed else 0)


def _watch(case: Case, feeds: tuple[str, ...], match: tuple[str, ...], settings: Settings, every: int) -> int:
    """Looks at feeds until a signal comes, or once where no time is given; says how much failed in the last look."""
    from sayso.bulk.watching import Watch
    from sayso.gather import Web
    from sayso.gather.hosts import Hosts

    stop = _stopped_by_signals()
    with Progress() as progress:
        hosts = Hosts(settings.fetch_pause, sleep=stop.wait, stopped=stop.is_set)
        looking = Watch(case, Web(settings, case, hosts=hosts, tell=progress.say), settings, stop.is_set)
        while True:
            counts: Counter[str] = Counter()
            for feed in feeds:
                for outcome in looking.look(feed, lambda url: not match or any(text in url for text in match)):
                    progress.clear()
                    counts[_told(outcome)] += 1
            progress.clear()
            _sum_up(case, counts)
            if not every or stop.wait(every):
                return counts["failed"]


def _stopped_by_signals() -> Event:
    """Set by the first signal, so that the page in hand is finished; a second one ends at once."""
    stop = Event()

    def hear(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, hear)
    return stop


def _sum_up(case: Case, counts: Counter[str]) -> None:
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    what = ", ".join(f"{state} {counts[state]}" for state in ("added", "changed", "same", "forgotten", "failed"))
    click.echo(f"{now} {what} · {case.count_articles()} articles in {one_line(case.place)}")
    sys.stdout.flush()


def _told(outcome: Outcome) -> str:
    """Says what became of a page, on one line; gives the word for it."""
    if outcome.trouble is not None:
        click.echo(f"sayso: {one_line(str(outcome.trouble))}", err=True)
        return "failed"
    click.echo(f"{outcome.state} {one_line(outcome.ident)}")
    sys.stdout.flush()
    return str(outcome.state)
