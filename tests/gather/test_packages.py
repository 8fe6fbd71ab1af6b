"""Files in one file: each member is a source under a name of its own, and none can harm."""

from __future__ import annotations

import gzip
import io
import os
import stat
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gather import Gathered, Wanted, gather, tars, zips
from sayso.gather import packages as module
from sayso.records import Page, SourceError
from sayso.settings import Settings
from tests.gather.archives import response, revisit

Files = Sequence[tuple[str, bytes]]


def zipped(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            package.writestr(name, content)
    return out.getvalue()


def tarred(files: Files) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as package:
        for name, content in files:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            package.addfile(info, io.BytesIO(content))
    return out.getvalue()


def squeezed(files: Files) -> bytes:
    return gzip.compress(tarred(files))


WRITERS: dict[str, Callable[[Files], bytes]] = {
    "a.zip": zipped,
    "a.tar": tarred,
    "a.tar.gz": squeezed,
    "a.tgz": squeezed,
}
each_kind = pytest.mark.parametrize("name", WRITERS)


def read(path: Path, data: bytes, settings: Settings = Settings()) -> list[Gathered]:
    path.write_bytes(data)
    return list(gather([str(path)], Wanted(), settings))


def told(items: list[Gathered], folder: Path) -> list[object]:
    return [
        (item.id, item.content) if isinstance(item, Page) else str(item).removeprefix(f"{folder}{os.sep}")
        for item in items
    ]


@each_kind
def test_each_member_is_a_source_called_by_its_path(tmp_path: Path, name: str) -> None:
    lines = b'{"text": "nameless"}\n{"id": "own", "text": "named"}\n'
    files = [
        ("wire/one.html", b"<p>one</p>"), ("desk/one.txt", b"words"), ("desk/lines.jsonl", lines),
        ("two.html.gz", gzip.compress(b"<p>two</p>")), ("crawl/a.warc.gz", response(7, b"<p>seven</p>", packed=True)),
        ("notes.md", b"left"), (".hidden/x.html", b"left"), ("__MACOSX/wire/one.html", b"left"), ("empty/", b""),
    ]  # fmt: skip
    items = read(tmp_path / name, WRITERS[name](files))

    assert told(items, tmp_path) == [
        ("wire/one", b"<p>one</p>"), ("desk/one", b"words"), ("desk/lines-1", b"nameless"), ("own", b"named"),
        ("two", b"<p>two</p>"), ("00000000-0000-0000-0000-000000000007", b"<p>seven</p>"),
    ]  # fmt: skip


@each_kind
def test_names_are_names_and_nothing_more(tmp_path: Path, name: str) -> None:
    files = [
        ("/etc/a.html", b"1"), ("../../b.html", b"2"), ("x/../c.html", b"3"), ("a.html", b"4"), ("a.txt", b"5"),
        ("d\x1b[31m\ne.html", b"6"), ("f" * 1200 + ".html", b"7"),
    ]  # fmt: skip
    before = sorted(Path.cwd().iterdir())
    *pages, long = told(read(tmp_path / name, WRITERS[name](files)), tmp_path)

    assert pages == [
        ("etc/a", b"1"), ("b", b"2"), ("x/c", b"3"), ("a", b"4"), ("a~2", b"5"), ("d\ufffd[31m\ufffde", b"6"),
    ]  # fmt: skip
    assert str(long).endswith("expected a member that can be read, found a path of 1205 characters")
    assert sorted(tmp_path.iterdir()) == [tmp_path / name]
    assert sorted(Path.cwd().iterdir()) == before


@each_kind
def test_a_package_in_a_package_is_named(tmp_path: Path, name: str) -> None:
    items = read(tmp_path / name, WRITERS[name]([("in.zip", zipped([("a.html", b"x")])), ("b.html", b"y")]))

    assert told(items, tmp_path) == [
        f"{name}/in.zip: expected a member that can be read, found a package in a package; unpack it first",
        ("b", b"y"),
    ]


@each_kind
def test_a_package_without_pages_says_so(tmp_path: Path, name: str) -> None:
    assert told(read(tmp_path / name, WRITERS[name]([("notes.md", b"x")])), tmp_path) == [
        f"{name}: expected a package with pages, found 1 others"
    ]


@each_kind
@pytest.mark.parametrize("data", [b"", b"nothing of the kind" * 100])
def test_what_is_no_package_says_so(tmp_path: Path, name: str, data: bytes) -> None:
    (error,) = read(tmp_path / name, data)

    assert isinstance(error, SourceError)


@each_kind
@given(share=st.floats(0, 1))
def test_a_package_that_breaks_off_says_so_and_gives_no_page_cut(
    tmp_path_factory: pytest.TempPathFactory, name: str, share: float
) -> None:
    files = [(f"{n}.txt", b"%d words " % n * 400) for n in range(4)]
    data = WRITERS[name](files)
    # the end of a tar is padded: what is cut there is no loss
    kept = int(len(data) * share) if "zip" in name or "g" in name[4:] else int(4 * 4608 * share)
    items = read(tmp_path_factory.mktemp("cut") / name, data[: min(kept, len(data) - 1)])
    pages = [(f"{item.id}.txt", item.content) for item in items if isinstance(item, Page) and not item.problems]

    assert pages == files[: len(pages)]
    assert len(pages) == 4 or any(isinstance(item, SourceError) for item in items)


def test_links_and_devices_are_passed(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_bytes(b"<p>secret</p>")
    packed, tar = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        link = zipfile.ZipInfo("link.html")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(link, str(tmp_path / "secret.html"))
        package.writestr("a.html", b"<p>a</p>")
    with tarfile.open(fileobj=tar, mode="w") as package_:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo(f"{kind.decode()}.html")
            info.type, info.linkname = kind, str(tmp_path / "secret.html")
            package_.addfile(info)
        info = tarfile.TarInfo("a.html")
        info.size = 8
        package_.addfile(info, io.BytesIO(b"<p>a</p>"))
    for name, data in (("a.zip", packed.getvalue()), ("a.tar", tar.getvalue())):
        assert told(read(tmp_path / name, data), tmp_path) == [("a", b"<p>a</p>")]


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped([("a.html", b"<p>a</p>"), ("b.html", b"<p>b</p>")]))
    # bit 0 of the flags, in the member's head and in the list of members
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert told(read(tmp_path / "a.zip", bytes(data)), tmp_path) == [
        "a.zip/a.html: expected a member that can be read, found one that is encrypted", ("b", b"<p>b</p>"),
    ]  # fmt: skip


def test_a_damaged_member_costs_no_other(tmp_path: Path) -> None:
    data = bytearray(zipped([("a.html", b"<p>a</p>" * 50), ("b.html", b"<p>b</p>")]))
    data[data.index(b"a.html") + 12] ^= 0xFF
    error, page = told(read(tmp_path / "a.zip", bytes(data)), tmp_path)

    assert str(error).startswith("a.zip/a.html: expected a member that can be read, found ")
    assert page == ("b", b"<p>b</p>")


def test_a_wacz_is_its_archives(tmp_path: Path) -> None:
    archive = response(1, b"<p>one</p>", packed=True)
    files = [
        ("archive/data.warc.gz", archive), ("indexes/index.cdx.gz", b"x"), ("datapackage.json", b"{}"),
        ("pages/pages.jsonl", b'{"format": "json-pages-1.0"}\n{"url": "u", "text": "what the pages say again"}\n'),
    ]  # fmt: skip
    for name in ("a.wacz", "a.zip"):
        (page,) = read(tmp_path / name, zipped(files))

        assert isinstance(page, Page)
        assert (page.content, page.given.url) == (b"<p>one</p>", "http://gazette.example/1")


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_in_a_wacz_revisits_its_own_pages_where_it_is_stored_as_it_is(tmp_path: Path, way: int) -> None:
    archive = response(1, b"<p>one</p>", packed=True) + revisit(
        2, b"<p>one</p>", "http://gazette.example/b", packed=True
    )
    with zipfile.ZipFile(tmp_path / "a.wacz", "w", way) as package:
        package.writestr("datapackage.json", b"{}")
        package.writestr("archive/a.warc.gz", archive)
        package.writestr("archive/b.warc.gz", response(3, b"<p>three</p>", packed=True))
    items = list(gather([str(tmp_path / "a.wacz")], Wanted(), Settings()))
    pages = [item.content for item in items if isinstance(item, Page)]

    if way == zipfile.ZIP_STORED:
        assert pages == [b"<p>one</p>", b"<p>one</p>", b"<p>three</p>"]
    else:
        assert pages == [b"<p>one</p>", b"<p>three</p>"]
        assert "1 that do not" in str(items[1])


def test_a_tar_is_read_from_a_pipe_and_a_zip_is_not(tmp_path: Path) -> None:
    script = "from sayso.gather import gather, Wanted; from sayso.settings import Settings\n"
    script += "for one in gather(['-'], Wanted(), Settings()): print(getattr(one, 'content', one))"
    files = [("a.html", b"<p>a</p>")]

    def piped(data: bytes) -> str:
        done = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True, check=True)
        return done.stdout.decode().strip()

    assert piped(tarred(files)) == piped(squeezed(files)) == "b'<p>a</p>'"
    assert piped(zipped(files)) == "-: expected a zip in a file of its own, found one in a stream"


