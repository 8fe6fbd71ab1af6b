"""The JSON API: what its description says it does, and the same records as the command line's."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from sayso.case import open_case
from sayso.records import Reading, Story, from_json
from sayso.serve import make_app
from tests.serve.conftest import OPTIONS


def test_records_are_those_of_the_case(client: TestClient, examples: Path) -> None:
    with open_case(examples) as case:
        stories = {story.id: story for story in case.full_stories()}
        readings = {reading.id: reading for reading in case.readings()}
    for ident, story in stories.items():
        assert from_json(client.get(f"/api/stories/{ident}").content, Story, place="api") == story
    for ident, reading in readings.items():
        assert from_json(client.get(f"/api/articles/{ident}").content, Reading, place="api") == reading


def test_rows_are_paged(client: TestClient) -> None:
    whole = client.get("/api/stories?limit=1000").json()
    parts = [client.get(f"/api/stories?limit=7&offset={at}").json()["stories"] for at in range(0, whole["count"], 7)]

    assert [row for part in parts for row in part] == whole["stories"]
    assert len(whole["stories"]) == whole["count"]


def test_a_decision_is_made_and_withdrawn(client: TestClient) -> None:
    decision = {"what": "roof", "voice": "Pavel Orsan", "to": "Tarsenian Defence Ministry"}
    made = client.post("/api/decisions", json={"decision": decision, "why": "its spokesman"})

    assert made.status_code == 201
    number = made.json()["number"]
    assert client.get("/api/decisions").json()[0]["why"] == "its spokesman"
    assert client.delete(f"/api/decisions/{number}").json()["withdrawn"]
    assert client.delete(f"/api/decisions/{number}").status_code == 404


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"decision": {"what": "adore"}}', b'{"decision": {"what": "reject", "claims": ["feedface"]}}']
)
def test_what_is_no_decision_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/decisions", content=body)

    assert answer.status_code == 400
    assert "expected" in answer.json()["detail"]


def test_the_description_holds_for_whatever_is_asked(examples: Path, tmp_path: Path) -> None:
    schemathesis: Any = pytest.importorskip("schemathesis")
    copy = tmp_path / "a.sayso"
    shutil.copy(examples, copy)
    with open_case(copy, keeps_up=False) as case:
        app = make_app(case, OPTIONS)
        described = TestClient(app).get("/api/openapi.json").json()
        operations = [found.ok() for found in schemathesis.openapi.from_dict(described).get_all_operations()]

        assert len(operations) >= 11
        for operation in operations:
            _try(operation, app)


def _try(operation: Any, app: Any) -> None:
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    @given(case=operation.as_strategy())
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def tried(case: Any) -> None:
        # a box that lies upside down, or the id of a claim that is not there, fits its schema and is refused
        case.call_and_validate(app=app, excluded_checks=[positive_data_acceptance])

    tried()
