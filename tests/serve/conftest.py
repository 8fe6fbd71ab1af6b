"""A case of the examples and one of hostile pages, served to a client without a network and to a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.case import Case, open_case
from sayso.gather import Wanted, gather
from sayso.reading import read_page
from sayso.records import Given, Page
from sayso.serve import Options, make_app
from sayso.settings import Settings

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
RULES = Settings(reader="rules")
# patient: what is shown does not hang on how busy the machine is
OPTIONS = Options(settings=RULES, patience=60)

#: Of the tests' own accounts.
PASSWORD = "correct horse battery"  # noqa: S105

#: The places of the examples are invented; this article's are on the map.
PLACED = Page(
    id="placed", kind="article",
    content=b"Seven people were killed when a bomb exploded in Homs on Monday, police said. Rebels shelled Raqqa.",
    given=Given(title="Seven dead in Homs", publisher="The Daily Example", published="2016-12-13"),
)  # fmt: skip

#: What would run, load or break out of a page if it were not escaped; a browser test looks for its traces.
EVIL = (
    '"><script>window.ran=1</script><img src=x onerror="window.ran=2"><svg onload=window.ran=3></svg>'
    "'-->{{7*7}}</textarea></title><a href=javascript:window.ran=4>x</a>\u202e\u2066"
)


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples as a case, read by rules; tests that change it take a copy."""
    where = tmp_path_factory.mktemp("serve") / "examples.sayso"
    with open_case(where) as case:
        for item in gather((str(EXAMPLES),), Wanted(), RULES):
            assert isinstance(item, Page)
            case.add(read_page(item, RULES))
        case.add(read_page(PLACED, RULES))
        case.refresh()
    return where


@pytest.fixture
def case(examples: Path, tmp_path: Path) -> Iterator[Case]:
    """A copy of the examples' case with an account of each role."""
    copy = tmp_path / "a.sayso"
    shutil.copy(examples, copy)
    with open_case(copy, keeps_up=False) as case:
        for name, role in (("amira", "owner"), ("ben", "reviewer"), ("carla", "reader")):
            case.add_account(name, PASSWORD, role, who="ada")  # type: ignore[arg-type]
        yield case


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose every name and text is mark-up that must never work."""
    where = tmp_path_factory.mktemp("serve") / "hostile.sayso"
    with open_case(where) as case:
        for number in (1, 2):
            text = (
                f"At least {9 + number} people were killed in Aleppo on Monday when a bomb exploded, {EVIL} said. "
                f'"We counted {9 + number} dead in Aleppo on Monday," the Ministry of {EVIL} said.'
            )
            given = Given(
                title=f"{number} {EVIL}",
                publisher=f"{EVIL} Daily",
                published="2016-12-13",
                url=f"javascript:alert({number})",
            )
            page = Page(id=f"p{number}/{EVIL}", content=text.encode(), kind="article", given=given)
            case.add(read_page(page, RULES))
        case.refresh()
    return where


@pytest.fixture
def client(examples: Path, tmp_path: Path) -> Iterator[TestClient]:
    """The application over its own copy of the examples."""
    copy = tmp_path / "a.sayso"
    shutil.copy(examples, copy)
    with open_case(copy, keeps_up=False) as case, TestClient(make_app(case, OPTIONS)) as client:
        yield client


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(where: Path, options: Options = OPTIONS, *, guarded: bool = False) -> Iterator[str]:
    """The address of a real server on loopback."""
    import uvicorn

    port = free_port()
    with open_case(where, keeps_up=False) as case:
        app = make_app(case, options, hosts=("127.0.0.1",), guarded=guarded)
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        patience = time.monotonic() + 20
        while not server.started and time.monotonic() < patience:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real browser: Debian's Chromium. Where CI says that it must be there, its absence fails."""
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("SAYSO_NEEDS_BROWSER"):
            pytest.fail("no Chromium is installed")
        pytest.skip("no Chromium is installed")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a browser's page: ``look(width=380, scheme="dark")``; what it complains of is in ``page.heard``."""
    contexts = []

    def opened(width: int = 1280, scheme: str = "light", **more: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        contexts.append(context)
        page = context.new_page()
        page.heard = []
        page.on("console", lambda message: page.heard.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        page.on("dialog", lambda dialog: (page.heard.append(f"dialog {dialog.message}"), dialog.dismiss()))
        return page

    yield opened
    for context in contexts:
        context.close()
