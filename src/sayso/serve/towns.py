"""Names of towns for the map, from the gazetteer that ships with sayso: a square of the map at a time."""

from __future__ import annotations

from math import atan, degrees, pi, sinh

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sayso.places import towns_in

#: Squares as all maps of the web cut the world: 2**zoom to a side. Further out, a square would hold a country.
_WIDEST, _CLOSEST = 6, 13

#: Names that have room in a square.
_ROOM = 14


def named(request: Request) -> Response:
    """The towns of a square, the most populous first, each ``[name, latitude, longitude, population]``."""
    zoom, column, row = (request.path_params[name] for name in ("zoom", "column", "row"))
    if not (_WIDEST <= zoom <= _CLOSEST and column < 2**zoom and row < 2**zoom):
        raise HTTPException(404, f"No such square; there are those of zoom {_WIDEST} to {_CLOSEST}.")
    content = msgspec.json.encode(towns_in(_box(zoom, column, row), _ROOM))
    return Response(content, media_type="application/json", headers={"Cache-Control": "max-age=86400"})


def _box(zoom: int, column: int, row: int) -> tuple[float, float, float, float]:
    """South, west, north and east of a square."""
    west, east = (360 * edge / 2**zoom - 180 for edge in (column, column + 1))
    north, south = (degrees(atan(sinh(pi * (1 - 2 * edge / 2**zoom)))) for edge in (row, row + 1))
    return south, west, north, east
