"""Average linkage: joins the two groups whose pairs go together best on average, until none reaches a threshold."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import NDArray


def average_linkage(
    scores: NDArray[np.floating[Any]], threshold: float, sizes: NDArray[np.floating[Any]] | None = None
) -> list[list[int]]:
    """Groups of the rows of a symmetric array of scores, each in order, ordered by their first member.

    Ties are broken by the order of the rows, so that the same scores give the same groups. ``sizes``: of how many
    members each row is the average already; one each where it is not given.
    """
    size = np.ones(len(scores)) if sizes is None else np.array(sizes, dtype=np.float64)
    sums = np.array(scores, dtype=np.float64) * size * size[:, None]
    np.fill_diagonal(sums, -np.inf)
    members: dict[int, list[int]] = {row: [row] for row in range(len(sums))}
    # a group is named by a number that is never used again, so that what the heap says of a group that is gone is void
    home, row_of = np.arange(len(sums)), {row: row for row in range(len(sums))}
    near = np.argwhere(np.triu(scores >= threshold, 1)).tolist()
    heap = [(-float(scores[i, j]), i, j) for i, j in near]
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
