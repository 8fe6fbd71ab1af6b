"""The screens as a client without a browser sees them: what is asked for is answered, what cannot be is said."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.case import Case, open_case
from sayso.render.html import path
from sayso.serve import Options, articles, control, handing, make_app
from tests.case.test_captures import capture
from tests.serve.conftest import EVIL, OPTIONS, RULES


def rows(client: TestClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/stories?limit=1000&{query}").json()["stories"]
    return found


def disputed(client: TestClient) -> dict[str, Any]:
    return rows(client, "status=disputed&order=pages")[0]


def screens(client: TestClient) -> list[str]:
    """An address of every screen."""
    story = disputed(client)["id"]
    article = client.get("/api/articles").json()["articles"][0]["id"]
    claim = client.get(f"/api/stories/{story}").json()["reports"][0]["claim"]
    voice = client.get("/api/voices").json()["voices"][0]["name"]
    copy = client.get("/api/copies").json()[0]
    return [
        "/", "/?status=disputed&order=day", f"/stories/{story}", f"/stories/{story}/alike", "/articles",
        "/articles?words=market", "/articles?words=market&in=claims", "/articles?words=ministry&in=voices",
        f"/articles/{path(article)}",
        f"/articles/{path(article)}/changes", f"/articles/{path(copy['first'])}/beside/{path(copy['second'])}",
        "/voices", f"/voices/{path(voice)}", "/control", "/add", "/review", f"/decide?claim={claim}", "/history",
        "/export", "/nowhere",
    ]  # fmt: skip


def test_every_screen_answers_and_none_leads_astray(client: TestClient) -> None:
    for address in screens(client):
        answer = client.get(address)

        assert answer.status_code == (404 if address == "/nowhere" else 200), address
        assert answer.text.count("<h1") == 1, address
        assert "style=" not in answer.text, address


def test_every_link_of_every_screen_leads_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    for address in screens(client):
        seen |= {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', client.get(address).text)}
    assert len(seen) > 100
    for link in sorted(seen):
        if not link.startswith("/api/articles/"):
            assert client.get(link).status_code == 200, link


def test_a_story_shows_each_origin_with_its_words(client: TestClient) -> None:
    story = client.get(f"/api/stories/{disputed(client)['id']}").json()
    text = client.get(f"/stories/{story['id']}").text

    for origin in story["origins"]:
        assert origin["voice"].replace("'", "&#39;") in text
    assert "What they disagree on" in text
    assert client.get(f"/stories/{story['id'][:6]}").text == text


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("status=disputed", lambda row: row["status"] == "disputed"),
        ("pages=4", lambda row: row["pages"] >= 4),
        ("place=halvorin", lambda row: "Halvorin" in row["place"]),
        ("type=shelling", lambda row: row["type"] == "shelling"),
        ("dated=no", lambda row: row["first_day"] is None),
        ("placed=no", lambda row: row["lat"] is None),
        ("box=34,36,35,37", lambda row: row["place"] == "Homs"),
        ("since=2024-03-01&until=2024-03-31", lambda row: row["last_day"] >= "2024-03-01"),
    ],
)
def test_lists_and_counts_are_narrowed_alike(client: TestClient, query: str, fits: Any) -> None:
    wanted = [row["id"] for row in rows(client) if row["first_day"] is not None or "since" not in query]
    found = rows(client, query)
    seen = client.get(f"/api/overview?{query}").json()

    assert found
    assert all(fits(row) for row in found)
    assert len(found) < len(wanted)
    assert seen["stories"] == len(found) == sum(seen["statuses"].values()) == sum(seen["types"].values())
    assert sum(bar["stories"] for bar in seen["bars"]) == len(found) - seen["undated"]
    assert sum(spot["stories"] for spot in seen["spots"]) == len(found) - seen["unplaced"]


def test_bars_follow_each_other_without_a_gap(client: TestClient) -> None:
    bars = client.get("/api/overview").json()["bars"]

    assert len(bars) > 1
    for one, other in pairwise(bars):
        assert date.fromisoformat(one["until"]) + timedelta(days=1) == date.fromisoformat(other["since"])


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/?since=yesterday", "since"), ("/?type=party", "type"), ("/?pages=0", "pages"), ("/?page=x", "page"),
        ("/?box=1,2", "box"), ("/?status=true", "status"), ("/?words=" + "x" * 501, "words"), ("/?place=%00", "place"),
        ("/articles/01-lodestar-halvorin-market?span=5-5", "span"),
        ("/articles/01-lodestar-halvorin-market?version=9", "version"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_place(client: TestClient, address: str, place: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 400
    assert f"{place}: expected" in answer.text


def test_a_claim_and_a_span_have_lasting_addresses(client: TestClient) -> None:
    story = client.get(f"/api/stories/{disputed(client)['id']}").json()
    report = story["reports"][0]
    answer = client.get(f"/articles/{report['article']}/claims/{report['claim']}", follow_redirects=False)
    to, _, anchor = answer.headers["location"].partition("#")
    start, end = report["trigger"]

    assert f'id="{anchor}"' in client.get(to).text
    asked = client.get(f"/articles/{report['article']}?span={start}-{end}").text
    assert asked.count('id="asked"') == 1
    words = client.get(f"/api/articles/{report['article']}").json()["article"]["text"][start:end]
    assert re.search(rf'class="seg [^"]*asked[^"]*"[^>]*>{re.escape(words)}<', asked)
    assert client.get(f"/articles/{report['article']}/claims/feedface").status_code == 404


def test_a_decision_changes_the_story_and_can_be_withdrawn(client: TestClient) -> None:
    story = client.get(f"/api/stories/{disputed(client)['id']}").json()
    claim = story["reports"][0]["claim"]
    answer = client.post(
        "/decide", data={"what": "reject", "claim": claim, "why": "not so", "back": f"/stories/{story['id']}"},
        follow_redirects=False,
    )  # fmt: skip

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/stories/{story['id']}#")
    told = client.get(f"/stories/{story['id']}", follow_redirects=False)
    assert told.status_code == 307  # the same reports, the same id: these are fewer, and the old link leads to them
    assert claim not in client.get(told.headers["location"]).text
    history = client.get("/history").text
    assert "not so" in history
    assert claim in history
    assert client.post("/undo", data={"number": "1"}, follow_redirects=False).status_code == 303
    assert client.get(f"/api/stories/{story['id']}").json() == story
    assert "withdrawn by" in client.get("/history").text


def test_a_correction_and_a_voice_decided_about(client: TestClient) -> None:
    story = client.get(f"/api/stories/{disputed(client)['id']}").json()
    claim = story["reports"][0]["claim"]

    assert (
        client.post("/decide", data={"what": "correct", "claim": claim, "slot": "killed", "value": "many"}).status_code
        == 400
    )
    assert (
        client.post("/decide", data={"what": "correct", "claim": claim, "slot": "killed", "value": "77.."}).status_code
        == 200
    )
    voice = client.get("/api/voices").json()["voices"][0]["name"]
    assert client.post("/decide", data={"what": "kind", "voice": voice, "to": "friend"}).status_code == 400
    assert client.post("/decide", data={"what": "kind", "voice": voice, "to": "monitor"}).status_code == 200
    assert client.get("/api/voices").json()["voices"][0]["kind"] == "monitor"
    assert [row["decision"]["what"] for row in client.get("/api/decisions").json()] == ["correct", "kind"]


def test_back_leads_nowhere_else(client: TestClient) -> None:
    claim = client.get(f"/api/stories/{disputed(client)['id']}").json()["reports"][0]["claim"]
    for evil in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\nb"):
        answer = client.post("/decide", data={"what": "accept", "claim": claim, "back": evil}, follow_redirects=False)

        assert answer.headers["location"].startswith("/history#"), evil


def test_what_was_decided_about_waits_no_more(client: TestClient) -> None:
    form = re.search(r'<form action="/decide".*?</form>', client.get("/review").text, re.DOTALL)
    assert form
    chosen = re.findall(r'name="claim" value="(\w+)"', form[0])
    assert chosen
    client.post("/decide", data={"what": "accept", "claim": chosen})
    after = client.get("/review").text

    assert not any(f'name="claim" value="{claim}"' in after for claim in chosen)
    assert '<form action="/decide"' in after


@pytest.mark.parametrize(
    "form", ["csv", "parquet", "datasette", "geojson", "ged", "acled", "plover", "webannotation", "prov", "ftm"]
)
def test_what_is_narrowed_to_is_handed_over(client: TestClient, form: str) -> None:
    few = client.get(f"/export/{form}?status=disputed")
    all_of_it = client.get(f"/export/{form}")

    assert few.status_code == all_of_it.status_code == 200
    assert "attachment" in few.headers["content-disposition"]
    assert 0 < len(few.content) < len(all_of_it.content)


def test_the_screen_has_every_format_of_the_command_line() -> None:
    from sayso.cli.export import ARCHIVES, FOLDERS, TEXTS

    assert sorted((*handing._FORMATS, "warc")) == sorted((*ARCHIVES, *FOLDERS, *TEXTS))


def test_whole_texts_are_handed_over_where_they_are_asked_for(client: TestClient) -> None:
    assert "/export/csv?full_text=yes" in client.get("/export?full_text=yes").text
    assert "full_text=yes" not in re.findall(r'href="/export/csv[^"]*"', client.get("/export").text)[0]
    text = client.get("/api/articles/placed").json()["article"]["text"]
    few, whole = (client.get(f"/export/prov?place=homs{more}").text for more in ("", "&full_text=yes"))
    assert json.dumps(text)[1:-1] in whole
    assert json.dumps(text)[1:-1] not in few


def test_pages_that_were_fetched_are_handed_over_as_they_came(client: TestClient) -> None:
    from warcio.archiveiterator import ArchiveIterator

    assert "/export/warc" not in client.get("/export").text
    case: Case = client.app.state.desk.case  # type: ignore[attr-defined]
    case.keep(capture("https://example.org/a", b"<p>Hi"))
    assert "/export/warc" in client.get("/export?place=homs").text
    answer = client.get("/export/warc")
    kept = [record.rec_headers.get_header("WARC-Target-URI") for record in ArchiveIterator(BytesIO(answer.content))]
    assert "https://example.org/a" in kept
    assert ".warc.gz" in answer.headers["content-disposition"]


def test_the_brief_says_itself_what_it_may_load(client: TestClient) -> None:
    answer = client.get(f"/stories/{disputed(client)['id']}/brief")

    assert "style-src 'sha256-" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]


def test_mark_up_of_pages_is_shown_not_obeyed(hostile: Path) -> None:
    with open_case(hostile, keeps_up=False) as case, TestClient(make_app(case, Options())) as client:
        for address in (
            "/",
            "/articles",
            "/voices",
            "/control",
            "/review",
            *(f"/stories/{row['id']}" for row in rows(client)),
        ):
            text = client.get(address).text

            assert "<script>window" not in text, address
            assert "<img" not in text, address
            assert not re.search(r'(?:href|src|action)="\s*javascript', text), address
            assert "49</textarea" not in text.replace("&lt;", "<"), address
        article = client.get("/api/articles").json()["articles"][0]["id"]
        assert EVIL[:9] in article
        assert client.get(f"/articles/{path(article)}").status_code == 200


def test_an_empty_case_says_what_to_do(tmp_path: Path) -> None:
    with open_case(tmp_path / "new.sayso", keeps_up=False) as case, TestClient(make_app(case, Options())) as client:
        assert "The case is empty" in client.get("/").text
        for address in ("/articles", "/voices", "/control", "/review", "/history", "/export"):
            assert client.get(address).status_code == 200


def test_a_list_that_takes_long_to_count_comes_first_and_is_counted_after(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, counted_now = tmp_path / "a.sayso", Event()
    shutil.copy(examples, copy)
    with open_case(copy, keeps_up=False) as case:
        whole = TestClient(make_app(case, OPTIONS)).get("/?status=disputed").text
        count = case.overview
        monkeypatch.setattr(case, "overview", lambda only: counted_now.wait() and count(only))
        client = TestClient(make_app(case, Options(settings=RULES, patience=0.01)))
        first, export = client.get("/?status=disputed").text, client.get("/export?status=disputed").text
        counted_now.set()
        counted = client.get("/counted?status=disputed&page=1").text

        assert 'data-from="/counted?status=disputed&amp;page=1"' in first
        assert "Hand over these happenings" in export
        assert re.findall(r'href="/stories/\w+"', first) == re.findall(r'href="/stories/\w+"', whole)
        for part in ('id="sum".*?</p>', 'id="around".*?</aside>'):
            (there,), (after,) = (re.findall(part, text, re.DOTALL) for text in (whole, counted))
            assert there == after
        (to,) = re.findall(r'<noscript><meta http-equiv="refresh" content="0; url=([^"]*)">', first)
        assert main_of(client.get(to.replace("&amp;", "&")).text) == main_of(whole)
        assert client.get("/?status=disputed").text == whole  # it is at hand now


def main_of(text: str) -> str:
    return text.partition("<main")[2]


def test_stories_are_put_together_from_a_list_of_those_near(client: TestClient) -> None:
    article = {"text": "Eight people were killed when a bomb exploded in Homs on Thursday, the mayor said."}
    client.post("/add", data=article | {"title": "Bomb kills eight", "published": "2016-12-15"})
    case: Case = client.app.state.desk.case  # type: ignore[attr-defined]
    for _ in range(100):
        if len(case.articles()) == 12:
            break
        sleep(0.05)
    case.refresh()
    one, other = (row["id"] for row in rows(client, "type=bombing&place=homs"))
    shown = client.get(f"/stories/{one}/alike").text
    assert f'name="with" value="{other}"' in shown
    assert f'name="with" value="{one}"' not in shown
    put = client.post(
        "/decide", data={"what": "together", "story": one, "with": ["", f"http://testserver/stories/{other}"]}
    )
    assert put.status_code == 200
    assert len(rows(client, "type=bombing&place=homs")) == 1
    assert "made one story" in client.get("/history").text
    assert client.post("/decide", data={"what": "together", "story": one, "with": ["", ""]}).status_code == 400


def test_what_a_form_asks_wrongly_leads_back_to_it(client: TestClient) -> None:
    story = disputed(client)["id"]
    sent = {"what": "accept"}
    answer = client.post("/decide", data=sent, headers={"referer": f"http://testserver/stories/{story}?a=b"})
    assert answer.status_code == 400
    assert f'href="/stories/{story}?a=b"' in answer.text
    for foreign in ("http://other.example/stories/1", "http://testserver//other.example", "nonsense"):
        assert ">Back<" not in client.post("/decide", data=sent, headers={"referer": foreign}).text


def test_a_kind_is_corrected_in_words(client: TestClient) -> None:
    claim = client.get(f"/api/stories/{disputed(client)['id']}").json()["reports"][0]["claim"]
    sent = {"what": "correct", "claim": claim, "slot": "type", "value": "Suicide bombing"}
    assert client.post("/decide", data=sent).status_code == 200
    assert "corrected: type suicide bombing" in client.get("/history").text
    assert "corrected: type suicide bombing" in client.get(f"/decide?claim={claim}").text


@pytest.mark.parametrize("size", [1, 3, 40])
def test_each_place_comes_once_with_all_that_is_said_of_who_holds_it(
    client: TestClient, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "_PAGE", size)
    wanted = {one["id"] for kind in control.HOLDING.types for one in rows(client, f"type={kind}")}
    assert len(wanted) > 3
    found, seen = set(), set()
    waiting = ["/control"]
    while waiting:
        address = waiting.pop().replace("&amp;", "&")
        text = client.get(address).text
        found |= set(re.findall(r'href="/stories/(\w+)"', text))
        links = re.findall(r'href="(/control\?[^"]*)">(?:Later|All)', text) + re.findall(
            r'rel="next" href="([^"]+)"', text
        )
        waiting += [link for link in links if link not in seen]
        seen |= set(links)

    assert found == wanted
    named = re.findall(r'<h2 id="p\d+">([^<]*) <small>', client.get("/control").text)
    assert named == list(dict.fromkeys(named))


@pytest.mark.parametrize("inside", ["articles", "claims", "voices"])
def test_what_is_found_is_paged_through(client: TestClient, inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "a" if inside == "voices" else "market"
    whole = client.get(f"/api/search?words={words}&in={inside}&limit=1000").json()[inside]
    assert len(whole) > 3
    monkeypatch.setattr(articles, "PAGE", 2)
    address, found = f"/articles?words={words}&in={inside}", []
    while address:
        text = client.get(address).text
        assert f"{inside.capitalize()} that hold" in text
        found += re.findall(r"<li>(?:<h2>|<p dir)", text)
        onward = re.findall(r'rel="next" href="([^"]+)"', text)
        address = onward[0].replace("&amp;", "&") if onward else ""

    assert len(found) == len(whole)
    assert "ends before this page" in client.get(f"/articles?words={words}&in={inside}&page=99").text
    again = client.get(f"/api/search?words={words}&in={inside}&limit=2&offset=1").json()[inside]
    assert again == whole[1:3]


def test_a_page_beyond_the_end_says_so(client: TestClient) -> None:
    for address in ("/?page=99", "/articles?page=99"):
        assert "ends before this page" in client.get(address).text
