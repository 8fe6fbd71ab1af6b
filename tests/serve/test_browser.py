"""The screens in a real browser: nothing of a page runs, no serious barrier, and the main ways through by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.case import Case, open_case
from sayso.reading import read_page
from sayso.records import Given, Page
from sayso.serve import Options, make_app
from tests.serve.conftest import OPTIONS, RULES, served
from tests.serve.test_app import screens

Look = Callable[..., Any]


@pytest.fixture(scope="module")
def addresses(examples: Path) -> list[str]:
    with open_case(examples, keeps_up=False) as case:
        return screens(TestClient(make_app(case, OPTIONS)))


@pytest.fixture(scope="module")
def site(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    copy = tmp_path_factory.mktemp("site") / "a.sayso"
    shutil.copy(examples, copy)
    with served(copy) as address:
        yield address


@pytest.mark.parametrize(("width", "scheme"), [(380, "light"), (1600, "dark")])
def test_no_screen_has_a_serious_barrier(
    look: Look, site: str, addresses: list[str], width: int, scheme: str
) -> None:  # fmt: skip
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = look(width=width, scheme=scheme)
    for address in addresses:
        page.goto(site + address)
        if address in ("/", "/?status=disputed&order=day"):
            page.wait_for_timeout(300)
        found = axe.run(page).response["violations"]
        serious = [one for one in found if one["impact"] in ("serious", "critical")]

        assert not serious, (address, [(one["id"], one["nodes"][0]["html"][:200]) for one in serious])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert [line for line in page.heard if "404" not in line] == []


def test_nothing_of_a_hostile_page_runs(look: Look, hostile: Path) -> None:
    with open_case(hostile, keeps_up=False) as case:
        client = TestClient(make_app(case, OPTIONS))
        stories = [f"/stories/{row['id']}" for row in client.get("/api/stories").json()["stories"]]
        addresses = [*screens_of(client), *stories]
    with served(hostile) as site:
        page = look()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for address in addresses:
            page.goto(site + address)

            assert page.evaluate("window.ran") is None, address
        assert page.heard == []
        assert [url for url in asked if not url.startswith((site, "data:"))] == []


def screens_of(client: TestClient) -> list[str]:
    from sayso.render.html import path

    articles = [row["id"] for row in client.get("/api/articles").json()["articles"]]
    voices = [row["name"] for row in client.get("/api/voices").json()["voices"]]
    return [
        "/", "/articles", "/voices", "/control", "/review", "/articles?words=killed&in=claims", "/export",
        *(f"/articles/{path(one)}" for one in articles), *(f"/voices/{path(one)}" for one in voices),
    ]  # fmt: skip


def test_from_the_list_to_a_story_to_the_very_words_by_keyboard(look: Look, site: str) -> None:
    page = look()
    page.goto(f"{site}/?status=disputed")
    page.locator(".rows h2 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/*")
    assert page.locator("#disputes").is_visible()

    page.locator(".carriers .where a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*")
    page.locator(".text a.seg").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator(".card.on").count() >= 1
    assert page.locator(".text .lit").count() >= 1


def test_a_claim_shows_its_card_on_hover_click_and_focus(look: Look, site: str, addresses: list[str]) -> None:
    page = look(width=1280)
    page.goto(site + next(one for one in addresses if one.startswith("/articles/")))
    words = page.locator(".text a.seg")
    assert words.count() > 5

    def shown() -> bool:
        """Whether the card of the words is marked and seen: within the window and within its panel."""
        page.wait_for_timeout(100)
        seen: bool = page.evaluate("""() => {
          const card = document.querySelector(".card.on"), panel = document.querySelector(".panel");
          if (!card) return false;
          const { top } = card.getBoundingClientRect(), box = panel.getBoundingClientRect();
          return top >= box.top - 1 && top + 30 <= Math.min(box.bottom, innerHeight);
        }""")
        return seen

    for number in range(0, words.count(), 2):
        word = words.nth(number)
        word.hover()
        assert shown(), f"hover {number}"
        page.mouse.move(2, 2)
        assert page.locator(".card.on").count() == 0
        word.click()
        page.mouse.move(2, 2)
        assert shown(), f"click {number}"
        page.keyboard.press("Escape")
        assert page.locator(".card.on").count() == 0
    words.nth(0).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert shown()


def test_on_a_phone_the_card_comes_up_below_its_words(look: Look, site: str, addresses: list[str]) -> None:
    page = look(width=380, has_touch=True)
    page.goto(site + next(one for one in addresses if one.startswith("/articles/")))
    word = page.locator(".text a.seg").nth(3)
    word.evaluate("node => scrollBy(0, node.getBoundingClientRect().bottom - innerHeight + 4)")
    word.tap()
    page.wait_for_timeout(200)

    below = page.locator(".sheet").bounding_box()["y"]
    words = word.bounding_box()
    assert words["y"] >= 0
    assert words["y"] + words["height"] <= below
    page.get_by_role("button", name="Close").tap()
    assert not page.locator(".sheet").is_visible()


def test_a_layer_of_the_text_can_be_switched_off(look: Look, site: str, addresses: list[str]) -> None:
    page = look()
    page.goto(site + next(one for one in addresses if one.startswith("/articles/")))
    event = page.locator(".text .event").first
    weight = event.evaluate("node => getComputedStyle(node).fontWeight")
    page.locator('.layers input[value="event"]').press("Space")

    assert event.evaluate("node => getComputedStyle(node).fontWeight") != weight


def test_the_queue_goes_by_letters_and_what_was_decided_can_be_withdrawn(look: Look, site: str) -> None:
    page = look()
    page.goto(f"{site}/review")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("form.claim.now").count() == 1
    claim = page.locator("form.claim.now [name=claim]").first.input_value()
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.locator(f'form.claim [name=claim][value="{claim}"]').count() == 0
    assert page.locator("form.claim.now").count() == 1

    assert "read rightly" in page.locator("form.last").inner_text()
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.locator(f'form.claim.now [name=claim][value="{claim}"]').count() == 1
    assert page.locator("form.last").count() == 0
    with page.expect_navigation():
        page.keyboard.press("a")

    page.keyboard.press("w")
    page.keyboard.type("a reason")
    assert page.locator("form.claim.now [name=why]").input_value() == "a reason"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "expected a choice" in page.locator("main").inner_text()
    with page.expect_navigation():
        page.locator("a.back").press("Enter")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.locator("form.claim.now [name=slot]").select_option("killed")
    page.keyboard.press("Tab")
    page.keyboard.type("77..")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "corrected: killed at least 77" in page.locator("form.last").inner_text()
    with page.expect_navigation():
        page.keyboard.press("u")
    page.goto(f"{site}/history")
    with page.expect_navigation():
        page.get_by_role("button", name="Withdraw decision 2").press("Enter")
    assert page.locator(".withdrawn").count() == 3


def test_files_are_added_and_their_stories_follow(look: Look, site: str, tmp_path: Path) -> None:
    file = tmp_path / "new.txt"
    file.write_text("At least 21 people were killed in an air strike on Palmyra on 3 May 2016, the Red Cross said.")
    page = look()
    page.goto(f"{site}/add")
    page.set_input_files("input[name=files]", str(file))
    assert page.locator(".dropped").inner_text() == "1 file chosen"
    page.get_by_role("button", name="Add these files").click()
    page.wait_for_selector("h1:text('Added')")
    page.wait_for_timeout(1500)
    page.goto(f"{site}/?place=palmyra")

    assert "Air strike in Palmyra" in page.locator(".rows").inner_text()


@pytest.mark.parametrize("path", ["/", "/review", "/articles", "/voices", "/control"])
def test_reading_needs_no_script(look: Look, site: str, path: str) -> None:
    page = look(java_script_enabled=False)
    page.goto(site + path)

    assert page.locator("main h1").is_visible()
    assert page.locator("main a").count() > 3


def test_a_printed_story_is_a_clean_brief(look: Look, site: str, addresses: list[str]) -> None:
    page = look()
    page.goto(site + next(one for one in addresses if one.startswith("/stories/")))
    page.emulate_media(media="print")

    for hidden in (".bar", ".judge", ".acts", ".pick"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator("#origins").is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_what_is_counted_late_finds_its_place(
    look: Look, examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: bool
) -> None:
    copy, count = tmp_path / "a.sayso", Case.overview
    shutil.copy(examples, copy)
    monkeypatch.setattr(Case, "overview", lambda case, only: (sleep(0.3), count(case, only))[1])
    with served(copy, Options(settings=RULES, patience=0.01)) as site:
        page = look(java_script_enabled=script)
        page.goto(f"{site}/?placed=yes")
        page.wait_for_selector("#around .timeline")

        assert page.locator("#sum").inner_text().startswith("1 happening")
        assert page.locator("#map").is_visible() == script
        assert page.heard == []


def test_the_map_names_the_towns_around_when_it_is_looked_at_closely(look: Look, site: str) -> None:
    pictures, named = [], set()
    for refused in (True, False):
        page = look()
        if refused:
            page.route("**/map/**", lambda route: route.abort())
        page.on(
            "response", lambda answer: named.update(row[0] for row in answer.json()) if "/map/" in answer.url else 0
        )
        page.goto(f"{site}/?place=homs")
        page.locator("#map .map-spot").first.focus()
        page.keyboard.press("+")
        page.wait_for_timeout(1200)
        pictures.append(page.evaluate("document.querySelector('.map-names').toDataURL()"))

    assert "Homs" in named
    assert len(named) > 5
    assert pictures[0] != pictures[1]
    assert page.heard == []


def test_a_place_of_the_map_and_a_span_of_the_timeline_narrow_the_list_and_each_other(look: Look, site: str) -> None:
    page = look()
    page.goto(f"{site}/")
    whole, bars = page.locator("#sum").inner_text(), page.locator(".timeline li").count()
    with page.expect_navigation():
        page.locator('#map .map-spot[aria-label^="Homs"]').press("Enter")
    assert page.locator(".rows > li").count() == page.locator('.rows .facts:has-text("Homs")').count() == 1
    assert page.locator("#sum").inner_text() != whole
    assert page.locator(".timeline li").count() < bars

    page.goto(f"{site}/")
    first, last = (page.locator(".timeline li").nth(at).bounding_box() for at in (1, -1))
    page.mouse.move(first["x"] + 2, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + 2, last["y"] + 20, steps=4)
    with page.expect_navigation():
        page.mouse.up()
    assert "since=" in page.url
    assert page.locator("#map .map-spot").count() == 0
    assert "Homs" not in page.locator(".rows").inner_text()


_BEYOND = """() => [...document.querySelectorAll(".graph .node")].flatMap(node => {
  const box = node.querySelector(".box").getBoundingClientRect();
  return [...node.querySelectorAll("text")].filter(text => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    return left < box.left || right > box.right || top < box.top - 1 || bottom > box.bottom + 1;
  }).map(text => text.textContent);
})"""


def test_words_of_the_graph_stay_in_their_boxes(look: Look, site: str) -> None:
    page, boxes = look(), 0
    stories = page.request.get(f"{site}/api/stories?limit=1000&order=pages").json()["stories"]
    for story in stories[:12]:
        page.goto(f"{site}/stories/{story['id']}")

        assert page.evaluate(_BEYOND) == []
        boxes += page.locator(".graph .alone .small").count()
    assert boxes > 3


def test_a_name_from_right_to_left_turns_nothing_around_it(look: Look, site: str) -> None:
    page = look()
    page.goto(f"{site}/articles")
    after_the_name = page.evaluate("""() => {
      const row = document.querySelector(".rows li");
      row.innerHTML = "<a href='/'>\u062c\u0631\u064a\u062f\u0629</a>: 100% of it";
      const range = document.createRange();
      range.setStart(row.lastChild, 2);
      range.setEnd(row.lastChild, 6);
      return range.getBoundingClientRect().left - row.firstChild.getBoundingClientRect().right;
    }""")
    assert after_the_name > 0


def test_text_from_right_to_left_begins_at_the_right(look: Look, examples: Path, tmp_path: Path) -> None:
    copy = tmp_path / "a.sayso"
    shutil.copy(examples, copy)
    text = "\u0642\u062a\u0644 \u0639\u0634\u0631\u0629 \u0641\u064a \u062d\u0644\u0628."
    with open_case(copy) as case:
        case.add(read_page(Page(id="rtl", kind="article", content=text.encode(), given=Given(title=text)), RULES))
    with served(copy) as site:
        page = look()
        page.goto(f"{site}/articles/rtl")
        ends = page.evaluate("""() => {
          const line = document.querySelector(".text p"), range = document.createRange();
          range.selectNodeContents(line);
          return [line.getBoundingClientRect().right - range.getBoundingClientRect().right,
                  getComputedStyle(line).direction];
        }""")
    assert ends[1] == "rtl"
    assert ends[0] < 2


_CHOOSE = """words => {
  const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.textContent.indexOf(words);
    if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + words.length);
  }
}"""


def test_chosen_words_have_a_link_of_their_own(look: Look, examples: Path, tmp_path: Path) -> None:
    copy = tmp_path / "a.sayso"
    shutil.copy(examples, copy)
    text = "\U0001f54a A first line.\n\nSeven people were killed in Homs on Monday, police said."
    given = Given(title="Seven dead", published="2016-12-13")
    with open_case(copy) as case:
        case.add(read_page(Page(id="doves", kind="article", content=text.encode(), given=given), RULES))
    with served(copy) as site:
        page = look()
        page.goto(f"{site}/articles/doves")
        assert not page.locator(".chosen-words").is_visible()
        page.evaluate(_CHOOSE, "people were")
        with page.expect_navigation():
            page.get_by_role("link", name="Link to these words").click()
        start = text.index("people were")

        assert page.url.endswith(f"/articles/doves?version=1&span={start}-{start + 11}#asked")
        assert page.locator(".text .asked").all_inner_texts() == ["people were"]
        assert page.heard == []
