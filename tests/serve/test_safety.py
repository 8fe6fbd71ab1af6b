"""What other sites cannot do: no change, no name of their own, nothing loaded, no file but the application's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.case import open_case
from sayso.records import AskError
from sayso.serve import Listening, Options, make_app, serve
from sayso.serve.pages import static

CLAIM = {"what": "kind", "voice": "a", "to": "party"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ],
)
def test_a_change_asked_for_by_another_site_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    for address in ("/decide", "/undo", "/add"):
        assert client.post(address, data=CLAIM, headers=headers).status_code == 403
    assert client.post("/api/decisions", json={}, headers=headers).status_code == 403
    assert client.get("/api/decisions").json() == []


def test_its_own_pages_may_change(client: TestClient) -> None:
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}

    assert client.post("/decide", data=CLAIM, headers=headers, follow_redirects=False).status_code == 303


def test_another_name_is_not_answered(examples: Path) -> None:
    with open_case(examples, keeps_up=False) as case:
        client = TestClient(make_app(case, Options(), hosts=("127.0.0.1", "[::1]")))
        for host, status in (
            ("127.0.0.1:8765", 200),
            ("[::1]:8765", 200),
            ("[::1]", 200),
            ("evil.example", 421),
            ("", 421),
        ):
            assert client.get("/", headers={"Host": host}).status_code == status, host


def test_every_answer_states_a_strict_policy(client: TestClient) -> None:
    for address in (
        "/",
        "/nowhere",
        "/static/app.css",
        "/static/nothing.css",
        "/api/stories",
        "/api/stories/x",
        "/?page=x",
    ):
        headers = client.get(address).headers

        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_tiles_are_the_one_thing_from_elsewhere(examples: Path) -> None:
    with open_case(examples, keeps_up=False) as case:
        client = TestClient(make_app(case, Options(tiles="https://tiles.example/{z}/{x}/{y}.png")))

        assert "img-src 'self' data: https://tiles.example;" in client.get("/").headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "templates/base.html.j2", ".hidden.css", "a//b.css", "", "app.py"]
)
def test_no_file_but_those_of_the_pages_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404
    assert static(name) is None


def test_too_much_is_refused_before_it_is_read(client: TestClient) -> None:
    assert client.post("/add", content=b"x", headers={"Content-Length": str(10**10)}).status_code == 413


def test_a_request_without_a_length_is_refused(client: TestClient) -> None:
    pieces = (b"x" for _ in range(3))

    assert client.post("/add", content=pieces).status_code == 411


def test_other_machines_are_not_served_without_accounts(examples: Path) -> None:
    everywhere = Listening(host="0.0.0.0")  # noqa: S104 - it is refused
    with open_case(examples, keeps_up=False) as case, pytest.raises(AskError, match="expected accounts"):
        serve(case, Options(), everywhere)


def test_a_case_with_accounts_asks_for_them_on_this_machine_too(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    pytest.importorskip("argon2")
    seen: list[TestClient] = []
    monkeypatch.setattr("uvicorn.run", lambda app, **_: seen.append(TestClient(app, base_url="http://127.0.0.1")))
    copy = tmp_path / "a.sayso"
    shutil.copy(examples, copy)
    with open_case(copy, keeps_up=False) as case:
        serve(case, Options())
        case.add_account("amira", "correct horse battery", "owner", who="ada")
        serve(case, Options())

        open_to_all, guarded = (client.get("/api/decisions").status_code for client in seen)
    assert (open_to_all, guarded) == (200, 401)
