"""How fast a page is read, by stage, beside trafilatura alone on the same pages in the same run.

    python benchmarks/speed.py [FOLDER] [--reader learned|rules] [--repeat N] [--json]

One process, one core. Each page is read once unmeasured (caches, lazy imports), then ``--repeat`` times; per page
the fastest pass counts. Reported: pages a second, milliseconds a page by stage, and ratios, which travel between
machines better than seconds do.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sayso.reading as pipeline
from sayso.encoder import Model
from sayso.gather import Wanted, gather
from sayso.records import Page
from sayso.settings import Settings

ROOT = Path(__file__).resolve().parent.parent

STAGES = (
    "read_article", "read_lineage", "read_times", "read_places", "read_entities", "read_attributions",
    "resolve_speakers", "read_events", "make_claims",
)  # fmt: skip

#: The stage that is a method of the model and no function of the pass.
NETWORK = "the network"

START_UP = {
    "sayso --version": ["--version"],
    "sayso --help": ["--help"],
    "first report": ["read", str(ROOT / "examples")],
}


def pages_of(source: str) -> list[Page]:
    return [item for item in gather([source], Wanted(), Settings()) if isinstance(item, Page)]


def timed(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def watch_stages() -> dict[str, float]:
    """Wrap each stage of the pass so that the seconds it takes are added up under its name."""
    spent: dict[str, float] = defaultdict(float)
    for name in STAGES:
        setattr(pipeline, name, _watched(name, getattr(pipeline, name), spent))
    setattr(Model, "read", _watched(NETWORK, Model.read, spent))  # noqa: B010 - a method is replaced on purpose
    return spent


def _watched(name: str, stage: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    def run(*args: Any) -> Any:
        start = time.perf_counter()
        try:
            return stage(*args)
        finally:
            spent[name] += time.perf_counter() - start

    return run


def fastest(pages: list[Page], read: Callable[[Page], object], repeat: int) -> float:
    """Seconds for all pages, the fastest of ``repeat`` passes for each."""
    for page in pages:
        read(page)
    return sum(min(timed(lambda page=page: read(page)) for _ in range(repeat)) for page in pages)  # type: ignore[misc]


def peers() -> dict[str, Callable[[Page], object]]:
    import trafilatura

    return {
        "trafilatura, text only, fast": lambda page: trafilatura.extract(page.content, fast=True),
        "trafilatura, text only": lambda page: trafilatura.extract(page.content),
        "trafilatura, text and metadata": lambda page: trafilatura.bare_extraction(page.content, with_metadata=True),
    }


def start_up(repeat: int) -> dict[str, float]:
    """Seconds from a cold process to its end, the median of ``repeat`` runs."""
    base = [sys.executable, "-c", "from sayso.cli import main; main()"]

    def run(args: list[str]) -> float:
        return timed(lambda: subprocess.run([*base, *args], stdout=subprocess.DEVNULL, check=False))

    one = str(next(iter(sorted((ROOT / "examples").glob("*.html")))))
    commands = {**START_UP, "first report": ["read", one], "a report of all examples": START_UP["first report"]}
    return {name: statistics.median(run(args) for _ in range(repeat)) for name, args in commands.items()}


def measure(pages: list[Page], repeat: int, settings: Settings) -> dict[str, Any]:
    def read(page: Page) -> object:
        return pipeline.read_page(page, settings)

    alone = {name: fastest(pages, read, repeat) for name, read in peers().items()}
    sayso = fastest(pages, read, repeat)
    spent = watch_stages()
    for page in pages:
        read(page)
    total = sum(spent.values())
    return {
        "pages": len(pages),
        "sayso, pages a second": len(pages) / sayso,
        "stages, ms a page": {name: 1000 * seconds / len(pages) for name, seconds in spent.items()},
        "stages, share": {name: seconds / total for name, seconds in spent.items()},
        "peers, pages a second": {name: len(pages) / seconds for name, seconds in alone.items()},
        "sayso's time against the peer's": {name: sayso / seconds for name, seconds in alone.items()},
        "start-up, seconds": start_up(repeat),
    }


def show(result: dict[str, Any], indent: str = "") -> None:
    for name, value in result.items():
        if isinstance(value, dict):
            print(f"{indent}{name}")
            show(value, indent + "  ")
        else:
            print(f"{indent}{name}: {value:.3g}" if isinstance(value, float) else f"{indent}{name}: {value}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", default=str(ROOT / "examples"), help="a folder of pages")
    parser.add_argument("--reader", choices=["learned", "rules"], default="learned")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = measure(pages_of(options.source), options.repeat, Settings(reader=options.reader, threads=1))
    print(json.dumps(result, indent=1)) if options.json else show(result)


if __name__ == "__main__":
    main()
