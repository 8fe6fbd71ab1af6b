"""What a site says to robots: which of its pages this one may fetch, and how often."""

from __future__ import annotations

from typing import Any, NamedTuple

from sayso.gather.addresses import Address
from sayso.records import SourceError

#: The name by which sites speak to this program.
AGENT = "sayso"


class Manners(NamedTuple):
    """What one site asks of robots: its rules, its ``tdmrep.json``, and until when both hold.

    ``rules`` is None where all is allowed; ``trouble`` is what was expected and found where nothing may be fetched now.
    """

    rules: Any
    reservations: str
    trouble: tuple[str, str] | None
    until: float

    def check(self, address: Address) -> None:
        """Does nothing where an address may be fetched.

        Raises:
            SourceError: where the site's ``robots.txt`` forbids it, or cannot be had now.
        """
        if self.trouble is not None:
            raise SourceError(expected=self.trouble[0], found=self.trouble[1], place=address.url)
        if self.rules is not None and not self.rules.can_fetch(address.url, AGENT):
            found = f"one that {address.origin}/robots.txt keeps from {AGENT}"
            raise SourceError(expected="a page that robots may fetch", found=found, place=address.url)

    @property
    def delay(self) -> float | None:
        """Seconds between two pages, as the site states them."""
        if self.rules is None:
            return None
        rate = self.rules.request_rate(AGENT)
        stated = (self.rules.crawl_delay(AGENT), rate.seconds / rate.requests if rate and rate.requests else None)
        return max((one for one in stated if one is not None), default=None)


def rules_of(text: str) -> Any:
    """The rules of a ``robots.txt``."""
    from protego import Protego

    return Protego.parse(text)
