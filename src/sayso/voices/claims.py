"""Whose claim each saying and each event is, through all the hands it passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.records import Article, ArticleIds, Attribution, ChainLink, Claim, Event, LineageStep, Span, Spans, Stance
from sayso.text import Doc
from sayso.voices.bodies import same_body
from sayso.voices.parties import Parties

#: The voice of a chain of which nothing is known.
NO_OUTLET = "unnamed outlet"

_Chain = tuple[ChainLink, ...]


class _Draft(NamedTuple):
    """A claim before it has its id."""

    event: int | None
    attribution: int | None
    stance: Stance
    content: Spans
    chain: _Chain


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
    drafts = [*_drafts_of_attributions(attributions, publishers, tellers)]
    for at, event in enumerate(events):
        if not tellers[at]:
            stance: Stance = "denies" if event.modality == "denied" else "says"
            content = (_sentence(doc, event.trigger),)
            drafts.append(_Draft(at, None, stance, content, publishers))
    return tuple(_claims(doc, attributions, events, drafts))


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
    attributions: Sequence[Attribution], publishers: _Chain, tellers: Sequence[tuple[int, ...]]
) -> Iterator[_Draft]:
    held: dict[int, list[int]] = {}
    for at, those in enumerate(tellers):
        for index in those:
            held.setdefault(index, []).append(at)
    for index, attribution in enumerate(attributions):
        chain = _chain(attribution, publishers)
        content = attribution.content or attribution.cue or attribution.source
        for event in held.get(index) or (None,):
            yield _Draft(event, index, attribution.stance, content, chain)


def _chain(attribution: Attribution, publishers: _Chain) -> _Chain:
    """Speaker, relays, publishers; a voice that is its own relay or publisher stands once, and the host last.

    A publisher who was told so ("told Reuters", in a text of Reuters) is no relay besides.
    """
    links = [ChainLink(voice=attribution.speaker, role="speaker")]
    ends = [link.voice for link in publishers]
    for voice in attribution.via:
        if not any(same_body(voice, other) for other in (*(link.voice for link in links), *ends)):
            links.append(ChainLink(voice=voice, role="relay"))
    for link in publishers:
        host = link is publishers[-1] and len(publishers) > 1
        if host or not same_body(link.voice, attribution.speaker):
            links.append(link)
    return tuple(links)


def _sentence(doc: Doc, span: Span) -> Span:
    start, end = doc.sentence_at(span[0])
    return (start, end) if start <= span[0] < end else span


def _claims(
    doc: Doc, attributions: Sequence[Attribution], events: Sequence[Event], drafts: Sequence[_Draft]
) -> Iterator[Claim]:
    numbers, parties, article = _occurrences(doc, events, drafts), Parties(doc, attributions), ArticleIds(doc.text)
    for draft, number in zip(drafts, numbers, strict=True):
        event = None if draft.event is None else events[draft.event]
        told = None if draft.attribution is None else attributions[draft.attribution]
        words = (*_words(doc, event, draft), *([f"occurrence {number}"] if number > 1 else ()))
        yield Claim(
            id=article.claim_id((link.voice for link in draft.chain), draft.stance, words),
            event=draft.event, attribution=draft.attribution, stance=draft.stance, content=draft.content,
            chain=draft.chain, interested=event is not None and parties.interested(draft.chain[0].voice, told, event),
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
