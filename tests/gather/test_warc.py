"""Records of web archives become pages; what is broken in one is named and costs nothing else."""

from __future__ import annotations

import gzip
import io
import re
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gather.ranges import cuts_of_warc, pages_of_warc_range
from sayso.gather.warc import pages_of_warc
from sayso.reading import read_page
from sayso.records import Page, SourceError
from sayso.settings import Settings
from tests.gather.archives import response, revisit
from tests.pages.sheets import column, pdf

SETTINGS = Settings(max_page_bytes=1_000_000)
NOISE = b"".join(sha256(b"%d" % n).digest() for n in range(1000))


class Pipe(io.BytesIO):
    """What cannot be gone back in."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    tell = seek  # type: ignore[assignment]


def read(data: bytes, settings: Settings = SETTINGS, stream: type[io.BytesIO] = io.BytesIO) -> list[Page | SourceError]:
    return list(pages_of_warc(stream(data), "a.warc", settings))


def said(items: list[Page | SourceError]) -> list[bytes | str]:
    return [item.content if isinstance(item, Page) else str(item) for item in items]


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_an_archive(packed: bool) -> None:
    records = [
        response(1, b"<p>one</p>", packed=packed),
        response(2, b"gone", status="404 Not Found", packed=packed),
        response(3, b"\x89PNG", kind="image/png", packed=packed),
        response(4, b"four", kind="text/plain", packed=packed),
    ]
    one, four = read(b"".join(records))

    assert isinstance(one, Page)
    assert (one.content, one.kind, one.charset) == (b"<p>one</p>", "html", "utf-8")
    assert one.given.url == "http://gazette.example/1"
    assert one.fetched == "2024-03-01T00:00:00Z"
    assert isinstance(four, Page)
    assert (four.content, four.kind, four.id) == (b"four", "text", "00000000-0000-0000-0000-000000000004")


def test_an_archive_packed_in_one_piece_is_read() -> None:
    whole = gzip.compress(b"".join(response(n, b"<p>%d</p>" % n) for n in range(3)))

    assert said(read(whole)) == [b"<p>0</p>", b"<p>1</p>", b"<p>2</p>"]


def test_an_archive_without_responses_says_so() -> None:
    (error,) = read(response(1, b"x").replace(b"WARC-Type: response", b"WARC-Type: metadata"))

    assert str(error) == "a.warc: expected a WARC archive with responses, found none"


def test_what_follows_a_broken_record_is_read() -> None:
    one, two, three = (response(n, b"<p>%d</p>" % n) for n in range(3))
    length = re.search(rb"(?<=Content-Length: )\d+", two)
    assert length
    for wrong in (b"1", b"100000", b"-5", b"many", b"9" * 40, b"%d" % (int(length[0]) + 300)):
        broken = two[: length.start()] + wrong + two[length.end() :]
        first, error, last = said(read(one + broken + three))

        assert (first, last) == (b"<p>0</p>", b"<p>2</p>"), wrong
        assert str(error).startswith(f"a.warc, at byte {len(one)}: expected "), wrong


def test_garbage_between_records_is_named_once() -> None:
    one, two = response(1, b"one", packed=True), response(2, b"two", packed=True)
    items = read(one + b"garbage " * 20_000 + two)

    assert said(items) == [b"one", f"a.warc, at byte {len(one)}: expected a WARC record, found something else", b"two"]


def test_a_cut_off_page_is_not_given_as_whole() -> None:
    one, two = response(1, b"one"), response(2, b"The ministry said that no one had been killed in the strike.")
    items = read(one + two[:-20])

    assert said(items)[0] == b"one"
    assert re.search(r"at byte \d+: expected a record of \d+ bytes, found \d+, then the end$", str(items[1]))


def test_a_page_in_an_archive_that_holds_an_archive_is_one_page() -> None:
    inner = b"".join(response(n, b"<p>never said</p>", packed=True) for n in range(3))
    records = [response(1, b"<pre>" + inner, packed=True), response(2, b"<p>two</p>", packed=True)]

    assert [item.id[-1] for item in read(b"".join(records)) if isinstance(item, Page)] == ["2"]


@pytest.mark.parametrize("stream", [io.BytesIO, Pipe])
@pytest.mark.parametrize("packed", [False, True])
def test_large_records_are_passed_and_long_pages_are_cut(packed: bool, stream: type[io.BytesIO]) -> None:
    records = [
        response(1, b"<p>one</p>", packed=packed),
        response(2, NOISE * 100, kind="video/mp4", packed=packed),
        response(3, b"word " * 600_000, packed=packed),
        response(4, b"<p>four</p>", packed=packed),
        response(5, NOISE * 100, kind="video/mp4", packed=packed),
    ]
    one, three, four = said(read(b"".join(records), stream=stream))
    *pages, error = said(read(b"".join(records)[:-90], stream=stream))

    assert (one, four) == (b"<p>one</p>", b"<p>four</p>")
    assert len(three) == SETTINGS.max_page_bytes + 1
    assert pages == [one, three, four]
    assert "then the end" in str(error) or "breaks off" in str(error)


def test_addresses_in_angle_brackets_are_addresses() -> None:
    whole = response(1, b"<p>one</p>", url="<http://gazette.example/1>")
    again = revisit(
        2,
        b"other",
        "<http://gazette.example/2>",
        Refers_To_Target_URI="http://gazette.example/1",
        Refers_To_Date="2024-03-01T00:00:00Z",
    )
    urls = [item.given.url for item in read(whole + again) if isinstance(item, Page)]

    assert urls == ["http://gazette.example/1", "http://gazette.example/2"]


# what an archive may hold, as a test builds it: each makes the bytes of a segment, and whether its page is whole
TEXTS = [b"<p>words</p>", b"", b"<p>" + b"word " * 30_000, response(99, b"nested")]
# packed once more, this stands in an archive as it is, with the marks of a record's beginning in it
BINARY = [bytes(range(256)), NOISE[:20_000] + response(99, b"nested", packed=True) + NOISE[20_000:]]
BODIES = st.sampled_from(TEXTS + BINARY)
DAMAGE = st.sampled_from(["", "", "", "", "cut", "flip", "garbage"])
SEGMENTS = st.lists(st.tuples(BODIES, DAMAGE, st.floats(0.05, 0.95)), min_size=1, max_size=7)


def built(segments: list[tuple[bytes, str, float]], packed: bool) -> tuple[bytes, list[int]]:
    """An archive, and the numbers of the records in it that are whole."""
    data, whole = b"", []
    for number, (body, damage, share) in enumerate(segments):
        record = response(number, body, kind="text/plain", packed=packed)
        at = int(len(record) * share)
        if damage == "cut":
            record = record[:at]
        elif damage == "flip" and packed:
            # within the packed bytes: behind the head of the member, before its sum
            at = min(max(at, 60), len(record) - 9)
            record = record[:at] + bytes([record[at] ^ 0xFF]) + record[at + 1 :]
        else:
            whole.append(number)
        data += record + (b"rubbish" * 9 if damage == "garbage" else b"")
    return data, whole


def numbers(items: list[Page | SourceError]) -> list[int]:
    """Numbers of the records that were read: as pages, or as no text."""
    return [int(item.id[-12:]) for item in items if isinstance(item, Page)]


@given(SEGMENTS, st.booleans())
def test_damage_costs_what_is_damaged_and_doubles_nothing(
    segments: list[tuple[bytes, str, float]], packed: bool
) -> None:
    data, whole = built(segments, packed)
    items = read(data)
    # bytes that are no text are named, as no page; a nested record may come to light where what holds it is broken
    text = [number for number in whole if segments[number][0] in TEXTS]

    assert [number for number in numbers(items) if number != 99] == text
    damaged = sum(damage == "garbage" for _, damage, _ in segments) + len(segments) - len(whole)
    assert bool(damaged) == any("binary data" not in str(item) for item in items if isinstance(item, SourceError))
    places = [item.place for item in items if isinstance(item, SourceError)]
    assert len(places) == len(set(places))


@given(SEGMENTS, st.booleans())
def test_a_pipe_is_read_as_a_file_is(segments: list[tuple[bytes, str, float]], packed: bool) -> None:
    data, _ = built(segments, packed)

    assert said(read(data, stream=Pipe)) == said(read(data))


@given(SEGMENTS, st.booleans(), st.lists(st.floats(0, 1), max_size=5), st.integers(1, 5_000))
def test_any_cuts_give_what_a_whole_read_gives(
    tmp_path_factory: pytest.TempPathFactory,
    segments: list[tuple[bytes, str, float]],
    packed: bool,
    shares: list[float],
    size: int,
) -> None:
    data, _ = built(segments, packed)
    path = tmp_path_factory.mktemp("cuts") / "a.warc"
    path.write_bytes(data)
    with path.open("rb") as stream:
        whole = list(pages_of_warc(stream, str(path), SETTINGS))
    cuts = sorted({0, len(data), *(int(share * len(data)) for share in shares)})
    places = cuts_of_warc(path, size, SETTINGS)

    def parts(at: tuple[int, ...], walked: bool) -> list[Page | SourceError]:
        return [
            item
            for start, end in pairwise(at)
            for item in pages_of_warc_range(path, start, end, SETTINGS, walked=walked)
        ]

    for got in (parts(tuple(cuts), False), parts(places, True), parts(places, False)):
        assert said(got) == said(whole)
        assert numbers(got) == numbers(whole)


@given(
    st.booleans(),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=12), st.integers(0, 12)), max_size=4),
    st.lists(st.floats(0, 1), max_size=4),
)
def test_no_bytes_raise_and_any_cuts_give_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    packed: bool,
    edits: list[tuple[float, bytes, int]],
    shares: list[float],
) -> None:
    data = b"".join(response(n, body, packed=packed) for n, body in enumerate(TEXTS))
    data += revisit(9, TEXTS[0], "http://gazette.example/9", packed=packed)
    for share, other, length in edits:
        at = int(share * len(data))
        data = data[:at] + other + data[at + length :]
    path = tmp_path_factory.mktemp("bytes") / "a.warc"
    path.write_bytes(data)
    cuts = sorted({0, len(data), *(int(share * len(data)) for share in shares)})
    parts = [item for start, end in pairwise(cuts) for item in pages_of_warc_range(path, start, end, SETTINGS)]

    whole = read(data)
    assert [item.content for item in parts if isinstance(item, Page)] == [
        item.content for item in whole if isinstance(item, Page)
    ]


def test_a_pdf_in_an_archive_is_a_page() -> None:
    sheet = pdf([column(["Two soldiers were killed near Halvorin on Tuesday, the army said."])])
    archive = response(1, sheet, kind="application/pdf") + response(2, b"<p>no</p>", kind="application/pdf")
    found = list(pages_of_warc(io.BytesIO(archive), "a.warc", Settings()))

    assert isinstance(found[0], Page)
    assert (found[0].kind, found[0].content) == ("pdf", sheet)
    assert "Two soldiers were killed" in read_page(found[0], Settings(reader="rules")).article.text
    assert isinstance(found[1], SourceError)
    assert found[1].expected == "a PDF"
