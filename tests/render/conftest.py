"""A reading made by hand, with everything that a page can show; its outlets, places and factions are invented."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.records import (
    Article,
    Attribution,
    ChainLink,
    Claim,
    Event,
    Evidence,
    LineageStep,
    MadeBy,
    Place,
    Problem,
    Reading,
    Span,
    Spans,
    Time,
)

TEXT = (
    "VIENNA (Lodestar) - At least 16 people were killed when rockets hit a market in Halvorin overnight Saturday, "
    "the district hospital said.\n"
    "“Most of them were traders,” the hospital's director, Mira Talven, told Lodestar.\n"
    "\n"
    "The Defence Ministry said the Interior Guard had repelled the attack on Halvorin "
    "and that rockets killed 12 civilians.\n"
    "A spokesman for the Northern Accord said its fighters had seized Halvorin.\n"
    "The ministry denied that the Interior Guard had shelled the market. "
    "Residents said the Interior Guard shelled it.\n"
    "A second attack was reportedly planned. The truce was signed in Geneva in January."
)

TAIL = (ChainLink(voice="Lodestar", role="publisher"), ChainLink(voice="Open Desk Notes", role="republisher"))
NIGHT = ("2024-03-16", "2024-03-17")


def at(words: str, nth: int = 0) -> Span:
    """Where the words stand for the nth time (from 0)."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def says(source: str, cue: str, content: str, speaker: str, *, nth: int = 0, **more: Any) -> Attribution:
    """An attribution by its words (the cue's nth occurrence); an empty string is a part that the text lacks."""
    spans: list[Spans] = [(at(words),) if words else () for words in (source, content)]
    known = {"kind": "indirect", "stance": "says", **more}
    return Attribution(
        source=spans[0], cue=(at(cue, nth),) if cue else (), content=spans[1], speaker=speaker, **known
    )  # fmt: skip


def event(trigger: str, attribution: int | None, **slots: Any) -> Event:
    """An event by its trigger's words."""
    return Event(trigger=at(trigger), attribution=attribution, **slots)


HOSPITAL = "At least 16 people were killed when rockets hit a market in Halvorin overnight Saturday"
MINISTRY = "the Interior Guard had repelled the attack on Halvorin and that rockets killed 12 civilians"

ATTRIBUTIONS = (
    says("the district hospital", "said", HOSPITAL, "district hospital"),
    says(
        "the hospital's director, Mira Talven,",
        "told",
        "“Most of them were traders,”",
        "Mira Talven",
        kind="direct",
        via=("Lodestar",),
    ),
    says("The Defence Ministry", "said", MINISTRY, "Defence Ministry", nth=1),
    says("A spokesman for the Northern Accord", "said", "its fighters had seized Halvorin", "Northern Accord", nth=2),
    says("The ministry", "denied", "the Interior Guard had shelled the market", "Defence Ministry", stance="denies"),
    says("Residents", "", "the Interior Guard shelled it", "unnamed residents (Halvorin)"),
    says("", "reportedly", "A second attack", "unnamed"),
)

HALVORIN = {"type": "shelling", "place": "Halvorin", "date": NIGHT}
GUARD = {"agent": "Interior Guard"}

EVENTS = (
    event("rockets hit", 0, killed=(16, None), spans={"place": (at("Halvorin"),)}, **HALVORIN),
    event(
        "repelled the attack",
        2,
        place_in="Ostravel",
        strength=(None, 600),
        **{**HALVORIN, **GUARD, "type": "offensive"},
    ),
    event("rockets killed", 2, killed=(12, 12), victims="civilians", **HALVORIN),
    event("seized", 3, type="territory_taken", agent="Northern Accord", place="Halvorin"),
    event("had shelled", 4, type="shelling", patient="market", modality="denied", **GUARD),
    event("shelled it", 5, type="shelling", patient="market", **GUARD),
    event("second attack", 6, type="offensive", modality="planned"),
    event("truce", None, type="agreement", place="Geneva", date=("2024-01-01", "2024-01-31")),
)

PLACES = (
    Place(span=at("Halvorin")),
    Place(span=at("Geneva"), name="Geneva", lat=46.2, lon=6.15, geonameid=2660646, country="CH", confidence=0.93),
)


def claims_of(attributions: tuple[Attribution, ...], events: tuple[Event, ...]) -> tuple[Claim, ...]:
    """One claim for each event, and one for each attribution without an event; after the contract."""
    held = {event.attribution for event in events}
    pairs: list[tuple[int | None, int | None]] = [(index, event.attribution) for index, event in enumerate(events)]
    pairs += [(None, index) for index in range(len(attributions)) if index not in held]
    return tuple(_claim(number, pair, attributions) for number, pair in enumerate(pairs))


def _claim(number: int, pair: tuple[int | None, int | None], attributions: tuple[Attribution, ...]) -> Claim:
    event, index = pair
    if index is None:
        last = at("The truce was signed in Geneva in January.")
        return Claim(
            id=f"c{number}", event=event, attribution=None, stance="says", content=(last,), chain=TAIL, interested=False
        )
    held = attributions[index]
    relays = tuple(ChainLink(voice=voice, role="relay") for voice in held.via)
    return Claim(
        id=f"c{number}", event=event, attribution=index, stance=held.stance, content=held.content,
        chain=(ChainLink(voice=held.speaker, role="speaker"), *relays, *TAIL),
        interested=held.speaker in ("Northern Accord", "Defence Ministry"),
    )  # fmt: skip


@pytest.fixture(scope="session")
def reading() -> Reading:
    """A blog's copy of an agency's report, with two parties, an unnamed source and a place that is not known."""
    return Reading(
        id="repost",
        made_by=MadeBy(sayso="0"),
        page=None,
        article=Article(
            text=TEXT,
            title="Rockets hit Halvorin market",
            publisher="Open Desk Notes",
            site="opendesknotes.example",
            authors=("Ines Corvell",),
            published="2024-03-18",
            url="https://opendesknotes.example/2024/03/market.html",
            language="en",
            licence="CC BY-NC-ND 4.0",
            removal_contact="removals@opendesknotes.example",
            evidence={"title": Evidence(origin="opengraph", quote="Rockets hit Halvorin market")},
        ),
        lineage=(
            LineageStep(publisher="Lodestar", role="origin", date="2024-03-17", evidence=(at("(Lodestar)"),)),
            LineageStep(publisher="Open Desk Notes", role="host", quote="Posted by Deskhand"),
        ),
        attributions=ATTRIBUTIONS,
        times=(Time(span=at("overnight Saturday"), type="TIME", value="2024-03-16TNI", start=NIGHT[0], end=NIGHT[0]),),
        places=PLACES,
        events=EVENTS,
        claims=claims_of(ATTRIBUTIONS, EVENTS),
        problems=(Problem(reader="pages", what="a part of the page was cut"),),
    )


@pytest.fixture(scope="session")
def empty() -> Reading:
    """A reading of nothing."""
    return Reading(id="nothing", made_by=MadeBy(sayso="0"), page=None, article=Article(text=""))
