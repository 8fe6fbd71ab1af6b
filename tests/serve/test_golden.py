"""How the screens look: where their parts stand and in which colours, and small pictures of some, beside kept ones.

What is meant to look otherwise is made anew by ``SAYSO_GOLDEN=make .venv/bin/pytest tests/serve/test_golden.py``; look
at the pictures in ``golden/`` before you keep them. Places and colours do not hang on the fonts of a machine; pictures
do, and are compared only where text is as wide as it was when they were made. The pictures' case is of fixed readings,
so that no reader changes them.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.case import open_case
from sayso.serve import make_app
from tests.case.test_stories import filled
from tests.serve.conftest import OPTIONS, served
from tests.serve.test_app import disputed
from tests.stories.test_stories import ALL

Look = Callable[..., Any]

GOLDEN = Path(__file__).parent / "golden"
MAKING = os.environ.get("SAYSO_GOLDEN") == "make"
VIEWS = [(380, "light"), (380, "dark"), (1280, "light"), (1280, "dark")]
SCREENS = ("stories", "story", "article", "review")

#: The parts of each screen whose place is kept: blocks, whose edges no font moves.
PARTS = (
    "header.bar", "main", "main h1", ".heading", ".filters", ".wall", ".list", ".around", ".rows > li", ".timeline",
    "#disputes", "#origins", ".side", ".text", ".layers", ".origins", "form.claim", ".read", ".card",
)  # fmt: skip

#: Pixels by which a part may be off, and the share of a picture's pixels that may differ.
_OFF, _DIFFERENT = 6, 0.002

_PLACES = """parts => Object.fromEntries(parts.flatMap(part => {
  const node = document.querySelector(part);
  if (!node || !node.getClientRects().length) return [];
  const { x, width } = node.getBoundingClientRect(), { color, backgroundColor } = getComputedStyle(node);
  return [[part, [Math.round(x), Math.round(width), color, backgroundColor]]];
}))"""

_WIDTHS = """() => ["serif", "sans-serif", "monospace", getComputedStyle(document.querySelector("h1")).fontFamily,
  getComputedStyle(document.body).fontFamily].map(family => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `40px ${family}`;
    return Math.round(pen.measureText("Sphinx of black quartz, judge my vow 0123456789").width);
  })"""

_COMPARE = """async pictures => {
  const [one, other] = await Promise.all(pictures.map(async picture => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height);
  }));
  if (one.width !== other.width || one.height !== other.height) return 1;
  let different = 0;
  for (let at = 0; at < one.data.length; at += 4)
    different += [0, 1, 2].some(part => Math.abs(one.data[at + part] - other.data[at + part]) > 48);
  return different / (one.width * one.height);
}"""


@pytest.fixture(scope="module")
def site(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The addresses of the screens of the examples."""
    copy = tmp_path_factory.mktemp("golden") / "a.sayso"
    shutil.copy(examples, copy)
    with open_case(copy, keeps_up=False) as case:
        story = disputed(TestClient(make_app(case, OPTIONS)))["id"]
    with served(copy) as address:
        yield {
            "stories": f"{address}/", "story": f"{address}/stories/{story}", "review": f"{address}/review",
            "article": f"{address}/articles/01-lodestar-halvorin-market",
        }  # fmt: skip


@pytest.fixture(scope="module")
def fixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The addresses of the same screens of a few readings that nobody reads anew."""
    where = tmp_path_factory.mktemp("golden") / "invented.sayso"
    with filled(str(where)) as case:
        case.refresh()
        story = next(one.id for one in case.full_stories() if len(one.reports) > 2)
    with served(where) as address:
        yield {
            "stories": f"{address}/", "story": f"{address}/stories/{story}", "review": f"{address}/review",
            "article": f"{address}/articles/{ALL[0].id}",
        }  # fmt: skip


def shot(page: Any, address: str) -> bytes:
    """A picture of a screen at half its size, nothing on it moving."""
    page.goto(address)
    page.evaluate("document.fonts.ready")
    return bytes(page.screenshot(animations="disabled", caret="hide"))


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_the_parts_of_a_screen_stand_where_they_did(look: Look, site: dict[str, str], width: int, scheme: str) -> None:
    kept = GOLDEN / f"places-{width}-{scheme}.json"
    page, found = look(width=width, scheme=scheme), {}
    for name in SCREENS:
        page.goto(site[name])
        found[name] = page.evaluate(_PLACES, list(PARTS))
    if MAKING:
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(found, indent=1) + "\n")
    expected = json.loads(kept.read_text())

    for name in SCREENS:
        assert found[name].keys() == expected[name].keys(), name
        for part, (x, wide, *colours) in found[name].items():
            was_x, was_wide, *were = expected[name][part]
            assert abs(x - was_x) <= _OFF, (name, part)
            assert abs(wide - was_wide) <= _OFF, (name, part)
            assert colours == were, (name, part)


@pytest.mark.parametrize(("width", "scheme"), [(380, "dark"), (1280, "light")])
def test_a_screen_looks_as_it_did(
    look: Look, fixed: dict[str, str], tmp_path: Path, width: int, scheme: str
) -> None:  # fmt: skip
    page = look(width=width, scheme=scheme, device_scale_factor=0.5)
    page.goto(fixed["stories"])
    widths, kept_widths = page.evaluate(_WIDTHS), GOLDEN / "widths.json"
    if MAKING:
        kept_widths.write_text(json.dumps(widths) + "\n")
    if json.loads(kept_widths.read_text()) != widths:
        pytest.skip("text is of another width here than where the pictures were made")
    for name in SCREENS:
        picture, kept = shot(page, fixed[name]), GOLDEN / f"{name}-{width}-{scheme}.png"
        if MAKING:
            kept.write_bytes(picture)
        different = compared(look(), kept.read_bytes(), picture)
        (tmp_path / kept.name).write_bytes(picture)

        assert different <= _DIFFERENT, f"{different:.1%} of {kept.name} differ; see {tmp_path / kept.name}"


def test_what_looks_otherwise_is_seen(look: Look, fixed: dict[str, str]) -> None:
    page = look(device_scale_factor=0.5, bypass_csp=True)
    before = shot(page, fixed["stories"])
    assert compared(look(), before, shot(page, fixed["stories"])) <= _DIFFERENT
    for style in (".rows { margin-top: 2rem }", ".heading { padding-top: 2.2rem }", "body { background: #aaa }"):
        page.goto(fixed["stories"])
        page.add_style_tag(content=style)

        assert compared(look(), before, page.screenshot(animations="disabled")) > _DIFFERENT, style


def compared(page: Any, one: bytes, other: bytes) -> float:
    """The share of pixels that differ between two pictures; all where they differ in size."""
    return float(page.evaluate(_COMPARE, [base64.b64encode(picture).decode() for picture in (one, other)]))
