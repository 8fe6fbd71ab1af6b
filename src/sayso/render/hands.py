"""Through whose hands a story came, as a graph: voices and pages, who had it from whom, and who copied whom.

A voice is one node, wherever it stands in a chain. Origins without a name are one node under each roof, as they are
counted. A page is a node too, and three or more that carry the same chains and were copied from the same are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from sayso.records import Origin, Reading, Report, Story
from sayso.render.groups import is_unnamed
from sayso.render.layout import Edge, Key
from sayso.render.wording import one_line

#: From how many pages on that carry the same they are shown as one: of two the days and links are worth more.
_MANY = 3

#: The voices of one report, origin first, without its outlet.
Path: TypeAlias = tuple[Key, ...]


class Voice(NamedTuple):
    """A voice, or all without a name under one roof. What follows ``names`` is said of origins alone.

    ``shared`` where others stand under its roof, ``alone`` the pages that rest on that roof and on no other.
    """

    key: Key
    names: tuple[str, ...]
    origin: bool = False
    roof: str = ""
    party: bool = False
    shared: bool = False
    alone: int = 0

    @property
    def role(self) -> Literal["origin", "relay"]:
        return "origin" if self.origin else "relay"


class Page(NamedTuple):
    """Articles that carry the same, with the outlet, day and title of each.

    ``namesake`` where another page is of the same outlet and day, ``outside`` where no report of the story is its own.
    """

    key: Key
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    days: tuple[str | None, ...]
    titles: tuple[str | None, ...]
    paths: tuple[Path, ...] = ()
    outside: bool = False
    namesake: bool = False


class Hands(NamedTuple):
    """The graph: ``edges`` follow the chains, ``copies`` lead from a page to one that was copied from it."""

    voices: tuple[Voice, ...]
    pages: tuple[Page, ...]
    edges: tuple[Edge, ...]
    copies: tuple[Edge, ...]

    @property
    def nodes(self) -> tuple[Voice | Page, ...]:
        """Voices, then pages."""
        return (*self.voices, *self.pages)


def hands_of(story: Story, readings: Mapping[str, Reading]) -> Hands:
    """The graph of a story; the order of its reports and origins makes no difference."""
    paths = _paths(story)
    voices = _voices(story, paths)
    pages = _pages(story, paths, readings)
    page_of = {article: page.key for page in pages for article in page.articles}
    steps = {pair for page in pages for path in page.paths for pair in pairwise((*path, page.key))}
    copies = {(page_of[one.copied_from], page_of[one.article]) for one in story.reports if one.copied_from}
    return Hands(
        voices=voices, pages=pages, edges=tuple(sorted((a, b) for a, b in steps if a != b)),
        copies=tuple(sorted((a, b) for a, b in copies if a != b)),
    )  # fmt: skip


def _paths(story: Story) -> list[tuple[Report, Path]]:
    """Each report with the voices that it passed through; one that adds no origin begins with whoever relays it."""
    heads: dict[int, list[Origin]] = {}
    for origin in story.origins:
        for number in origin.reports:
            heads.setdefault(number, []).append(origin)
    known = _known(story.origins)
    return [
        (report, _path(report, head, known))
        for number, report in enumerate(story.reports)
        for head in heads.get(number, [None])
    ]


def _path(report: Report, head: Origin | None, known: Mapping[str, Key]) -> Path:
    middle: Sequence[str] = report.chain[:-1]
    if head is not None and middle[:1] == (head.voice,):
        middle = middle[1:]
    keys = [_origin_key(head)] if head is not None else []
    keys += [known.get(voice, ("relay", voice)) for voice in middle]
    return tuple(key for number, key in enumerate(keys) if number == 0 or key != keys[number - 1])


def _known(origins: Iterable[Origin]) -> dict[str, Key]:
    """Under which node a name stands when it relays: that of the origin of this name, best under its own roof."""
    named = [origin for origin in origins if not is_unnamed(origin.voice)]
    found: dict[str, Key] = {}
    for origin in sorted(named, key=lambda one: (one.roof != one.voice, one.roof)):
        found.setdefault(origin.voice, _origin_key(origin))
    return found


def _origin_key(origin: Origin) -> Key:
    return ("unnamed", origin.roof) if is_unnamed(origin.voice) else ("origin", origin.voice, origin.roof)


def _voices(story: Story, paths: Iterable[tuple[Report, Path]]) -> tuple[Voice, ...]:
    found = {key: Voice(key, key[1:2]) for _, path in paths for key in path}
    groups: dict[Key, list[Origin]] = {}
    for origin in story.origins:
        groups.setdefault(_origin_key(origin), []).append(origin)
    under = Counter(group[0].roof for group in groups.values())
    alone = _alone(story)
    for key, group in groups.items():
        roof = group[0].roof
        found[key] = Voice(
            key=key, names=tuple(sorted({one.voice for one in group})), origin=True, roof=roof,
            party=any(one.party for one in group), shared=under[roof] > 1, alone=alone.get(roof, 0),
        )  # fmt: skip
    return tuple(found[key] for key in sorted(found))


def _alone(story: Story) -> dict[str, int]:
    """Roof -> the pages that have what they tell from this roof and from no other."""
    roofs: dict[str, set[str]] = {}
    for origin in story.origins:
        for number in origin.reports:
            roofs.setdefault(story.reports[number].article, set()).add(origin.roof)
    found: dict[str, int] = {}
    for under in roofs.values():
        if len(under) == 1:
            (roof,) = under
            found[roof] = found.get(roof, 0) + 1
    return found


def _pages(
    story: Story, paths: Iterable[tuple[Report, Path]], readings: Mapping[str, Reading]
) -> tuple[Page, ...]:  # fmt: skip
    carried: dict[str, set[Path]] = {}
    for report, path in paths:
        carried.setdefault(report.article, set()).add(path)
    sources: dict[str, set[str]] = {}
    for report in story.reports:
        sources.setdefault(report.article, set()).update(filter(None, (report.copied_from,)))
    outside = set().union(*sources.values()) - sources.keys()
    outlets = _outlets(story.reports)
    groups = _alike({article: (frozenset(carried[article]), frozenset(sources[article])) for article in sources})
    pages = [_page(group, outlets, readings, carried[group[0]]) for group in groups]
    pages += [_page([article], outlets, readings, None) for article in outside]
    alike_named = Counter((page.outlets, page.days) for page in pages)
    marked = (page._replace(namesake=alike_named[page.outlets, page.days] > 1) for page in pages)
    return tuple(sorted(marked, key=lambda page: page.key))


def _alike(traits: Mapping[str, object]) -> list[list[str]]:
    """Articles of the same traits together where they are many enough to gain by it, else alone."""
    found: dict[object, list[str]] = {}
    for article in sorted(traits):
        found.setdefault(traits[article], []).append(article)
    together = [group for group in found.values() if len(group) >= _MANY]
    return together + [[article] for group in found.values() if len(group) < _MANY for article in group]


def _outlets(reports: Iterable[Report]) -> dict[str, list[str]]:
    """Article -> the last voices of its chains, which should be one."""
    found: dict[str, set[str]] = {}
    for report in reports:
        found.setdefault(report.article, set()).update(filter(one_line, report.chain[-1:]))
    return {article: sorted(names) for article, names in found.items()}


def _page(
    articles: Sequence[str], outlets: Mapping[str, list[str]], readings: Mapping[str, Reading], paths: set[Path] | None
) -> Page:
    about = [readings[article].article if article in readings else None for article in articles]
    names = (
        " / ".join(outlets.get(article, [])) or (one.publisher if one else None) or article
        for article, one in zip(articles, about, strict=True)
    )
    return Page(
        key=("page", articles[0]), articles=tuple(articles), outlets=tuple(names),
        days=tuple(one.published if one else None for one in about),
        titles=tuple(one.title if one else None for one in about),
        paths=tuple(sorted(paths or ())), outside=paths is None,
    )  # fmt: skip
