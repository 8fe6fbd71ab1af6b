"""Word lists, mappings and weights that ship beside the code of a room, as TOML."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.records import DataError


@cache
def toml_table(room: str, filename: str) -> dict[str, Any]:
    """A TOML file of a room: ``toml_table("stories", "weights.toml")``; read once.

    Raises:
        DataError: where it is missing or damaged.
    """
    try:
        return tomllib.loads((files(f"sayso.{room}") / filename).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(expected="a TOML table", found=str(error), place=f"sayso/{room}/{filename}") from None
