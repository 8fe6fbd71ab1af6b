"""Claims: one for each saying and event, with chains that end in the outlet and ids that stay."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Article, Attribution, ChainLink, Claim, Event, LineageStep
from sayso.text import Doc
from sayso.voices import make_claims
from sayso.voices.claims import NO_OUTLET

TEXT = (
    "It rained on the hill. The army shelled the port, a monitor told AFP, and the town was calm. "
    "It rained on the hill."
)


def said(content: tuple[int, int] = (23, 48), speaker: str = "Lake Monitor", via: tuple[str, ...] = ()) -> Attribution:
    return Attribution(
        source=((50, 59),),
        cue=((60, 64),),
        content=(content,),
        kind="indirect",
        stance="says",
        speaker=speaker,
        via=via,
    )


def event(at: int = 32, attribution: int | None = None, **slots: str) -> Event:
    return Event(trigger=(at, at + 5), type="shelling", attribution=attribution, **slots)  # type: ignore[arg-type]


def claims(
    *attributions: Attribution, events: tuple[Event, ...] = (), lineage: tuple[LineageStep, ...] = (),
    publisher: str | None = "Hill Post",
) -> tuple[Claim, ...]:  # fmt: skip
    return make_claims(Doc(TEXT), Article(text=TEXT, publisher=publisher), lineage, attributions, events)


def voices(claim: Claim) -> list[tuple[str, str]]:
    return [(link.voice, link.role) for link in claim.chain]


def test_chain_runs_from_speaker_over_relays_and_lineage_to_the_host() -> None:
    lineage = (
        LineageStep(publisher="AFP", role="origin"), LineageStep(publisher="Far Post", role="republisher"),
        LineageStep(publisher="Hill Post", role="host"),
    )  # fmt: skip

    (claim,) = claims(said(via=("Reuters",)), lineage=lineage)

    assert voices(claim) == [
        ("Lake Monitor", "speaker"), ("Reuters", "relay"), ("AFP", "publisher"), ("Far Post", "republisher"),
        ("Hill Post", "republisher"),
    ]  # fmt: skip


def test_a_relay_that_is_the_origin_stands_once_as_publisher() -> None:
    lineage = (LineageStep(publisher="AFP", role="origin"), LineageStep(publisher="Hill Post", role="host"))

    (claim,) = claims(said(via=("Agence France-Presse",)), lineage=lineage)

    assert [link.voice for link in claim.chain] == ["Lake Monitor", "AFP", "Hill Post"]


def test_without_a_lineage_the_publisher_is_last_and_without_one_nobody_is_named() -> None:
    assert voices(claims(said())[0])[-1] == ("Hill Post", "publisher")
    assert voices(claims(said(), publisher=None)[0])[-1] == (NO_OUTLET, "publisher")


def test_an_event_that_nobody_says_is_the_outlets_own() -> None:
    denied = Event(trigger=(32, 37), type="shelling", modality="denied")

    (claim,) = claims(events=(denied,))

    assert (claim.event, claim.attribution, claim.stance) == (0, None, "denies")
    assert claim.chain == (ChainLink(voice="Hill Post", role="publisher"),)
    assert TEXT[slice(*claim.content[0])].startswith("The army shelled")


def test_co_speakers_each_claim_the_event_and_other_sayings_none() -> None:
    made = claims(said(), said(speaker="Town Monitor"), said((66, 92)), events=(event(attribution=0),))

    assert [(one.attribution, one.event) for one in made] == [(0, 0), (1, 0), (2, None)]


def test_the_same_words_twice_are_two_claims() -> None:
    made = claims(events=(event(3), event(96)))

    assert len({one.id for one in made}) == 2


def test_an_id_does_not_hang_on_other_claims() -> None:
    alone = claims(said())[0].id

    assert alone in {one.id for one in claims(said((0, 10), "Town Monitor"), said(), events=(event(3),))}


def test_who_is_party_to_an_event_is_interested() -> None:
    def interested(speaker: str, **slots: str) -> bool:
        return claims(said(speaker=speaker), events=(event(attribution=0, **slots),))[0].interested

    assert interested("SANA", agent="Syrian army")
    assert interested("Islamic State", patient="Daesh")
    assert interested("unnamed military source (Syria)", agent="rebels; Syrian government forces")
    assert not interested("Lake Monitor", agent="Syrian army")
    assert not interested("Turkish army", agent="Syrian army")
    assert not interested("SANA")


def party(text: str, source: str, content: str, speaker: str, publisher: str = "Hill Post", **slots: str) -> bool:
    """Whether the claim of a shelling, said in ``content`` at its word "shell...", is an interested one."""
    at, start = text.index(content), text.index(source)
    trigger = text.index("shell", at)
    one = Attribution(
        source=((start, start + len(source)),), cue=(), content=((at, at + len(content)),), kind="indirect",
        stance="denies" if "denied" in text else "says", speaker=speaker,
    )  # fmt: skip
    told = Event(trigger=(trigger, trigger + 5), type="shelling", attribution=0, **slots)  # type: ignore[arg-type]
    (claim,) = make_claims(Doc(text), Article(text=text, publisher=publisher), (), (one,), (told,))
    return claim.interested


def test_who_speaks_for_a_party_is_interested() -> None:
    text = "Rola Hadidi, a spokesman for the Northern Accord, said it shelled the town."
    source = "Rola Hadidi, a spokesman for the Northern Accord"

    assert party(text, source, "it shelled the town", "Rola Hadidi", agent="Northern Accord")
    assert not party(text, source, "it shelled the town", "Rola Hadidi", agent="Southern Accord")


def test_who_only_studies_a_party_is_not() -> None:
    text = "Rola Hadidi, a former officer of the Northern Accord, said it shelled the town."
    source = "Rola Hadidi, a former officer of the Northern Accord"

    assert not party(text, source, "it shelled the town", "Rola Hadidi", agent="Northern Accord")


def test_a_ministry_of_defence_is_party_to_what_its_troops_do() -> None:
    text = "The Marjuban Defence Ministry said soldiers were shelled."
    said = (text, "The Marjuban Defence Ministry", "soldiers were shelled", "Marjuban Defence Ministry")

    assert party(*said, patient="soldiers")
    assert party(*said, agent="Interior Guard")
    assert not party(*said, agent="Syrian army")
    assert not party(*said, agent="rebels", patient="civilians")


def test_own_troops_and_own_deeds_make_a_party() -> None:
    assert party("The Front said its men were shelled.", "The Front", "its men were shelled", "Front")
    assert party(
        "The Front said two of our soldiers were shelled.", "The Front", "two of our soldiers were shelled", "F"
    )
    assert party("The Front denied shelling it.", "The Front", "shelling it", "Front")
    assert not party("The Front said it saw its men shelled.", "The Front", "it saw its men shelled", "Front")


def test_a_group_s_own_outlet_is_a_party_and_an_observer_of_a_place_is_not() -> None:
    def own(publisher: str, agent: str) -> bool:
        return claims(events=(event(agent=agent),), publisher=publisher)[0].interested

    assert own("Accord Voice", "Northern Accord")
    assert own("Ministry of Defence of Marjuba", "armed forces")
    assert not own("Army Times", "Syrian Army")
    assert not own("Marjuba Observer", "Marjuba")
    assert not own("Hill Post", "Northern Accord")


@st.composite
def readings(draw: st.DrawFn) -> tuple[tuple[Attribution, ...], tuple[Event, ...]]:
    spans = st.tuples(st.integers(0, 90), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
    pieces = st.lists(spans, max_size=2).map(tuple)
    attributions = st.builds(
        Attribution, source=pieces, cue=pieces, content=pieces, kind=st.just("indirect"),
        stance=st.sampled_from(["says", "denies"]),
        speaker=st.sampled_from(["AFP", "unnamed", "Lake Monitor", "Syria"]),
        via=st.lists(st.sampled_from(["AFP", "SANA"]), max_size=2).map(tuple),
    )  # fmt: skip
    events = st.builds(
        Event, trigger=spans, type=st.sampled_from(["shelling", "control"]),
        agent=st.sampled_from([None, "Syrian army", "Turkey and AFP"]),
        attribution=st.none() | st.integers(0, 5), modality=st.sampled_from(["asserted", "denied"]),
    )  # fmt: skip
    return tuple(draw(st.lists(attributions, max_size=5))), tuple(draw(st.lists(events, max_size=6)))


@given(readings())
def test_every_saying_and_event_is_claimed_under_an_id_of_its_own(
    reading: tuple[tuple[Attribution, ...], tuple[Event, ...]],
) -> None:
    attributions, events = reading
    made = claims(*attributions, events=events)

    assert {one.attribution for one in made} - {None} == set(range(len(attributions)))
    assert {one.event for one in made} - {None} == set(range(len(events)))
    assert len({one.id for one in made}) == len(made)
    for one in made:
        assert one.chain
        assert one.chain[-1].voice == "Hill Post"
        assert all(start < end for start, end in one.content)
        if one.attribution is not None and one.event is not None:
            holder = events[one.event].attribution
            assert holder == one.attribution or attributions[holder].content == attributions[one.attribution].content
        if one.attribution is None and one.event is not None:
            holder = events[one.event].attribution
            assert holder is None or holder >= len(attributions)  # who says it in the text is not the narrator
    assert len({(one.attribution, one.event) for one in made}) == len(made)
    assert made == claims(*attributions, events=events)
