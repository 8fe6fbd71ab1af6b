"""Linked data, expanded by pyld and read by rdflib, with nothing fetched."""

from __future__ import annotations

import json
from typing import Any, NoReturn

import pytest
from pyld import jsonld
from rdflib import Graph, Namespace
from rdflib.namespace import PROV

from sayso.export import TEXTS, Material
from sayso.export.linked import address

OA = Namespace("http://www.w3.org/ns/oa#")


@pytest.fixture(autouse=True)
def _nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(url: str, *_: Any, **__: Any) -> NoReturn:
        raise AssertionError(url)

    jsonld.set_document_loader(refuse)


def graph_of(text: str) -> Graph:
    return Graph().parse(data=text, format="json-ld")


def test_annotations_point_at_their_words(given: Material) -> None:
    whole = json.loads(TEXTS["webannotation"](given))
    texts = {address(reading): reading.article.text for reading in given.readings.values()}
    targets = [target for item in whole["items"] for target in item["target"]]

    assert len(targets) > len(whole["items"]) > 100
    for target in targets:
        quote, position = target["selector"]
        text = texts[target["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in text


def test_annotations_are_linked_data(given: Material) -> None:
    text = TEXTS["webannotation"](given)
    (expanded,) = jsonld.expand(json.loads(text))
    graph = graph_of(text)

    assert expanded["@type"] == ["https://www.w3.org/ns/activitystreams#Collection"]
    assert len(list(graph.subjects(predicate=OA.hasTarget, unique=True))) == len(json.loads(text)["items"])
    assert set(graph.objects(predicate=OA.motivatedBy)) == {OA.describing, OA.identifying, OA.classifying}
    assert len(list(graph.objects(predicate=OA.exact))) > 100


def test_provenance_says_who_was_quoted_from_where_and_what_was_copied(given: Material) -> None:
    graph = graph_of(TEXTS["prov"](given))
    claims = sum(len(reading.claims) for reading in given.readings.values())
    copied = {
        (address(given.readings[report.article]), address(given.readings[report.copied_from]))
        for story in given.stories
        for report in story.reports
        if report.copied_from
    }

    assert len(list(graph.subject_objects(PROV.wasQuotedFrom))) == claims
    assert {(str(a), str(b)) for a, b in graph.subject_objects(PROV.wasDerivedFrom)} == copied != set()
    assert len(list(graph.subject_objects(PROV.hadPrimarySource))) >= claims
    jsonld.expand(json.loads(TEXTS["prov"](given)))


def test_an_address_that_is_no_web_address_becomes_a_name(given: Material) -> None:
    from msgspec.structs import replace

    reading = next(iter(given.readings.values()))
    for url in ("javascript:alert(1)", "http://x y", None):
        assert address(replace(reading, article=replace(reading.article, url=url))).startswith("urn:sayso:article:")
