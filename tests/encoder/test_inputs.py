"""What the model sees: every token in pieces, every piece in a window."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sayso.encoder.inputs import BREAKS, FORMS, QUOTES, Inputs, Vocabulary, fold, make_inputs, windows
from sayso.text import Doc
from tests.strategies import texts

VOCABULARY = Vocabulary(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##know", "##n", "army", "said", "cafe", ",", ".", '"', "1", "##2"]
)


def inputs_of(text: str) -> Inputs:
    return make_inputs(Doc(text), VOCABULARY)


def test_words_are_split_longest_first_and_what_fits_nowhere_is_unknown() -> None:
    assert VOCABULARY.split("Unknown") == (4, 5, 6)
    assert VOCABULARY.split("Café") == (9,)
    assert VOCABULARY.split("12") == (13, 14)
    assert VOCABULARY.split("zzz") == (1,)
    assert VOCABULARY.split("a" * 5_000) == (1,)
    assert VOCABULARY.split("\u200d") == ()


def test_folding_leaves_letters() -> None:
    assert fold("ÉTAT") == "etat"
    assert fold("Raʿs") == "raʿs"


@given(texts)
def test_every_token_knows_its_first_piece(text: str) -> None:
    doc = Doc(text)
    inputs = make_inputs(doc, VOCABULARY)

    assert len(inputs.firsts) == len(doc.tokens)
    for token, first in enumerate(inputs.firsts):
        if first >= 0:
            assert inputs.tokens[first] == token
            assert first == 0 or inputs.tokens[first - 1] < token
    assert all(0 <= form < len(FORMS) for form in inputs.forms)
    assert all(0 <= quote < len(QUOTES) for quote in inputs.quotes)
    assert all(0 <= state < len(BREAKS) for state in inputs.breaks)


def test_quotations_and_breaks_are_seen() -> None:
    inputs = inputs_of('"Army," said army.\n\nArmy said.')

    assert [QUOTES[n] for n in inputs.quotes[:4]] == ["opens", "inside", "inside", "closes"]
    assert BREAKS[inputs.breaks[0]] == "paragraph"
    assert BREAKS[inputs.breaks[inputs.firsts[7]]] == "paragraph"
    assert [FORMS[n] for n in inputs.forms[:2]] == ["mark", "title"]


@given(total=st.integers(0, 3_000), size=st.integers(70, 254), overlap=st.integers(0, 64))
def test_windows_cover_the_text(total: int, size: int, overlap: int) -> None:
    inputs = Inputs(*(range(total),) * 6)  # type: ignore[arg-type]
    found = windows(inputs, size, overlap=overlap)

    assert {n for start, end in found for n in range(start, end)} == set(range(total))
    assert all(0 < end - start <= size for start, end in found)
    assert all(first[1] - second[0] >= overlap for first, second in pairwise(found))


def test_a_window_stands_between_the_two_marks() -> None:
    pieces, *rest = inputs_of("army said").cut(0, 2, VOCABULARY.marks)

    assert list(pieces) == [2, 7, 8, 3]
    assert [len(row) for row in rest] == [4, 4, 4]
