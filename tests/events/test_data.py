"""The word lists of the room are well formed: known fields and types, nothing twice, every phrase reachable."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from sayso.events.lexicon import WORD, expand, table
from sayso.records import EventType, Modality

INNER = {"attack", "war"}  # names of triggers.toml that become a type of the contract

PHRASES = {
    "triggers": [line["words"] for group in table("triggers").values() for line in group["phrases"]],
    "harm": [
        words for role in ("killed", "injured", "both") for side in table("harm")[role].values() for words in side
    ],
    "kinds": [words for rows in table("kinds")["means"].values() for words in rows],
    "modality": [words for rows in table("modality").values() for words in rows],
}


@pytest.mark.parametrize("name", sorted(PHRASES))
def test_no_phrase_stands_twice(name: str) -> None:
    rows = Counter(row for phrase in PHRASES[name] for row in expand(phrase))
    assert [row for row, times in rows.items() if times > 1] == []


@pytest.mark.parametrize("name", sorted(PHRASES))
def test_every_word_is_one_that_the_text_can_hold(name: str) -> None:
    words = {word for phrase in PHRASES[name] for row in expand(phrase) for word in row}
    odd = [word for word in words if word != word.lower() or not (word.startswith("*-") or WORD.fullmatch(word))]
    assert odd == []


def test_triggers_have_known_types_forms_and_counts() -> None:
    for kind, group in table("triggers").items():
        assert kind in {*get_args(EventType), *INNER}
        for line in group["phrases"]:
            assert set(line) == {"words", "form", "open", "events", "seen"}
            assert line["form"] in {"noun", "verb", "adjective"}
            assert 0 <= line["events"] <= line["seen"]


def test_means_lead_to_types_and_modalities_are_the_contract_s() -> None:
    assert set(table("kinds")["means"]) <= set(get_args(EventType))
    assert set(table("modality")) <= set(get_args(Modality))


def test_no_person_is_of_two_kinds() -> None:
    words = Counter(word for words in table("harm")["persons"].values() for word in words.split())
    assert [word for word, times in words.items() if times > 1] == []


def test_ranges_in_words_are_ranges() -> None:
    assert all(high == -1 or low <= high for low, high in table("harm")["vague"].values())


def test_lists_of_states_and_peoples_are_sorted() -> None:
    for key in ("countries", "peoples"):
        names = table("where")[key]
        assert names == sorted(set(names))


def test_weights_are_numbers_with_a_bias() -> None:
    for model in ("event", "days"):
        weights = table("belief")[model]
        assert {"bias", "share"} <= set(weights)
        assert all(isinstance(weight, float) and abs(weight) < 10 for weight in weights.values())
