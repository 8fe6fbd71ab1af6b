"""The same application over PostgreSQL: every screen shows what it shows over one file, and every change is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.case import Case, open_case
from sayso.serve import make_app
from tests.conftest import new_database
from tests.serve.conftest import OPTIONS, PASSWORD
from tests.serve.test_app import disputed, main_of, rows, screens


@pytest.fixture(scope="module")
def team(postgres: str, examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """The examples' case in a database, with an account of each role."""
    where = new_database(postgres, tmp_path_factory.mktemp("team"))
    with open_case(examples, keeps_up=False) as held, open_case(where) as case:
        for reading in held.readings():
            case.add(reading)
        case.refresh()
    with open_case(where, keeps_up=False) as case:
        for name, role in (("amira", "owner"), ("ben", "reviewer"), ("carla", "reader")):
            case.add_account(name, PASSWORD, role, who="ada")  # type: ignore[arg-type]
        yield case


def shown(address: str, text: str) -> object:
    """What a screen shows; of a search what it found, since how it ranks and cuts snippets is each database's own."""
    main = main_of(text)
    return sorted(re.findall(r'href="(/articles/[^"]+)"', main)) if address.startswith("/articles?words") else main


def test_every_screen_shows_the_same(team: Case, client: TestClient) -> None:
    over_postgres = TestClient(make_app(team, OPTIONS))
    more = ["/articles?words=market&in=claims", "/?words=market&order=origins", "/?placed=yes", "/?since=2024-03-17"]
    for address in [*screens(client), *more]:
        answer = over_postgres.get(address)

        assert answer.status_code == (404 if address == "/nowhere" else 200), address
        assert shown(address, answer.text) == shown(address, client.get(address).text), address
    for form in ("csv", "parquet", "datasette", "geojson", "ged", "acled", "plover", "webannotation", "prov", "ftm"):
        assert over_postgres.get(f"/export/{form}?status=disputed").status_code == 200
    assert over_postgres.get("/export/geojson").content == client.get("/export/geojson").content


def signed_in(team: Case, name: str) -> tuple[TestClient, str]:
    """A browser of somebody who signed in, and what their forms carry."""
    client = TestClient(make_app(team, OPTIONS, guarded=True), base_url="http://testserver")
    assert client.get("/", follow_redirects=False).status_code == 303
    client.post("/login", data={"name": name, "password": PASSWORD})
    (carried,) = set(re.findall(r'name="csrf" value="([^"]+)"', client.get("/password").text))
    return client, carried


def test_a_team_decides_adds_and_withdraws(team: Case) -> None:
    ben, carried = signed_in(team, "ben")
    story = ben.get(f"/api/stories/{disputed(ben)['id']}").json()
    form = {"what": "reject", "claim": story["reports"][0]["claim"], "why": "not so"}

    assert ben.post("/decide", data=form).status_code == 403
    assert ben.post("/decide", data=form | {"csrf": carried}).status_code == 200
    assert ben.get(f"/stories/{story['id']}", follow_redirects=False).status_code == 307
    assert ben.get("/api/decisions").json()[-1]["who"] == "ben"
    assert ben.post("/undo", data={"number": "1", "csrf": carried}).status_code == 200
    assert ben.get(f"/api/stories/{story['id']}").json() == story

    carla, hers = signed_in(team, "carla")
    assert carla.post("/decide", data=form | {"csrf": hers}).status_code == 403
    assert len(rows(carla)) == len(rows(ben))
