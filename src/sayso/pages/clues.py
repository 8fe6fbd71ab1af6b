"""Where the metadata readers look: the marks by their meaning, and the visible lines around the heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

from sayso.records import Block, Evidence, Mark, Page, PageView

#: Schema.org types whose properties speak of the page's own article, most telling first.
_ARTICLE_TYPES = (
    "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "reviewnewsarticle",
    "backgroundnewsarticle", "article", "blogposting", "liveblogposting", "techarticle", "scholarlyarticle",
    "medicalwebpage", "review", "report", "webpage.mainentity", "blog.blogpost", "creativework", "webpage", "itempage",
)  # fmt: skip
_WORD = re.compile(r"\w+")
#: Lines of a page that are looked at for its heading; the longest menu before one, of 111 pages, has 720 lines.
_MAX_LINES = 3_000


class Found(NamedTuple):
    """A value and the words that say it."""

    value: str
    evidence: Evidence


def from_mark(value: str, mark: Mark) -> Found:
    """A value that a mark states. Links and microdata are mark-up too: they count as ``meta``."""
    origin = mark.origin if mark.origin in ("json-ld", "opengraph") else "meta"
    return Found(value, Evidence(origin=origin, quote=mark.value))


def from_words(value: str, words: str) -> Found:
    """A value that the page shows."""
    return Found(value, Evidence(origin="visible", quote=words))


#: What a reader of one field returns.
Maybe: TypeAlias = Found | None


class Clues:
    """A page's marks and lines, arranged for reading its metadata."""

    def __init__(self, page: Page, view: PageView, text: str) -> None:
        self.page = page
        self.given = page.given
        self.text = text
        self.blocks = view.blocks[:_MAX_LINES]
        self.all_blocks = view.blocks
        self._marks = view.marks

    @cached_property
    def _by_key(self) -> dict[str, list[Mark]]:
        keys: dict[str, list[Mark]] = {}
        for mark in self._marks:
            keys.setdefault(mark.key, []).append(mark)
        return keys

    def marks(self, *keys: str) -> Iterator[Mark]:
        """The marks of these keys, key by key."""
        return (mark for key in keys for mark in self._by_key.get(key, ()))

    def article_marks(self, *properties: str) -> Iterator[Mark]:
        """What JSON-LD says of the article, then what microdata says of it, by the first type that says anything."""
        for origin in ("json-ld", "microdata"):
            for kind in _ARTICLE_TYPES:
                found = [
                    mark for mark in self.marks(*(f"{kind}.{name}" for name in properties)) if mark.origin == origin
                ]
                if found:
                    yield from found
                    break

    @cached_property
    def host(self) -> str | None:
        """The host of the page's address, as given or as the page states it, without ``www``."""
        if not self.address:
            return None
        host = (_split_host(self.address) or "").removeprefix("www.")
        return host or None

    @cached_property
    def address(self) -> str | None:
        """The page's address: given, else its canonical link, ``og:url`` or what its JSON-LD says."""
        said = [
            *self.marks("canonical", "og:url"),
            *self.article_marks("url", "mainentityofpage", "mainentityofpage.@id"),
        ]
        candidates = (self.given.url, *(mark.value for mark in said))
        return next((one for one in candidates if one and _split_host(one)), None)

    @cached_property
    def titles(self) -> tuple[Mark, ...]:
        """The marks that state a title, in order of trust."""
        return (*self.article_marks("headline", "name"), *self.marks("og:title", "twitter:title", "title", "dc.title"))

    @cached_property
    def heading(self) -> int | None:
        """Index of the visible line that is the article's heading.

        The best of the ``h1`` lines, else a line that repeats a title of the mark-up; where several repeat it, the
        last before the body: menus and "up next" boxes repeat it earlier.
        """
        wanted = [words(mark.value) for mark in self.titles]
        ranked = [(self._heading_score(block, wanted), -at) for at, block in enumerate(self.blocks)]
        best = max(ranked, default=(0.0, 0))
        return -best[1] if best[0] >= 1.0 else None

    def _heading_score(self, block: Block, wanted: list[frozenset[str]]) -> float:
        """1 or more for a line that can be the heading: an ``h1``, or one that repeats a title of the mark-up."""
        own = words(block.text)
        if not own or len(block.text) > 300:
            return 0.0
        likeness = max((_likeness(own, other) for other in wanted), default=0.0)
        if block.tag == "h1":
            # an h1 of one or two words is a logo or a section unless the mark-up says it too
            return 1.0 + likeness if len(own) > 2 or likeness >= 0.5 else 0.0
        headed = block.tag in ("h2", "h3", "dt") or any(
            "title" in hint or "headline" in hint for hint in block.hints[:3]
        )
        return (0.5 + likeness + (0.2 if headed else 0.0)) if likeness >= 0.6 else 0.0

    @cached_property
    def header(self) -> tuple[Block, ...]:
        """The lines around the heading where by-lines and dates stand: a few before it, more behind it.

        Ends where the body is well under way; captions are left out, their names are the photographers'.
        """
        at = self.heading
        if at is None:
            first = next((index for index, block in enumerate(self.blocks) if block.start is not None), 0)
            at = max(0, first - 4) - 1  # no line is the heading: the fourth above the body counts too
        near = [block for block in self.blocks[max(0, at - 4) : max(0, at)] if len(block.text) < 200]
        body_lines = 0
        for block in self.blocks[at + 1 : at + 40]:
            body_lines += block.start is not None and len(block.text) > 200
            if body_lines > 2:
                break
            near.append(block)
        return tuple(block for block in near if not is_caption(block))


def is_caption(block: Block) -> bool:
    """Whether the line belongs to a picture or a film."""
    if block.tag in ("figcaption", "figure") or "figure" in block.path:
        return True
    return any(
        "caption" in hint or "photo" in hint or "credit" in hint or "gallery" in hint for hint in block.hints[:4]
    )


def words(text: str) -> frozenset[str]:
    """The words of a text, for comparing titles."""
    return frozenset(_WORD.findall(text.casefold()))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _split_host(address: str) -> str | None:
    """The host of an absolute web address; None for anything else."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return parts.hostname if parts.scheme in ("http", "https") and "." in (parts.hostname or "") else None
