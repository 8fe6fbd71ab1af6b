"""Score sayso's readers on the dev data, side by side, and hold their floors.

    python scripts/score.py                 read the data, print the figures, compare with the floors
    python scripts/score.py --task time     one data set only, by both readers
    python scripts/score.py --write         also store the figures, raise the floors, write docs/reference/scores.md
    python scripts/score.py --check         what CI runs: see below

The data and their scorer lie beside the repository (``../shared``, or ``--shared DIR``). ``quality/scores.json``
holds the last figures and the hashes of the data they were measured on, ``quality/floors.json`` the floors,
which only rise. ``--check`` compares the two files, and the floors with those of the commit before; where the
data are present it also measures again, and a figure below its floor, or data with another hash, fails.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SCORES, FLOORS = ROOT / "quality" / "scores.json", ROOT / "quality" / "floors.json"
PAGE = ROOT / "docs" / "reference" / "scores.md"

#: The page of scores around its table, which ``--write`` makes anew.
MARKS = ("<!-- figures -->", "<!-- /figures -->")
README = ROOT / "README.md"

HEADLINES = ROOT / "quality" / "headlines.toml"

PREFACE = """# Scores

Made by `python scripts/score.py --write`. Every figure is F1 or accuracy on development data, none on the test part of
a public benchmark. CI fails when a figure falls below its floor (`quality/floors.json`), and floors only rise.
[Limits](../explanation/limits.md) says what is behind the figures that are low, and which of them flatter.

The learned reader is the default; the rules alone are the baseline, and what reads where its weights are missing.
Body, lineage, times and places are read by rules in both.

