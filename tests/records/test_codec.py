"""Readings survive the trip to JSON and back, and match the schema that sayso prints."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from sayso.records import Reading, RecordError, from_json, schema_of, to_json
from tests.strategies import readings

jsonschema = pytest.importorskip("jsonschema")


@given(readings())
def test_a_reading_survives_the_round_trip(reading: Reading) -> None:
    assert from_json(to_json(reading), Reading, place="here") == reading


@given(readings())
def test_every_reading_matches_the_schema_that_is_printed(reading: Reading) -> None:
    jsonschema.validate(json.loads(to_json(reading)), schema_of(Reading))


@given(readings())
def test_every_field_is_written_even_where_nothing_is_known(reading: Reading) -> None:
    row = json.loads(to_json(reading))

    assert set(row) == set(Reading.__struct_fields__)
    for event in row["events"]:
        assert {"agent", "patient", "date", "killed", "modality", "attribution", "spans"} <= set(event)


@pytest.mark.parametrize(
    ("data", "part"),
    [(b"{", "truncated"), (b"[]", "array"), (b'{"id": 3}', "$.id"), (b'{"id": "a"}', "made_by"), (b"\xff", "")],
)
def test_what_is_no_reading_is_refused_with_the_place(data: bytes, part: str) -> None:
    with pytest.raises(RecordError) as caught:
        from_json(data, Reading, place="case.jsonl, line 3")

    assert str(caught.value).startswith("case.jsonl, line 3: expected a reading as JSON, found ")
    assert part in caught.value.found
