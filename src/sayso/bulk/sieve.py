"""Which pages are read to their end: a first look at each, whose choice is kept like a reading is."""

from __future__ import annotations

import hashlib
from typing import Literal

from sayso.pages import glance
from sayso.reading import Opened, open_page, read_opened
from sayso.records import Page, Reading, Record
from sayso.settings import Settings
from sayso.text.conflict import first_look, least_score

#: A glance passes over a page only where it scores less than this share of what its article must: of real news pages
#: 7 in 100 are looked at again, and none is lost that its article's look lets pass (docs/explanation/scale.md).
_SHARE = 0.5


class Sieve(Record, frozen=True, kw_only=True):
    """How pages are chosen: those that report on armed conflict by the first look's own measure, or by another one.

    ``least``: the score, from 0 to 1, from which a page is read. ``everything``: no look is taken.
    """

    everything: bool = False
    least: float | None = None


class Passed(Record, frozen=True, kw_only=True):
    """A page that was not read to its end, and the look that says why.

    ``seen``: whether it was a glance at the ``page``, by which no outlet and no day are known, or its ``article``.
    """

    id: str
    url: str | None
    publisher: str | None
    published: str | None
    language: str | None
    title: str | None
    page: str | None
    seen: Literal["page", "article"]
    why: str
    score: float | None


def read_or_pass(page: Page, settings: Settings, sieve: Sieve) -> Reading | Passed:
    """The reading of a page, the same as ``read_page`` gives, or why it was passed over. Never raises for a page.

    A page of which nothing could be taken is read, so that its problems stand in a reading.
    """
    opened = open_or_pass(page, settings, sieve)
    return opened if isinstance(opened, Passed) else read_opened(opened, settings)


def open_or_pass(page: Page, settings: Settings, sieve: Sieve) -> Opened | Passed:
    """A page that is worth reading after the steps before, or why it is not."""
    passed = None if sieve.everything else _passed_at_a_glance(page, settings, sieve)
    if passed is not None:
        return passed
    opened = open_page(page, settings)
    about = opened.article
    if sieve.everything or not about.text:
        return opened
    look = first_look(f"{about.title or ''}\n{about.text}", about.language, sieve.least)
    if look.read:
        return opened
    return Passed(
        id=page.id, url=about.url, publisher=about.publisher, published=about.published, language=about.language,
        title=about.title, page=opened.page.sha256 if opened.page else None, seen="article", why=look.why,
        score=look.score,
    )  # fmt: skip


def _passed_at_a_glance(page: Page, settings: Settings, sieve: Sieve) -> Passed | None:
    """That a page is passed over, where a glance at it is enough to tell; too little text tells nothing."""
    try:
        seen = glance(page, settings)
    except (RuntimeError, ValueError):
        # what the quick parser refuses, the thorough one may read
        return None
    if seen is None:
        return None
    least = _SHARE * (least_score() if sieve.least is None else sieve.least)
    look = first_look(f"{seen.title or ''}\n{seen.text}", seen.language, least)
    if look.read or look.why == "too short":
        return None
    return Passed(
        id=page.id, url=page.given.url, publisher=None, published=None, language=seen.language, title=seen.title,
        page=hashlib.sha256(page.content).hexdigest(), seen="page", why=look.why, score=look.score,
    )  # fmt: skip