| data | figure | learned | floor | rules | floor |
|---|---|---|---|---|---|
"""

#: What a task is called where the learned reader was measured; its bare name is that of the rules, whose floors are
#: the older ones. What neither reader's marks reach is read by rules always.
LEARNED = "{} (learned)"
ALWAYS_RULES = ("pages", "lineage", "time", "place", "stories of annotated events", "first look")

#: What is measured on the texts of the data as they stand: no page is read for it.
UNREAD = ("first look",)

#: Task, gold file, what sayso reads (a folder of pages, or the gold file's own texts).
TASKS = {
    "pages": ("pages/truth.jsonl", "pages/html"),
    "lineage": ("pages/lineage.jsonl", "pages/html"),
    "time": ("time/dev.jsonl", "time/dev.jsonl"),
    "place": ("place/dev.jsonl", "place/dev.jsonl"),
    "entity": ("entity/dev.jsonl", "entity/dev.jsonl"),
    "attribution": ("attribution/dev.jsonl", "attribution/dev.jsonl"),
    "conflict": ("conflict/gold_dev.jsonl", "conflict/gold_dev.jsonl"),
    "stories": ("conflict/stories_dev.jsonl", "conflict/gold_dev.jsonl"),
    "stories of annotated events": ("conflict/stories_dev.jsonl", "conflict/gold_dev.jsonl"),
    "first look": ("conflict/gold_dev.jsonl", "conflict/gold_dev.jsonl"),
}

#: A figure may move by this much (absolute) between machines before it counts as a fall. What the learned reader reads
#: moves more: the same weights gave 0.7209 on one maker's processor and 0.7186 on another's. In stories of what it
#: reads a change of rounding alone (other fusions of the network's graph) moved one happening of 96; two may move.
TOLERANCE = 0.0005
TOLERANCES = {"(learned)": 0.003, "stories (learned)": 0.021}

#: So few stand in the data (ten) that one more or less moves the figure by a tenth: shown, and held by no floor where
#: rounding may decide it.
TOO_FEW = {("stories (learned)", "disputed slots")}

Figures = dict[str, dict[str, float]]


def predict(source: Path, out: Path, reader: str) -> None:
    """Read a source as ``sayso read --format jsonl`` does, into ``out``."""
    command = [sys.executable, "-c", "from sayso.cli import main; main()", "read", str(source), "--format", "jsonl"]
    command += ["--reader", reader]
    with out.open("wb") as stream:
        subprocess.run(command, stdout=stream, check=True)


def measure(task: str, shared: Path, predictions: Path) -> dict[str, float]:
    """The task's figures, by the scorer that lies with the data: F1 or accuracy by name."""
    result = subprocess.run(_scorer(task, shared, predictions), capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(f"score: {task}: {result.stderr.strip()}")
    return dict(_figures(json.loads(result.stdout)))


def _scorer(task: str, shared: Path, predictions: Path) -> list[str]:
    """The command that scores a task's readings, or their stories, and answers in JSON."""
    if task in UNREAD:
        return [sys.executable, str(ROOT / "scripts" / "fit_conflict.py"), "--shared", str(shared), "--json"]
    if task.startswith("stories"):
        of = ["--readings", str(predictions)] if task == "stories" else ["--gold-only"]
        return [sys.executable, str(ROOT / "benchmarks" / "stories.py"), "--shared", str(shared), *of, "--json"]
    gold = str(shared / "data" / TASKS[task][0])
    return [sys.executable, str(shared / "tools" / "score.py"), task, gold, str(predictions), "--json"]


def _figures(result: dict[str, Any]) -> Iterator[tuple[str, float]]:
    for name, row in result.items():
        value = row.get("f1", row.get("accuracy")) if isinstance(row, dict) else None
        if isinstance(value, float):
            yield name, round(value, 4)


def measure_all(tasks: list[str], shared: Path) -> tuple[Figures, dict[str, str]]:
    """Figures by task, and the hash of each gold file."""
    figures: Figures = {}
    hashes: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, task, reader in _measures(tasks):
            gold, source = TASKS[task]
            predictions = Path(folder) / f"{source.replace('/', '-')}.{reader}.jsonl"
            if task not in UNREAD and not predictions.exists():
                predict(shared / "data" / source, predictions, reader)
            figures[name] = measure(task, shared, predictions)
            hashes[gold] = hashlib.sha256((shared / "data" / gold).read_bytes()).hexdigest()
    return figures, hashes


def _measures(tasks: list[str]) -> Iterator[tuple[str, str, str]]:
    """What is measured: the name that its figures are kept under, the task, and the reader."""
    for task in tasks:
        yield task, task, "rules"
        if task not in ALWAYS_RULES:
            yield LEARNED.format(task), task, "learned"


def tolerance(task: str) -> float:
    """How far below its floor a figure may be measured."""
    return TOLERANCES.get(task, TOLERANCES["(learned)"] if task.endswith("(learned)") else TOLERANCE)


def below(figures: Figures, floors: Figures, where: str) -> list[str]:
    """One line for each figure under its floor, or missing."""
    faults = []
    for task, rows in floors.items():
        for name, floor in rows.items():
            value = figures.get(task, {}).get(name)
            if value is None or value < floor - tolerance(task):
                faults.append(f"{where}: {task}: {name}: expected at least {floor:.4f}, found {value}")
    return faults


def load(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def store(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def raised(floors: Figures, figures: Figures) -> Figures:
    """The floors, each at the higher of its old and its new figure."""
    return {
        task: {
            name: max(value, floors.get(task, {}).get(name, 0.0))
            for name, value in rows.items()
            if (task, name) not in TOO_FEW
        }
        for task, rows in {**floors, **figures}.items()
    }


def floors_before() -> Figures:
    """The floors of the last commit that changed them before the newest; {} where there is no history."""
    log = ["git", "log", "-2", "--format=%H", "--", "quality/floors.json"]
    commits = subprocess.run(log, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if len(commits) < 2:
        return {}
    show = ["git", "show", f"{commits[1]}:quality/floors.json"]
    shown = subprocess.run(show, cwd=ROOT, capture_output=True, text=True, check=False)
    return dict(json.loads(shown.stdout)) if shown.returncode == 0 else {}


def check(shared: Path) -> list[str]:
    """Everything that is below where it should be."""
    scores, floors = load(SCORES), load(FLOORS)
    faults = below(scores.get("figures", {}), floors, "scores.json against floors.json")
    faults += below(floors, floors_before(), "floors.json against the commit before")
    if not shared.is_dir():
        print("no data beside the repository: only the committed figures were compared")
        return faults
    figures, hashes = measure_all(list(TASKS), shared)
    show(figures, floors)
    faults += [
        f"{name}: other data than the figures were measured on"
        for name, value in hashes.items()
        if scores["data"].get(name) != value
    ]
    return faults + below(figures, floors, "measured now")


def learned_name(task: str) -> str:
    """What the figures of the default reader are kept under."""
    return task if task in ALWAYS_RULES else LEARNED.format(task)


def page_of(figures: Figures, floors: Figures) -> str:
    """The documentation's page of scores."""
    rows = []
    for task in sorted(TASKS):
        learned = learned_name(task)
        for name, value in sorted(figures[task].items()):
            pairs = [(figures[learned][name], floors[learned].get(name)), (value, floors[task].get(name))]
            cells = ["–" if number is None else f"{number:.3f}" for pair in pairs for number in pair]
            rows.append(f"| {task} | {name} | {' | '.join(cells)} |")
    return PREFACE + "\n".join(rows) + "\n"


def with_headlines(readme: str, figures: Figures) -> str:
    """The README with its table of figures made anew, between its two marks."""
    rows = tomllib.loads(HEADLINES.read_text(encoding="utf-8"))["row"]
    lines = []
    for row in rows:
        task, name = row["task"], row["figure"]
        learned = figures[learned_name(task)][name]
        lines.append(f"| {row['label']} | {learned:.3f} | {figures[task][name]:.3f} | {row['against']} |")
    table = "\n".join(["| what | sayso | by rules alone | for comparison |", "|---|---|---|---|", *lines])
    before, rest = readme.split(MARKS[0])
    return f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{rest.split(MARKS[1])[1]}"


def show(figures: Figures, floors: Figures) -> None:
    for task, rows in figures.items():
        print(task)
        for name, value in rows.items():
            floor = floors.get(task, {}).get(name)
            print(f"  {value:.4f}  {name}" + (f"  (floor {floor:.4f})" if floor is not None else ""))


def keep(figures: Figures, hashes: dict[str, str], floors: Figures) -> None:
    """Store what was measured, raise the floors, write the page; tasks that were not measured stay as they were."""
    before = load(SCORES)
    figures = {**before.get("figures", {}), **figures}
    floors = raised(floors, figures)
    store(SCORES, {"figures": figures, "data": {**before.get("data", {}), **hashes}})
    store(FLOORS, floors)
    PAGE.write_text(page_of(figures, floors), encoding="utf-8")
    README.write_text(with_headlines(README.read_text(encoding="utf-8"), figures), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--task", choices=TASKS, action="append", help="only this data set (repeatable)")
    parser.add_argument("--write", action="store_true", help="store the figures and raise the floors")
    parser.add_argument("--check", action="store_true", help="compare and fail on any fall")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where data/ and tools/ lie")
    options = parser.parse_args()
    if options.check:
        faults = check(options.shared)
        print("\n".join(faults) or "all figures at or above their floors")
        return 1 if faults else 0
    if not options.shared.is_dir():
        parser.error(f"expected the data in {options.shared}, found no such folder")
    figures, hashes = measure_all(options.task or list(TASKS), options.shared)
    floors = load(FLOORS)
    show(figures, floors)
    if options.write:
        keep(figures, hashes, floors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
