"""The reviewed phrases: they compile, name nothing twice, and match from the beginning of a sentence."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from sayso.lineage.phrases import Phrases, phrases


def test_all_tables_are_known_and_nothing_stands_twice() -> None:
    data = tomllib.loads((files("sayso.lineage") / "phrases.toml").read_text("utf-8"))

    assert set(data) == {"sentence", "weak_sentence", "subject", *Phrases._fields} - {"sentences", "weak_sentences"}
    for name in ("sentence", "weak_sentence", "unnamed", "couriers", "jobs", "outlet_words"):
        assert len(set(data[name])) == len(data[name]), name
    assert data["couriers"] == sorted(data["couriers"])
    assert data["outlet_words"] == sorted(data["outlet_words"])


def test_every_sentence_pattern_has_a_name() -> None:
    assert all("name" in pattern.groupindex for pattern in (*phrases().sentences, *phrases().weak_sentences))


def test_words_that_are_compared_in_small_letters_are_written_so() -> None:
    small = (*phrases().jobs, *phrases().outlet_words, *phrases().anonymous, *phrases().unnamed, *phrases().couriers)

    assert all(word == word.lower() for word in small)
