"""Which readings count in bulk: those that count in a case to which all were added in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sayso.bulk.settling import Seen, settled
from sayso.bulk.tables import rows_of
from sayso.case import open_case
from sayso.reading import read_page
from sayso.records import Given, Page, Reading
from sayso.settings import Settings

RULES = Settings(reader="rules", threads=1)

URLS = st.sampled_from([None, "https://a.example/1", "http://a.example/1", "https://b.example/2"])
TIMES = st.sampled_from([None, "2024-05-01T00:00:00Z", "2024-05-02T00:00:00Z", "2024-05-03T00:00:00Z"])
PAGES = st.tuples(st.sampled_from(["x", "y", "x-2"]), URLS, TIMES, st.sampled_from(["One.", "Two.", "Three."]))


def reading(ident: str, url: str | None, fetched: str | None, text: str) -> Reading:
    page = Page(id=ident, content=text.encode(), kind="article", fetched=fetched, given=Given(url=url))
    return read_page(page, RULES)


def seen(number: int, one: Reading) -> Seen:
    row = next(row for table, row in rows_of(one) if table == "sketches")
    return Seen("s", number, one.id, row["key"], row["fetched"], row["text_sha256"])


@settings(max_examples=60, deadline=None)
@given(pages=st.lists(PAGES, min_size=1, max_size=7))
def test_what_counts_is_what_counts_in_a_case(
    pages: list[tuple[str, str | None, str | None, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    readings = [reading(*one) for one in pages]
    case = open_case(Path(tmp_path_factory.mktemp("case")) / "case.sayso")
    for one in readings:
        case.add(one)
    found = {one.article: readings[one.seen.number] for one in settled(seen(n, r) for n, r in enumerate(readings))
             if one.state == "told"}  # fmt: skip
    kept = {one.id: one for one in case.readings_of([row.id for row in case.articles()])}

    assert set(found) == set(kept)
    for ident, one in found.items():
        # which of two readings of one text is kept does not matter
        assert kept[ident].article.text == one.article.text
        assert replace(kept[ident].article, url=None) == replace(one.article, url=None)
