"""The lexicon is sound: known tables, plain keys, values of their kind; and every rule can be made and is reached."""

from __future__ import annotations

import re

import pytest

from sayso.text import Doc
from sayso.times import read_times
from sayso.times.lexicon import lexicon, pieces
from sayso.times.reader import RULES
from sayso.times.rule import pattern_of
from sayso.times.search import plain, words_by_kind

VALUES = {
    "months": r"\d+", "short_months": r"\d+", "doubtful_months": ".+", "weekdays": "[1-7]", "short_weekdays": "[1-7]",
    "units": r"T[SMH]|\d*[DWMQY]", "plural_units": r"T[SMH]|\d*[DWMQY]", "seasons": "SP|SU|FA|WI",
    "parts_of_day": "MO|AF|EV|NI", "hours_of": "MO|AF|EV|NI", "clock": r"\d\d:00",
    "holidays": r"\d\d-\d\d|\d\d-\d[a-z]{2}-[1-7]|easter[+-]\d", "edges": "START|MID|END|EARLIER|LATER",
    "nearness": "APPROX|MORE_THAN|LESS_THAN|EQUAL_OR_MORE|EQUAL_OR_LESS", "vague_counts": "X|2",
    "references": "(?:PAST|PRESENT|FUTURE)_REF", "frequencies": r"PT?\d[HDWMY]",
}  # fmt: skip
LISTS = {
    "zones": {"names"},
    "tense": {"future", "past", "not_verbs", "putting_off", "abbreviations"},
    "ageless": {"things"},
}


def test_no_table_is_unknown() -> None:
    assert set(lexicon()) == {*VALUES, *LISTS}


@pytest.mark.parametrize("table", VALUES)
def test_entries_are_plain_words_with_a_value_of_their_kind(table: str) -> None:
    for word, value in lexicon()[table].items():
        assert word == plain(" ".join(word.split()))
        assert re.fullmatch(VALUES[table], str(value)), (word, value)


@pytest.mark.parametrize("table", LISTS)
def test_lists_hold_plain_words_once(table: str) -> None:
    assert set(lexicon()[table]) == LISTS[table]
    for words in lexicon()[table].values():
        assert len(words) == len(set(words))
        assert all(word == plain(word) for word in words)


def test_a_word_looks_only_one_way() -> None:
    tense = lexicon()["tense"]

    assert not set(tense["future"]) & set(tense["past"])


def test_every_rule_is_made_and_is_about_words_that_the_search_knows() -> None:
    kinds = {kind for kinds in words_by_kind().values() for kind in kinds}
    for rule in RULES:
        pattern_of(rule)

        assert rule.about in kinds


def test_every_piece_is_used() -> None:
    used = {name for rule in RULES for name in re.findall(r"\{([a-z]+)(?::\w+)?\}", rule.template)}

    assert used == set(pieces())


@pytest.mark.parametrize("reference", lexicon()["references"])
def test_every_reference_is_found(reference: str) -> None:
    text = f"It was told {reference} and no more."

    assert reference in [Doc(text).words(time.span) for time in read_times(Doc(text), "2016-12-11")]
