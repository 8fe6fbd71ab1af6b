"""Where the boxes of a layered drawing stand: columns from left to right, few crossings, nothing on top of another.

Pure, and the same for the same boxes and edges in whatever order they come. A wire that passes a column in which it
has no business gets a lane of its own there, one for all wires of one source, so that none runs behind a box.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeAlias

Key: TypeAlias = tuple[str, ...]
Edge: TypeAlias = tuple[Key, Key]

#: Between boxes of one column, between columns, the height of a lane, and how often the order and the heights are
#: improved; after that nothing changes that an eye would see.
_APART, _GUTTER, _LANE, _SWEEPS, _SETTLINGS = 12.0, 72.0, 6.0, 12, 6


class Box(NamedTuple):
    """What is to be placed: ``floor`` is its first column allowed; ``last`` puts it into the last one of all.

    Boxes of one ``block`` that share a column stand together.
    """

    key: Key
    width: float
    height: float
    floor: int = 0
    last: bool = False
    block: str = ""


class Place(NamedTuple):
    """Where a box stands: its column, its left upper corner and its size."""

    column: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


class Layout(NamedTuple):
    """Places by key; for each edge the points that its wire runs through; the size of all."""

    places: dict[Key, Place]
    wires: dict[Edge, tuple[tuple[float, float], ...]]
    width: float
    height: float


def lay_out(boxes: Iterable[Box], edges: Collection[Edge]) -> Layout:
    """Places for all boxes; an edge whose ends are no two of the boxes is left out."""
    known = {box.key: box for box in sorted(boxes)}
    kept = sorted({(a, b) for a, b in edges if a != b and a in known and b in known})
    columns = _columns(known, kept)
    routes = {edge: _route(edge, columns) for edge in kept}
    links = sorted({pair for route in routes.values() for pair in pairwise(route)})
    rows, sizes = _rows(known, columns, links)
    blocks = {key: (known[key].block if key in known else "") or "\0".join(key) for key in sizes}
    neighbours = _neighbours(links)
    ordered = _with_few_crossings(rows, links, neighbours, blocks)
    return _placed(known, ordered, _middles(ordered, sizes, neighbours), routes)


def crossings(rows: Sequence[Sequence[Key]], links: Iterable[Edge]) -> int:
    """How many links between neighbouring columns cross one another."""
    at = {key: (column, place) for column, row in enumerate(rows) for place, key in enumerate(row)}
    between: dict[int, list[tuple[int, int]]] = {}
    for a, b in links:
        between.setdefault(at[a][0], []).append((at[a][1], at[b][1]))
    return sum(_inversions(pairs) for pairs in between.values())


def _inversions(pairs: list[tuple[int, int]]) -> int:
    seen: list[int] = []
    found = 0
    for _, end in sorted(pairs):
        found += len(seen) - bisect_right(seen, end)
        insort(seen, end)
    return found


def _columns(known: Mapping[Key, Box], edges: Iterable[Edge]) -> dict[Key, int]:
    """Each box right of all that lead to it; where they lead in a circle, the first by floor and name goes first."""
    before: dict[Key, set[Key]] = {key: set() for key in known}
    for a, b in edges:
        if not known[a].last:
            before[b].add(a)
    waiting = {key for key, box in known.items() if not box.last}
    found: dict[Key, int] = {}
    while waiting:
        free = {key for key in waiting if waiting.isdisjoint(before[key])}
        for key in free or {min(waiting, key=lambda one: (known[one].floor, one))}:
            found[key] = max([known[key].floor, *(found[one] + 1 for one in before[key] if one in found)])
        waiting -= found.keys()
    last = 1 + max(found.values(), default=-1)
    return found | {key: last for key, box in known.items() if box.last}


def _route(edge: Edge, columns: Mapping[Key, int]) -> tuple[Key, ...]:
    """The edge's ends, with the lanes between them; one that leads back has none and no say in the order."""
    a, b = edge
    if columns[a] >= columns[b]:
        return ()
    return (a, *(("lane", str(column), *a) for column in range(columns[a] + 1, columns[b])), b)


def _rows(
    known: Mapping[Key, Box], columns: Mapping[Key, int], links: Iterable[Edge]
) -> tuple[list[list[Key]], dict[Key, float]]:
    """What stands in each column, by name, lanes included; and how high each is."""
    rows: list[list[Key]] = [[] for _ in range(1 + max(columns.values(), default=-1))]
    sizes = {key: box.height for key, box in known.items()}
    for key in known:
        rows[columns[key]].append(key)
    for lane in sorted({key for link in links for key in link} - known.keys()):
        rows[int(lane[1])].append(lane)
        sizes[lane] = _LANE
    return rows, sizes


def _neighbours(links: Iterable[Edge]) -> tuple[dict[Key, list[Key]], dict[Key, list[Key]]]:
    """Of each key what is left of it, and what is right of it."""
    left: dict[Key, list[Key]] = {}
    right: dict[Key, list[Key]] = {}
    for a, b in links:
        left.setdefault(b, []).append(a)
        right.setdefault(a, []).append(b)
    return left, right


