"""Towns for the map: those of a square, none beside it, and no square that there is not."""

from __future__ import annotations

from math import asinh, floor, pi, radians, tan

import pytest
from starlette.testclient import TestClient


def square(zoom: int, lat: float, lon: float) -> str:
    """The square of a point, as maps of the web number them."""
    count: int = 2**zoom
    return f"/map/{zoom}/{floor((lon + 180) / 360 * count)}/{floor((1 - asinh(tan(radians(lat))) / pi) / 2 * count)}"


@pytest.mark.parametrize("zoom", [6, 9, 13])
def test_a_square_has_the_towns_that_lie_in_it(client: TestClient, zoom: int) -> None:
    towns = client.get(square(zoom, 34.7324, 36.7137)).json()

    assert "Homs" in [name for name, *_ in towns]
    assert all(square(zoom, lat, lon) == square(zoom, 34.7324, 36.7137) for _, lat, lon, _ in towns)
    assert len(towns) <= 14


@pytest.mark.parametrize("address", ["/map/5/1/1", "/map/14/1/1", "/map/6/64/1", "/map/6/1/64", "/map/6/-1/1"])
def test_there_is_no_other_square(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404
