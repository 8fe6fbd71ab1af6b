"""Bodies of archived answers: unpacked as their headers say, no further than allowed, or read as they stand."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import brotli
import pytest

from sayso.gather.tape import Member, Tape
from sayso.records import Page, SourceError
from tests.gather.archives import response
from tests.gather.test_warc import read, said

WORDS = b"<p>The ministry said so.</p>" * 200


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def bare(body: bytes) -> bytes:
    pack = zlib.compressobj(wbits=-15)
    return pack.compress(body) + pack.flush()


def zstd(byte: int, blocks: int) -> bytes:
    """A zstd frame by RFC 8878, of blocks of 128 KiB of one byte, which take four bytes each."""
    run = [((1 << 17) << 3 | 1 << 1 | last).to_bytes(3, "little") + bytes([byte]) for last in (0, 1)]
    return b"\x28\xb5\x2f\xfd\x00\x38" + run[0] * (blocks - 1) + run[1]


PACKINGS = {
    "gzip": gzip.compress(WORDS), "x-gzip": gzip.compress(WORDS), "GZIP": gzip.compress(WORDS),
    "deflate": zlib.compress(WORDS), "Deflate": bare(WORDS), "br": brotli.compress(WORDS),
    "gzip, br": brotli.compress(gzip.compress(WORDS)), "identity": WORDS, "": WORDS,
}  # fmt: skip


@pytest.mark.parametrize("sent", [False, True])
@pytest.mark.parametrize("packing", PACKINGS)
def test_bodies_are_unpacked_as_their_headers_say(packing: str, sent: bool) -> None:
    body, headers = PACKINGS[packing], [("Content-Encoding", packing)]
    if sent:
        body, headers = chunked(body), [*headers, ("Transfer-Encoding", "chunked")]
    (page,) = read(response(1, body, headers=headers, packed=True))

    assert said([page]) == [WORDS]
    assert isinstance(page, Page)
    assert not page.problems


def test_a_body_in_zstd_is_unpacked() -> None:
    (page,) = read(response(1, zstd(ord("a"), 2), headers=[("Content-Encoding", "zstd")]))

    assert said([page]) == [b"a" * (1 << 18)]


@pytest.mark.parametrize("name", ["Content-Encoding", "Transfer-Encoding"])
@pytest.mark.parametrize("value", ["gzip", "br", "deflate", "chunked", "utf-8"])
def test_a_body_that_was_unpacked_before_it_was_kept_is_read_as_it_stands(name: str, value: str) -> None:
    (page,) = read(response(1, WORDS, headers=[(name, value)]))

    assert isinstance(page, Page)
    assert page.content == WORDS
    assert all("taken as it stands" in problem.what for problem in page.problems)


@pytest.mark.parametrize("packing", ["gzip", "br"])
def test_a_body_that_breaks_off_is_read_up_to_there_and_says_so(packing: str) -> None:
    text = b"".join(b"<p>Paragraph %d</p>" % n for n in range(30_000))
    body = (gzip.compress if packing == "gzip" else brotli.compress)(text)
    (page,) = read(response(1, body[: len(body) // 2], headers=[("Content-Encoding", packing)]))

    assert isinstance(page, Page)
    assert len(page.content) > 10_000
    assert text.startswith(page.content)
    assert page.problems[0].what.startswith("read up to a break: ")


def test_a_body_that_does_not_unpack_and_is_no_text_is_named() -> None:
    (error,) = read(response(1, bytes(range(256)) * 9, headers=[("Content-Encoding", "br")]))

    assert isinstance(error, SourceError)
    assert error.expected == "a record that unpacks"


HUGE = 1 << 28


def packed() -> bytes:
    pack = zlib.compressobj(1, wbits=31)
    return b"".join(pack.compress(b" " * (1 << 20)) for _ in range(HUGE >> 20)) + pack.flush()


def huge_record() -> bytes:
    """A gzip member that holds one huge record."""
    whole = response(1, b"x").partition(b"\r\n\r\nHTTP")[0]
    pack = zlib.compressobj(1, wbits=31)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    head = whole[: whole.rindex(b"Content-Length")] + b"Content-Length: %d\r\n\r\n" % (HUGE + len(http))
    begin = pack.compress(head + http)
    body = b"".join(pack.compress(b" " * (1 << 20)) for _ in range(HUGE >> 20))
    return begin + body + pack.compress(b"\r\n\r\n") + pack.flush()


BOMBS = {
    "gzip": lambda: response(1, packed(), headers=[("Content-Encoding", "gzip")]),
    "zstd": lambda: response(1, zstd(32, HUGE >> 17), headers=[("Content-Encoding", "zstd")]),
    "br": lambda: response(1, brotli.compress(b" " * HUGE, quality=1), headers=[("Content-Encoding", "br")]),
    "gzip of gzip": lambda: response(1, gzip.compress(packed()), headers=[("Content-Encoding", "gzip, gzip")]),
    "gzip sent in gzip": lambda: response(1, packed(), headers=[("Content-Encoding", "gzip")], packed=True),
    "a huge record": huge_record,
}

_MEASURED = """
import resource, sys
from sayso.gather.warc import pages_of_warc
from sayso.settings import Settings
import fastwarc.warc
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
before = peak()
with open(sys.argv[1], "rb") as stream:
    (page,) = pages_of_warc(stream, "bomb", Settings(max_page_bytes=1_000_000))
print(len(page.content), peak() - before)
"""


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_small_body_that_unpacks_to_a_huge_one_takes_no_more_room_than_a_page_may(tmp_path: Path, bomb: str) -> None:
    path = tmp_path / "bomb.warc"
    path.write_bytes(BOMBS[bomb]())
    done = subprocess.run([sys.executable, "-c", _MEASURED, str(path)], capture_output=True, text=True, check=True)
    length, megabytes = map(int, done.stdout.split())

    assert length == 1_000_001
    assert megabytes < 40


def test_a_member_leaves_the_tape_right_behind_itself() -> None:
    first, second = gzip.compress(b"one"), gzip.compress(b"two")
    tape = Tape(BytesIO(first + second + b"rest"), 0)
    assert Member(tape).read() == b"one"
    assert tape.at == len(first)
    assert Member(tape).read() == b"two"
    assert tape.read(10) == b"rest"
