"""A user's own places go before the gazetteer's, and nothing else changes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.places import read_places
from sayso.places.own import own_places
from sayso.records import Article, SettingError
from sayso.text import Doc

FILE = "name,lat,lon,country,other_names\nHalvorin,47.5,19.25,HU,Halvorin village;al-Halvor\nParis,1.5,2.5,,\n"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("own") / "places.csv"
    path.write_text("\ufeff" + FILE, encoding="utf-8")
    return str(path)


def places(text: str, file: str = "") -> list[tuple[str, float | None, str | None]]:
    found = read_places(Doc(text), Article(text=text), file)
    return [(text[one.span[0] : one.span[1]], one.lat, one.country) for one in found]


def test_own_names_are_found_with_their_points(file: str) -> None:
    text = "Shells fell on Halvorin village and near al-Halvor, north of Damascus, said Halvorina in Paris."

    assert places(text, file) == [
        ("Halvorin village", 47.5, "HU"),
        ("al-Halvor", 47.5, "HU"),
        *[row for row in places(text) if row[0] == "Damascus"],
        ("Paris", 1.5, None),
    ]


@given(
    st.lists(
        st.sampled_from("Halvorin Paris Damascus Street fell in al-Halvor , . The Homs province".split()), max_size=12
    )
)
def test_places_stay_in_order_and_apart(words: list[str]) -> None:
    import tempfile

    path = Path(tempfile.gettempdir()) / "sayso-own-places-test.csv"
    path.write_text(FILE, encoding="utf-8")
    text = " ".join(words)
    spans = [one.span for one in read_places(Doc(text), Article(text=text), str(path))]

    assert spans == sorted(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("name,lat\nA,1\n", "line 2: expected a name, lat and lon"),
        ("name,lat,lon\nA,91,0\n", "line 2: expected a name, lat and lon"),
        ("name,lat,lon,country\nA,1,1,Syria\n", "line 2: expected a country's code"),
        ("name,lat,lon\n\xff", "expected a CSV file of places"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_line(tmp_path: Path, content: str, expected: str) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(SettingError, match=expected):
        own_places(str(path))
    with pytest.raises(SettingError, match="expected a CSV file"):
        own_places(str(tmp_path / "none.csv"))
