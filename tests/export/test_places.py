"""GeoJSON, read by shapely."""

from __future__ import annotations

import json

from msgspec.structs import replace
from shapely.geometry import Point, shape

from sayso.export import TEXTS, Material
from sayso.records import StoryPlace


def test_places_are_points_and_what_has_no_place_has_no_geometry(given: Material) -> None:
    placed = replace(given.stories[0], place=StoryPlace(name="Halvorin", lat=48.5, lon=16.25, country="AT"))
    whole = json.loads(TEXTS["geojson"](given._replace(stories=(placed, *given.stories[1:]))))
    first, *rest = whole["features"]

    assert whole["type"] == "FeatureCollection"
    assert shape(first["geometry"]) == Point(16.25, 48.5)
    assert len(rest) == len(given.stories) - 1
    for feature, story in zip(rest, given.stories[1:], strict=True):
        unplaced = story.place is None or story.place.lat is None
        assert (feature["geometry"] is None) == unplaced
        assert feature["properties"]["independent_origins"] == story.independent_origins
