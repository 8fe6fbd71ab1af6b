"""Average linkage: joins the two groups whose pairs go together best on average, until none reaches a threshold."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import NDArray


def average_linkage(scores: NDArray[np.floating[Any]], threshold: float) -> list[list[int]]:
    """Groups of the rows of a symmetric array of scores, each in order, ordered by their first member.

    Ties are broken by the order of the rows, so that the same scores give the same groups.
    """
    sums = np.array(scores, dtype=np.float64)
    np.fill_diagonal(sums, -np.inf)
    members: dict[int, list[int]] = {row: [row] for row in range(len(sums))}
    # a group is named by a number that is never used again, so that what the heap says of a group that is gone is void
    home, size = np.arange(len(sums)), np.ones(len(sums))
    row_of = {row: row for row in range(len(sums))}
    heap = [(-float(sums[i, j]), int(i), int(j)) for i, j in zip(*np.nonzero(sums >= threshold), strict=True) if i < j]
    heapify(heap)
    fresh = len(sums)
    while heap:
        _, i, j = heappop(heap)
        if i not in members or j not in members:
            continue
        members[fresh] = members.pop(i) + members.pop(j)
        kept, gone = row_of.pop(i), row_of.pop(j)
        sums[kept] += sums[gone]
        sums[:, kept] = sums[kept]
        sums[gone], sums[:, gone], sums[kept, kept] = -np.inf, -np.inf, -np.inf
        size[kept] += size[gone]
        home[kept], row_of[fresh] = fresh, kept
        means = sums[kept] / (size[kept] * size)
        for other in np.flatnonzero(means >= threshold).tolist():
            heappush(heap, (-float(means[other]), int(home[other]), fresh))
        fresh += 1
    return sorted(sorted(group) for group in members.values())
