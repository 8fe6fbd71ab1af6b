"""A reading without a voice: its words and its name are blotted out in place, so that all other offsets still hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from msgspec.structs import replace

from sayso.records import Attribution, ChainLink, Claim, Event, Reading, Span

_Moved: TypeAlias = dict[int | None, int | None]

#: Stands for each character of what was forgotten, and for the name of a forgotten relay.
BLOT, FORGOTTEN = "█", "forgotten"


def without_voice(reading: Reading, voice: str) -> Reading | None:
    """The reading without what a voice says and without its name; None where it does not occur.

    What others say stays, though a chain that the voice passes on names it no more.
    """
    names = _names(reading, voice)
    said = [n for n, one in enumerate(reading.attributions) if one.speaker in names]
    mentioned = _mentions(reading.article.text, names)
    relays = any(link.voice in names for claim in reading.claims for link in claim.chain)
    if not (said or mentioned or relays or _mentions(reading.article.title or "", names)):
        return None
    hidden = [*mentioned, *(span for n in said for span in _spans(reading.attributions[n]))]
    return _rebuilt(reading, names, set(said), hidden)


def _names(reading: Reading, voice: str) -> frozenset[str]:
    """The voice's name and what the text calls it."""
    called = {entity.name for entity in reading.entities if entity.name.casefold() == voice.casefold()}
    words = {
        reading.article.text[slice(*entity.span)] for entity in reading.entities if entity.name in {voice, *called}
    }
    return frozenset({voice, *called, *words})


def _mentions(text: str, names: Iterable[str]) -> list[Span]:
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name.strip())
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)] if pattern else []


def _spans(said: Attribution) -> Iterable[Span]:
    return (*said.source, *said.content)


def _rebuilt(reading: Reading, names: frozenset[str], said: set[int], hidden: list[Span]) -> Reading:
    attributions, to_attribution = _kept(reading.attributions, said)
    gone = {n for n, event in enumerate(reading.events) if _meets(event.trigger, hidden)}
    kept, to_event = _kept(reading.events, gone)
    events = tuple(_event(event, names, hidden, to_attribution) for event in kept)
    claims = tuple(
        _claim(claim, names, to_attribution, to_event)
        for claim in reading.claims
        if claim.attribution not in said and claim.event not in gone
    )
    article = reading.article
    title = _blotted(article.title, _mentions(article.title, names)) if article.title else None
    evidence = {name: one for name, one in article.evidence.items() if not _mentions(one.quote, names)}
    authors = tuple(author for author in article.authors if author not in names)
    return replace(
        reading, events=events, claims=claims, attributions=tuple(_without(one, names) for one in attributions),
        article=replace(
            article, text=_blotted(article.text, hidden), title=title, evidence=evidence, authors=authors
        ),
        lineage=tuple(
            replace(step, quote=None if _mentions(step.quote or "", names) else step.quote)
            for step in reading.lineage
            if step.publisher not in names
        ),
        entities=tuple(one for one in reading.entities if not _meets(one.span, hidden)),
        times=tuple(one for one in reading.times if not _meets(one.span, hidden)),
        places=tuple(one for one in reading.places if not _meets(one.span, hidden)),
        problems=tuple(one for one in reading.problems if not _mentions(one.what, names)),
    )  # fmt: skip


def _kept(rows: tuple[Any, ...], gone: set[int]) -> tuple[list[Any], _Moved]:
    """The rows that stay, and where each of them stands now."""
    stay = [n for n in range(len(rows)) if n not in gone]
    return [rows[n] for n in stay], {None: None, **{n: at for at, n in enumerate(stay)}}


def _event(event: Event, names: frozenset[str], hidden: list[Span], moved: _Moved) -> Event:
    """With no word of the voice in any slot; what only the voice held is the article's own no more."""
    slots = {
        name: None
        for name in ("agent", "patient", "place", "place_in")
        if _mentions(getattr(event, name) or "", names)
        or any(_meets(span, hidden) for span in event.spans.get(name, ()))
    }
    spans = {
        name: kept
        for name, found in event.spans.items()
        if (kept := tuple(span for span in found if not _meets(span, hidden)))
    }
    return replace(event, attribution=moved.get(event.attribution), spans=spans, **slots)


def _claim(
    claim: Claim,
    names: frozenset[str],
    attributions: _Moved,
    events: _Moved,
) -> Claim:
    chain = tuple(ChainLink(voice=FORGOTTEN, role=link.role) if link.voice in names else link for link in claim.chain)
    return replace(claim, event=events[claim.event], attribution=attributions[claim.attribution], chain=chain)


def _without(said: Attribution, names: frozenset[str]) -> Attribution:
    return replace(said, via=tuple(name for name in said.via if name not in names))


def _meets(span: Span, hidden: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in hidden)


def _blotted(text: str, hidden: Iterable[Span]) -> str:
    letters = list(text)
    for start, end in hidden:
        letters[start:end] = [BLOT if not letter.isspace() else letter for letter in letters[start:end]]
    return "".join(letters)
