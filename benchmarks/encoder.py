"""How fast the learned reader's network runs, beside the same weights in 32 bits and the machine's own arithmetic.

    python benchmarks/encoder.py [FILE.jsonl] [--full full.onnx] [--windows N]

Texts are those of FILE (one object with ``text`` a line), else of the examples. For 1 and 2 threads, batches of 1 and
32 windows, 8-bit weights as shipped and, with ``--full`` (``python -m training --from export`` leaves it in its work
folder), 32-bit ones: words a second of the network alone, and its share of what a plain matrix product reaches in the
same run on the same threads. Then words a second of all of ``read_page``, by either reader, with start-up and memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"

#: Multiplications and additions of one word piece in the six layers' matrices: 2 x 6 x 12 x 384 squared.
FLOPS = 2 * 6 * 12 * 384**2


def texts_of(source: Path | None) -> list[str]:
    if source is not None:
        return [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    from sayso.gather import Wanted, gather
    from sayso.reading import read_page
    from sayso.records import Page
    from sayso.settings import Settings

    pages = [item for item in gather([str(EXAMPLES)], Wanted(), Settings()) if isinstance(item, Page)]
    return [read_page(page, Settings(reader="rules")).article.text for page in pages]


def best(run: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of some runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def matrix_speed(threads: int) -> float:
    """Operations a second of a plain 32-bit matrix product of the network's own shape, in a process of its own."""
    script = (
        "import numpy as np, time\n"
        "a, b = np.ones((2048, 384), 'f'), np.ones((384, 1536), 'f')\n"
        "a @ b\nbest = 9\n"
        "for _ in range(20):\n s = time.perf_counter(); a @ b; best = min(best, time.perf_counter() - s)\n"
        "print(2 * 2048 * 384 * 1536 / best)\n"
    )
    limits = {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    result = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **limits}, capture_output=True, text=True, check=True
    )
    return float(result.stdout)


def network_rows(texts: list[str], weights: dict[str, bytes], count: int) -> list[dict[str, Any]]:
    import numpy as np

    from sayso.encoder.inputs import WINDOW, make_inputs
    from sayso.encoder.model import DATA, Model, open_session
    from sayso.text import Doc

    model = Model(DATA, 1)
    inputs = make_inputs(Doc("\n\n".join(texts)), model.vocabulary)
    pieces, words = len(inputs.pieces), len(inputs.firsts)
    starts = [(n * WINDOW) % max(1, pieces - WINDOW) for n in range(count)]
    cut = [inputs.cut(start, start + WINDOW, model.vocabulary.marks) for start in starts]
    names = ("pieces", "forms", "quotes", "breaks")
    rows = []
    for threads in (1, 2):
        limit = matrix_speed(threads)
        for name, content in weights.items():
            session = open_session(content, threads)
            for size in (1, 32):
                stacks = [
                    {key: np.stack([row[n] for row in cut[at : at + size]]) for n, key in enumerate(names)}
                    for at in range(0, len(cut), size)
                ]
                seconds = best(lambda: [session.run(None, stack) for stack in stacks])  # noqa: B023 - used at once
                done = sum(stack["pieces"].size for stack in stacks) / seconds
                rows.append({
                    "weights": name, "threads": threads, "batch": size, "words/s": round(done * words / pieces),
                    "share of a plain product": round(done * FLOPS / limit, 2),
                })  # fmt: skip
    return rows


def reading_rows(texts: list[str]) -> list[dict[str, Any]]:
    """``read_page`` on every text, each reader in a process of its own for its start-up and memory."""
    rows = []
    for reader in ("rules", "learned"):
        result = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), "--child", reader],
            input=json.dumps(texts), capture_output=True, text=True, check=True,
        )  # fmt: skip
        rows.append({"reader": reader, **json.loads(result.stdout)})
    return rows


def child(reader: str) -> None:
    """Reads the texts on standard input and prints what it took."""
    texts = json.load(sys.stdin)
    start = time.perf_counter()
    from sayso.reading import read_page
    from sayso.records import Page
    from sayso.settings import Settings

    settings = Settings(reader=reader)  # type: ignore[arg-type]
    pages = [Page(id=str(n), content=text.encode(), kind="article") for n, text in enumerate(texts)]
    read_page(pages[0], settings)
    first = time.perf_counter() - start
    seconds = best(lambda: [read_page(page, settings) for page in pages], 2)
    words = sum(len(text.split()) for text in texts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    row = {"words/s": round(words / seconds), "articles/s": round(len(texts) / seconds, 1)}
    print(json.dumps({**row, "first article, s": round(first, 2), "MiB": memory}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, nargs="?", help="a .jsonl of articles (default: the examples)")
    parser.add_argument("--full", type=Path, help="the same network with 32-bit weights")
    parser.add_argument("--windows", type=int, default=64, help="windows that the network is timed on")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child)
        return
    from sayso.encoder.model import DATA, FILES

    texts = texts_of(options.source)
    weights = {"8 bits": (DATA / FILES[0]).read_bytes()}
    if options.full:
        weights["32 bits"] = options.full.read_bytes()
    for row in [*reading_rows(texts), *network_rows(texts, weights, options.windows)]:
        print("  ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
