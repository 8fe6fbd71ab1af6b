"""Cutting a text at the boundaries of its marks loses no character and nests nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.render.segments import Mark, cut

from .strategies import spans, words

marks = st.lists(
    st.builds(Mark, span=spans, layer=st.sampled_from(["content", "event", "cue"]), card=st.none() | st.integers(0, 5)),
    max_size=8,
)


@given(words, marks, st.dictionaries(st.integers(-1, 60), st.integers(0, 5), max_size=3))
def test_segments_join_to_the_lines(text: str, found: list[Mark], anchors: dict[int, int]) -> None:
    lines = cut(text, found, anchors)

    assert all(text[piece.start :].startswith(piece.text) for line in lines for piece in line)
    assert ["".join(piece.text for piece in line) for line in lines] == [
        line for line in text.split("\n") if line.strip()
    ]


@given(words, marks)
def test_each_character_has_exactly_the_layers_of_its_marks(text: str, found: list[Mark]) -> None:
    text = text.replace("\n", " ")
    inside = [mark for mark in found if 0 <= mark.span[0] < mark.span[1] <= len(text)]
    offset = 0
    for piece in (piece for line in cut(text, found, {}) for piece in line):
        for at in range(offset, offset + len(piece.text)):
            assert set(piece.layers) == {mark.layer for mark in inside if mark.span[0] <= at < mark.span[1]}
        offset += len(piece.text)


def test_cards_are_listed_innermost_first_and_anchors_begin_a_segment() -> None:
    outer, inner = Mark(span=(0, 9), layer="content", card=0), Mark(span=(2, 5), layer="event", card=1)
    (line,) = cut("abcdefghi", [inner, outer], {5: 0})

    assert [(piece.text, piece.cards, piece.anchor) for piece in line] == [
        ("ab", (0,), None),
        ("cde", (1, 0), None),
        ("fghi", (0,), 0),
    ]
