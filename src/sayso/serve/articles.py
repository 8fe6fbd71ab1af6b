"""Articles: the list, one with its words marked, its versions, and what it shares with another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.case import Case
from sayso.records import AskError, Reading, Span
from sayso.render.copies import changes_view
from sayso.render.html import path
from sayso.render.page import ReadingView, reading_view
from sayso.render.segments import Mark, cut
from sayso.render.wording import reasons_words
from sayso.serve.asking import PAGE, asked, offset_of, only_of, word
from sayso.serve.pages import desk_of, page
from sayso.stories import Copy


def listed(request: Request) -> Response:
    """Articles, claims or voices that hold some words; all articles where none is given."""
    only, case = only_of(request.query_params), desk_of(request).case
    number, offset = offset_of(request.query_params, PAGE)
    inside = word(request.query_params, "in") or "articles"
    found: dict[str, Any] = {"articles": (), "found": (), "claims": (), "voices": (), "count": 0, "last": None}
    if inside == "claims" and only.words:
        found["claims"] = case.search_claims(only.words, only, limit=PAGE + 1, offset=offset)
    elif inside == "voices" and only.words:
        found["voices"] = desk_of(request).voices(only.words)[offset : offset + PAGE + 1]
    elif only.words:
        found["found"] = case.search(only.words, only, limit=PAGE + 1, offset=offset)
    else:
        found["articles"] = case.articles(only, limit=PAGE, offset=offset)
        found["count"] = case.count_articles(only)
        found["last"] = max(1, -(-found["count"] // PAGE))
    # of what is searched for, one more is looked for than is shown: counting all would take longer than finding some
    more = any(len(found[name]) > PAGE for name in ("found", "claims", "voices"))
    query = asked(request.query_params) | ({"in": inside} if inside != "articles" else {})
    return page(
        request, "articles.html.j2", query=query, inside=inside, number=number, more=more, page_size=PAGE, **found
    )


def one(request: Request) -> Response:
    """One article with its claims; ``span=10-25`` marks words that a link asks for, ``version=1`` an older text."""
    case = desk_of(request).case
    versions = versions_of(case, request.path_params["ident"])
    number = _version(request, len(versions))
    reading = versions[number - 1]
    copies = case.copies(reading.id) if number == len(versions) else ()
    extra = [Mark(span=span, layer="copied") for copy in copies for span in _spans(copy, reading.id)]
    asked_for = _span(word(request.query_params, "span"))
    extra += [Mark(span=asked_for, layer="asked")] if asked_for else []
    others = {one.id: one for one in case.readings_of({_other(copy, reading.id) for copy in copies})}
    return page(
        request, "article.html.j2", view=reading_view(reading, 0, extra, linked=True), number=number,
        versions=len(versions), asked_for=asked_for, stories=_stories(case, reading),
        copies=[_shared(copy, reading, others.get(_other(copy, reading.id))) for copy in copies],
    )  # fmt: skip


def _shared(copy: Copy, reading: Reading, other: Reading | None) -> tuple[Copy, Reading | None, str, list[str]]:
    """What an article shares with another: which, who had it first, and why that is thought."""
    sides = [reading] if other is None else [reading, other]
    return copy, other, _direction(copy, reading.id), reasons_words(copy.reasons, _outlets(sides))


def _outlets(readings: Iterable[Reading]) -> dict[str, str]:
    return {one.id: one.article.publisher or one.id for one in readings}


def claim(request: Request) -> Response:
    """The lasting address of a claim: leads to where it stands on its article's page."""
    versions = versions_of(desk_of(request).case, request.path_params["ident"])
    wanted = request.path_params["claim"]
    for number, reading in reversed(list(enumerate(versions, start=1))):
        place = _card(reading_view(reading, 0), wanted)
        if place is not None:
            older = f"?version={number}" if number < len(versions) else ""
            return RedirectResponse(f"/articles/{path(reading.id)}{older}#r0-c{place}")
    raise HTTPException(404, f"No version of this article holds the claim {wanted}.")


def _card(view: ReadingView, claim: str) -> int | None:
    cards = (card for origin in view.origins for card in origin.cards)
    return next((card.number for card in cards if claim in card.claims), None)


def beside(request: Request) -> Response:
    """Two articles side by side, with the passages that stand in both."""
    case = desk_of(request).case
    first = versions_of(case, request.path_params["ident"])[-1]
    second = versions_of(case, request.path_params["other"])[-1]
    copy = next((one for one in case.copies(first.id) if second.id in (one.first, one.second)), None)
    if copy is None:
        raise HTTPException(404, "These two articles share no passage.")
    sides = [(reading, _passages(copy, reading)) for reading in (first, second)]
    reasons = reasons_words(copy.reasons, _outlets((first, second)))
    return page(request, "beside.html.j2", copy=copy, sides=sides, told=_direction(copy, first.id), reasons=reasons)


def changes(request: Request) -> Response:
    """What changed from each version of an article to the next."""
    versions = versions_of(desk_of(request).case, request.path_params["ident"])
    steps = [(number, changes_view(*pair)) for number, pair in enumerate(pairwise(versions), start=1)]
    return page(request, "changes.html.j2", reading=versions[-1], steps=steps[::-1])


def versions_of(case: Case, ident: str) -> tuple[Reading, ...]:
    """All versions of an article, oldest first.

    Raises:
        HTTPException: 404 where there is no such article.
    """
    versions = case.versions(ident)
    if not versions:
        raise HTTPException(404, "No such article.")
    return versions


def _version(request: Request, count: int) -> int:
    value = word(request.query_params, "version") or str(count)
    if not value.isdecimal() or not 1 <= int(value[:9]) <= count:
        raise AskError(expected=f"a version from 1 to {count}", found=repr(value), place="version")
    return int(value[:9])


def _span(value: str | None) -> Span | None:
    if value is None:
        return None
    start, _, end = value.partition("-")
    if not (start.isdecimal() and end.isdecimal()) or not int(start[:9]) < int(end[:9]):
        raise AskError(expected="two offsets, as in 10-25", found=repr(value), place="span")
    return int(start[:9]), int(end[:9])


def _stories(case: Case, reading: Reading) -> list[tuple[str, str]]:
    """The stories that the article reports, by id and title."""
    homes = case.homes_of_claims({claim.id for claim in reading.claims if claim.event is not None})
    wanted = list(dict.fromkeys(home.story for home in homes if home.story and home.article == reading.id))
    return [(story.id, story.title) for ident in wanted for story in case.stories_named(ident)]


def _spans(copy: Copy, ident: str) -> list[Span]:
    return [passage.first if copy.first == ident else passage.second for passage in copy.passages]


def _other(copy: Copy, ident: str) -> str:
    return copy.second if copy.first == ident else copy.first


def _direction(copy: Copy, ident: str) -> str:
    """Who had the words first, seen from one of the two."""
    if copy.direction == "unknown":
        return "who had it first cannot be told"
    ours = (copy.direction == "first") == (copy.first == ident)
    return "this one had it first" if ours else "the other had it first"


def _passages(copy: Copy, reading: Reading) -> Any:
    """The article's lines, each piece with the number of the passage that it belongs to."""
    spans = _spans(copy, reading.id)
    marks = [Mark(span=span, layer="copied", card=number) for number, span in enumerate(spans)]
    return cut(reading.article.text, marks, {})
