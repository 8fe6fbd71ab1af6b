"""What all records share: frozen, slotted, compared by value, written as JSON with every field present."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

#: Half-open ``[start, end)`` in Unicode code points into ``article.text``; never empty.
Span: TypeAlias = tuple[int, int]

#: Where something stands when it stands in several pieces, in text order.
Spans: TypeAlias = tuple[Span, ...]

#: An ISO day, ``YYYY-MM-DD``.
Day: TypeAlias = str

#: Both days are included.
DayRange: TypeAlias = tuple[Day, Day]

#: ``[low, high]``, both included; None is an open end ("at least 20" is ``(20, None)``).
CountRange: TypeAlias = tuple[int | None, int | None]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every record. What is unknown is None; a list is empty, never missing."""
