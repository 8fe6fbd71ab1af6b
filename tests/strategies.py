"""The shared vocabulary of property tests: records of any shape that the contract allows."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from sayso.records import (
    Article,
    Attribution,
    ChainLink,
    Claim,
    Entity,
    Event,
    EventType,
    Evidence,
    LineageStep,
    MadeBy,
    PageInfo,
    Place,
    Problem,
    Reading,
    Stance,
    Time,
)

#: Text without lone surrogates, which JSON cannot carry.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
names = texts.filter(bool)
days = st.dates().map(str)
day_ranges = st.tuples(days, days).map(lambda pair: tuple(sorted(pair)))
counts = st.tuples(st.none() | st.integers(0, 10_000), st.none() | st.integers(0, 10_000))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


spans = st.tuples(st.integers(0, 500), st.integers(1, 60)).map(lambda pair: (pair[0], pair[0] + pair[1]))
pieces = st.lists(spans, max_size=3).map(tuple)


def few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=3).map(tuple)


evidence = st.builds(
    Evidence, origin=st.sampled_from(["json-ld", "opengraph", "meta", "visible", "given"]), quote=names
)
articles = st.builds(
    Article, text=texts, title=maybe(names), publisher=maybe(names), site=maybe(names), authors=few(names),
    published=maybe(days), url=maybe(names), language=maybe(st.just("en")), licence=maybe(names),
    removal_contact=maybe(names), evidence=st.dictionaries(names, evidence, max_size=2),
)  # fmt: skip
lineage_steps = st.builds(
    LineageStep, publisher=names, date=maybe(days), role=st.sampled_from(["origin", "republisher", "host"]),
    evidence=pieces, quote=maybe(names),
)  # fmt: skip
attributions = st.builds(
    Attribution, source=pieces, cue=pieces, content=pieces, kind=st.sampled_from(["direct", "indirect", "mixed"]),
    stance=st.sampled_from(get_args(Stance)), speaker=names, via=few(names),
)  # fmt: skip
entities = st.builds(Entity, span=spans, type=st.sampled_from(["PER", "ORG", "LOC", "GROUP"]), name=names)
times = st.builds(
    Time, span=spans, type=st.sampled_from(["DATE", "TIME", "DURATION", "SET"]), value=names, mod=maybe(names),
    start=maybe(days), end=maybe(days),
)  # fmt: skip
places = st.builds(
    Place, span=spans, name=maybe(names), lat=maybe(st.floats(-90, 90)), lon=maybe(st.floats(-180, 180)),
    geonameid=maybe(st.integers(1, 10**8)), country=maybe(st.just("SY")), admin1=maybe(names),
    confidence=maybe(st.floats(0, 1)),
)  # fmt: skip
events = st.builds(
    Event, trigger=spans, type=st.sampled_from(get_args(EventType)), agent=maybe(names), patient=maybe(names),
    place=maybe(names), place_in=maybe(names), date=maybe(day_ranges), killed=maybe(counts), injured=maybe(counts),
    victims=maybe(st.just("civilians")), strength=maybe(counts),
    modality=st.sampled_from(["asserted", "denied", "possible", "planned"]), attribution=maybe(st.integers(0, 3)),
    spans=st.dictionaries(st.sampled_from(["agent", "place", "killed"]), pieces, max_size=3),
    confidence=maybe(st.floats(0, 1)),
)  # fmt: skip
links = st.builds(ChainLink, voice=names, role=st.sampled_from(["speaker", "relay", "publisher", "republisher"]))
claims = st.builds(
    Claim, id=names, event=maybe(st.integers(0, 3)), attribution=maybe(st.integers(0, 3)),
    stance=st.sampled_from(get_args(Stance)), content=pieces, chain=few(links), interested=st.booleans(),
)  # fmt: skip
page_infos = st.builds(
    PageInfo, sha256=names, bytes=st.integers(0, 10**9), media_type=maybe(names), fetched=maybe(names)
)
problems = st.builds(Problem, reader=names, what=names, span=maybe(spans))


def readings() -> st.SearchStrategy[Reading]:
    """Readings whose parts are of the right form, though not of one text."""
    return st.builds(
        Reading, id=names, made_by=st.builds(MadeBy, sayso=names), article=articles, lineage=few(lineage_steps),
        page=maybe(page_infos), attributions=few(attributions), entities=few(entities), times=few(times),
        places=few(places), events=few(events), claims=few(claims), problems=few(problems),
    )  # fmt: skip
