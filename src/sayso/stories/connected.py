"""The connected parts of a graph of many edges, in arrays; ``apart.components`` is quicker for a handful."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray


def connected(edges: NDArray[Any]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The nodes of each connected part, in order, and the numbers of its edges; parts by their first node.

    Args:
        edges: pairs of nodes, an array of ``(n, 2)``.
    """
    if not len(edges):
        return
    nodes, ends = np.unique(edges, return_inverse=True)
    one, other = ends.reshape(-1, 2).T
    first = _first_of_part(one, other, len(nodes))
    of_edge = first[one]
    by_part, edges_by_part = np.argsort(first, kind="stable"), np.argsort(of_edge, kind="stable")
    parts, counts = np.unique(first, return_counts=True)
    stops = np.cumsum(np.bincount(np.searchsorted(parts, of_edge), minlength=len(parts)))
    for members, inside in zip(
        np.split(by_part, np.cumsum(counts)[:-1]), np.split(edges_by_part, stops[:-1]), strict=True
    ):
        yield nodes[members].astype(np.int64), inside


def _first_of_part(one: NDArray[np.int64], other: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The first node of each node's part: each takes the first that its neighbours know of, until none changes."""
    first = np.arange(count)
    while True:
        known = np.minimum(first[one], first[other])
        fresh = first.copy()
        for ends in (one, other):
            np.minimum.at(fresh, ends, known)
            # what its first node has heard of meanwhile, and so on: distances halve
            np.minimum.at(fresh, first[ends], known)
        fresh = fresh[fresh]
        if np.array_equal(fresh, first):
            return first
        first = fresh
