"""How much of the map a resolved place stands for: a whole country, a part of one, or a spot."""

from __future__ import annotations

from functools import cache
from typing import Literal, TypeAlias

from sayso.places.folding import plain_key
from sayso.places.gazetteer import gazetteer
from sayso.places.lists import lists

Scale: TypeAlias = Literal["country", "region", "spot"]

#: Kinds of listed places whose point is the middle of something wide.
_WIDE = frozenset({"province", "area", "world", "water", "county", "state"})


def scale_of(name: str, geonameid: int | None, country: str | None) -> Scale:
    """The scale of a place that has a point.

    Args:
        name: as the text or the gazetteer has it; tells areas, which have no number.
        geonameid: GeoNames' number, if it has one.
        country: ISO 3166-1 alpha-2, if it lies in one.
    """
    if geonameid is not None:
        return _wholes().get(geonameid, "spot")
    listed = lists().plain.get(plain_key(name), ())
    kinds = {one.kind for one in listed if one.geonameid is None and one.country in (country, None)}
    return "region" if kinds & _WIDE else "spot"


@cache
def _wholes() -> dict[int, Scale]:
    found: dict[int, Scale] = {}
    for place in gazetteer().wholes():
        if place.geonameid is not None:
            found[place.geonameid] = "country" if place.kind == "country" else "region"
    return found