def _with_few_crossings(
    rows: list[list[Key]], links: list[Edge], sides: tuple[dict[Key, list[Key]], dict[Key, list[Key]]],
    blocks: Mapping[Key, str],
) -> list[list[Key]]:  # fmt: skip
    """The best order that sweeps to the right and back find, each column by the mean place of its neighbours."""
    rows = [_by_mean(row, {}, {}, blocks) for row in rows]
    best, fewest = rows, crossings(rows, links)
    for sweep in range(_SWEEPS):
        rows = list(rows)
        steps = range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1)
        for column in steps:
            beside = rows[column + (-1 if sweep % 2 == 0 else 1)]
            at = {key: place / max(1, len(beside) - 1) for place, key in enumerate(beside)}
            rows[column] = _by_mean(rows[column], sides[sweep % 2], at, blocks)
        if (count := crossings(rows, links)) < fewest:
            best, fewest = rows, count
    return best


def _by_mean(
    row: Sequence[Key], beside: Mapping[Key, list[Key]], at: Mapping[Key, float], blocks: Mapping[Key, str]
) -> list[Key]:
    """The column by the mean place of each one's neighbours, blocks kept whole; who has none keeps its place."""
    own = {key: _mean([at[one] for one in beside.get(key, ())], n / max(1, len(row) - 1)) for n, key in enumerate(row)}
    members: dict[str, list[float]] = {}
    for key in row:
        members.setdefault(blocks[key], []).append(own[key])
    return sorted(row, key=lambda key: (_mean(members[blocks[key]], 0), blocks[key], own[key], key))


def _mean(values: Sequence[float], otherwise: float) -> float:
    return round(sum(values) / len(values), 9) if values else otherwise


def _middles(
    rows: Sequence[Sequence[Key]], sizes: Mapping[Key, float], sides: tuple[dict[Key, list[Key]], dict[Key, list[Key]]]
) -> dict[Key, float]:
    """The height of each one's middle: as near to its neighbours as order and distance let it; the topmost is at 0."""
    middles: dict[Key, float] = {}
    for row in rows:
        middles.update(_settled(row, dict.fromkeys(row, 0.0), sizes))
    for step in range(_SETTLINGS):
        for row in rows if step % 2 == 0 else reversed(rows):
            near = {key: [middles[one] for side in sides for one in side.get(key, ())] for key in row}
            middles.update(_settled(row, {key: _mean(near[key], middles[key]) for key in row}, sizes))
    top = min((middle - sizes[key] / 2 for key, middle in middles.items()), default=0.0)
    return {key: middle - top for key, middle in middles.items()}


def _settled(row: Sequence[Key], wanted: Mapping[Key, float], sizes: Mapping[Key, float]) -> dict[Key, float]:
    """The wishes of a column met with the least squared error: whoever would overlap is pooled."""
    steps = [(sizes[a] + sizes[b]) / 2 + _APART for a, b in pairwise(row)]
    offsets = list(accumulate(steps, initial=0.0))
    pools: list[tuple[float, int]] = []
    for key, offset in zip(row, offsets, strict=False):
        total, count = wanted[key] - offset, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            other = pools.pop()
            total, count = total + other[0], count + other[1]
        pools.append((total, count))
    levels = [total / count for total, count in pools for _ in range(count)]
    return {key: level + offset for key, level, offset in zip(row, levels, offsets, strict=False)}


def _placed(
    known: Mapping[Key, Box], rows: Sequence[Sequence[Key]], middles: Mapping[Key, float],
    routes: Mapping[Edge, tuple[Key, ...]],
) -> Layout:  # fmt: skip
    widths = [max((known[key].width for key in row if key in known), default=0.0) for row in rows]
    lefts = list(accumulate((width + _GUTTER for width in widths), initial=0.0))
    spots = [(key, column) for column, row in enumerate(rows) for key in row]
    places = {
        key: Place(column, lefts[column], middles[key] - known[key].height / 2, widths[column], known[key].height)
        for key, column in spots
        if key in known
    }
    lanes = {
        key: ((lefts[column], middles[key]), (lefts[column] + widths[column], middles[key]))
        for key, column in spots
        if key not in known
    }
    wires = {
        (a, b): _wire(places[a], places[b], [lanes[key] for key in route[1:-1]]) for (a, b), route in routes.items()
    }
    bottoms = [place.y + place.height for place in places.values()] + [
        lane[0][1] + _LANE / 2 for lane in lanes.values()
    ]
    return Layout(places, wires, max(0.0, lefts[-1] - _GUTTER), max(bottoms, default=0.0))


def _wire(
    start: Place, end: Place, lanes: Iterable[tuple[tuple[float, float], tuple[float, float]]]
) -> tuple[tuple[float, float], ...]:
    passed = [point for lane in lanes for point in lane]
    return ((start.x + start.width, start.middle), *passed, (end.x, end.middle))
