"""One voice: whom it contradicts, and on whose pages it is passed on."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from sayso.records import Dispute, Origin, Report, Story, StorySide
from sayso.render.html import path
from sayso.serve.voices import _clashes, _relays


def told(*chains: tuple[str, ...], roofs: dict[str, str]) -> Story:
    """A story of reports with these chains; every first voice gives another toll."""
    reports = tuple(
        Report(article=f"a{n}", trigger=(0, 4), type="bombing", event=0, claim=f"c{n}", chain=chain, copied_from=None)
        for n, chain in enumerate(chains)
    )
    voices = tuple(dict.fromkeys(chain[0] for chain in chains))
    of: dict[str, Any] = {v: tuple(n for n, chain in enumerate(chains) if chain[0] == v) for v in voices}
    sides = tuple(StorySide(value=str(10 + n), origins=(v,), reports=of[v]) for n, v in enumerate(voices))
    return Story(
        id="s", title="Bombing in Homs", type="bombing", place=None, date=None, reports=reports,
        origins=tuple(Origin(voice=v, roof=roofs.get(v, v), party=False, reports=of[v]) for v in voices),
        independent_origins=2, status="disputed", disputes=(Dispute(slot="killed", sides=sides),),
    )  # fmt: skip


def test_nobody_contradicts_who_stands_under_the_same_roof() -> None:
    monitor, head, ministry = "Harbour Monitor", "Aldo Merrin", "Health Ministry"
    story = told((monitor, "Gazette"), (head, "Herald"), (ministry, "Gazette"), roofs={head: monitor})

    (clash,) = _clashes(head, [story])
    assert (clash.ours, clash.others) == ("11", (("12", (ministry,)),))
    (clash,) = _clashes(ministry, [story])
    assert [voices for _, voices in clash.others] == [(monitor,), (head,)]
    assert list(_clashes(head, [told((monitor, "Gazette"), (head, "Herald"), roofs={head: monitor})])) == []


def test_who_passes_on_is_an_outlet_where_they_do_so_on_their_own_pages() -> None:
    story = told(("Monitor", "Lodestar", "Gazette"), ("Monitor", "Gazette"), ("Ministry", "Herald"), roofs={})

    assert [tuple(relay) for relay in _relays("Monitor", [story])] == [("Gazette", 2, True), ("Lodestar", 1, False)]


def test_the_reports_of_an_outlet_are_a_list_of_its_articles(client: TestClient) -> None:
    names = [row["name"] for row in client.get("/api/voices").json()["voices"]]
    links = [
        link for name in names for link in client.get(f"/voices/{path(name)}").text.split('href="')
        if link.startswith("/articles?voice=")
    ]  # fmt: skip
    assert links
    for link in links:
        found = client.get(link.partition('"')[0].replace("&amp;", "&"))
        assert found.text.count("<li><h2>") >= 1, link
