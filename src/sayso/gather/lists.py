"""Lists of addresses: each is fetched once, as if it had been given by itself, with what its row says of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO
from urllib.parse import urlsplit

from msgspec.structs import replace

from sayso.gather.columns import Columns
from sayso.gather.fetch import Web
from sayso.gather.rows import Row, Told, given_of, said
from sayso.gather.wanted import Wanted
from sayso.records import Given, Page, SourceError

#: The longest line that is looked at: no address is nearly as long.
_LONGEST = 65_536

#: What a plain list is read by.
ONE_A_LINE = Columns({"url": ("url",)})


def rows_of_list(stream: BinaryIO, name: str) -> Iterator[Told]:
    """The lines of a plain text, but for those that are blank or begin with ``#``."""
    number = 0
    while line := stream.readline(_LONGEST):
        number += 1
        place = f"{name}, line {number}"
        while line and len(line) >= _LONGEST and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST)
            if len(line) < _LONGEST or line.endswith(b"\n"):
                yield SourceError(expected="an address", found=f"a line of more than {_LONGEST} bytes", place=place)
                line = b""
        words = line.decode("utf-8-sig", "replace").strip()
        if words and not words.startswith("#"):
            yield Row(number, place, {"url": words})


def fetched(
    rows: Iterator[Told], columns: Callable[[Row], Columns], wanted: Wanted, web: Web
) -> Iterator[Page | SourceError]:
    """The page at each row's address; an address that stands there again is not asked for again."""
    asked: set[str] = set()
    for row in rows:
        if isinstance(row, SourceError):
            yield row
            continue
        try:
            of = columns(row)
            url = _address(row, of)
            if url in asked:
                continue
            if wanted.most_addresses and len(asked) >= wanted.most_addresses:
                yield SourceError(expected=f"at most {wanted.most_addresses} addresses", found="more", place=row.place)
                return
            asked.add(url)
            yield web.page(url, _given(row, of, url, wanted.given))
        except SourceError as error:
            place = error.place if error.place.startswith(row.place) else f"{row.place}, {error.place}"
            yield SourceError(expected=error.expected, found=error.found, place=place)


def _address(row: Row, columns: Columns) -> str:
    cell = said(row, columns, "url")
    if cell and columns.within:
        found = re.search(columns.within, cell)
        cell = found[1] if found else None
    if not cell:
        raise SourceError(expected="an address", found=f"none in the column {columns.of['url'][0]}", place=row.place)
    return cell.strip()


def _given(row: Row, columns: Columns, url: str, given: Given) -> Given:
    """What a row says of the page; an outlet that is the address's own domain is no name, and the page may say one."""
    found = given_of(row, columns, given)
    host = _host(url)
    if found.publisher and f".{host}".endswith(f".{found.publisher.strip().lower().removeprefix('www.')}"):
        found = replace(found, publisher=given.publisher)
    return found


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
