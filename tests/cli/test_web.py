"""Addresses on the command line: fetched, kept, gone on with after a kill, handed over as a web archive."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.checker import Checker

from tests.cli.test_case import sayso
from tests.gather.sites import STORY, Reply, Site, serving

ROOT = Path(__file__).resolve().parents[2]

#: The command with loopback open: a program of this test's own does that, no option or variable can.
OPENED = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); from sayso.gather import addresses; "
    "from tests.gather import sites; addresses.PUBLIC = sites.loopback(); from sayso.cli import main; main()"
)


def opened(*words: str, folder: Path) -> list[str]:
    return [sys.executable, "-c", OPENED, *words]


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(opened(*words, folder=folder), capture_output=True, text=True, cwd=folder, check=False)


def stories(site: Site, count: int) -> list[str]:
    """Pages of a site that tell of as many dead as their number."""
    for number in range(count):
        site.paths[f"/{number}"] = Reply(STORY.replace(b"Eleven", str(number + 20).encode()))
    return [site.url(f"/{number}") for number in range(count)]


QUICK = ("--reader", "rules", "--set", "fetch_pause=0", "--processes", "1")


def test_loopback_is_closed_to_the_command(tmp_path: Path) -> None:
    with serving() as site:
        site.paths["/a"] = Reply()
        result = sayso("add", site.url("/a", "127.0.0.1"), site.url("/a", "localhost"), *QUICK, folder=tmp_path)

        assert site.asked == []
    assert result.returncode == 1
    assert result.stderr.count("expected a web address") == 2
    assert "added 0" in result.stdout


def test_an_address_is_read_like_a_file(tmp_path: Path) -> None:
    with serving() as site:
        site.paths["/market-hit.html"] = Reply()
        url = site.url("/market-hit.html")
        result = run("read", url, site.url("/gone"), "--format", "json", "--reader", "rules", folder=tmp_path)

    assert result.returncode == 1
    assert result.stderr == f"sayso: {site.url('/gone')}: expected a page, found HTTP 404 Not Found\n"
    (reading,) = json.loads(result.stdout)
    assert reading["id"].startswith("news-example-market-hit-")
    assert reading["article"]["url"] == url
    assert "Aleppo" in reading["article"]["text"]


def test_a_list_of_addresses_is_added_and_its_faults_named(tmp_path: Path) -> None:
    with serving() as site:
        one, two = stories(site, 2)
        (tmp_path / "l.txt").write_text(f"# to read\n{one}\n{site.url('/gone')}\n")
        (tmp_path / "mc.csv").write_text(f"media_name,publish_date,url\nThe Sample Post,2024-03-02,{two}\n,,{one}\n")
        result = run("add", "mc.csv", *QUICK, folder=tmp_path)
        listed = run("add", "l.txt", "--as", "list", *QUICK, folder=tmp_path)

        assert site.pages() == ["/1", "/0", "/gone"]
    assert (result.returncode, result.stderr) == (0, "")
    assert "added 2, changed 0, unchanged 0" in result.stdout
    assert listed.returncode == 1
    assert listed.stderr == f"sayso: l.txt, line 3, {site.url('/gone')}: expected a page, found HTTP 404 Not Found\n"
    first, second = json.loads(sayso("list", "--format", "json", folder=tmp_path).stdout)
    assert (first["url"], first["publisher"], first["published"]) == (two, "The Sample Post", "2024-03-02")
    assert second["url"] == one


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    with serving() as site:
        urls = stories(site, 6)
        hold = threading.Event()

        def wait(_: Any) -> None:
            hold.wait(20)

        site.paths["/4"], whole = wait, site.paths["/4"]
        first = subprocess.Popen(opened("add", *urls, *QUICK, folder=tmp_path), cwd=tmp_path, stdout=subprocess.DEVNULL)
        patience = time.monotonic() + 60
        while "/4" not in site.pages() and time.monotonic() < patience:
            time.sleep(0.02)
        first.kill()
        first.wait()
        hold.set()
        site.paths["/4"] = whole
        before = site.pages()
        second = run("add", *urls, *QUICK, folder=tmp_path)

        assert before == [f"/{number}" for number in range(5)]
        assert site.pages()[5:] == ["/4", "/5"]
    assert "6 articles in case.sayso" in second.stdout


def test_what_was_fetched_is_handed_over_as_a_web_archive(tmp_path: Path) -> None:
    with serving() as site:
        urls = stories(site, 3)
        run("add", *urls, *QUICK, folder=tmp_path)
    done = sayso("export", "warc", "--out", "out/pages.warc.gz", folder=tmp_path)
    archive = tmp_path / "out" / "pages.warc.gz"

    assert done.returncode == 0, done.stderr
    with archive.open("rb") as stream:
        records = [(one.record_type, one.headers.get("WARC-Target-URI")) for one in ArchiveIterator(stream)]
    assert records == [(WarcRecordType.warcinfo, None), *((WarcRecordType.response, url) for url in urls)]
    assert is_valid(archive)
    again = json.loads(sayso("read", str(archive), "--format", "json", "--reader", "rules", folder=tmp_path).stdout)
    kept = json.loads(sayso("list", "--format", "json", folder=tmp_path).stdout)
    assert [one["article"]["url"] for one in again] == [one["url"] for one in kept] == urls
    piped = subprocess.run(
        [sys.executable, "-m", "sayso", "export", "warc"] if (ROOT / "src/sayso/__main__.py").exists()
        else [sys.executable, "-c", "from sayso.cli import main; main()", "export", "warc"],
        capture_output=True, cwd=tmp_path, check=True,
    )  # fmt: skip
    assert len(piped.stdout) > 500


def is_valid(archive: Path) -> bool:
    """What warcio's own checker says of the digests of an archive."""

    class Command:
        inputs = (str(archive),)
        verbose = False

    checker = Checker(Command())
    checker.process_all()
    return checker.exit_value == 0


def test_a_watch_tells_of_each_page_and_stops_at_a_signal(tmp_path: Path) -> None:
    with serving() as site:
        urls = stories(site, 2)
        items = "".join(f"<item><link>{url}</link></item>" for url in urls)
        site.paths["/rss"] = Reply(f"<rss><channel>{items}</channel></rss>".encode())
        words = ("watch", site.url("/rss"), *QUICK[:4])
        watching = subprocess.Popen(opened(*words, folder=tmp_path), cwd=tmp_path, stdout=subprocess.PIPE, text=True)
        assert watching.stdout is not None
        lines = [watching.stdout.readline() for _ in range(3)]
        watching.send_signal(signal.SIGTERM)
        rest, _ = watching.communicate(timeout=20)
        again = run(*words, "--once", folder=tmp_path)
        site.paths["/rss"] = Reply(b"", 500)
        broken = run(*words, "--once", folder=tmp_path)

    assert [line.split()[0] for line in lines[:2]] == ["added", "added"]
    assert "added 2, changed 0, same 0, forgotten 0, failed 0 · 2 articles in case.sayso" in lines[2]
    assert (watching.returncode, rest) == (0, "")
    assert (again.returncode, again.stdout.count("\n")) == (0, 1)
    assert broken.returncode == 1
    assert "HTTP 500" in broken.stderr


def test_a_span_of_time_is_checked(tmp_path: Path) -> None:
    for span in ("0m", "soon", "30", "-1h"):
        result = sayso("watch", "https://news.example/rss", "--every", span, folder=tmp_path)
        assert result.returncode == 2
        assert "such as 30m" in result.stderr
