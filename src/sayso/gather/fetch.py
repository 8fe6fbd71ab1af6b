"""Pages fetched from the web, politely: as sites ask, one at a time from each host, kept before they are read."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urljoin

from sayso.gather import addresses
from sayso.gather.addresses import Address, Reach, address_of
from sayso.gather.answers import Answer, Bounds, ask
from sayso.gather.captures import Archive, Capture, Known, NoArchive, captured, content_of, page_of
from sayso.gather.feeds import LONGEST, Listed, listed_in
from sayso.gather.hosts import Hosts
from sayso.gather.mementos import unaltered
from sayso.gather.reservations import check_reservations
from sayso.gather.robots import AGENT, Manners, rules_of
from sayso.records import Given, Page, SourceError
from sayso.settings import Settings
from sayso.version import VERSION

_MOVED = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
#: Redirects that are followed, and times that a busy host is asked.
_HOPS, _TRIES = 5, 3
#: A site's file of rules is read up to here; for how many seconds it holds, and for how long it is not asked for again
#: where it could not be had; of how many sites the rules are remembered.
_FILE, _HOLDS, _FAILED, _SITES = 512_000, 86_400.0, 600.0, 2000


def _tell_nobody(_: str) -> None:
    """Says nothing."""


class Web:
    """Where pages of the web come from. One for as long as somebody fetches: it knows what sites asked for."""

    def __init__(
        self, settings: Settings, archive: Archive = NoArchive(), *, reach: Reach | None = None,
        hosts: Hosts | None = None, tell: Callable[[str], None] = _tell_nobody,
    ) -> None:  # fmt: skip
        """Asks no one yet.

        Args:
            settings: bounds, pauses, permissions.
            archive: where pages are kept before they are read, and looked for before they are fetched.
            reach: for tests alone; else the public web.
            hosts: for tests alone; else hosts are waited for.
            tell: hears what is being done.
        """
        self._settings, self._archive, self._tell = settings, archive, tell
        self._reach = reach or addresses.PUBLIC
        self._hosts = hosts or Hosts(settings.fetch_pause)
        self._bounds = Bounds(settings.max_page_bytes, settings.fetch_seconds)
        self._sites: dict[str, Manners] = {}

    def page(self, url: str, given: Given = Given()) -> Page:
        """The page at an address: as it was kept, if that was a moment ago or was not read yet; else as it is now.

        Raises:
            SourceError: where it may not be fetched, cannot be, or is no page.
        """
        asked = unaltered(address_of(url, self._reach))
        kept = self._archive.kept(asked.url)
        page = page_of(kept, given, self._settings) if kept else None
        if kept and page and (not kept.read or self._is_fresh(kept)):
            return page
        answer = self.get(asked, kept if page else None)
        if answer.status == 304 and page:
            return page
        capture = captured(asked.url, answer, _now(), self._settings)
        fetched = page_of(capture, given, self._settings)
        if fetched is None:
            found = answer.header("content-type") or "no content type"
            raise SourceError(
                expected="a page of HTML, text or PDF (for which: pip install 'sayso[pdf]')",
                found=found,
                place=answer.address.url,
            )
        if not self._is_permitted(answer.address):
            check_reservations(answer, fetched.content, self._manners(answer.address).reservations)
        self._archive.keep(capture)
        return fetched

    def listed(self, url: str, known: Known | None = None) -> tuple[tuple[str, ...], Known] | None:
        """The addresses that a feed, a sitemap (with those of an index) or a page of links names, newest first.

        Gives with them by what it is known again; None where it is still what is known.

        Raises:
            SourceError: where it may not be fetched, cannot be, or is no list.
        """
        answer = self.get(address_of(url, self._reach), known)
        if answer.status == 304:
            return None
        pages, sitemaps = self._names(answer)
        for one in sitemaps:
            pages += self._names(self.get(address_of(one, self._reach))).pages
        etag, last_modified = answer.header("etag"), answer.header("last-modified")
        now = Known(final_url=answer.address.url, etag=etag, last_modified=last_modified)
        return tuple(dict.fromkeys(pages)), now

    def _names(self, answer: Answer) -> Listed:
        return listed_in(content_of(answer, min(LONGEST, self._bounds.size)), answer.address.url)

    def get(self, address: Address, kept: Capture | Known | None = None) -> Answer:
        """What is at an address, redirects followed; with 304 where it is still what was kept.

        Raises:
            SourceError: where it may not be asked for, or the answer is no success.
        """
        answer = self._follow(address, lambda one: self._polite(one, kept))
        if answer.status != 200 and not (answer.status == 304 and kept):
            found = f"HTTP {answer.status} {answer.reason}".rstrip()
            raise SourceError(expected="a page", found=found, place=answer.address.url)
        return answer

    def _follow(self, address: Address, get: Callable[[Address], Answer]) -> Answer:
        """The answer at the end of all redirects; each is asked for as ``get`` does."""
        start = address.url
        for _ in range(_HOPS + 1):
            answer = get(address)
            location = answer.header("location")
            if answer.status not in _MOVED or not location:
                return answer
            address = address_of(urljoin(address.url, location), self._reach)
        raise SourceError(expected=f"at most {_HOPS} redirects", found="more", place=start)

    def _polite(self, address: Address, kept: Capture | Known | None) -> Answer:
        """One answer: if the site lets robots have it, when its host may be asked."""
        manners = self._manners(address)
        manners.check(address)
        for tries in range(_TRIES):
            self._tell(f"fetching {address.url}")
            self._hosts.wait(address.host, manners.delay, address.url)
            answer = self._ask(address, self._bounds, _conditions(address, kept))
            if answer.status not in _BUSY:
                break
            self._hosts.hold(address.host, answer.header("retry-after"), tries)
        return answer

    def _ask(self, address: Address, bounds: Bounds, more: dict[str, str]) -> Answer:
        contact = f" (+{self._settings.contact})" if self._settings.contact else ""
        headers = {
            "User-Agent": f"{AGENT}/{VERSION}{contact}", "Accept-Encoding": "gzip, br", "Connection": "close",
            "Accept": "text/html, application/xhtml+xml, text/plain, application/pdf;q=0.8, */*;q=0.5",
        }  # fmt: skip
        return ask(address, headers | more, bounds, self._reach)

    def _manners(self, address: Address) -> Manners:
        """What a site asks of robots, as it said in the last day."""
        known = self._sites.get(address.origin)
        if known is None or known.until < time.monotonic():
            if len(self._sites) >= _SITES:
                self._sites.clear()
            known = self._sites[address.origin] = self._ask_for_manners(address)
        return known

    def _ask_for_manners(self, address: Address) -> Manners:
        now = time.monotonic()
        try:
            status, text = self._file(address, "/robots.txt")
        except SourceError as error:
            return Manners(None, "", (error.expected, error.found), now + _FAILED)
        if status == 429 or status >= 500:
            found = f"HTTP {status} at {address.origin}/robots.txt; try later"
            return Manners(None, "", ("a site that says what robots may fetch", found), now + _FAILED)
        try:
            reservations = self._file(address, "/.well-known/tdmrep.json")[1]
        except SourceError:
            reservations = ""
        return Manners(rules_of(text) if status == 200 else None, reservations, None, now + _HOLDS)

    def _file(self, address: Address, path: str) -> tuple[int, str]:
        """The status and text of one of a site's own files."""
        bounds = Bounds(_FILE, self._settings.fetch_seconds)
        answer = self._follow(address._replace(target=path), lambda one: self._ask(one, bounds, {}))
        if answer.status != 200:
            return answer.status, ""
        return 200, content_of(answer._replace(cut=False), 8 * _FILE).decode("utf-8", "replace")

    def _is_permitted(self, address: Address) -> bool:
        """Whether the user answers for a permission of this host, or of one above it."""
        hosts = self._settings.mining_permitted.lower().replace(",", " ").split()
        return any(f".{address.host}".endswith(f".{host}") for host in hosts)

    def _is_fresh(self, kept: Capture) -> bool:
        age = datetime.now(UTC) - datetime.fromisoformat(kept.fetched)
        return age.total_seconds() < self._settings.fetch_again_after


def _conditions(address: Address, kept: Capture | Known | None) -> dict[str, str]:
    """What makes a host answer with a body only if the page is another than the one that was kept."""
    if kept is None or kept.final_url != address.url:
        return {}
    stated = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
    return {name: value for name, value in stated.items() if value}


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
