"""One story as a self-contained HTML brief to hand to an editor: positions, origins with their words, chains, tolls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sayso.records import Attribution, Claim, CountRange, Dispute, Event, Origin, Reading, Report, Story
from sayso.render.graph import Kind, render_graph
from sayso.render.groups import attribution_of
from sayso.render.html import NOTHING_ELSE, asset, hash_of, safe_url, template
from sayso.render.page import EventRow, event_view
from sayso.render.wording import (
    counts_words,
    cue_words,
    day_words,
    days_words,
    quoted,
    reasons_words,
    slot_words,
    words_at,
)
from sayso.stories import Copy


class Words(NamedTuple):
    """A report as it is quoted: whose words, where they stand, through whose hands they came."""

    article: str
    claim: str | None
    number: int
    stance: str
    cue: str
    text: str
    counts: tuple[str, ...]
    chain: tuple[str, ...]
    outlet: str
    day: str | None
    title: str
    url: str | None
    copied_from: str | None
    denies: bool
    event: EventRow | None


class Position(NamedTuple):
    """One side of a disputed slot: what it says, who says so, in which words."""

    value: str
    origins: tuple[str, ...]
    words: tuple[Words, ...]


class Slot(NamedTuple):
    """A disputed slot with its sides."""

    name: str
    positions: tuple[Position, ...]


class Voice(NamedTuple):
    """An origin with what goes back to it; ``alike`` are the further pages that carry the same words."""

    name: str
    roof: str | None
    party: bool
    words: tuple[tuple[Words, tuple[Words, ...]], ...]


class Toll(NamedTuple):
    """What was claimed of the dead and wounded, on the day on which it was printed."""

    day: str
    counts: tuple[str, ...]
    voice: str
    outlet: str
    iso: str = ""
    killed: CountRange | None = None


class Passages(NamedTuple):
    """Two pages that share words, and who had them first; ``ids`` are their articles'."""

    ids: tuple[str, str]
    first: str
    second: str
    share: int
    told: str
    pairs: tuple[str, ...]


def render_brief(story: Story, readings: Mapping[str, Reading], copies: Iterable[Copy] = ()) -> str:
    """The brief as one page (UTF-8, no script, nothing loaded), for screens, paper and screen readers.

    Args:
        readings: of the story's articles, by id; a report whose reading is missing shows no words.
        copies: between its articles.
    """
    style = asset("brief.css") + asset("graph.css")
    return template("brief.html.j2").render(
        style=style, policy=f"{NOTHING_ELSE}; style-src {hash_of(style)}",
        graph=render_graph(story, readings, lambda kind, ident: _address(kind, ident, readings)),
        **brief_view(story, readings, copies),
    )  # fmt: skip


def brief_view(story: Story, readings: Mapping[str, Reading], copies: Iterable[Copy] = ()) -> dict[str, Any]:
    """What a page on one story shows, by name, ready for a template."""
    words = {number: _words(number, report, readings) for number, report in enumerate(story.reports)}
    held = {number for origin in story.origins for number in origin.reports}
    return {
        "story": story,
        "days": days_words(story.date) if story.date else None,
        "pages": len({report.article for report in story.reports}),
        "slots": [_slot(dispute, words) for dispute in story.disputes],
        "voices": [_voice(origin, words) for origin in story.origins],
        "retold": _alike([words[number] for number in words if number not in held]),
        "tolls": _tolls(story, readings),
        "copies": [_passages(copy, readings) for copy in copies],
        "made_by": sorted({f"sayso {one.made_by.sayso}, {one.made_by.reader} reader" for one in readings.values()}),
    }


def _address(kind: Kind, ident: str, readings: Mapping[str, Reading]) -> str | None:
    """A page of the graph leads to where it was printed; a brief has no pages of voices."""
    return safe_url(readings[ident].article.url) if kind == "article" and ident in readings else None


