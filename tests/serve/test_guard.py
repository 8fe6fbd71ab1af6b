"""Where a case is served to others: nobody unknown, no change by readers or other sessions, no guessing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from sayso.case import Case
from sayso.serve import make_app
from sayso.serve.guard import Limit
from tests.serve.conftest import OPTIONS, PASSWORD
from tests.serve.test_app import screens

pytest.importorskip("argon2")


@pytest.fixture
def stranger(case: Case) -> Iterator[TestClient]:
    with TestClient(make_app(case, OPTIONS, guarded=True), follow_redirects=False) as client:
        yield client


def signed_in(client: TestClient, name: str) -> str:
    """Signs in; gives what its forms carry."""
    answer = client.post("/login", data={"name": name, "password": PASSWORD, "back": "/history"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/history")
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get("/password").text)
    assert found
    return found[1]


def test_a_stranger_sees_nothing_but_the_door(stranger: TestClient) -> None:
    for address in ("/", "/stories/x", "/articles?words=a", "/export/csv", "/review"):
        answer = stranger.get(address)
        assert answer.status_code == 303, address
        assert answer.headers["location"].startswith("/login")
    for address in ("/api/stories", "/api/openapi.json", "/api/decisions"):
        assert stranger.get(address).status_code == 401
    assert stranger.post("/decide", data={}).status_code == 303
    assert stranger.get("/static/app.css").status_code == 200
    assert "Password" in stranger.get("/login?back=%2Fadd").text


def test_the_cookie_is_for_this_application_alone(stranger: TestClient) -> None:
    answer = stranger.post("/login", data={"name": "ben", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    secure = TestClient(stranger.app, base_url="https://testserver", follow_redirects=False)
    cookie = secure.post("/login", data={"name": "ben", "password": PASSWORD}).headers["set-cookie"]
    assert cookie.startswith("__Host-sayso-session=")
    assert "Secure" in cookie


def test_a_reviewer_decides_under_their_own_name(stranger: TestClient, case: Case) -> None:
    csrf = signed_in(stranger, "ben")
    form = {"what": "kind", "voice": "a", "to": "party", "who": "somebody else", "csrf": csrf}

    assert stranger.post("/decide", data=form).status_code == 303
    assert case.decisions()[0].who == "ben"
    assert stranger.post("/undo", data={"csrf": csrf}).status_code == 303


def test_a_form_of_another_session_changes_nothing(stranger: TestClient, case: Case) -> None:
    signed_in(stranger, "ben")
    for csrf in ("", "0" * 64, "ä"):
        assert (
            stranger.post("/decide", data={"what": "kind", "voice": "a", "to": "party", "csrf": csrf}).status_code
            == 403
        )
        assert stranger.post("/undo", data={"csrf": csrf}).status_code == 403
        assert stranger.post("/add", data={"text": "a", "csrf": csrf}).status_code == 403
    decision = {"decision": {"what": "kind", "voice": "a", "to": "party"}}
    assert stranger.post("/api/decisions", json=decision).status_code == 403
    assert case.decisions() == ()


def test_a_reader_looks_and_changes_nothing(stranger: TestClient, case: Case) -> None:
    csrf = signed_in(stranger, "carla")

    assert stranger.get("/").status_code == 200
    assert stranger.get("/export/csv").status_code == 200
    for address in ("/decide", "/undo", "/add", "/api/decisions"):
        assert (
            stranger.post(address, data={"csrf": csrf, "what": "kind", "voice": "a", "to": "party"}).status_code == 403
        )
    assert case.decisions() == ()


def test_a_reader_is_shown_no_form_that_they_may_not_send(stranger: TestClient) -> None:
    signed_in(stranger, "carla")
    for address in screens(stranger):
        answer = stranger.get(address)
        if address.startswith(("/add", "/review", "/decide")) or address.endswith("/alike"):
            assert answer.status_code == 403
            assert "takes a reviewer" in answer.text
        sent = set(re.findall(r'<form[^>]* action="([^"]+)"[^>]* method="post"', answer.text))
        assert sent <= {"/logout", "/password"}, address
        assert not re.search(r'href="/(?:add|review|decide)\b', answer.text), address
        assert 'class="pick"' not in answer.text, address


def test_who_signs_out_is_out(stranger: TestClient) -> None:
    signed_in(stranger, "ben")
    kept = dict(stranger.cookies)
    assert stranger.post("/logout").status_code == 303
    stranger.cookies.update(kept)

    assert stranger.get("/").status_code == 303


def test_guessing_is_stopped_by_name_and_by_address(stranger: TestClient) -> None:
    for n in range(5):
        assert stranger.post("/login", data={"name": "ben", "password": f"guess number {n}"}).status_code == 403
    assert stranger.post("/login", data={"name": "ben", "password": PASSWORD}).status_code == 429
    assert stranger.post("/login", data={"name": "amira", "password": PASSWORD}).status_code == 429
    assert stranger.get("/api/stories", auth=("ben", PASSWORD)).status_code == 401


def test_a_program_sends_name_and_password(stranger: TestClient, case: Case) -> None:
    assert stranger.get("/api/stories", auth=("carla", PASSWORD)).status_code == 200
    assert stranger.get("/api/stories", auth=("carla", "wrong wrong wrong")).status_code == 401
    assert stranger.get("/", auth=("carla", PASSWORD)).status_code == 303
    decision = {"decision": {"what": "kind", "voice": "a", "to": "party"}}
    assert stranger.post("/api/decisions", json=decision, auth=("ben", PASSWORD)).status_code == 201
    assert case.decisions()[0].who == "ben"
    assert stranger.post("/api/decisions", json=decision, auth=("carla", PASSWORD)).status_code == 403


def test_login_leads_nowhere_else(stranger: TestClient) -> None:
    answer = stranger.post("/login", data={"name": "ben", "password": PASSWORD, "back": "https://evil.example/"})

    assert answer.headers["location"] == "/"


def test_on_this_machine_alone_nobody_signs_in(client: TestClient) -> None:
    assert client.get("/login").status_code == 404
    assert client.post("/login", data={"name": "a", "password": "b"}).status_code == 404


def test_a_limit_forgets_and_holds_few_keys() -> None:
    now = [0.0]
    limit = Limit(2, 60, clock=lambda: now[0])
    limit.note("a")
    limit.note("a")
    assert limit.is_full("a")
    assert not limit.is_full("b")
    now[0] = 61
    assert not limit.is_full("a")
    for key in range(20_000):
        limit.note(str(key))
    assert len(limit._seen) == 10_000
