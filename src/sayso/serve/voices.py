"""Voices: who speaks in a case, and what one of them says, who passes it on, whom it contradicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.case import Case, VoiceRow
from sayso.records import Dispute, Story
from sayso.render.brief import Words, brief_view
from sayso.render.html import path
from sayso.render.wording import slot_words
from sayso.serve.asking import PAGE, offset_of, word
from sayso.serve.pages import desk_of, page
from sayso.stories import KINDS

#: Names that are offered for one who goes by another.
_OFFERED = 300

#: Stories of a voice that its page goes through for relays and contradictions, the earliest first.
_LOOKED_THROUGH = 400


class Said(NamedTuple):
    """What a voice says of one happening, with the words of it."""

    story: Story
    words: tuple[tuple[Words, tuple[Words, ...]], ...]
    alone: bool


class Relay(NamedTuple):
    """Who passes a voice on, in how many reports; ``outlet``: they do so on pages of their own."""

    name: str
    times: int
    outlet: bool


class Clash(NamedTuple):
    """A slot on which a voice and others cannot all be right."""

    story: Story
    slot: str
    ours: str
    others: tuple[tuple[str, tuple[str, ...]], ...]


def listed(request: Request) -> Response:
    """Who speaks, most often cited first."""
    words = word(request.query_params, "words") or ""
    rows = desk_of(request).voices(words)
    number, offset = offset_of(request.query_params)
    return page(
        request, "voices.html.j2", rows=rows[offset : offset + PAGE], words=words, count=len(rows), number=number,
        last=max(1, -(-len(rows) // PAGE)), query={"words": words} if words else {},
    )  # fmt: skip


def one(request: Request) -> Response:
    """One voice by any of its names."""
    case, name = desk_of(request).case, request.path_params["name"]
    row = voice_named(case, name)
    if row.name != name:
        return RedirectResponse(f"/voices/{path(row.name)}")
    number, offset = offset_of(request.query_params)
    told, count = case.stories_of_voice(name, limit=_LOOKED_THROUGH)
    shown = (
        told[offset : offset + PAGE]
        if offset < _LOOKED_THROUGH
        else case.stories_of_voice(name, limit=PAGE, offset=offset)[0]
    )
    names = [one.name for one in desk_of(request).voices()[:_OFFERED] if one.name != row.name]
    return page(
        request, "voice.html.j2", row=row, offered=names, said=list(_said(case, name, shown)), count=count,
        number=number, last=max(1, -(-count // PAGE)), query={}, relays=_relays(name, told),
        clashes=list(_clashes(name, told)), alone=[story for story in told if _is_alone(name, story)],
        looked=min(count, _LOOKED_THROUGH), kinds=KINDS,
    )  # fmt: skip


def voice_named(case: Case, name: str) -> VoiceRow:
    """The voice that goes by a name.

    Raises:
        HTTPException: 404 where nobody does.
    """
    row = case.voice(name)
    if row is not None:
        return row
    raise HTTPException(404, "Nobody of that name speaks in this case.")


def _said(case: Case, name: str, stories: Iterable[Story]) -> Iterator[Said]:
    stories = list(stories)
    wanted = {name for story in stories for r in story.reports for name in (r.article, r.copied_from) if name}
    readings = {one.id: one for one in case.readings_of(wanted)}
    for story in stories:
        view: dict[str, Any] = brief_view(story, readings)
        words = tuple(pair for voice in view["voices"] if voice.name == name for pair in voice.words)
        yield Said(story, words, _is_alone(name, story))


def _is_alone(name: str, story: Story) -> bool:
    """Whether all that is known of a happening goes back to this voice."""
    return story.independent_origins == 1 and any(origin.voice == name for origin in story.origins)


def _relays(name: str, stories: Iterable[Story]) -> list[Relay]:
    """Who passes on what a voice says, the last outlet included, and how often."""
    counts: Counter[str] = Counter()
    outlets: set[str] = set()
    for story in stories:
        ours = {number for origin in story.origins if origin.voice == name for number in origin.reports}
        for number in ours:
            chain = story.reports[number].chain
            counts.update(set(chain[1:]) - {name})
            outlets.update(chain[-1:])
    return [Relay(one, times, one in outlets) for one, times in counts.most_common(30)]


def _clashes(name: str, stories: Iterable[Story]) -> Iterator[Clash]:
    for story in stories:
        for dispute in story.disputes:
            yield from _clash(name, story, dispute)


def _clash(name: str, story: Story, dispute: Dispute) -> Iterator[Clash]:
    ours = [side for side in dispute.sides if name in side.origins]
    # who stands under the same roof is no second origin, and contradicts nobody of it
    roofs = {origin.voice: origin.roof or origin.voice for origin in story.origins}
    strangers = {voice for voice, roof in roofs.items() if roof != roofs.get(name, name)}
    sides = ((side.value, tuple(v for v in side.origins if v in strangers)) for side in dispute.sides)
    others = tuple((value, voices) for value, voices in sides if voices and value not in {one.value for one in ours})
    if ours and others:
        yield Clash(story, slot_words(dispute.slot), " / ".join(side.value for side in ours), others)
