"""How much of the map a place stands for."""

from __future__ import annotations

import pytest

from sayso.places import read_places, scale_of
from sayso.records import Article
from sayso.text import Doc


@pytest.mark.parametrize(
    ("words", "scale"),
    [
        ("They crossed into Syria on Monday.", "country"),
        ("The fighting moved to Aleppo province.", "region"),
        ("Shells fell on Manbij at dawn.", "spot"),
    ],
)
def test_a_place_as_it_is_read_has_its_scale(words: str, scale: str) -> None:
    (place,) = read_places(Doc(words), Article(text=words))

    assert scale_of(place.name or "", place.geonameid, place.country) == scale
