"""Makes the screenshots of the documentation anew: the examples and one text more, in a real browser.

    python scripts/make_screenshots.py          into docs/images/; needs Chromium, as the tests do

Look at each before you commit it.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sayso.case import Case, open_case
from sayso.gather import Wanted, gather
from sayso.reading import read_page
from sayso.records import Given, Page
from sayso.render.html import path
from sayso.serve import Options, make_app
from sayso.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
INTO = ROOT / "docs" / "images"
SIZE: Any = {"width": 1280, "height": 900}

#: The places of the examples are invented: these two are on the map.
PLACED = (
    "Seven people were killed when a bomb exploded in Homs on Monday, police said. "
    "Rebels shelled a district of Aleppo on Sunday, activists said."
)


def fill(case: Case) -> None:
    settings = Settings()
    pages = [page for page in gather((str(ROOT / "examples"),), Wanted(), settings) if isinstance(page, Page)]
    given = Given(title="Seven dead in Homs", publisher="The Daily Example", published="2024-03-19")
    for page in (*pages, Page(id="placed", kind="article", content=PLACED.encode(), given=given)):
        case.add(read_page(page, settings))
    case.refresh()


@contextmanager
def served(case: Case) -> Iterator[str]:
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(case, Options()), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def shoot(page: Any, site: str, case: Case) -> None:
    row = max(case.stories(), key=lambda one: (one.status == "disputed", one.pages, one.origins))
    (story,) = case.stories_named(row.id)
    page.goto(f"{site}/")
    page.wait_for_timeout(1500)
    page.screenshot(path=INTO / "stories.png")
    page.goto(f"{site}/stories/{row.id}")
    page.screenshot(path=INTO / "story.png")
    page.locator("section:has(> #hands)").screenshot(path=INTO / "hands.png")
    page.goto(f"{site}/articles/{path(story.reports[0].article)}")
    page.locator(".text .seg.cue").nth(1).hover()
    page.screenshot(path=INTO / "article.png")
    page.goto(f"{site}/review")
    page.keyboard.press("j")
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=INTO / "review.png")


def main() -> int:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        with open_case(Path(folder) / "examples.sayso") as case:
            fill(case)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with open_case(Path(folder) / "examples.sayso", keeps_up=False) as case, served(case) as site:
            shoot(browser.new_context(viewport=SIZE).new_page(), site, case)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
