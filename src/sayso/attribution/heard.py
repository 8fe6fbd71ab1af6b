"""What the rules hand on: one attribution as ranges of one unit's items."""

from __future__ import annotations

from typing import NamedTuple

from sayso.attribution.units import Range
from sayso.records import Stance


class Heard(NamedTuple):
    """An attribution within one unit: ``source`` is None where it is only implied, ``end`` the first item after it."""

    source: Range | None
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    stance: Stance
    end: int
