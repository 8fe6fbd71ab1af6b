"""A page that an archive names again is its earlier bytes, at this address and time."""

from __future__ import annotations

import gzip
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from sayso.gather.archived import HEAD, Found, records
from sayso.gather.ranges import cuts_of_warc, pages_of_warc_range
from sayso.gather.revisits import Earlier
from sayso.gather.tape import Tape
from sayso.records import Page
from tests.gather.archives import named, response, revisit
from tests.gather.test_warc import SETTINGS, Pipe, read, said

BODY = b"<p>The ministry said so.</p>"
URL = "http://gazette.example/1"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "again",
    [
        {},
        {"Payload_Digest": "sha1:UNKNOWN", "Refers_To": named(1)},
        {"Payload_Digest": "sha1:UNKNOWN", "Refers_To_Target_URI": URL, "Refers_To_Date": "2024-03-01T00:00:00Z"},
    ],
    ids=["by its bytes", "by its id", "by address and time"],
)
def test_a_revisit_is_the_earlier_page_at_its_own_address_and_time(packed: bool, again: dict[str, str]) -> None:
    sent = gzip.compress(BODY)
    whole = [
        response(1, sent, headers=[("Content-Encoding", "gzip")], packed=packed),
        response(2, b"<p>other</p>", packed=packed),
        revisit(3, sent, "http://gazette.example/copy", packed=packed, **again),
        response(4, b"<p>last</p>", packed=packed),
    ]
    one, _, three, last = read(b"".join(whole))

    assert isinstance(one, Page)
    assert isinstance(three, Page)
    assert (three.content, three.charset, three.kind) == (BODY, "utf-8", "html")
    assert (three.id, three.given.url) == ("00000000-0000-0000-0000-000000000003", "http://gazette.example/copy")
    assert three.fetched == "2024-03-09T00:00:00Z"
    assert said([last]) == [b"<p>last</p>"]


def test_a_page_that_was_not_changed_is_the_earlier_one() -> None:
    unchanged = revisit(2, BODY, URL, kind=None, status="304 Not Modified", Refers_To=named(1))

    assert said(read(response(1, BODY) + unchanged)) == [BODY, BODY]


def test_revisits_of_what_is_no_page_are_passed() -> None:
    image = response(1, b"\x89PNG", kind="image/png")
    again = revisit(2, b"\x89PNG", URL, kind="image/png") + revisit(3, b"\x89PNG", URL, kind=None)
    gone = revisit(4, BODY, URL, status="404 Not Found")

    assert said(read(image + again + gone + response(5, BODY))) == [BODY]


def test_what_is_not_in_the_archive_is_counted_in_one_line() -> None:
    data = response(1, b"other") + revisit(2, BODY, URL) + revisit(3, BODY, URL) + response(4, b"last")
    *pages, error = read(data)

    assert said(pages) == [b"other", b"last"]
    at = len(response(1, b"other"))
    assert str(error) == (
        "a.warc: expected pages that stand earlier in the archive, "
        f"found 2 that do not, the first of them {URL} at byte {at}"
    )


def test_a_pipe_cannot_be_gone_back_in_and_says_so() -> None:
    *pages, error = read(response(1, BODY) + revisit(2, BODY, URL) + response(3, b"last"), stream=Pipe)

    assert said(pages) == [BODY, b"last"]
    assert "1 that do not" in str(error)
    assert str(error).endswith("in a stream that cannot be gone back in")


def test_an_archive_packed_in_one_piece_revisits_too() -> None:
    whole = response(1, BODY) + revisit(2, BODY, URL) + response(3, b"last") + revisit(4, b"last", URL)

    assert said(read(gzip.compress(whole))) == [BODY, BODY, b"last", b"last"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_part_finds_what_stands_before_it(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "a.warc"
    whole = [response(1, BODY, packed=packed), response(2, b"two", packed=packed), revisit(3, BODY, URL, packed=packed)]
    path.write_bytes(b"".join(whole))
    cuts = cuts_of_warc(path, 1, SETTINGS)
    parts = [
        list(pages_of_warc_range(path, start, end, SETTINGS, walked=walked))
        for walked in (True, False)
        for start, end in pairwise(cuts)
    ]

    assert [said(part) for part in parts] == 2 * [[BODY], [b"two"], [BODY]]


def test_no_more_names_are_kept_than_are_allowed() -> None:
    bodies = [b"body %d" % n for n in range(20)]
    data = b"".join(response(n, body) for n, body in enumerate(bodies))
    data += b"".join(revisit(100 + n, body, URL) for n, body in enumerate(bodies))
    tape = Tape(BytesIO(data), HEAD)
    earlier = Earlier(tape, HEAD, most=24)
    revisits = (item for item in records(tape, HEAD) if isinstance(item, Found) and item.kind == "revisit")
    found = [earlier.of(item) is not None for item in revisits]

    # three names each: after twenty answers the first sixteen were let go of, four at a time
    assert found == 16 * [False] + 4 * [True]


def test_parts_name_the_same_missing_pages_whatever_the_cuts(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(revisit(number, b"<p>not here</p>", f"{URL}/{number}") for number in range(6)))

    def told(size: int) -> list[str]:
        cuts = pairwise(cuts_of_warc(path, size))
        return [
            str(item) for start, end in cuts for item in pages_of_warc_range(path, start, end, SETTINGS, walked=True)
        ]

    assert len(told(1)) == 6
    assert told(1) == told(700) == told(10**9)
