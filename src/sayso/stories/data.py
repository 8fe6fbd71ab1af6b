"""The data files beside this room's code: weights and word lists."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.records import DataError


@cache
def table(filename: str) -> dict[str, Any]:
    """A TOML file of this room.

    Raises:
        DataError: if it is missing or damaged.
    """
    try:
        return tomllib.loads((files("sayso.stories") / filename).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(expected="a TOML table", found=str(error), place=f"sayso/stories/{filename}") from None
