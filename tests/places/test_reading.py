"""Reading places: what is a place name, which place it is, and what is left open."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.places import read_places
from sayso.records import Article, Place
from sayso.text import Doc


def read(text: str, **about: str) -> dict[str, Place]:
    """Places by their words; of several the first."""
    found: dict[str, Place] = {}
    for place in read_places(Doc(text), Article(text=text, **about)):
        found.setdefault(text[slice(*place.span)], place)
    return found


WORDS = st.sampled_from(
    "Paris Tenn. Syria Syrian al-Bab Deir ez-Zor of the Mr. Jordan Lake County Street 19 Highway said in U.S. , . - ’s"
    " “ \n San José ISTANBUL Saint St. O’Brien É ﬁ 東京 \u00a0 and counties".split(" ")
)


@given(
    st.one_of(
        st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS, max_size=60).map("".join)
    )
)
@settings(max_examples=150, deadline=None)
def test_any_text_gives_spans_in_order_that_lie_in_it(text: str) -> None:
    places = read_places(Doc(text), Article(text=text))
    end = 0
    for place in places:
        assert end <= place.span[0] < place.span[1] <= len(text)
        assert text[slice(*place.span)].strip() == text[slice(*place.span)]
        end = place.span[1]
        if place.lat is None:
            assert place == Place(span=place.span)
        else:
            assert place.lon is not None
            assert -90 <= place.lat <= 90
            assert -180 <= place.lon <= 180
            assert place.name
            assert place.confidence is not None
            assert 0 < place.confidence <= 1
    assert places == read_places(Doc(text), Article(text=text))


@pytest.mark.parametrize("spelling", ["Deir ez-Zor", "Deyr ez Zor", "Deir al-Zour", "Deir Ezzor", "Deir Ez-Zor"])
def test_spellings_of_one_syrian_town_are_one_place(spelling: str) -> None:
    place = read(f"Trucks left Syria for Iraq. In {spelling}, Syria, a convoy was hit.")[spelling]
    assert (place.name, place.country, place.geonameid) == ("Deir ez-Zor", "SY", 170794)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deyr ez Zor", "Deir ez-Zor"), ("Deir al-Zour", "Deir ez-Zor"), ("Hritan", "Huraytan"),
        ("L.A.", "Los Angeles"), ("Gitmo", "Guantanamo Bay"), ("Malvinas", "Falkland Islands"),
        ("Occupied Territories", "Palestine"), ("Arab East Jerusalem", "East Jerusalem"),
    ],
)  # fmt: skip
def test_spellings_of_one_place_share_id_and_point_in_any_text(one: str, other: str) -> None:
    places = read(f"The envoy flew to {one} on Monday. He left {other} on Friday.")
    assert places[one].geonameid is not None
    assert _where(places[one]) == _where(places[other])


def _where(place: Place) -> tuple[object, ...]:
    return place.name, place.geonameid, place.lat, place.lon


@pytest.mark.parametrize(
    "name",
    [
        "Khan Sheikhoun",
        "Saraqeb",
        "Atareb",
        "Jobar",
        "al-Bab",
        "Eastern Ghouta",
        "Ghouta",
        "Tiyas",
        "Manbij",
        "Palmyra",
    ],
)
def test_places_of_the_syrian_war_are_placed_in_syria(name: str) -> None:
    place = read(f"The Syrian army shelled {name} on Monday, a monitor in Syria said. Syria denied it.")[name]
    assert place.country == "SY"
    assert place.lat is not None


def test_arabic_spellings_are_not_sought_where_the_text_is_of_elsewhere() -> None:
    assert "Masri" not in read("Councilwoman Amal Masri spoke at the fair. Masri sold pies there.")


def test_the_whole_that_follows_a_name_decides() -> None:
    found = read("He moved from Paris, Tenn., to Springfield, Mo., and never saw Paris again.")
    assert (found["Paris"].country, found["Paris"].admin1) == ("US", "TN")
    assert found["Springfield"].admin1 == "MO"
    assert found["Tenn."].name == "Tennessee"


def test_two_wholes_in_one_text_are_two_places() -> None:
    text = "From Springfield, Illinois, he drove to Springfield, Missouri."
    places = [p for p in read_places(Doc(text), Article(text=text)) if p.name == "Springfield"]
    assert [place.admin1 for place in places] == ["IL", "MO"]


def test_the_same_name_means_the_town_that_the_outlet_serves() -> None:
    text = "The mayor of Paris opened the new library on Monday."
    assert read(text)["Paris"].country == "FR"
    assert read(text, url="http://www.theparisnews.com/story")["Paris"].admin1 == "TX"


def test_georgia_is_the_country_near_tbilisi_and_the_state_near_atlanta() -> None:
    assert read("Tbilisi, the capital of Georgia, was calm. Russia and Georgia met.")["Georgia"].country == "GE"
    assert read("Lawmakers in Atlanta passed it. In Georgia, and in Alabama, it rained.")["Georgia"].admin1 == "GA"


def test_people_are_no_places() -> None:
    found = read("Paris Hilton met Jordan Smith. Mr. Lincoln and Sydney Carton were there. Smith said so.")
    assert not found


def test_words_for_people_have_the_point_of_their_country() -> None:
    found = read("Sudanese officials met the Americans.")
    assert found["Sudanese"].country == "SD"
    assert found["Americans"].country == "US"


def test_a_street_is_named_but_has_no_point() -> None:
    found = read("The fire began at 12 Orchard Street in Columbus, Ohio.")
    assert found["Orchard Street"] == Place(span=found["Orchard Street"].span)
    assert found["Columbus"].admin1 == "OH"


def test_a_county_is_placed_by_its_state() -> None:
    found = read("Deputies in Warren County, Ohio, searched the river.")
    assert (found["Warren County"].country, found["Warren County"].admin1) == ("US", "OH")


def test_a_well_known_region_goes_before_a_village_of_its_name() -> None:
    assert read("The Bank of England met in London.")["England"].country == "GB"


def test_wide_regions_are_known() -> None:
    found = read("Talks on the Middle East and the Gaza Strip went on in Donetsk Oblast.")
    assert found["Middle East"].country is None
    assert found["Gaza Strip"].country == "PS"
    assert found["Donetsk Oblast"].country == "UA"


def test_short_forms_count_only_as_written() -> None:
    assert "US" in read("Relations between the US and Iran")
    assert "us" not in read("They told us that all is well in the end.")
    assert "Miss" not in read("Miss Smith came from Ohio.")


def test_an_agency_in_capitals_is_no_town() -> None:
    assert "SANA" not in read("A source in Yemen told SANA. In Yemen, officials were silent.")


@pytest.mark.parametrize(
    "junk", ["A.", "Paris ", "al-A", "San Jose, ", "O’", "Lake Mary Street ", "Paris\n", "\u0301x"]
)
def test_long_junk_is_read_in_bounded_time(junk: str) -> None:
    text = (junk * 50_000)[:50_000]
    doc = Doc(text)
    assert doc.sentences is not None
    began = time.perf_counter()
    read_places(doc, Article(text=text, url="http://" + "a" * 5_000))
    assert time.perf_counter() - began < 10
