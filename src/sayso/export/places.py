"""GeoJSON (RFC 7946): a feature for each story, without a geometry where no place is known."""

from __future__ import annotations

import json
from typing import Any

from sayso.export.material import Material, cleaned
from sayso.export.tables import story_rows


def geojson(given: Material) -> str:
    """A FeatureCollection of all stories; properties are the columns of the table of stories."""
    features = [_feature(row) for row in story_rows(given)]
    return json.dumps(cleaned({"type": "FeatureCollection", "features": features}), ensure_ascii=False, indent=1) + "\n"


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    placed = row["lat"] is not None and row["lon"] is not None
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if placed else None
    rest = {name: value for name, value in row.items() if name not in ("lat", "lon")}
    return {"type": "Feature", "id": row["story"], "geometry": point, "properties": rest}
