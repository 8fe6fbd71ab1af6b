"""Columns are told by what the caller says, else by their names, else not at all."""

from __future__ import annotations

import re

import pytest

from sayso.gather.columns import FIELDS, columns_of, known, squeezed
from sayso.records import SourceError


def told(names: str, as_list: bool = False, **said: str) -> dict[str, str]:
    columns = columns_of(names.split(","), said, "t.csv", as_list=as_list)
    return {field: ones[0] for field, ones in columns.of.items()}


def test_the_table_of_names_is_in_order() -> None:
    names = known()["names"]
    every = [name for ones in names.values() for name in ones]

    assert set(names) == set(FIELDS)
    assert len(every) == len(set(every))
    assert all(name == squeezed(name) for name in every)
    for layout in known()["layouts"]:
        fields = layout.keys() & set(FIELDS)
        assert layout.keys() <= {"name", "has", "within", *FIELDS}
        assert layout["has"] == [squeezed(name) for name in layout["has"]]
        assert "url" in fields
        assert re.compile(layout.get("within", "()")).groups == 1


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("id,text,title", {"id": "id", "text": "text", "title": "title"}),
        (
            "Headline,Story Text,Outlet,Publish-Date,By-line,Link",
            {
                "title": "Headline", "text": "Story Text", "publisher": "Outlet", "published": "Publish-Date",
                "authors": "By-line", "url": "Link",
            },
        ),
        ("content,text,source,publisher,date", {"text": "text", "publisher": "publisher", "published": "date"}),
        (
            "id,indexed_date,language,media_name,media_url,publish_date,title,url",
            {"id": "id", "publisher": "media_name", "published": "publish_date", "title": "title", "url": "url"},
        ),
        ("URL,MobileURL,Date,Title", {"url": "URL"}),
        ("url,url_mobile,title,seendate,socialimage,domain,language,sourcecountry", {"url": "url"}),
        ("DATE,SourceCommonName,DocumentIdentifier", {"url": "DocumentIdentifier"}),
        ("GLOBALEVENTID,SQLDATE,SOURCEURL", {"url": "SOURCEURL"}),
        (
            "link,archive status,archive location,archive date,thumbnail,upload timestamp,upload title,text content",
            {"url": "link", "title": "upload title", "published": "upload timestamp"},
        ),
        ("status,metadata,media", {"url": "metadata"}),
        ("url,seendate,title,text", {"url": "url", "text": "text"}),
    ],
)  # fmt: skip
def test_names_that_are_known(names: str, expected: dict[str, str]) -> None:
    assert told(names) == expected


def test_what_the_caller_says_goes_before_the_names() -> None:
    assert told("title,text,words,paper", text="words", publisher="Paper") == {
        "title": "title", "text": "words", "publisher": "paper",
    }  # fmt: skip
    assert told("title,url", text="title") == {"text": "title", "url": "url"}
    assert told("URL,MobileURL,Date,Title", published="Date") == {"url": "URL", "published": "Date"}
    assert told("text,url", as_list=True) == {"url": "url"}


def test_what_is_not_told_is_listed_with_the_remedy() -> None:
    with pytest.raises(SourceError) as caught:
        told("year,deaths_a,deaths_b")
    assert str(caught.value) == (
        "t.csv: expected a column of texts or of addresses; say which: --column text=NAME (or url=NAME), "
        "found the columns year, deaths_a, deaths_b"
    )
    with pytest.raises(SourceError, match=r"expected the column body \(--column text=body\), found the columns a, b$"):
        told("a,b", text="body")
    with pytest.raises(SourceError, match="a column of addresses; say which: --column url=NAME"):
        told("text,title", as_list=True)
    with pytest.raises(SourceError) as caught:
        told(",".join(f"{'x' * 100}{number}" for number in range(1000)))
    assert len(str(caught.value)) < 2000
