"""Readings and stories in the formats of those who work with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sayso.export.archive import write_warc
from sayso.export.datasette import write_datasette
from sayso.export.entities import entities
from sayso.export.events import acled, ged, plover
from sayso.export.linked import provenance, web_annotations
from sayso.export.material import Material, clean, material
from sayso.export.places import geojson
from sayso.export.tables import claim_rows, story_rows, write_csv, write_parquet

#: Formats that are one text.
TEXTS: dict[str, Callable[[Material], str]] = {
    "geojson": geojson, "ged": ged, "acled": acled, "plover": lambda given: "".join(plover(given)),
    "webannotation": web_annotations, "prov": provenance, "ftm": lambda given: "".join(entities(given)),
}  # fmt: skip

#: Formats that are several files in a folder.
FOLDERS: dict[str, Callable[[Material, Path], None]] = {
    "csv": write_csv, "parquet": write_parquet, "datasette": write_datasette,
}  # fmt: skip

__all__ = ["FOLDERS", "TEXTS", "Material", "claim_rows", "clean", "material", "story_rows", "write_warc"]
