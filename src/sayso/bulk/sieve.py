"""Which pages are read to their end: a first look at each, whose choice is kept like a reading is."""

from __future__ import annotations

from sayso.reading import open_page, read_opened
from sayso.records import Page, Reading, Record
from sayso.settings import Settings
from sayso.text.conflict import first_look


class Sieve(Record, frozen=True, kw_only=True):
    """How pages are chosen: those that report on armed conflict by the first look's own measure, or by another one.

    ``least``: the score, from 0 to 1, from which a page is read. ``everything``: no look is taken.
    """

    everything: bool = False
    least: float | None = None


class Passed(Record, frozen=True, kw_only=True):
    """A page that was not read to its end, and the look that says why."""

    id: str
    url: str | None
    publisher: str | None
    published: str | None
    language: str | None
    title: str | None
    sha256: str | None
    why: str
    score: float | None


def read_or_pass(page: Page, settings: Settings, sieve: Sieve) -> Reading | Passed:
    """The reading of a page, the same as ``read_page`` gives, or why it was passed over. Never raises for a page.

    A page of which nothing could be taken is read, so that its problems stand in a reading.
    """
    opened = open_page(page, settings)
    about = opened.article
    if sieve.everything or not about.text:
        return read_opened(opened, settings)
    look = first_look(f"{about.title or ''}\n{about.text}", about.language, sieve.least)
    if look.read:
        return read_opened(opened, settings)
    return Passed(
        id=page.id, url=about.url, publisher=about.publisher, published=about.published, language=about.language,
        title=about.title, sha256=opened.page.sha256 if opened.page else None, why=look.why, score=look.score,
    )  # fmt: skip
