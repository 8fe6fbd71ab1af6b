"""What the HTML page shows of a reading: plain values in the order of the page, ready for the templates."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.records import ChainLink, Claim, Event, LineageStep, Reading, Record, Span
from sayso.render.disagreements import Disagreement, disagreements
from sayso.render.groups import OriginGroup, Statement, group_by_origin
from sayso.render.segments import Layer, Mark, Segment, cut, marks_of
from sayso.render.wording import (
    counts_words,
    cue_words,
    day_words,
    days_words,
    one_line,
    place_words,
    quoted,
    slot_words,
    step_words,
    type_words,
    words_at,
)
from sayso.stories import place_of

#: The layers that a reader of the page can switch off, in the order of the switches.
LAYERS: dict[Layer, str] = {
    "source": "who says",
    "cue": "cue",
    "content": "what is said",
    "event": "event",
    "time": "time",
    "place": "place",
    "lineage": "lineage",
}


class EventRow(Record, frozen=True, kw_only=True):
    """One event of a card, as (name, value) pairs of what is known and what is not."""

    what: str
    modality: str | None
    slots: tuple[tuple[str, str], ...]


class Card(Record, frozen=True, kw_only=True):
    """All that is shown of one statement; ``number`` ties it to its words in the text, ``claims`` are its ids.

    ``target`` is the number of the anchor in the text that leads here: another statement's where two have the
    same cue, None where the words are not in the text.
    """

    number: int
    claims: tuple[str, ...]
    target: int | None
    cue: str
    words: str
    stance: str | None
    interested: bool
    chain: tuple[ChainLink, ...]
    rows: tuple[EventRow, ...]


class OriginView(Record, frozen=True, kw_only=True):
    """An origin and its cards."""

    voice: str
    own: bool
    unnamed: bool
    interested: bool
    cards: tuple[Card, ...]


class Slot(Record, frozen=True, kw_only=True):
    """A disagreement: the question, what it is about, and for each side its value, (origin, party) and card numbers."""

    question: str
    about: str
    sides: tuple[tuple[str, tuple[tuple[str, bool], ...], tuple[int, ...]], ...]


class ReadingView(Record, frozen=True, kw_only=True):
    """A reading as the page shows it; ``key`` makes its anchors unlike those of its neighbours."""

    key: str
    reading: Reading
    title: str
    published: str | None
    hands: tuple[tuple[LineageStep, str | None, str], ...]
    lines: tuple[tuple[Segment, ...], ...]
    origins: tuple[OriginView, ...]
    slots: tuple[Slot, ...]
    layers: dict[Layer, str]
    linked: bool = False


def reading_view(reading: Reading, index: int, extra: Iterable[Mark] = (), *, linked: bool = False) -> ReadingView:
    """The view of a reading that stands at ``index`` on the page.

    Args:
        extra: further spans to mark: passages that stand elsewhere too, words that a link asks for.
        linked: whether voices and claims are links into the web application.
    """
    extra = tuple(extra)
    groups = group_by_origin(reading)
    numbered = list(enumerate(statement for group in groups for statement in (*group.eventful, *group.eventless)))
    number_of = {claim: number for number, statement in numbered for claim in statement.claims}
    marks = [*extra, *marks_of(reading)] + [
        mark for number, statement in numbered for mark in _marks(number, statement)
    ]
    article = reading.article
    anchors = _anchors(numbered)
    lines = cut(article.text, marks, anchors)
    anchored = {piece.anchor for line in lines for piece in line if piece.cards}
    shared = {number: anchors.get(_begins(statement)) for number, statement in numbered}
    targets = {number: target for number, target in shared.items() if target in anchored}
    return ReadingView(
        key=f"r{index}",
        reading=reading,
        title=one_line(article.title or reading.id) or "untitled",
        published=day_words(article.published) if article.published else None,
        hands=tuple(_hand(reading, step) for step in reading.lineage),
        lines=lines,
        origins=tuple(_origin(reading, group, targets, number_of) for group in groups),
        slots=tuple(_slot(one, number_of) for one in disagreements(reading)),
        layers=LAYERS | ({"copied": "stands elsewhere too"} if any(mark.layer == "copied" for mark in extra) else {}),
        linked=linked,
    )


def _hand(reading: Reading, step: LineageStep) -> tuple[LineageStep, str | None, str]:
    words = step_words(reading.article.text, step)
    return step, day_words(step.date) if step.date else None, quoted(words) if words else ""


def _origin(
    reading: Reading, group: OriginGroup, targets: dict[int, int | None], number_of: dict[Claim, int]
) -> OriginView:
    return OriginView(
        voice=one_line(group.voice),
        own=group.own,
        unnamed=group.unnamed,
        interested=any(statement.interested for statement in group.statements),
        cards=tuple(
            _card(reading, statement, number := number_of[statement.claims[0]], targets.get(number))
            for statement in (*group.eventful, *group.eventless)
        ),
    )


def _card(reading: Reading, statement: Statement, number: int, target: int | None) -> Card:
    held, first = statement.attribution, statement.claims[0]
    return Card(
        number=number,
        claims=tuple(dict.fromkeys(claim.id for claim in statement.claims)),
        target=target,
        cue=cue_words(reading.article.text, held),
        words=words_at(reading.article.text, statement.content),
        stance=None if first.stance == "says" else first.stance,
        interested=statement.interested,
        chain=first.chain,
        rows=tuple(event_view(reading, event) for event in statement.events),
    )


def event_view(reading: Reading, event: Event) -> EventRow:
    """What was read of an event, slot by slot."""
    slots = [
        ("place", place_words(event, place_of(reading, event)) or "not given"),
        ("date", days_words(event.date) if event.date else "not given"),
        ("by", one_line(event.agent or "")),
        ("against", one_line(event.patient or "")),
        ("count", ", ".join(counts_words(event))),
    ]
    return EventRow(
        what=type_words(event),
        modality=None if event.modality == "asserted" else event.modality,
        slots=tuple((name, value) for name, value in slots if value),
    )


def _slot(found: Disagreement, number_of: dict[Claim, int]) -> Slot:
    return Slot(
        question=slot_words(found.slot),
        about=found.about,
        sides=tuple(
            (
                side.value,
                tuple((origin, origin in side.parties) for origin in side.origins),
                tuple(dict.fromkeys(number_of[claim] for claim in side.claims)),
            )
            for side in found.sides
        ),
    )


def _marks(number: int, statement: Statement) -> list[Mark]:
    """The statement's spans in the text; an article's own sentence has no layer of its own, but leads to its card."""
    held = statement.attribution
    pieces: list[tuple[Layer, Span]] = [("event", event.trigger) for event in statement.events]
    if held is None:
        pieces += [("own", span) for span in statement.content]
    else:
        pieces += [("content", span) for span in held.content]
        pieces += [("source", span) for span in held.source]
        pieces += [("cue", span) for span in held.cue]
    return [Mark(span=span, layer=layer, card=number) for layer, span in pieces]


def _anchors(numbered: list[tuple[int, Statement]]) -> dict[int, int]:
    """Where a keyboard stops, and for which statement; of statements that begin alike, for the first."""
    found: dict[int, int] = {}
    for number, statement in numbered:
        found.setdefault(_begins(statement), number)
    return found


def _begins(statement: Statement) -> int:
    """Where a statement's telling words are: its cue, else its source, its event or its content."""
    held = statement.attribution
    spans = (held.cue or held.source) if held else tuple(event.trigger for event in statement.events)
    return next((start for start, _ in spans or statement.content), -1)
