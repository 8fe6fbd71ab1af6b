"""The shipped examples: each says that it is invented, decodes as it declares, and stands in their README."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGES = sorted(path for path in EXAMPLES.iterdir() if path.suffix in {".html", ".txt"})
CHARSET = re.compile(rb"charset=[\"']?([\w-]+)")


def words_of(path: Path) -> str:
    """The page in the encoding that it declares (UTF-8 where it declares none); strict, so a wrong byte fails."""
    raw = path.read_bytes()
    declared = CHARSET.search(raw)
    return raw.decode(declared[1].decode() if declared else "utf-8")


def test_there_are_enough_examples() -> None:
    assert len(PAGES) >= 8


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_page_says_that_it_is_invented(path: Path) -> None:
    text = words_of(path)

    assert "This page is an invented example written for sayso" in text
    if path.suffix == ".html":
        assert "<!-- An invented example written for sayso" in text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_links_leave_for_reserved_names_only(path: Path) -> None:
    hosts = set(re.findall(r"https?://([^/\"'\s<]+)", words_of(path)))

    assert all(host.endswith((".example", "schema.org", "creativecommons.org")) for host in hosts)


def test_the_readme_explains_every_page() -> None:
    readme = (EXAMPLES / "README.md").read_text("utf-8")

    assert [path.name for path in PAGES if f"`{path.name}`" not in readme] == []


def test_one_page_is_in_another_encoding() -> None:
    declared = {match[1] for path in PAGES if (match := CHARSET.search(path.read_bytes()))}

    assert b"windows-1252" in declared
