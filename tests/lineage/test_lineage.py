"""Through whose hands a text came."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.lineage import read_lineage
from sayso.records import Article, Block, LineageStep, Mark, PageView

BODY = "A ferry sank off Port Ember on Sunday, the harbour master said. Forty people were on board, he added."


def bare(text: str, publisher: str | None = "Ember Post") -> tuple[LineageStep, ...]:
    return read_lineage(Article(text=text, publisher=publisher), PageView())


def page(
    *lines: str | Block,
    text: str = BODY,
    tail: tuple[str, ...] = (),
    marks: tuple[Mark, ...] = (),
    authors: tuple[str, ...] = (),
) -> tuple[LineageStep, ...]:
    above = [line if isinstance(line, Block) else Block(text=line, tag="p") for line in lines]
    below = [Block(text=line, tag="p") for line in tail]
    article = Article(text=text, publisher="Ember Post", published="2020-05-04", authors=authors)
    return read_lineage(article, PageView(marks=marks, blocks=(*above, Block(text=text, tag="p", start=0), *below)))


def names(steps: tuple[LineageStep, ...]) -> list[str]:
    return [step.publisher for step in steps]


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        (f"PORT EMBER (Reuters) - {BODY}", ["Reuters"]),
        (f"COLUMBIA, S.C. (AP) — {BODY}", ["AP"]),
        (f"(AFP) — {BODY}", ["AFP"]),
        (f"MOSCOW, December 11 /TASS/. {BODY}", ["TASS"]),
        (f"MOSCOW, October 1 (RIA Novosti) - {BODY}", ["RIA Novosti"]),
        (f"SANA - {BODY}", ["SANA"]),
        (f"Ferry sinks, officials AFP, Friday 3 Jun 2016 {BODY}", ["AFP"]),
        (f"{BODY} --AFP", ["AFP"]),
        (f"{BODY} (AFP and Reuters)", ["AFP", "Reuters"]),
        (f"{BODY}\nSOURCE: News agencies", ["News agencies"]),
        (f"{BODY} Source AA Related News More ferries sink", ["Anadolu Agency"]),
        (f"{BODY}\n(Source: Harbour Workers Union)", ["Harbour Workers Union"]),
        (f"{BODY}\nThis article was originally published by Evening Lantern.", ["Evening Lantern"]),
        (f"{BODY}\nFirst published by the Evening Lantern, 3 May 2020. All rights reserved.", ["Evening Lantern"]),
        (f"PORT EMBER (Morning Wire) – {BODY} Many died, he told Morning Wire.", ["Morning Wire"]),
        (f"{BODY}\nThe original source of this article is Evening Lantern", ["Evening Lantern"]),
        (f"{BODY}\nReprinted with permission from Evening Lantern.", ["Evening Lantern"]),
        (f"{BODY}\nOur Standards: The Thomson Reuters Trust Principles.", ["Reuters"]),
        (f"{BODY}\n© 2019 Associated Press. All Rights Reserved.", ["AP"]),
    ],
)
def test_credits_of_a_bare_text(text: str, origins: list[str]) -> None:
    steps = bare(text)

    assert names(steps) == [*origins, "Ember Post"]
    assert [step.role for step in steps][:: len(steps) - 1] == ["origin", "host"]
    for step in steps[:-1]:
        assert step.evidence
        assert all(0 <= start < end <= len(text) for start, end in step.evidence)


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY} The man told AFP that nobody helped.",
        f"{BODY}\nAssociated Press writer Ann Ode contributed to this report.",
        f"A ferry in the harbour of Port Ember. (Reuters Photo) {BODY}",
        f"{BODY} The film, first published by Evening Lantern, shows the ferry.",
        f"{BODY}\nFirst published on November 19, 2019",
        f"{BODY}\nVia Email",
        f"{BODY}\nOriginally published in Spanish.",
        f"{BODY}\nTranslated by Ann Ode.",
        f"{BODY} Two ferries sank last year, Reuters reported.",
        f"{BODY}\nSource: Reuters data\n{BODY}\n{BODY}\n{BODY}",
        f"{BODY}\nHe went to Petra - The old city - and back.",
        f"PORT EMBER (Texas) – {BODY}",
        f"{BODY} First published by the Evening Lantern, the film shows the ferry.",
        f"{BODY} According to Reuters, two people died.",
    ],
)
def test_what_is_no_lineage(text: str) -> None:
    assert names(bare(text)) == ["Ember Post"]


def test_a_stack_of_by_lines_with_their_dates() -> None:
    steps = page(
        "Global Research, May 3, 2020", "RT 2 May 2020",
        tail=("The original source of this article is RT", "Copyright © RT, RT, 2020"),
    )  # fmt: skip

    assert [(step.publisher, step.role, step.date) for step in steps] == [
        ("RT", "origin", "2020-05-02"),
        ("Global Research", "republisher", "2020-05-03"),
        ("Ember Post", "host", "2020-05-04"),
    ]
    assert "Copyright © RT, RT, 2020" in (steps[0].quote or "")


def test_unknown_outlets_in_a_stack_but_no_people() -> None:
    assert names(page("Harbour Gazette, May 3, 2020", "RT 2 May 2020"))[:2] == ["RT", "Harbour Gazette"]
    assert names(page("Ann Ode, May 3, 2020")) == ["Ember Post"]
    steps = page("Lantern, May 3, 2020", tail=("The original source of this article is Lantern News Agency",))
    assert [(step.publisher, step.date) for step in steps[:-1]] == [("Lantern News Agency", "2020-05-03")]
    assert names(page("Sunday, May 3, 2020")) == ["Ember Post"]


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("By Reuters", "Reuters"),
        ("PTI, Washington, May 3 2020, 10:18am", "Press Trust of India"),
        ("Ann Ode, Ap Auto Writer", "AP"),
        ("Ann Ode and Bo Ode, Associated Press", "AP"),
        ("Ann Ode Harbour Leader", "Harbour Leader"),
    ],
)
def test_by_lines(line: str, origin: str) -> None:
    steps = page(Block(text=line, tag="p", hints=("byline",)), authors=("Ann Ode", "Bo Ode"))

    assert names(steps) == [origin, "Ember Post"]
    assert steps[0].quote == line


@pytest.mark.parametrize(
    "line",
    [
        "Ann Ode, Ember Post Staff",
        "Ann Ode The Daily Ember Post",
        "By Ann Ode For The Daily Lantern News",
        "Ann Ode Business Columnist",
        "Ann Ode",
        "Photo: Bo Ode, AP",
    ],
)
def test_by_lines_of_the_house(line: str) -> None:
    block = Block(text=line, tag="p", hints=("photo-credit",) if "Photo" in line else ("byline",))

    assert names(page(block, authors=("Ann Ode",))) == ["Ember Post"]


def test_an_adapted_text_names_its_original_by_the_copyright_line() -> None:
    tail = ("This article has been adapted from its original source.", "Copyright @ 2020 The Harbour Gazette.")

    assert names(page(tail=tail))[0] == "The Harbour Gazette"
    assert names(page(tail=tail[1:])) == ["Ember Post"]


def test_an_agency_in_the_mark_up() -> None:
    stated = Mark(origin="json-ld", key="newsarticle.author.name", value="Reuters")
    of_a_film = Mark(origin="json-ld", key="newsarticle.video.publisher.name", value="Reuters")

    assert names(page(marks=(stated,))) == ["Reuters", "Ember Post"]
    assert names(page(marks=(of_a_film,))) == ["Ember Post"]


@pytest.mark.parametrize(
    ("publisher", "site", "origin"),
    [
        ("Ember Post", "ember.example", ["Reuters"]),
        ("MSN", "reuters.com", ["Reuters"]),
        ("Reuters UK", "reuters.com", []),
    ],
)
def test_a_canonical_address_elsewhere(publisher: str, site: str, origin: list[str]) -> None:
    canonical = Mark(origin="link", key="canonical", value="https://www.reuters.com/world/ferry")
    steps = read_lineage(Article(text=BODY, publisher=publisher, site=site), PageView(marks=(canonical,)))

    assert names(steps) == [*origin, publisher]


def test_an_agency_on_its_own_page_is_the_host() -> None:
    steps = bare(f"PORT EMBER (Reuters) - {BODY}", publisher="Reuters")

    assert [(step.publisher, step.role) for step in steps] == [("Reuters", "host")]
    assert steps[0].evidence


def test_nobody_known() -> None:
    assert bare(BODY, publisher=None) == ()
    assert names(bare(f"PORT EMBER (Reuters) - {BODY}", publisher=None)) == ["Reuters"]


phrases = (
    "LONDON (Reuters) -", "AFP", "Source: ", "© 2019 ", "This article was originally published by ", "RT 2 May 2020",
    "\n", " (AP) ", "/TASS/", "By Reuters", "12 May 2020", ".",
)  # fmt: skip
texts = st.lists(st.text(max_size=30) | st.sampled_from(phrases)).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(texts, st.sampled_from([None, "Ember Post", "Reuters"]))
def test_any_text_gives_a_chain_whose_words_stand_in_it(text: str, publisher: str | None) -> None:
    steps = bare(text, publisher)

    assert steps == bare(text, publisher)
    assert all(0 <= start < end <= len(text) for step in steps for start, end in step.evidence)
    assert all(step.evidence or step.quote for step in steps if step.role != "host")
    assert [step.role for step in steps].count("host") == (publisher is not None)
    assert len({step.publisher for step in steps}) == len(steps)


@pytest.mark.parametrize(
    "junk", [". A", "LONDON (", "© 2019 ", " Source A", "By AFP and ", "originally published ", "\nBy A"]
)
def test_junk_is_read_in_time(junk: str) -> None:
    text = junk * (500_000 // len(junk))
    begun = time.perf_counter()
    bare(text)

    assert time.perf_counter() - begun < 10
