"""The owner's screen of accounts and everybody's own password: who may, what it does, what stays on record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.case import Case
from sayso.serve import make_app
from tests.serve.conftest import OPTIONS, PASSWORD, served

pytest.importorskip("argon2")

NEW = "another horse battery"


@pytest.fixture
def enter(case: Case) -> Iterator[Callable[..., TestClient]]:
    """Signs in: ``enter("ben")`` is a browser of Ben's, whose forms carry what they must in ``client.csrf``."""
    with TestClient(make_app(case, OPTIONS, guarded=True)) as outer:

        def entered(name: str, password: str = PASSWORD) -> TestClient:
            client = TestClient(outer.app, follow_redirects=False)
            assert client.post("/login", data={"name": name, "password": password}).status_code == 303
            found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get("/password").text)
            assert found
            client.csrf = found[1]  # type: ignore[attr-defined]
            return client

        yield entered


def send(client: Any, what: str, name: str, **more: str) -> Any:
    return client.post("/accounts", data={"csrf": client.csrf, "what": what, "name": name, **more})


def on_record(case: Case) -> list[tuple[str, str, str]]:
    return [(row.account, row.what, row.who) for row in case.account_changes()]


def test_who_is_added_sets_a_password_of_their_own_first(enter: Callable[..., Any], case: Case) -> None:
    answer = send(enter("amira"), "add", "dina", role="reviewer")
    (made,) = re.findall(r'class="secret">([^<]+)<', answer.text)
    assert answer.status_code == 200
    assert made not in enter("amira").get("/accounts").text

    dina = enter("dina", made)
    assert dina.get("/").headers["location"] == "/password"
    assert dina.get("/api/stories").status_code == 403
    assert dina.post("/decide", data={"csrf": dina.csrf}).headers["location"] == "/password"
    assert dina.get("/api/stories", auth=("dina", made)).status_code == 403
    sent = {"csrf": dina.csrf, "old": made, "new": NEW, "again": NEW}
    assert dina.post("/password", data=sent).status_code == 303
    assert dina.get("/").status_code == 200

    assert case.check_account("dina", made) is None
    assert case.check_account("dina", NEW)
    assert on_record(case)[:2] == [
        ("dina", "set a password of their own", "dina"), ("dina", "added as reviewer", "amira")
    ]  # fmt: skip


def test_roles_and_sessions_are_changed_and_all_is_on_record(enter: Callable[..., Any], case: Case) -> None:
    amira, ben = enter("amira"), enter("ben")
    assert "signed in in 1 browser" in amira.get("/accounts").text
    assert send(amira, "end", "ben").status_code == 303
    assert ben.get("/").status_code == 303

    ben = enter("ben")
    assert send(amira, "role", "ben", role="reader").status_code == 303
    assert ben.get("/").status_code == 303
    assert enter("ben").post("/decide", data={}).status_code == 403

    assert send(amira, "close", "ben").status_code == 303
    assert case.check_account("ben", PASSWORD) is None
    assert send(amira, "open", "ben").status_code == 303
    (made,) = re.findall(r'class="secret">([^<]+)<', send(amira, "give", "ben").text)
    assert case.check_account("ben", PASSWORD) is None
    assert case.check_account("ben", made)

    shown = re.sub("<[^>]+>", "", amira.get("/accounts").text)
    for what in (
        "signed out everywhere", "made reader", "closed", "opened again", "given a password that is good once"
    ):  # fmt: skip
        assert ("ben", what, "amira") in on_record(case)
        assert f"ben {what} amira" in shown


@pytest.mark.parametrize("name", ["ben", "carla"])
def test_only_an_owner_keeps_the_accounts(enter: Callable[..., Any], case: Case, name: str) -> None:
    before, client = case.accounts(), enter(name)

    assert client.get("/accounts").status_code == 403
    for what in ("add", "give", "role", "close", "open", "end"):
        assert send(client, what, "amira", role="reader").status_code == 403
    assert 'href="/accounts' not in client.get("/history").text
    assert case.accounts() == before