class Zeros(io.RawIOBase):
    """So many spaces, made as they are read."""

    def __init__(self, size: int) -> None:
        self._left = size

    def read(self, size: int = -1) -> bytes:
        size = min(size, self._left)
        self._left -= size
        return b" " * size


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_bomb_is_read_no_further_than_a_page(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"bomb.{kind}"
    if kind == "zip":
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
            package.open("a.txt", "w") as member,
        ):
            for _ in range(256):
                member.write(b" " * (1 << 20))
    else:
        with tarfile.open(path, "w:gz", compresslevel=1) as package_:
            info = tarfile.TarInfo("a.txt")
            info.size = 1 << 28
            package_.addfile(info, Zeros(info.size))
    script = (
        "import resource, sys\nfrom sayso.gather import gather, Wanted; from sayso.settings import Settings\n"
        "import zipfile, tarfile\npeak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10\n"
        "before = peak()\n(page,) = gather([sys.argv[1]], Wanted(), Settings(max_page_bytes=1_000_000))\n"
        "print(len(page.content), peak() - before)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    length, megabytes = map(int, done.stdout.split())

    assert length == 1_000_001
    assert megabytes < 40


@each_kind
def test_a_package_that_unpacks_to_too_much_is_left(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LEAST", 50_000)
    monkeypatch.setattr(module, "_RATIO", 3)
    files = [(f"{n}.txt", b" " * 20_000) for n in range(9)]
    items = read(tmp_path / name, WRITERS[name](files))
    if name == "a.tar":
        assert len(items) == 9
    else:
        assert "expected a package that unpacks to at most 3 times its size" in str(items[-1])
        assert 1 <= len(items) < 9


def test_the_list_of_a_zip_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped([(f"{n}.txt", b"x") for n in range(200)])
    monkeypatch.setattr(zips, "_LIST", 9_000)
    (error,) = read(tmp_path / "a.zip", data)

    assert "expected a list of members of at most 9000 bytes, found " in str(error)


@pytest.mark.parametrize("name", ["a.zip", "a.tar"])
def test_members_are_counted(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module_ in (zips, tars):
        monkeypatch.setattr(module_, "MEMBERS", 5)
    items = read(tmp_path / name, WRITERS[name]([(f"{n}.txt", b"x") for n in range(9)]))

    assert "of at most 5 members" in str(items[-1])
    assert len(items) <= 6


def test_what_stands_before_a_member_is_bounded(tmp_path: Path) -> None:
    out = io.BytesIO()
    info = tarfile.TarInfo("a.txt")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 5_000_000
    out.write(info.tobuf(tarfile.GNU_FORMAT) + b"n" * 5_000_448)
    (error,) = read(tmp_path / "a.tar", out.getvalue())

    assert "5000192 bytes before a member" in str(error)
