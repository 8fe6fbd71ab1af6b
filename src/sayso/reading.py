"""One page in, one reading out: the whole of sayso in one natural pass. Begin here.

    page ─1→ article + view ─2→ lineage
                    └─3→ doc, marks ─4→ times, places ─5→ names ─6→ who says what ─7→ who that is
                                                                         └─8→ what happened ─9→ claims

The marks are what one pass of the learned model sees in the text; with ``reader="rules"`` there are none, and the
readers go by their rules alone.

``read_page`` is pure: no clock, no network, no state but the model, which is loaded once. The same page with the same
settings gives the same reading, on one core or a thousand. It does not raise, whatever the page holds: what a reader
could not read stands in ``problems``, and the others go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from sayso.attribution import read_attributions
from sayso.encoder import model_for
from sayso.events import read_events
from sayso.lineage import read_lineage
from sayso.pages import read_article
from sayso.places import read_places
from sayso.records import Article, LineageStep, MadeBy, Page, PageInfo, PageView, Problem, Reading, Record
from sayso.settings import Settings
from sayso.text import Doc
from sayso.times import read_times
from sayso.version import VERSION
from sayso.voices import make_claims, read_entities, resolve_speakers

T = TypeVar("T")
U = TypeVar("U")

_MEDIA_TYPES = {"html": "text/html", "text": "text/plain", "article": "text/plain", "pdf": "application/pdf"}

#: The languages (ISO 639-1) that the readers of steps 4 to 9 know.
LANGUAGES = ("en",)

#: Who says that a page could not be read to its end: the processes that read apart from this one.
_APART = "bulk"

#: What there is to read where a page could not be taken apart at all.
_BLANK: tuple[Article, PageView, tuple[Problem, ...]] = (Article(text=""), PageView(), ())


def read_page(page: Page, settings: Settings = Settings()) -> Reading:
    """Everything that sayso finds in one page.

    Args:
        page: bytes and what their sender says of them.
        settings: see ``sayso.settings.SETTINGS``.

    Returns:
        A reading whose every value points at its words. Never raises for anything that a page may hold.

    Raises:
        DataError: where the learned reader is asked for and its files are missing or damaged.
    """
    # a page is read to its end, or not at all where the model is damaged
    model_for(settings.reader, settings.threads)
    return read_opened(open_page(page, settings), settings)


class Opened(Record, frozen=True, kw_only=True):
    """A page after steps 1 and 2: enough to tell whether its text is worth the others."""

    id: str
    page: PageInfo | None
    article: Article
    lineage: tuple[LineageStep, ...]
    problems: tuple[Problem, ...]


def open_page(page: Page, settings: Settings = Settings()) -> Opened:
    """Steps 1 and 2, the cheap ones. Never raises for anything that a page may hold."""
    steps = _Steps(page.problems)
    # 1. The page's article, and all it shows before furniture is dropped.
    article, view, found = steps.take("pages", lambda: read_article(page, settings), _BLANK)
    steps.problems.extend(found)
    # 2. Through whose hands the text came.
    lineage = steps.take("lineage", lambda: read_lineage(article, view), ())
    return Opened(
        id=page.id, page=_page_info(page), article=article, lineage=lineage, problems=tuple(steps.problems)
    )  # fmt: skip


def read_again(reading: Reading, settings: Settings = Settings()) -> Reading:
    """A reading of the same text anew, by the readers as they are now; article and lineage stay as they were read.

    Raises:
        DataError: where the learned reader is asked for and its files are missing or damaged.
    """
    kept = tuple(problem for problem in reading.problems if problem.reader in ("pages", "lineage"))
    opened = Opened(
        id=reading.id, page=reading.page, article=reading.article, lineage=reading.lineage, problems=kept
    )  # fmt: skip
    return read_opened(opened, settings)


def unread(page: Page, settings: Settings, why: str) -> Reading:
    """What stands in for the reading of a page that could not be read to its end: nothing, and the reason."""
    return Reading(
        id=page.id,
        made_by=MadeBy(
            sayso=VERSION, reader=settings.reader, weights=model_for(settings.reader, settings.threads).hash
        ),
        page=_page_info(page), article=Article(text=""), problems=(*page.problems, Problem(reader=_APART, what=why)),
    )  # fmt: skip


def is_unread(reading: Reading) -> bool:
    """Whether a reading only stands in for one, as ``unread`` makes them."""
    return any(problem.reader == _APART for problem in reading.problems)


def read_opened(opened: Opened, settings: Settings = Settings()) -> Reading:
    """Steps 3 to 9: what needs no more than an article's text and through whose hands it came.

    Raises:
        DataError: where the learned reader is asked for and its files are missing or damaged.
    """
    model = model_for(settings.reader, settings.threads)
    steps, article, lineage = _Steps(opened.problems), opened.article, opened.lineage
    # 3. Sentences and tokens of what the readers can read, and the model's marks on them.
    doc = Doc(steps.readable(article))
    marks = steps.take("encoder", lambda: model.read(doc), None)
    # 4. When and where.
    times = steps.take("times", lambda: read_times(doc, article.published), ())
    places = steps.take("places", lambda: read_places(doc, article, settings.places), ())
    # 5. Names of people, bodies and groups.
    entities = steps.take("entities", lambda: read_entities(doc, places, marks), ())
    # 6. Who says what, as the words stand.
    heard = steps.take("attribution", lambda: read_attributions(doc, marks), ())
    # 7. Who each speaker is, and who relays them.
    attributions = steps.take("voices", lambda: resolve_speakers(doc, article, entities, heard), heard)
    # 8. What is said to have happened.
    events = steps.take("events", lambda: read_events(doc, article, attributions, entities, times, places, marks), ())
    # 9. Whose claim each of it is, through all hands.
    claims = steps.take("claims", lambda: make_claims(doc, article, lineage, attributions, events), ())
    return Reading(
        id=opened.id, made_by=MadeBy(sayso=VERSION, reader=settings.reader, weights=model.hash),
        page=opened.page, article=article, lineage=lineage, attributions=attributions, entities=entities,
        times=times, places=places, events=events, claims=claims, problems=tuple(steps.problems),
    )  # fmt: skip


class _Steps:
    """Takes each step and keeps what went wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: list[Problem] = list(problems)

    def take(self, reader: str, step: Callable[[], T], otherwise: U) -> T | U:
        """The step's result; if it fails, a problem and ``otherwise``, so that one fault costs one reader."""
        try:
            return step()
        except Exception as error:  # noqa: BLE001 - the promise to lose nothing else holds for any fault
            self.problems.append(Problem(reader=reader, what=f"failed on this page: {type(error).__name__}: {error}"))
            return otherwise

    def readable(self, article: Article) -> str:
        """The article's text, or nothing and a problem where its language is not one that the readers know."""
        if article.language is None or article.language in LANGUAGES:
            return article.text
        what = f"the text is in {article.language!r}; only English is read for who says what"
        self.problems.append(Problem(reader="language", what=what))
        return ""


def _page_info(page: Page) -> PageInfo:
    return PageInfo(
        sha256=hashlib.sha256(page.content).hexdigest(), bytes=len(page.content),
        media_type=_MEDIA_TYPES[page.kind], fetched=page.fetched,
    )  # fmt: skip
