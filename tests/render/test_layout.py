"""Placed boxes: none on another, wires that run between them, and the same picture in whatever order they come."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sayso.render.layout import Box, Edge, Key, Layout, crossings, lay_out

KEYS: tuple[Key, ...] = tuple((letter, "box") for letter in "abcdefghijkl")

boxes = st.lists(
    st.builds(
        Box, key=st.sampled_from(KEYS), width=st.floats(20, 200), height=st.floats(10, 90), floor=st.integers(0, 2),
        last=st.booleans(), block=st.sampled_from(["", "", "roof"]),
    ),
    unique_by=lambda box: box.key, max_size=len(KEYS),
)  # fmt: skip
edges = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=30)


def rows_of(plan: Layout) -> list[list[Key]]:
    """The keys of each column from top to bottom."""
    columns: dict[int, list[Key]] = {}
    for key, place in plan.places.items():
        columns.setdefault(place.column, []).append(key)
    return [sorted(columns[column], key=lambda key: plan.places[key].y) for column in sorted(columns)]


@given(boxes, edges)
def test_every_box_has_a_place_of_its_own_within_the_picture(found: list[Box], wires: list[Edge]) -> None:
    plan = lay_out(found, wires)

    assert plan.places.keys() == {box.key for box in found}
    for row in rows_of(plan):
        for above, below in pairwise(plan.places[key] for key in row):
            assert above.y + above.height < below.y
    for place in plan.places.values():
        assert -0.01 <= place.y <= place.y + place.height <= plan.height + 0.01
        assert place.x + place.width <= plan.width + 0.01


@given(boxes, edges)
def test_wires_run_from_the_right_of_one_to_the_left_of_the_other_and_behind_no_third(
    found: list[Box], wires: list[Edge]
) -> None:
    plan = lay_out(found, wires)

    assert plan.wires.keys() == {(a, b) for a, b in wires if a != b and {a, b} <= plan.places.keys()}
    for (a, b), points in plan.wires.items():
        start, end = plan.places[a], plan.places[b]
        assert points[0] == (start.x + start.width, start.middle)
        assert points[-1] == (end.x, end.middle)
        for left, right in zip(points[1:-1:2], points[2:-1:2], strict=True):
            behind = [one for one in plan.places.values() if one.x == left[0]]
            assert left[1] == right[1]
            assert not any(one.y <= left[1] <= one.y + one.height for one in behind)


@given(boxes, edges)
def test_what_has_it_from_another_stands_right_of_it_unless_they_have_it_from_each_other(
    found: list[Box], wires: list[Edge]
) -> None:
    onward = [(a, b) for a, b in wires if a < b]
    last = {box.key for box in found if box.last}
    plan = lay_out(found, onward)

    for a, b in plan.wires:
        assert plan.places[a].column < plan.places[b].column or a in last
    assert len({plan.places[key].column for key in last}) <= 1


@given(boxes, edges, st.randoms())
def test_the_order_of_boxes_and_edges_makes_no_difference(
    found: list[Box], wires: list[Edge], dice: st.DataObject
) -> None:
    other, turned = list(found), list(wires)
    dice.shuffle(other)
    dice.shuffle(turned)

    assert lay_out(other, turned) == lay_out(found, wires)


@given(boxes, edges)
def test_boxes_of_one_block_stand_together(found: list[Box], wires: list[Edge]) -> None:
    blocks = {box.key: box.block or box.key for box in found}
    for row in rows_of(lay_out(found, wires)):
        runs = [blocks[key] for n, key in enumerate(row) if n == 0 or blocks[row[n - 1]] != blocks[key]]

        assert len(runs) == len(set(runs))


def test_wires_that_need_not_cross_do_not() -> None:
    left = [Box((name,), 50, 20) for name in "abc"]
    right = [Box((name,), 50, 20, last=True) for name in "xyz"]
    wires = [(("a",), ("z",)), (("b",), ("x",)), (("c",), ("y",))]
    plan = lay_out([*left, *right], wires)

    assert crossings([[("a",), ("b",), ("c",)], [("x",), ("y",), ("z",)]], wires) == 2
    assert crossings(rows_of(plan), wires) == 0


def test_nothing_is_drawn_of_nothing() -> None:
    assert lay_out([], []) == Layout({}, {}, 0.0, 0.0)
