"""What is told of requests and measured: routes and never addresses, for those who may see it."""

from __future__ import annotations

import json
import logging
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from sayso.case import open_case
from sayso.serve import make_app
from sayso.serve.logs import set_up_logs
from tests.serve.conftest import OPTIONS, RULES, free_port
from tests.serve.test_guard import PASSWORD

SOUGHT = "quagga"
TOKEN = "a token of some length"  # noqa: S105 - of the tests' own monitor


def measures(text: str) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_are_measured_by_route(client: TestClient) -> None:
    for address in ("/", f"/?words={SOUGHT}", f"/articles/{SOUGHT}", f"/{SOUGHT}"):
        client.get(address)
    client.request("MAKEUP", "/")
    found = measures(client.get("/metrics").text)

    assert found["sayso_requests_total", "GET", "/", "200"] == 2
    assert found["sayso_requests_total", "GET", "/articles/{ident:path}", "404"] == 1
    assert found["sayso_requests_total", "GET", "unrouted", "404"] == 1
    assert [key for key in found if key[:2] == ("sayso_requests_total", "other")]
    assert found["sayso_request_seconds_count", "/"] == 3
    assert found["sayso_articles",] == len(client.get("/api/articles").json()["articles"])
    assert found["sayso_stories",] == client.get("/api/overview").json()["stories"]
    assert SOUGHT not in client.get("/metrics").text


def test_what_is_added_and_grouped_is_measured(client: TestClient) -> None:
    before = measures(client.get("/metrics").text)
    client.post("/add", data={"text": "Nine people were killed in Homs on 3 May 2016, police said.", "title": "a"})
    patience = time.monotonic() + 20
    after = before
    while after["sayso_refresh_seconds_count",] == before["sayso_refresh_seconds_count",]:
        assert time.monotonic() < patience
        time.sleep(0.05)
        after = measures(client.get("/metrics").text)

    assert after["sayso_articles",] == before["sayso_articles",] + 1
    assert after["sayso_additions_running",] == 0
    assert after["sayso_refresh_failures_total",] == 0


def test_measures_are_an_owners_and_the_monitors(examples: Path, tmp_path: Path) -> None:
    from msgspec.structs import replace

    pytest.importorskip("argon2")
    copy = tmp_path / "a.sayso"
    shutil.copy(examples, copy)
    with open_case(copy, keeps_up=False) as case:
        for name, role in (("amira", "owner"), ("carla", "reader")):
            case.add_account(name, PASSWORD, role, who="ada")  # type: ignore[arg-type]
        client = TestClient(make_app(case, replace(OPTIONS, monitor=TOKEN), guarded=True))
        bearer = {"Authorization": f"Bearer {TOKEN}"}

        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers={b"Authorization": b"Bearer \xe4"}).status_code == 401
        assert client.get("/metrics", auth=("carla", PASSWORD)).status_code == 403
        assert client.get("/metrics", auth=("amira", PASSWORD)).status_code == 200
        assert client.get("/metrics", headers=bearer).status_code == 200
        assert client.get("/api/stories", headers=bearer).status_code == 401
        assert client.get("/health").text == "well\n"
        untold = TestClient(make_app(case, OPTIONS, guarded=True))
        assert untold.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401


def test_health_tells_when_the_case_does_not_answer(client: TestClient, tmp_path: Path) -> None:
    for file in tmp_path.glob("a.sayso*"):
        file.write_bytes(b"no database, but as long as one " * 4096)

    assert client.get("/health").status_code == 503


@pytest.fixture
def loggers() -> Iterator[None]:
    """Puts the loggers that a test sets up back as they were."""
    used = [logging.getLogger(name) for name in ("sayso", "uvicorn")]
    kept = [(logger.handlers[:], logger.propagate, logger.level) for logger in used]
    yield
    for logger, (handlers, propagate, level) in zip(used, kept, strict=True):
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


@pytest.mark.usefixtures("loggers")
def test_a_fault_is_told_with_its_trace_and_without_what_was_looked_for(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    from sqlalchemy.exc import StatementError

    set_up_logs("json")
    try:
        with client.app.state.desk.case._engine.connect() as connection:  # type: ignore[attr-defined]
            connection.exec_driver_sql("SELECT ?", (SOUGHT, 1))
    except (StatementError, ValueError):
        logging.getLogger("uvicorn.error").exception("a fault")
    told = json.loads(capsys.readouterr().err)

    assert told["says"] == "a fault"
    assert "Traceback" in told["trace"]
    assert f"parameters: ('{SOUGHT}" not in told["trace"]


@pytest.mark.parametrize("form", ["plain", "json"])
def test_a_server_tells_each_request_on_one_line(examples: Path, tmp_path: Path, form: str) -> None:
    copy, port = tmp_path / "a.sayso", free_port()
    shutil.copy(examples, copy)
    run = [sys.executable, "-c", "from sayso.cli import main; main()", "serve", "--reader", RULES.reader]
    command = [*run, "--case", str(copy), "--port", str(port), "--log", form]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        asked = ask(port, f"/?words={SOUGHT}"), ask(port, f"/articles/{SOUGHT}")
    finally:
        server.send_signal(signal.SIGINT)
        said = server.communicate(timeout=30)[1]

    assert asked == (200, 404)
    assert SOUGHT not in said
    if form == "json":
        lines: list[dict[str, Any]] = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        requests = [line for line in lines if "route" in line and line["route"] != "/health"]
        assert [(one["method"], one["route"], one["status"]) for one in requests] == [
            ("GET", "/", 200), ("GET", "/articles/{ident:path}", 404)
        ]  # fmt: skip
        assert all(one["ms"] > 0 and one["level"] == "info" for one in requests)
    else:
        assert re.search(r"^\S+T\S+ info GET / 200 [\d.]+ ms$", said, re.MULTILINE)
        assert re.search(r"^\S+T\S+ info GET /articles/\{ident:path\} 404 [\d.]+ ms$", said, re.MULTILINE)


def ask(port: int, path: str) -> int:
    """The status of an answer; waits until the server listens."""
    patience = time.monotonic() + 30
    while True:
        try:
            with urlopen(Request(f"http://127.0.0.1:{port}{path}"), timeout=20) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code
        except OSError:
            assert time.monotonic() < patience
            time.sleep(0.1)


def test_a_short_token_is_no_token(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from sayso.cli.main import cli

    (tmp_path / "token").write_text("short\n")
    result = CliRunner().invoke(cli, ["serve", "--metrics-token", str(tmp_path / "token")])

    assert result.exit_code == 2
    assert "expected a token of 16 letters or more" in result.output
