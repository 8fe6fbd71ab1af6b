"""The page that the mission began from: what must be found in it. Skipped where the page is not at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sayso.reading import read_page
from sayso.records import Attribution, Page, Reading

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed" / "palmyra-2016-12-11.txt"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed page is not beside the repository")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_page(Page(id="palmyra", content=SEED.read_bytes(), kind="text"))


def words(reading: Reading, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(reading.article.text[start:end] for start, end in spans)


def by(reading: Reading, speaker: str) -> list[Attribution]:
    return [one for one in reading.attributions if speaker.casefold() in one.speaker.casefold()]


def test_the_article_without_its_furniture(reading: Reading) -> None:
    article = reading.article

    assert article.title == "4,000 ISIS Fighters Regroup, Make New Attempt to Capture Palmyra"
    assert article.publisher == "Counter Information"
    assert article.published == "2016-12-11"
    assert article.language == "en"
    assert article.text.rstrip().endswith("managed to liberate the city.")
    assert "Over 4,000 Islamic State" in article.text[:400]
    for furniture in ("Post Top Ad", "No comments:", "Post a Comment", "Counter Information", "The original source"):
        assert furniture not in article.text


def test_through_whose_hands_it_came(reading: Reading) -> None:
    assert [(step.publisher, step.date) for step in reading.lineage] == [
        ("RT", "2016-12-11"),
        ("Global Research", "2016-12-11"),
        ("Counter Information", "2016-12-11"),
    ]
    assert [step.role for step in reading.lineage] == ["origin", "republisher", "host"]
    assert all(step.quote or step.evidence for step in reading.lineage)


def test_rights_as_stated_and_the_way_to_ask_for_removal(reading: Reading) -> None:
    stated = " ".join([reading.article.licence or "", *(step.quote or "" for step in reading.lineage)])

    assert "Creative Commons" in (reading.article.licence or "")
    assert "Copyright © RT, RT, 2016" in stated
    assert "email me" in (reading.article.removal_contact or "")


def test_who_says_what(reading: Reading) -> None:
    assert len(reading.attributions) >= 12
    (network,) = by(reading, "Palmyra Coordination")
    assert [voice.casefold() for voice in network.via] in (["ap"], ["associated press"])
    assert "gained footholds" in words(reading, network.content)
    assert len(by(reading, "Amaq")) >= 2
    assert any("outlet" in words(reading, one.source) for one in by(reading, "Amaq"))
    ministry = by(reading, "Defense Ministry") + by(reading, "Ministry of Defen")
    assert any("up to 300" in words(reading, one.content) for one in ministry)
    sources = [words(reading, one.source) for one in by(reading, "Reconciliation")]
    assert any("Reconciliation" in source for source in sources)
    assert any("statement" in source for source in sources)
    (lavrov,) = by(reading, "Lavrov")
    assert lavrov.speaker == "Sergey Lavrov"
    assert "flee from Mosul" in words(reading, lavrov.content)


def test_where(reading: Reading) -> None:
    placed = {words(reading, (place.span,)): place for place in reading.places if place.lat is not None}

    assert {"Palmyra", "Raqqa", "Mosul", "Deir ez-Zor", "Deyr ez Zor"} <= set(placed)
    assert [placed[name].country for name in ("Palmyra", "Raqqa", "Mosul", "Deir ez-Zor")] == ["SY", "SY", "IQ", "SY"]
    one, other = placed["Deir ez-Zor"], placed["Deyr ez Zor"]
    assert (one.name, one.lat, one.lon) == (other.name, other.lat, other.lon)


def test_when(reading: Reading) -> None:
    found = {words(reading, (time.span,)).casefold(): time for time in reading.times}

    overnight = found["overnight saturday"]
    assert (overnight.value, overnight.start, overnight.end) == ("2016-12-10TNI", "2016-12-10", "2016-12-10")
    assert (found["saturday"].start, found["saturday"].end) == ("2016-12-10", "2016-12-10")
    assert found["october"].value == "2016-10"
    assert any(time.value == "2016-03" for text, time in found.items() if "march this year" in text)
    assert found["2015"].value == "2015"


def test_how_many(reading: Reading) -> None:
    assert any(event.killed == (None, 300) for event in reading.events)
    assert {(4000, None), (None, 5000)} <= {event.strength for event in reading.events}


def test_seized_against_repelled_is_shown_as_a_disagreement(reading: Reading) -> None:
    from sayso.render import render_report

    report = render_report(reading, width=80, colour=False)
    tail = report[report.casefold().rindex("disagree") :]

    assert re.search(r"attack repelled +Russian Defen", tail)
    assert re.search(r"taken by jihadists +.*Amaq", tail)
