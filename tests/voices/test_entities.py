"""Names in the text: their spans, types and canonical forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Place
from sayso.text import Doc
from sayso.voices import read_entities


def found(text: str, *place_names: str) -> dict[str, tuple[str, str]]:
    """Words -> (type, canonical name)."""
    doc = Doc(text)
    places = tuple(Place(span=(text.index(name), text.index(name) + len(name)), name=name) for name in place_names)
    return {doc.words(one.span): (one.type, one.name) for one in read_entities(doc, places)}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The mayor, Marta Lindqvist, was out.", "Marta Lindqvist", ("PER", "Marta Lindqvist")),
        ("Foreign Minister Tarek Odeh resigned.", "Tarek Odeh", ("PER", "Tarek Odeh")),
        ("activist Ossan Derek said so", "Ossan Derek", ("PER", "Ossan Derek")),
        ("The Harbour Ministry said so.", "Harbour Ministry", ("ORG", "Harbour Ministry")),
        ("the Ministry of Water said", "Ministry of Water", ("ORG", "Ministry of Water")),
        ("The Associated Press reported it.", "Associated Press", ("ORG", "AP")),
        ("Troops of ISIL and of Daesh left.", "ISIL", ("ORG", "ISIL")),
        ("Turkish troops crossed the river.", "Turkish troops", ("GROUP", "Turkish troops")),
        ("The U.S. troops left.", "U.S. troops", ("GROUP", "US troops")),
        ("Syrian regime forces left.", "Syrian regime forces", ("GROUP", "Syrian government forces")),
        ("Kurds and others voted.", "Kurds", ("GROUP", "Kurds")),
        ("They went to France.", "France", ("LOC", "France")),
    ],
)
def test_one_name(text: str, words: str, expected: tuple[str, str]) -> None:
    assert found(text)[words] == expected


def test_a_short_form_has_the_full_name_of_the_article() -> None:
    names = found("Rola al-Hadidi spoke first. Then Hadidi left with the Lake Water Authority (LWA). LWA cars came.")

    assert names["Hadidi"] == ("PER", "Rola al-Hadidi")
    assert names["LWA"] == ("ORG", "Lake Water Authority")


def test_a_body_named_by_fewer_words_is_the_longer_one() -> None:
    names = found("The Upper Lake Water Authority spoke. The Water Authority paid.")

    assert names["Water Authority"] == ("ORG", "Upper Lake Water Authority")


def test_a_place_is_one_unless_it_names_a_people() -> None:
    names = found("The Syrian town of Marjuba fell.", "Marjuba", "Syrian")

    assert names["Marjuba"] == ("LOC", "Marjuba")
    assert "Syrian" not in names


def test_a_word_is_a_body_only_where_the_article_names_it_otherwise_too() -> None:
    assert "IS" not in found("THE PRICE IS RIGHT, they say.")
    assert found("Islamic State lost the hill. IS denied it.")["IS"] == ("ORG", "Islamic State")


def test_forces_without_a_nation_are_those_of_the_scene() -> None:
    names = found("In Syria, government forces moved. Syria was calm.")

    assert names["government forces"] == ("GROUP", "Syrian government forces")


def test_a_heading_makes_no_people() -> None:
    names = found("Quick Market Prices Rise Again Near Lake\n\nIt rained.")

    assert not [name for name in names.values() if name[0] == "PER"]


def test_an_adjective_of_a_place_is_no_name() -> None:
    assert "Britain-based" not in " ".join(found("The Britain-based Lake Observatory said so."))


words = st.sampled_from(
    "Rami Abdel Rahman said Dr. the SANA (SNC) Ministry of Syrian army rebels IS al-Assad U.S. , . \" '\n\n A a".split(
        " "
    )
)
texts = st.one_of(st.text(max_size=300), st.lists(words, max_size=60).map(" ".join))


@given(texts)
def test_names_lie_in_the_text_and_overlap_only_in_groups(text: str) -> None:
    doc = Doc(text)
    entities = read_entities(doc, ())
    ends = [0, 0]
    for one in entities:
        assert 0 <= one.span[0] < one.span[1] <= len(text)
        assert one.name
        assert doc.words(one.span).strip() == doc.words(one.span)
        kind = one.type == "GROUP"
        assert one.span[0] >= ends[kind]
        ends[kind] = one.span[1]
    assert list(entities) == sorted(entities, key=lambda one: one.span)
    assert entities == read_entities(Doc(text), ())
