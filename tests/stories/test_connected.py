"""The parts of a graph, against joining them edge by edge."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.stories.apart import components
from sayso.stories.connected import connected


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=120))
def test_parts_are_those_of_joining_edge_by_edge(edges: list[tuple[int, int]]) -> None:
    found = list(connected(np.array(edges, dtype=np.int32).reshape(-1, 2)))
    assert [nodes.tolist() for nodes, _ in found] == components(edges)
    assert sorted(number for _, inside in found for number in inside.tolist()) == list(range(len(edges)))
    for nodes, inside in found:
        assert all(edges[number][0] in nodes.tolist() for number in inside.tolist())


def test_a_long_chain_is_one_part() -> None:
    chain = np.column_stack((np.arange(5000), np.arange(1, 5001)))[::-1]
    ((nodes, _),) = connected(chain)
    assert nodes.tolist() == list(range(5001))
