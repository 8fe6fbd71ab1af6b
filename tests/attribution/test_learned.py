"""Attributions by the learned model's marks: who says what in plain sentences, and what holds of any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from sayso.attribution import read_attributions
from sayso.attribution.learned import stance_of
from sayso.encoder import model_for
from sayso.records import Attribution
from sayso.text import Doc
from tests.strategies import texts

QUOTED = "“We saw the smoke from our roof,” Mira Talven said. “Then the road was closed.”"


def read(text: str) -> tuple[Attribution, ...]:
    doc = Doc(text)
    return read_attributions(doc, model_for("learned", 1).read(doc))


def words(text: str, found: Attribution, role: str) -> list[str]:
    return [text[start:end] for start, end in getattr(found, role)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "inside"),
    [
        ("The army said that the rebels had left the town.", "The army", "said", "rebels had left the town"),
        ("According to the hospital, nine people were wounded.", "the hospital", "According to", "nine people were"),
        ("Nine people were wounded, the hospital reported.", "the hospital", "reported", "Nine people were wounded"),
        ("A spokesman for the ministry denied that the bridge was hit.", "ministry", "denied", "the bridge was hit"),
    ],
)
def test_plain_statements(text: str, source: str, cue: str, inside: str) -> None:
    (found,) = read(text)

    assert source in " ".join(words(text, found, "source"))
    assert words(text, found, "cue") == [cue]
    assert inside in " ".join(words(text, found, "content"))


def test_a_quotation_in_two_pieces_is_one_statement() -> None:
    found = read(QUOTED)

    assert "Mira Talven" in [" ".join(words(QUOTED, one, "source")) for one in found]
    assert any("We saw the smoke" in piece for one in found for piece in words(QUOTED, one, "content"))
    assert {one.kind for one in found} == {"direct"}


def test_statements_come_in_the_order_of_what_is_said() -> None:
    found = read("The army said the town fell. The rebels said they held it. A monitor said fighting went on.")

    assert [one.content[0] for one in found] == sorted(one.content[0] for one in found)
    assert len(found) == 3


@given(texts)
@settings(max_examples=30, deadline=None)
def test_spans_lie_in_the_text_and_are_not_empty(text: str) -> None:
    for found in read(text * 3):
        spans = (*found.source, *found.cue, *found.content)
        assert all(0 <= start < end <= 3 * len(text) for start, end in spans)
        assert found.content


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", "says"),
        ("flatly denied", "denies"),
        ("rejected", "denies"),
        ("hopes", "intends"),
        ("wibbled", "says"),
        ("", "says"),
    ],
)
def test_stance_is_told_by_the_words_of_the_cue(cue: str, stance: str) -> None:
    assert stance_of([cue] if cue else []) == stance
