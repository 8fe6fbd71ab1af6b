"""Under whose roof a report stands, by the words of its article."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.records import Place, Reading
from sayso.stories import sketch_of
from tests.stories.reports import report


def roof(speaker: str, *, publisher: str = "The Varnholt Gazette", land: str | None = None, text: str = "") -> str:
    reading = report(
        "gazette", f"Shells hit the market of Varnholt, {speaker} said.{text}", trigger="Shells", speaker=speaker,
        publisher=publisher,
    )  # fmt: skip
    return sketch_of(in_country(reading, land)).mentions[0].roof


def in_country(reading: Reading, land: str | None) -> Reading:
    at = reading.article.text.index("Varnholt")
    varnholt = Place(span=(at, at + 8), name="Varnholt", lat=60.0, lon=10.0, geonameid=1, country=land, confidence=1.0)
    return replace(reading, places=(varnholt,) if land else ())


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("the provincial governor", "Norwegian government"),
        ("unnamed police source", "Norwegian government"),
        ("unnamed state media", "Norwegian government"),
        ("unnamed rebels", "Norwegian opposition"),
        ("unnamed rebel police", "Norwegian opposition"),
        ("unnamed civil defense worker", "Norwegian Civil Defence"),
        ("unnamed doctor in the rebel-held town", "unnamed doctor in the rebel-held town, gazette"),
    ],
)
def test_who_names_no_nation_stands_under_those_of_the_country(speaker: str, expected: str) -> None:
    assert roof(speaker, land="NO") == expected


def test_without_a_country_a_governor_stands_alone() -> None:
    assert roof("the provincial governor") == "the provincial governor"


def test_where_a_source_sits_is_not_its_country() -> None:
    reading = report("gazette", "Shells hit the market, rebels in Varnholt-based camps said.", trigger="Shells",
                     speaker="rebels in Varnholt-based camps")  # fmt: skip

    assert sketch_of(in_country(reading, "SE")).mentions[0].roof == "Swedish opposition"
    oslo = Place(span=(0, 6), name="Oslo", lat=60.0, lon=10.0, geonameid=2, country="NO", confidence=1.0)
    here = replace(reading, places=(*in_country(reading, "SE").places, oslo, replace(oslo, span=(7, 10))))
    assert sketch_of(here).mentions[0].roof == "Norwegian opposition"


def test_the_rescue_service_of_a_country_goes_by_its_known_name() -> None:
    assert roof("unnamed civil defence official", land="SY") == "White Helmets"


@pytest.mark.parametrize(("publisher", "expected"), [("sana", "Syrian government"), ("The New Arab", None)])
def test_only_a_states_or_partys_outlet_vouches_for_who_has_no_name(publisher: str, expected: str | None) -> None:
    assert roof("unnamed diplomat", publisher=publisher) == (expected or "unnamed diplomat, gazette")


def test_a_monitor_without_a_name_is_the_one_that_the_article_cites() -> None:
    reading = report("gazette", "Shells fell on Varnholt, a monitor and doctors said.", trigger="Shells",
                     speaker="a monitor and doctors")  # fmt: skip
    one = replace(reading.attributions[0], speaker="unnamed monitor and doctors")
    other = replace(one, speaker="Amnesty International")
    monitor = replace(other, speaker="Syrian Observatory for Human Rights")

    def of(*said: str) -> str:
        known = {"Amnesty": other, "Observatory": monitor}
        attributions = (one, *(known[name] for name in said))
        claims = tuple(
            replace(claim, chain=(replace(claim.chain[0], voice=one.speaker), *claim.chain[1:]))
            for claim in reading.claims
        )
        return sketch_of(replace(reading, attributions=attributions, claims=claims)).mentions[0].roof

    assert of("Observatory") == "Syrian Observatory for Human Rights"
    assert of("Observatory", "Amnesty") == "unnamed monitor and doctors, gazette"
