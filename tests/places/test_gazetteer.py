"""The compiled gazetteer: what it finds, and what it says when it is damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.places.folding import LOOSE_MARK, loose_key, plain_key
from sayso.places.gazetteer import FOLDER, Gazetteer, gazetteer
from sayso.records import DataError

FILES = ("gazetteer.bin", "names.marisa")


def test_a_town_has_its_point_and_ids() -> None:
    town = max(gazetteer().find("Mosul"), key=lambda place: place.population)
    assert (town.country, town.geonameid, town.kind) == ("IQ", 99072, "town")
    assert abs(town.lat - 36.335) < 0.01
    assert abs(town.lon - 43.119) < 0.01


@pytest.mark.parametrize(
    ("name", "kind", "lat", "lon"),
    [
        ("Texas", "state", 31.4, -99.3), ("Los Angeles County", "county", 34.2, -118.3), ("Russia", "country", 60, 100),
        ("Fiji", "country", -17.8, 178.0), ("Lebanon", "country", 33.9, 35.9), ("Damascus", "capital", 33.5, 36.3),
    ],
)  # fmt: skip
def test_countries_states_and_counties_stand_in_their_middle(name: str, kind: str, lat: float, lon: float) -> None:
    place = next(place for place in gazetteer().find(name) if place.kind == kind)
    assert abs(place.lat - lat) < 1
    assert abs(place.lon - lon) < 1


def test_every_place_of_common_names_is_sound() -> None:
    for name in ("Springfield", "San José", "Saint-Étienne", "Santa Cruz", "Moskva", "Victoria"):
        assert gazetteer().find(name)
        for place in gazetteer().find(name):
            assert -90 <= place.lat <= 90
            assert -180 <= place.lon <= 180
            assert place.country is None or len(place.country) == 2


def test_the_towns_of_a_box_lie_in_it_the_greatest_first() -> None:
    towns = gazetteer().towns_in((35.9, 36.9, 37.05, 38.2), 40)
    assert [town.name for town in towns[:2]] == ["Aleppo", "Al Bāb"]
    assert all(35.9 <= town.lat < 37.05 and 36.9 <= town.lon < 38.2 for town in towns)
    assert all(town.kind in ("town", "capital") for town in towns)
    assert [town.population for town in towns] == sorted((town.population for town in towns), reverse=True)
    assert gazetteer().towns_in((35.9, 36.9, 37.05, 38.2), 3) == towns[:3]
    assert gazetteer().towns_in((30, -30, 31, -29), 9) == []


@given(st.floats(30, 38), st.floats(30, 44), st.integers(1, 5))
def test_a_box_cut_in_four_holds_the_same_towns(lat: float, lon: float, size: int) -> None:
    def within(*box: float) -> set[int | None]:
        return {town.geonameid for town in gazetteer().towns_in((box[0], box[1], box[2], box[3]), 100_000)}

    middle, east, north = (lat + size / 2, lon + size / 2), lon + size, lat + size
    quarters = [
        within(lat, lon, *middle), within(lat, middle[1], middle[0], east),
        within(middle[0], lon, north, middle[1]), within(*middle, north, east),
    ]  # fmt: skip
    assert sum(map(len, quarters)) == len(within(lat, lon, north, east))
    assert set().union(*quarters) == within(lat, lon, north, east)


def test_unknown_names_have_no_place() -> None:
    assert gazetteer().find("") == gazetteer().find("Qwrtzpl") == gazetteer().find_loose("b") == ()


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_short_is_reported_with_the_remedy(tmp_path: Path, name: str) -> None:
    for file in FILES:
        shutil.copy(FOLDER / file, tmp_path / file)
    whole = (tmp_path / name).read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        (tmp_path / name).write_bytes(whole[:length])
        with pytest.raises(DataError, match="install sayso again"):
            Gazetteer(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_or_foreign_file_is_reported(tmp_path: Path, name: str) -> None:
    for file in FILES:
        shutil.copy(FOLDER / file, tmp_path / file)
    (tmp_path / name).write_bytes(b'{"magic": "something else"}\n' + b"\0" * 4096)
    with pytest.raises(DataError, match="install sayso again"):
        Gazetteer(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(DataError, match="install sayso again"):
        Gazetteer(tmp_path)


def test_the_data_that_ships_stays_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 14_000_000


@given(st.text(max_size=60))
def test_keys_are_folded_once_and_for_all(name: str) -> None:
    key = plain_key(name)
    assert plain_key(key) == key
    assert LOOSE_MARK not in key
    assert loose_key(name) == loose_key(key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khan Sheikhoun", "Khān Shaykhūn"), ("Saraqeb", "Saraqib"), ("al-Mayadeen", "Al Mayādīn"), ("Idleb", "Idlib"),
        ("Hasakeh", "Al Ḩasakah"), ("Qaboun", "Qabun"), ("Atareb", "Al Atārib"),
    ],
)  # fmt: skip
def test_loose_keys_bring_spellings_together(one: str, other: str) -> None:
    assert loose_key(one) == loose_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Mosul", "Misrata"), ("Daraa", "Douma"), ("Kobani", "Kabul")])
def test_loose_keys_keep_towns_apart(one: str, other: str) -> None:
    assert loose_key(one) != loose_key(other)


def test_too_short_a_name_has_no_loose_key() -> None:
    assert loose_key("al-Ab") == loose_key("Ede") == ""
