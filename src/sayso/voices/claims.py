"""Whose claim each saying and each event is, through all the hands it passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.records import Article, Attribution, ChainLink, Claim, Event, LineageStep, Span, Spans, Stance, claim_id
from sayso.text import Doc
from sayso.text.outlets import same_outlet
from sayso.voices.roofs import is_party, roof_of, roof_of_words

#: The voice of a chain of which nothing is known.
NO_OUTLET = "unnamed outlet"

#: Longer than this (characters) no source is looked at for an office.
_OFFICE = 300

_Chain = tuple[ChainLink, ...]


class _Draft(NamedTuple):
    """A claim before it has its id; ``roof`` is that of its first voice."""

    event: int | None
    attribution: int | None
    stance: Stance
    content: Spans
    chain: _Chain
    roof: str | None


def make_claims(
    doc: Doc,
    article: Article,
    lineage: tuple[LineageStep, ...],
    attributions: tuple[Attribution, ...],
    events: tuple[Event, ...],
) -> tuple[Claim, ...]:
    """One claim for each attribution and event it holds, each attribution that holds none, each event in nobody's.

    Co-speakers (attributions whose contents are the same) each have theirs. A chain is never empty: the speaker,
    relays nearest first, then the publishers of the lineage, the host last.
    """
    publishers = _publishers(article, lineage)
    tellers = _tellers(attributions, events)
    drafts = [*_drafts_of_attributions(doc, attributions, publishers, tellers)]
    for at, event in enumerate(events):
        if not tellers[at]:
            stance: Stance = "denies" if event.modality == "denied" else "says"
            content = (_sentence(doc, event.trigger),)
            drafts.append(_Draft(at, None, stance, content, publishers, roof_of(publishers[0].voice)))
    return tuple(_claims(doc, events, drafts))


def _publishers(article: Article, lineage: Sequence[LineageStep]) -> _Chain:
    """The lineage as the end of every chain; the article's own publisher where there is none."""
    links = []
    for at, step in enumerate(lineage):
        first = at == 0 and step.role != "republisher"
        links.append(ChainLink(voice=step.publisher, role="publisher" if first else "republisher"))
    if not links:
        links.append(ChainLink(voice=article.publisher or article.site or NO_OUTLET, role="publisher"))
    return tuple(links)


def _tellers(attributions: Sequence[Attribution], events: Sequence[Event]) -> list[tuple[int, ...]]:
    """For each event, the indices of the attribution that holds it and of its co-speakers."""
    speakers: dict[Spans, list[int]] = {}
    for at, one in enumerate(attributions):
        speakers.setdefault(one.content, []).append(at)
    found: list[tuple[int, ...]] = []
    for event in events:
        index = event.attribution
        if index is None or not 0 <= index < len(attributions):
            found.append(())
        else:
            content = attributions[index].content
            found.append(tuple(speakers[content]) if content else (index,))
    return found


def _drafts_of_attributions(
    doc: Doc, attributions: Sequence[Attribution], publishers: _Chain, tellers: Sequence[tuple[int, ...]]
) -> Iterator[_Draft]:
    held: dict[int, list[int]] = {}
    for at, those in enumerate(tellers):
        for index in those:
            held.setdefault(index, []).append(at)
    offices = _offices(doc, attributions)
    for index, attribution in enumerate(attributions):
        chain, roof = _chain(attribution, publishers), _roof(attribution, offices)
        content = attribution.content or attribution.cue or attribution.source
        for event in held.get(index) or (None,):
            yield _Draft(event, index, attribution.stance, content, chain, roof)


def _chain(attribution: Attribution, publishers: _Chain) -> _Chain:
    """Speaker, relays, publishers; a voice that is its own relay or publisher stands once, and the host last."""
    links = [ChainLink(voice=attribution.speaker, role="speaker")]
    for voice in attribution.via:
        if not any(same_outlet(voice, link.voice) for link in links):
            links.append(ChainLink(voice=voice, role="relay"))
    said = [link.voice for link in links]
    for link in publishers:
        host = link is publishers[-1] and len(publishers) > 1
        if host or not any(same_outlet(link.voice, voice) for voice in said):
            links.append(link)
    return tuple(links)


def _offices(doc: Doc, attributions: Sequence[Attribution]) -> dict[str, str]:
    """Speaker whose own name shows no roof -> the roof that their office shows, as the article first gives it."""
    found: dict[str, str] = {}
    for one in attributions:
        if one.speaker not in found and roof_of(one.speaker) is None:
            words = " ".join(doc.words(span)[:_OFFICE] for span in one.source)
            if (roof := roof_of_words(words)) is not None:
                found[one.speaker] = roof
    return found


def _roof(attribution: Attribution, offices: dict[str, str]) -> str | None:
    """Under whose roof the speaker stands: by name, else by office, else an unnamed one under the relay's."""
    roof = roof_of(attribution.speaker) or offices.get(attribution.speaker)
    if roof is None and attribution.speaker.startswith("unnamed") and attribution.via:
        return roof_of(attribution.via[0])
    return roof


def _sentence(doc: Doc, span: Span) -> Span:
    start, end = doc.sentence_at(span[0])
    return (start, end) if start <= span[0] < end else span


def _claims(doc: Doc, events: Sequence[Event], drafts: Sequence[_Draft]) -> Iterator[Claim]:
    numbers = _occurrences(doc, events, drafts)
    for draft, number in zip(drafts, numbers, strict=True):
        event = None if draft.event is None else events[draft.event]
        words = (*_words(doc, event, draft), *([f"occurrence {number}"] if number > 1 else ()))
        yield Claim(
            id=claim_id(doc.text, (link.voice for link in draft.chain), draft.stance, words),
            event=draft.event, attribution=draft.attribution, stance=draft.stance, content=draft.content,
            chain=draft.chain, interested=event is not None and is_party(draft.chain[0].voice, draft.roof, event),
        )  # fmt: skip


def _words(doc: Doc, event: Event | None, draft: _Draft) -> tuple[str, ...]:
    trigger = () if event is None else ("about", doc.words(event.trigger))
    return (*(doc.words(span) for span in draft.content), *trigger)


def _occurrences(doc: Doc, events: Sequence[Event], drafts: Sequence[_Draft]) -> list[int]:
    """For each draft, the how-manieth it is, in text order, of those that say the same words by the same chain."""
    numbers, seen = [0] * len(drafts), Counter[tuple[object, ...]]()

    def place(at: int) -> tuple[Spans, Span, int]:
        event = drafts[at].event
        return drafts[at].content, (-1, -1) if event is None else events[event].trigger, at

    for at in sorted(range(len(drafts)), key=place):
        draft = drafts[at]
        event = None if draft.event is None else events[draft.event]
        key = (draft.stance, draft.chain, _words(doc, event, draft))
        seen[key] += 1
        numbers[at] = seen[key]
    return numbers
