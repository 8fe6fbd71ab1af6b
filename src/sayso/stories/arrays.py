"""Numbers in rows that grow at the end, and lists of numbers in rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

#: Stands for a day, a place or an agent that is not given.
NONE = -1


class Column:
    """Numbers that grow at the end; room is doubled, so that adding one costs the same however many there are."""

    def __init__(self, kind: type[Any]) -> None:
        self._room: NDArray[Any] = np.empty(1024, dtype=kind)
        self._size = 0

    def extend(self, values: Sequence[Any] | NDArray[Any]) -> None:
        size = self._size + len(values)
        if size > len(self._room):
            room = np.empty(max(size, 2 * len(self._room)), dtype=self._room.dtype)
            room[: self._size] = self._room[: self._size]
            self._room = room
        self._room[self._size : size] = values
        self._size = size

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> NDArray[Any]:
        return self._room[: self._size]


class Lists:
    """A list of numbers for each row: its members stand in one column, one row behind the other."""

    def __init__(self) -> None:
        self._members, self._ends = Column(np.int32), Column(np.int64)
        self._ends.extend([0])

    def append(self, members: Sequence[int]) -> None:
        self.extend(members, [len(members)])

    def extend(self, members: Sequence[int], lengths: Sequence[int]) -> None:
        """Adds several rows, whose members stand one row behind the other."""
        ends = np.cumsum(lengths, dtype=np.int64) + len(self._members)
        self._members.extend(members)
        self._ends.extend(ends)

    def lengths(self, rows: NDArray[Any]) -> NDArray[np.int64]:
        ends = self._ends.values
        return np.asarray(ends[rows + 1] - ends[rows], dtype=np.int64)

    def gathered(self, rows: NDArray[Any]) -> tuple[Ints, NDArray[np.int64]]:
        """The members of many rows behind each other, and where in that each row begins."""
        lengths = self.lengths(rows)
        starts = np.concatenate(([0], np.cumsum(lengths)))
        within = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
        return self._members.values[np.repeat(self._ends.values[rows], lengths) + within], starts[:-1]

    def __len__(self) -> int:
        return len(self._ends) - 1
