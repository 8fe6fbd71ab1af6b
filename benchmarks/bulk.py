"""How fast ``sayso bulk`` reads, against reading the archive alone and trafilatura alone; its memory; a cluster's cost.

    python benchmarks/bulk.py --pages ../shared/data/pages/html --articles ../shared/data/conflict/articles.jsonl

makes a web archive of real pages (``--count`` in all, of which ``--share`` report on armed conflict), and reads it: by
fastwarc alone, by trafilatura alone, by sayso stage by stage in this process, and by the command as a user runs it, on
one core, on two, and on a Ray cluster of this machine. Memory is that of the command with all its processes.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sayso.bulk.tables import rows_of
from sayso.encoder import model_for
from sayso.gather import Wanted, gather
from sayso.pages import glance
from sayso.reading import open_page, read_opened
from sayso.records import Page
from sayso.settings import Settings
from sayso.text.conflict import first_look

ONE = Settings(threads=1)
SAMPLE = 400


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--pages", type=Path, required=True, help="a folder of .html.gz")
    asked.add_argument("--articles", type=Path, required=True, help="a .jsonl of reports on armed conflict")
    asked.add_argument("--count", type=int, default=2000, help="pages of the archive")
    asked.add_argument("--share", type=float, default=0.1, help="how many of them report on armed conflict")
    asked.add_argument("--only", help="one of: alone, stages, command, cluster")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "crawl.warc.gz"
        contents = write_archive(archive, told.pages, told.articles, told.count, told.share)
        print(
            f"{told.count} pages, {told.share:.0%} of them on armed conflict, {archive.stat().st_size >> 20} MiB packed"
        )
        if told.only in (None, "alone"):
            alone(archive, contents)
        if told.only in (None, "stages"):
            stages(archive)
        if told.only in (None, "command"):
            for processes in (1, 2):
                command(archive, Path(folder) / f"out{processes}", told.count, "--processes", str(processes))
        if told.only in (None, "cluster"):
            command(archive, Path(folder) / "cluster", told.count, "--cluster", "local")


def write_archive(path: Path, pages: Path, articles: Path, count: int, share: float) -> list[str]:
    """Writes the archive, its pages in an order of chance that is always the same; gives their texts."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    found = [gzip.decompress(one.read_bytes()).decode("utf-8", "replace") for one in sorted(pages.glob("*.html.gz"))]
    reports = [as_page(json.loads(line)) for line in articles.read_text("utf-8").splitlines()]
    wanted = min(int(count * share), len(reports))
    contents = [*reports[:wanted], *(found[n % len(found)] for n in range(count - wanted))]
    random.Random(0).shuffle(contents)  # noqa: S311
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, content in enumerate(contents):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    f"https://site{number}.example/page", "response", payload=_bytes(content), http_headers=headers
                )
            )
    return contents


def as_page(row: dict[str, Any]) -> str:
    """An article as a page of its own outlet."""
    body = "".join(f"<p>{html.escape(part)}</p>" for part in row["text"].split("\n") if part.strip())
    head = f"<title>{html.escape(row.get('title') or '')}</title>"
    head += f"<meta property='og:site_name' content='{html.escape(row.get('outlet') or '')}'>"
    head += f"<meta property='article:published_time' content='{row.get('published') or ''}'>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body><article>{body}</article></body></html>"


def _bytes(content: str) -> Any:
    import io

    return io.BytesIO(content.encode())


def alone(archive: Path, contents: list[str]) -> None:
    """The floor: the archive unpacked by fastwarc, and its pages taken apart by trafilatura."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    began = time.perf_counter()
    with archive.open("rb") as file:
        count = sum(bool(one.reader.read()) for one in ArchiveIterator(file, record_types=WarcRecordType.response))
    tell("fastwarc alone", count, time.perf_counter() - began)
    some = contents[:SAMPLE]
    for processes in (1, 2):
        with get_context("spawn").Pool(processes, extracted, ([""],)) as pool:
            pool.map(extracted, [[""]] * processes)
            began = time.perf_counter()
            pool.map(extracted, [some[n : n + 10] for n in range(0, len(some), 10)], chunksize=1)
            tell(f"trafilatura alone, {processes} of 2 cores", len(some), time.perf_counter() - began)


def extracted(contents: list[str]) -> int:
    """How many texts trafilatura finds."""
    import trafilatura

    return sum(bool(trafilatura.extract(one)) for one in contents if one)


def stages(archive: Path) -> None:
    """What each step costs, on one core, a page at a time."""
    model_for(ONE.reader, 1)
    spent: dict[str, float] = {}
    counts: dict[str, int] = {}
    pages = timed("unpack", spent, counts, gather([str(archive)], Wanted(), ONE))
    for page, _ in zip((one for one in pages if isinstance(one, Page)), range(SAMPLE), strict=False):
        with Clock("glance", spent, counts):
            glance(page, ONE)
        with Clock("article and lineage", spent, counts):
            opened = open_page(page, ONE)
        about = opened.article
        with Clock("first look", spent, counts):
            look = first_look(f"{about.title or ''}\n{about.text}", about.language)
        if look.read:
            with Clock("read", spent, counts):
                reading = read_opened(opened, ONE)
            with Clock("rows of the tables", spent, counts):
                list(rows_of(reading))
    for name, seconds in spent.items():
        print(f"  {name:24} {1000 * seconds / counts[name]:7.2f} ms a page it is done for ({counts[name]} pages)")


class Clock:
    """Adds up the seconds within."""

    def __init__(self, name: str, spent: dict[str, float], counts: dict[str, int]) -> None:
        self._name, self._spent, self._counts = name, spent, counts

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._spent[self._name] = self._spent.get(self._name, 0) + time.perf_counter() - self._began
        self._counts[self._name] = self._counts.get(self._name, 0) + 1


def timed(name: str, spent: dict[str, float], counts: dict[str, int], items: Iterator[Any]) -> Iterator[Any]:
    while True:
        with Clock(name, spent, counts):
            item = next(items, None)
        if item is None:
            return
        yield item


def command(archive: Path, output: Path, count: int, *more: str) -> None:
    """The command as a user runs it, with the memory of all its processes while it reads."""
    sayso = Path(sys.executable).with_name("sayso")
    asked = [str(sayso), "bulk", str(archive), str(output), "--slice", "4", *more]
    began, seen = time.perf_counter(), list[float]()
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            seen.append(memory_below(process.pid))
            time.sleep(0.5)
        said = process.communicate()[0]
    seconds = time.perf_counter() - began
    print("  " + said.strip().replace("\n", "\n  "))
    tell(f"sayso bulk {' '.join(more)}", count, seconds)
    quarter = max(1, len(seen) // 4)
    parts = [max(seen[n : n + quarter]) for n in range(0, quarter * 4, quarter) if seen[n : n + quarter]]
    print(f"  memory, most in each quarter of the time: {', '.join(f'{one:.0f}' for one in parts)} MiB")


def memory_below(pid: int) -> float:
    """MiB of a process and all below it, each shared page shared out among those that share it."""
    total, todo = 0.0, [pid]
    while todo:
        one = todo.pop()
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
        except (OSError, StopIteration):
            continue
    return total


def tell(what: str, count: int, seconds: float) -> None:
    print(f"{what}: {count / seconds:.1f} pages a second ({count} in {seconds:.1f} s)", flush=True)


if __name__ == "__main__":
    main()