def test_a_form_of_another_session_changes_no_account(enter: Callable[..., Any], case: Case) -> None:
    before, client = on_record(case), enter("amira")
    client.csrf = enter("amira").csrf

    assert send(client, "close", "ben").status_code == 403
    sent = {"csrf": client.csrf, "old": PASSWORD, "new": NEW, "again": NEW}
    assert client.post("/password", data=sent).status_code == 403
    assert on_record(case) == before


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"what": "add", "name": "ben", "role": "reader"}, "a name that nobody has"),
        ({"what": "add", "name": " ", "role": "reader"}, "a name of 1 to 200 letters"),
        ({"what": "add", "name": "dina", "role": "king"}, "one of reader, reviewer, owner"),
        ({"what": "close", "name": "amira"}, "an owner to be left"),
        ({"what": "role", "name": "amira", "role": "reader"}, "an owner to be left"),
        ({"what": "give", "name": "nobody"}, "the name of an account"),
        ({"what": "bless", "name": "ben"}, "something to change"),
    ],
)
def test_what_cannot_be_is_said_on_the_screen(
    enter: Callable[..., Any], case: Case, sent: dict[str, str], told: str
) -> None:
    before, client = on_record(case), enter("amira")
    answer = send(client, **sent)

    assert answer.status_code == 409
    assert f'role="alert" class="failed">Expected {told}' in answer.text
    assert on_record(case) == before


def test_a_reader_sets_their_own_password_and_stays_signed_in_here_alone(enter: Callable[..., Any]) -> None:
    here, there = enter("carla"), enter("carla")
    sent = {"csrf": here.csrf, "old": PASSWORD, "new": NEW, "again": NEW}
    for wrong, status in (({"old": "x" * 12}, 403), ({"again": NEW + "!"}, 409), ({"new": "a", "again": "a"}, 409),
                          ({"new": PASSWORD, "again": PASSWORD}, 409)):  # fmt: skip
        assert here.post("/password", data=sent | wrong).status_code == status
    assert here.post("/password", data=sent).status_code == 303

    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 303
    assert enter("carla", NEW).get("/").status_code == 200


def test_the_old_password_cannot_be_guessed(enter: Callable[..., Any]) -> None:
    client = enter("ben")
    sent = {"csrf": client.csrf, "new": NEW, "again": NEW}
    for n in range(5):
        assert client.post("/password", data=sent | {"old": f"guess number {n}"}).status_code == 403

    assert client.post("/password", data=sent | {"old": PASSWORD}).status_code == 429


def test_on_this_machine_alone_there_are_no_accounts(client: TestClient) -> None:
    for path in ("/accounts", "/password"):
        assert client.get(path).status_code == 404
        assert client.post(path, data={"what": "add", "name": "a", "role": "owner"}).status_code == 404


@pytest.mark.parametrize(("width", "scheme", "script"), [(380, "dark", False), (1600, "light", True)])
def test_an_owner_goes_through_by_keyboard(
    look: Callable[..., Any], case: Case, tmp_path: Path, width: int, scheme: str, script: bool
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    case.add_account("<b>x</b>" + "y" * 100, PASSWORD, "reader", who="ada")
    with served(tmp_path / "a.sayso", guarded=True) as site:
        page = look(width=width, scheme=scheme, java_script_enabled=script)
        page.goto(f"{site}/accounts")
        page.wait_for_selector("[name=name]:focus")
        page.keyboard.type("amira")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/accounts")
        page.get_by_role("textbox", name="Name").focus()
        page.keyboard.type("dina")
        page.keyboard.press("Enter")
        page.wait_for_selector(".secret")
        if script:
            assert [one["id"] for one in axe.run(page).response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("button", name="Close the account of dina").press("Enter")
        page.wait_for_selector("text=Let in again")

        assert page.locator(".withdrawn h2").inner_text() == "dina"
        page.goto(f"{site}/password")
        if script:
            assert [one["id"] for one in axe.run(page).response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.heard == []
