"""A statement and an event as rows of text: the same in the report of a page and in the account of a story."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from sayso.records import Event, Reading
from sayso.render.groups import Statement
from sayso.render.sheet import shorten
from sayso.render.wording import counts_words, cue_words, days_words, one_line, place_words, type_words, words_at
from sayso.stories import place_of


def saying(reading: Reading, statement: Statement, cells: int) -> Text:
    """Cue, relays, stance and the words as they stand: ``told via AFP [denies]: …``; only words give way to fit."""
    held = statement.attribution
    stance = statement.claims[0].stance
    parts = [
        (cue_words(reading.article.text, held), "italic"),
        (f"via {', '.join(map(one_line, statement.relays))}" if statement.relays else "", "cyan"),
        ("" if stance == "says" else f"[{stance}]", "yellow"),
    ]
    lead = Text(" ").join(Text.assemble(part) for part in parts if part[0])
    if lead.plain:
        lead.append(": ")
    room = max(cells - cell_len(lead.plain), 24)
    return lead.append(shorten(words_at(reading.article.text, statement.content), room))


def event_row(reading: Reading, event: Event) -> Text:
    """One event as a row: what, whether so, where, when, how many, by whom, against whom."""
    modality = "" if event.modality == "asserted" else f" [{event.modality}]"
    row = [
        place_words(event, place_of(reading, event)) or "no place",
        days_words(event.date) if event.date else "undated",
        *counts_words(event),
        *([f"by {one_line(event.agent)}"] if event.agent else []),
        *([f"against {one_line(event.patient)}"] if event.patient else []),
    ]
    return Text.assemble((type_words(event), "green"), (modality, "yellow"), " · ", " · ".join(row))
