"""The reviewed lists: whole, sorted, without doubles, and on the right spot of the globe."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from sayso.places.evidence import weights as name_weights
from sayso.places.folding import plain_key
from sayso.places.gazetteer import FOLDER, gazetteer
from sayso.places.home import home_of
from sayso.places.lists import homes, lists, table, words
from sayso.places.senses import weights as sense_weights
from sayso.places.spotting import spot
from sayso.records import Article, DataError
from sayso.text import Doc

KINDS = {"province", "county", "area", "quarter", "site", "town", "water", "world"}
COUNTRIES = {place.country for place in gazetteer().wholes()}


def test_every_region_has_all_columns_and_known_codes() -> None:
    for row in table("regions.tsv"):
        name, kind, country, admin1, lat, lon, *_ = row
        assert len(row) == 8, name
        assert kind in KINDS, name
        assert country in COUNTRIES or (country == "" and kind in ("area", "water", "world")), name
        assert not admin1 or country, name
        assert -90 <= float(lat) <= 90, name
        assert -180 <= float(lon) <= 180, name


def test_no_region_stands_twice() -> None:
    seen = [(name, country) for name, _, country, *_ in table("regions.tsv")]
    assert len(seen) == len(set(seen))


def test_no_region_lists_a_spelling_twice() -> None:
    for name, _, _, _, _, _, others, _ in table("regions.tsv"):
        keys = [other if other.isupper() else plain_key(other) for other in others.split(";") if other]
        assert len(keys) == len(set(keys)), name


@pytest.mark.parametrize(
    ("name", "town"),
    [
        ("Eastern Ghouta", "Douma"), ("Jobar", "Damascus"), ("Castello Road", "Aleppo"), ("Donetsk Oblast", "Donetsk"),
        ("Helmand Province", "Lashkar Gah"), ("Anbar Governorate", "Ramadi"), ("Oxfordshire", "Oxford"),
        ("South Darfur", "Nyala"), ("Tigray", "Mekele"), ("Gaza Strip", "Gaza"), ("Manhattan", "New York City"),
    ],
)  # fmt: skip
def test_regions_lie_where_their_towns_lie(name: str, town: str) -> None:
    place = lists().plain[plain_key(name)][0]
    assert any(
        abs(other.lat - place.lat) < 2 and abs(other.lon - place.lon) < 2 and other.country == place.country
        for other in gazetteer().find(town)
    )


def test_all_spellings_of_a_listed_town_are_one_place() -> None:
    for name, kind, country, _, lat, lon, others, _ in table("regions.tsv"):
        if kind not in ("town", "quarter"):
            continue
        found = set()
        for spelling in [name.partition(" (")[0], *filter(None, others.split(";"))]:
            for place in spot(Doc(spelling))[0].candidates:
                near = abs(place.lat - float(lat)) < 0.2 and abs(place.lon - float(lon)) < 0.2
                if near and place.country == country and (place.name == name or place.kind == "town"):
                    found.add((place.geonameid, place.lat, place.lon))
        assert len(found) <= 1, name


def test_a_site_is_not_the_village_beside_it() -> None:
    assert lists().plain["abu al duhur"][0].geonameid is None
    assert lists().plain["gitmo"][0].geonameid == gazetteer().find("Naval Station Guantanamo Bay")[0].geonameid


def test_countries_and_states_are_sorted_and_known() -> None:
    for file in ("countries.tsv", "states.tsv"):
        codes = [row[0] for row in table(file)]
        assert codes == sorted(set(codes))
    assert {row[0] for row in table("countries.tsv")} <= COUNTRIES
    assert len(list(table("states.tsv"))) == 51


def test_every_home_is_a_town_of_the_gazetteer() -> None:
    domains = [row[0] for row in table("homes.tsv")]
    assert len(domains) == len(set(domains))
    for domain in homes():
        assert home_of(Article(text="", url=f"https://www.{domain}/a")).place, domain


def test_homes_are_sorted_within_each_part() -> None:
    text = (FOLDER / "homes.tsv").read_text("utf-8").split("# domain", 1)[1]
    for part in text.split("\n# ")[1:]:
        domains = [line.split("\t")[0] for line in part.splitlines()[1:]]
        assert domains == sorted(domains)


def test_word_lists_are_sorted_lower_case_and_without_doubles() -> None:
    text = (FOLDER / "words.toml").read_text("utf-8")
    blocks = re.findall(r'^(\w+) = """\n(.*?)\n"""', text, re.MULTILINE | re.DOTALL)
    assert {name for name, _ in blocks} == set(words())
    for name, block in blocks:
        listed = block.split()
        assert listed == sorted(listed), name
        assert all(a != b for a, b in pairwise(listed)), name
        assert block == block.lower(), name


def test_weights_are_numbers_and_cover_every_kind_of_sign() -> None:
    assert {sign.split()[0] for sign in name_weights()} >= {"always", "kind", "before", "after", "words", "times"}
    assert {sign.split()[0] for sign in sense_weights()} >= {"kind", "people,", "inside", "outside", "names"}
    for file in ("weights.tsv", "senses.tsv"):
        signs = [row[0] for row in table(file)]
        assert signs == sorted(set(signs))


def test_a_missing_list_is_reported() -> None:
    with pytest.raises(DataError, match="install sayso again"):
        list(table("no-such-list.tsv"))


@pytest.mark.parametrize(
    ("about", "key"),
    [
        ({"url": "http://www.theparisnews.com/x"}, "paris"), ({"site": "madisonbugle.example"}, "madison"),
        ({"publisher": "The Springfield Bugle"}, "springfield"), ({"url": "not a url"}, ""), ({}, ""),
    ],
)  # fmt: skip
def test_the_outlet_tells_its_town(about: dict[str, str], key: str) -> None:
    assert home_of(Article(text="", **about)).key == key
