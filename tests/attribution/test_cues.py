"""The lexicon's data: every entry known, none twice, in order."""

from __future__ import annotations

import itertools

import pytest

from sayso.attribution.lexicon import lexicon, read_table, words

TAKES = frozenset(
    "about against any as at document figure for hearer in inf it like object object-quote of on out passive quote "
    "quoted that to trail upon wh with".split()
)
STANCES = frozenset({"says", "denies", "doubts", "intends"})


def groups(kind: str) -> dict[str, dict[str, str]]:
    return read_table("cues.toml")[kind]  # type: ignore[return-value]


@pytest.mark.parametrize("kind", ["verbs", "nouns"])
def test_cues_are_sorted_unique_and_known(kind: str) -> None:
    lemmas = [list(entries) for entries in groups(kind).values()]
    assert all(group == sorted(group) for group in lemmas)
    flat = list(itertools.chain.from_iterable(lemmas))
    assert len(flat) == len(set(flat))
    for takes in itertools.chain.from_iterable(entries.values() for entries in groups(kind).values()):
        assert takes.split()
        assert set(takes.split()) <= TAKES


def test_groups_are_stances() -> None:
    assert set(groups("verbs")) == STANCES | {"documents"}
    assert set(groups("nouns")) <= STANCES
    assert {cue.stance for cue, _ in lexicon().verbs.values()} == STANCES


def test_irregular_forms_belong_to_cues_and_are_sorted() -> None:
    irregular = read_table("cues.toml")["irregular"]
    assert list(irregular) == sorted(irregular)
    assert set(irregular) <= {cue.lemma for cue, _ in lexicon().verbs.values()}


def test_closed_classes_are_lower_case_and_hold_no_word_twice() -> None:
    for name, listed in read_table("words.toml").items():
        assert isinstance(listed, str)
        assert listed == listed.lower()
        assert len(listed.split()) == len(words(name))


@pytest.mark.parametrize(
    ("form", "lemma", "kind"),
    [("said", "say", "past"), ("denies", "deny", "s"), ("accusing", "accuse", "ing"), ("told", "tell", "past")],
)
def test_forms(form: str, lemma: str, kind: str) -> None:
    cue, found = lexicon().verbs[form]
    assert (cue.lemma, found) == (lemma, kind)
