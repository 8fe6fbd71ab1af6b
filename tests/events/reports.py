"""Invented reports, read with what the rooms before this one would have found in them."""

from __future__ import annotations

from sayso.events import read_events
from sayso.records import Article, Attribution, Entity, Event, Place, Span, Time
from sayso.text import Doc


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def read(
    text: str,
    *,
    places: tuple[str, ...] = (),
    times: dict[str, tuple[str, str]] | None = None,
    parties: tuple[str, ...] = (),
    said: dict[str, tuple[str, str]] | None = None,
    title: str | None = None,
) -> tuple[Event, ...]:
    """Events of a text whose places, times, parties and speeches (content: speaker, cue) are given by their words."""
    attributions = tuple(
        Attribution(
            source=(span_of(text, speaker),), cue=(span_of(text, cue),), content=(span_of(text, content),),
            kind="indirect", stance="denies" if cue == "denied" else "says", speaker=speaker,
        )
        for content, (speaker, cue) in (said or {}).items()
    )  # fmt: skip
    return read_events(
        Doc(text),
        Article(text=text, title=title, published="2021-05-14"),
        attributions,
        tuple(sorted((Entity(span=span_of(text, p), type="GROUP", name=p) for p in parties), key=lambda e: e.span)),
        tuple(
            sorted(
                (
                    Time(span=span_of(text, w), type="DATE", value=a, start=a, end=b)
                    for w, (a, b) in (times or {}).items()
                ),
                key=lambda t: t.span,
            )
        ),
        tuple(sorted((Place(span=span_of(text, p), name=p) for p in places), key=lambda p: p.span)),
    )
