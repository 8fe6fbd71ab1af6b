"""Feeds watched for new pages: each is fetched once, read, and added to a case; what waits is kept there too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sayso.case import Added, Case
from sayso.gather import Web
from sayso.reading import read_page
from sayso.records import SourceError
from sayso.settings import Settings


class Outcome(NamedTuple):
    """What became of a page, or of a feed: its id and state in the case, or why there is neither."""

    state: Added | None
    ident: str
    trouble: SourceError | None = None


class Watch:
    """A case and the web between which pages go; ``stopped`` is asked before every one of them."""

    def __init__(self, case: Case, web: Web, settings: Settings, stopped: Callable[[], bool] = lambda: False) -> None:
        self._case, self._web, self._settings, self._stopped = case, web, settings, stopped

    def look(self, feed: str, matches: Callable[[str], bool] = lambda _: True) -> Iterator[Outcome]:
        """Reads what a feed names and the case does not have; a page that cannot be had is tried at later looks.

        Args:
            feed: the address of a feed, a sitemap or a page of links.
            matches: which of the addresses that it names are wanted.
        """
        try:
            listed = self._web.listed(feed, self._case.known_feed(feed))
        except SourceError as error:
            yield Outcome(None, feed, error)
        else:
            if listed is not None:
                urls, known = listed
                self._case.note_feed(feed, known, [url for url in urls if matches(url)])
        for url in self._case.waiting_links(feed):
            if self._stopped():
                return
            yield from self._read(url)

    def _read(self, url: str) -> Iterator[Outcome]:
        """What becomes of one page; one that the case has already is not asked for."""
        kept = self._case.kept(url)
        if kept is not None and kept.read:
            self._case.note_link(url, read=True)
            return
        try:
            reading = read_page(self._web.page(url), self._settings)
        except SourceError as error:
            # whoever stops a watch takes no page's turn
            if not self._stopped():
                self._case.note_link(url, read=False)
                yield Outcome(None, url, error)
            return
        state = self._case.add(reading)
        self._case.note_link(url, read=True)
        yield Outcome(state, reading.id)
