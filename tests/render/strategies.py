"""Readings such as a stranger's file may hold: any text, spans and indexes that point anywhere."""

from __future__ import annotations

from hypothesis import strategies as st

from sayso.records import (
    Article,
    Attribution,
    ChainLink,
    Claim,
    Event,
    LineageStep,
    MadeBy,
    Place,
    Problem,
    Reading,
    Time,
)

#: Steering characters, mark-up, wide and combining characters, long words, lines.
NASTY = (
    "\x1b[2J", "\x9b31m", "\u202e", "\u2066", "\x00", "\x07", "<script>alert(1)</script>",
    "\"'><img src=x onerror=a()>",
    "{{ 7*7 }}", "&amp;", "漢字かな", "e\u0301", "👩‍👩‍👧", "\ud800", "w" * 70,
    "\n", "\r\n", "\t", "“", "[bold]", "said",
)  # fmt: skip

words = st.lists(st.sampled_from(NASTY) | st.text(max_size=12), max_size=12).map(" ".join)
names = words.filter(bool)
maybe = st.none() | names
spans = st.tuples(st.integers(-2, 60), st.integers(1, 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))
pieces = st.lists(spans, max_size=3).map(tuple)
days = st.sampled_from(["2024-03-16", "2024-03-17", "2023-01-01", "soon", "2024-13-40"])
counts = st.none() | st.tuples(st.none() | st.integers(0, 40), st.none() | st.integers(0, 40))
modalities = st.sampled_from(["asserted", "denied", "possible", "planned"])
stances = st.sampled_from(["says", "denies", "doubts", "intends"])
types = st.sampled_from(["shelling", "air_strike", "offensive", "territory_taken", "control", "other_conflict"])

attributions = st.builds(
    Attribution, source=pieces, cue=pieces, content=pieces, kind=st.just("direct"), stance=stances, speaker=names,
    via=st.lists(names, max_size=2).map(tuple),
)  # fmt: skip
events = st.builds(
    Event, trigger=spans, type=types, agent=maybe, patient=maybe, place=maybe, place_in=maybe,
    date=st.none() | st.tuples(days, days), killed=counts, injured=counts, strength=counts,
    modality=modalities, attribution=st.none() | st.integers(-1, 5), spans=st.just({}), confidence=st.none(),
    victims=st.none() | st.sampled_from(["civilians", "fighters", "mixed"]),
)  # fmt: skip
links = st.builds(ChainLink, voice=names, role=st.sampled_from(["speaker", "relay", "publisher"]))
claims = st.builds(
    Claim, id=st.sampled_from("abc"), event=st.none() | st.integers(-1, 4), attribution=st.none() | st.integers(-1, 4),
    stance=stances, content=pieces, chain=st.lists(links, max_size=3).map(tuple), interested=st.booleans(),
)  # fmt: skip
articles = st.builds(
    Article, text=words, title=st.none() | names, publisher=st.none() | names, site=st.none() | names,
    authors=st.lists(names, max_size=2).map(tuple), published=st.none() | days,
    url=st.sampled_from([None, "javascript:alert(1)", "https://a.example/", "data:text/html,x", "http://[", "//x"]),
    language=st.none() | st.just("en"), licence=st.none() | names, removal_contact=st.none() | names,
    evidence=st.just({}),
)  # fmt: skip
steps = st.builds(
    LineageStep, publisher=names, date=st.none() | days, role=st.sampled_from(["origin", "host"]), evidence=pieces,
    quote=st.none() | names,
)  # fmt: skip
times = st.builds(Time, span=spans, type=st.just("DATE"), value=st.just("x"))
places = st.builds(
    Place, span=spans, lat=st.none() | st.just(1.0), country=st.none() | names, confidence=st.none() | st.floats(0, 1)
)

readings = st.builds(
    Reading, id=names, made_by=st.just(MadeBy(sayso="0")), page=st.none(), article=articles,
    lineage=st.lists(steps, max_size=2).map(tuple),
    attributions=st.lists(attributions, max_size=4).map(tuple), events=st.lists(events, max_size=4).map(tuple),
    claims=st.lists(claims, max_size=6).map(tuple), entities=st.just(()),
    times=st.lists(times, max_size=2).map(tuple), places=st.lists(places, max_size=2).map(tuple),
    problems=st.lists(st.builds(Problem, reader=names, what=names, span=st.none()), max_size=1).map(tuple),
)  # fmt: skip