def _words(number: int, report: Report, readings: Mapping[str, Reading]) -> Words:
    reading = readings.get(report.article)
    if reading is None:
        return Words(
            article=report.article, claim=report.claim, number=number + 1, stance="says", cue="", text="", counts=(),
            chain=report.chain, outlet=report.article, day=None, title="", url=None, copied_from=None, denies=False,
            event=None,
        )  # fmt: skip
    event, claim = reading.events[report.event], _claim(reading, report)
    said = attribution_of(reading, claim) if claim else None
    about = reading.article
    copied = readings.get(report.copied_from or "")
    return Words(
        article=reading.id, claim=report.claim, number=number + 1,
        stance=claim.stance if claim else "says", cue=cue_words(about.text, said) if said else "",
        text=_quote(reading, claim, event, said), counts=counts_words(event), chain=report.chain,
        outlet=about.publisher or reading.id, day=day_words(about.published) if about.published else None,
        title=about.title or "", url=about.url,
        copied_from=(copied.article.publisher or copied.id) if copied else report.copied_from,
        denies=event.modality == "denied" or (claim is not None and claim.stance == "denies"),
        event=event_view(reading, event),
    )  # fmt: skip


def _claim(reading: Reading, report: Report) -> Claim | None:
    return next((one for one in reading.claims if one.id == report.claim and one.event == report.event), None)


def _quote(reading: Reading, claim: Claim | None, event: Event, said: Attribution | None) -> str:
    spans = said.content if said else claim.content if claim else (event.trigger,)
    return quoted(words_at(reading.article.text, spans))


def _slot(dispute: Dispute, words: Mapping[int, Words]) -> Slot:
    sides = (
        Position(side.value, side.origins, tuple(first for first, _ in _alike([words[n] for n in side.reports])))
        for side in dispute.sides
    )
    return Slot(slot_words(dispute.slot), tuple(sides))


def _voice(origin: Origin, words: Mapping[int, Words]) -> Voice:
    # a voice without a name is its own roof within its article, which tells nothing of it
    itself = origin.roof == origin.voice or origin.roof.startswith(f"{origin.voice}, ")
    roof = None if itself else origin.roof
    return Voice(origin.voice, roof, origin.party, _alike([words[number] for number in origin.reports]))


def _alike(rows: Sequence[Words]) -> tuple[tuple[Words, tuple[Words, ...]], ...]:
    """Reports with the same words together: the first, and the others that carry them."""
    groups: dict[object, list[Words]] = {}
    for row in rows:
        key = "".join(filter(str.isalnum, row.text.casefold())), row.stance
        groups.setdefault(key, []).append(row)
    return tuple((first, tuple(rest)) for first, *rest in groups.values())


def _tolls(story: Story, readings: Mapping[str, Reading]) -> list[Toll]:
    """Every count that is asserted, by the day on which it was printed; the same of one voice once."""
    found: dict[tuple[tuple[str, ...], str], tuple[str, Toll]] = {}
    for report in story.reports:
        reading = readings.get(report.article)
        event = reading.events[report.event] if reading else None
        if reading is None or event is None or event.modality != "asserted" or not reading.article.published:
            continue
        counts, voice = counts_words(event), report.chain[0] if report.chain else ""
        day = reading.article.published
        toll = Toll(day_words(day), counts, voice, reading.article.publisher or reading.id, day, event.killed)
        if counts and day < found.get((counts, voice), ("9999", toll))[0]:
            found[counts, voice] = day, toll
    return [toll for _, toll in sorted(found.values(), key=lambda row: row[0])]


def _passages(copy: Copy, readings: Mapping[str, Reading]) -> Passages:
    names = {ident: _name(ident, readings) for ident in (copy.first, copy.second)}
    told = {
        "first": f"{names[copy.first]} had it first", "second": f"{names[copy.second]} had it first",
        "unknown": "who had it first cannot be told",
    }[copy.direction]  # fmt: skip
    reasons = f" ({'; '.join(reasons_words(copy.reasons, names))})" if copy.reasons else ""
    first = readings.get(copy.first)
    texts = tuple(words_at(first.article.text, (passage.first,)) for passage in copy.passages) if first else ()
    return Passages(
        (copy.first, copy.second), names[copy.first], names[copy.second], round(100 * copy.share), told + reasons, texts
    )


def _name(ident: str, readings: Mapping[str, Reading]) -> str:
    reading = readings.get(ident)
    return (reading.article.publisher if reading else None) or ident
