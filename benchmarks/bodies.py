"""Article bodies beside trafilatura's, on the same pages in the same run, by the scorer that lies with the data.

python benchmarks/bodies.py [--shared DIR]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from sayso.gather import Wanted, gather
from sayso.pages import read_article
from sayso.records import Page
from sayso.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def systems() -> dict[str, Callable[[Page], str]]:
    import trafilatura

    settings = Settings()
    return {
        "sayso": lambda page: read_article(page, settings)[0].text,
        "trafilatura, fast": lambda page: trafilatura.extract(page.content, fast=True, include_comments=False) or "",
        "trafilatura": lambda page: trafilatura.extract(page.content, include_comments=False) or "",
    }


def score(shared: Path, pages: list[Page], body: Callable[[Page], str]) -> dict[str, float]:
    """Precision, recall and F1 of one system's bodies."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.writelines(json.dumps({"id": page.id, "articleBody": body(page)}) + "\n" for page in pages)
        out.flush()
        command = [sys.executable, str(shared / "tools" / "score.py"), "pages", str(shared / "data/pages/truth.jsonl")]
        result = subprocess.run([*command, out.name, "--json"], capture_output=True, text=True, check=True)
    return dict(json.loads(result.stdout)["article body"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where data/ and tools/ lie")
    shared = parser.parse_args().shared
    found = gather([str(shared / "data/pages/html")], Wanted(), Settings())
    pages = [item for item in found if isinstance(item, Page)]
    for name, body in systems().items():
        figures = score(shared, pages, body)
        print(f"{name:<20}" + "  ".join(f"{key} {value:.4f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
