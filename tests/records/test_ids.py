"""A claim's id follows what is said and by whom, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.records import claim_id, digest

words = st.lists(st.text(), max_size=4)


@given(words, words)
def test_lists_that_differ_have_digests_that_differ(a: list[str], b: list[str]) -> None:
    assert (digest(a) == digest(b)) == (a == b)


@given(st.text(), words, words)
def test_an_id_depends_on_text_chain_stance_and_words(text: str, chain: list[str], said: list[str]) -> None:
    base = claim_id(text, chain, "says", said)

    assert base == claim_id(text, chain, "says", said)
    assert base != claim_id(text + "x", chain, "says", said)
    assert base != claim_id(text, [*chain, "another"], "says", said)
    assert base != claim_id(text, chain, "denies", said)
    assert base != claim_id(text, chain, "says", [*said, "more"])
    assert len(base) == 16
    assert base == digest((text, "says", "\x1f".join(chain), *said))[:16]
