"""Stories on the dev data: on gold events turned into readings, and end to end.

    python benchmarks/stories.py              both, by the scorer that lies with the data
    python benchmarks/stories.py --gold-only  only on gold events
    python benchmarks/stories.py --readings F only on the readings in a file, one a line

Gold events become readings by ``reading_of``: what the annotators marked takes the place of what sayso reads, so that
stories are judged apart from reading.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.places import read_places
from sayso.records import Article, Attribution, Event, LineageStep, MadeBy, Reading, Spans, from_json, to_json
from sayso.stories import find_stories
from sayso.text import Doc
from sayso.version import VERSION
from sayso.voices import make_claims

ROOT = Path(__file__).resolve().parent.parent


def reading_of(record: dict[str, Any]) -> Reading:
    """An annotated article as the reading that a reader without faults would give."""
    article = Article(
        text=record["text"], title=record["title"], publisher=record["outlet"], published=record["published"]
    )
    doc = Doc(article.text)
    said = tuple(_attribution(row) for row in record["attributions"])
    places = read_places(doc, article)
    events = tuple(_event(row) for row in record["events"])
    lineage = _lineage(record)
    claims = make_claims(doc, article, lineage, said, events)
    return Reading(
        id=record["id"], made_by=MadeBy(sayso=VERSION), page=None, article=article, lineage=lineage, attributions=said,
        places=places, events=events, claims=claims,
    )  # fmt: skip


def _lineage(record: dict[str, Any]) -> tuple[LineageStep, ...]:
    credited = [LineageStep(publisher=name, role="origin", quote=name) for name in record["lineage"][:1]]
    return (*credited, LineageStep(publisher=record["outlet"], role="host", quote=record["outlet"])) if credited else ()


def _attribution(row: dict[str, Any]) -> Attribution:
    spans: dict[str, Spans] = {
        role: tuple((start, end) for start, end in row[role]) for role in ("source", "cue", "content")
    }
    return Attribution(
        source=spans["source"], cue=spans["cue"], content=spans["content"], kind=row["kind"], stance="says",
        speaker=row["speaker"] or "unnamed", via=tuple(row["via"]),
    )  # fmt: skip


def _event(row: dict[str, Any]) -> Event:
    def pair(name: str) -> Any:
        return tuple(row[name]) if row[name] else None

    return Event(
        trigger=tuple(row["trigger"]), type=row["type"], agent=row["agent"], patient=row["patient"], place=row["place"],
        place_in=row["place_in"], date=pair("date"), killed=pair("killed"), injured=pair("injured"),
        victims=row["victims"], modality=row["modality"], attribution=row["claim"],
    )  # fmt: skip


def gold(shared: Path) -> Iterator[Reading]:
    lines = (shared / "data/conflict/gold_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return (reading_of(json.loads(line)) for line in lines)


def read(shared: Path) -> Iterator[Reading]:
    """What sayso reads in the same texts, by its default reader."""
    source = str(shared / "data" / "conflict" / "gold_dev.jsonl")
    command = [sys.executable, "-c", "from sayso.cli import main; main()", "read", source, "--format", "jsonl"]
    lines = subprocess.run(command, capture_output=True, check=True).stdout.splitlines()
    return (from_json(line, Reading, place=source) for line in lines)


def _stored(path: Path) -> Iterator[Reading]:
    return (from_json(line, Reading, place=str(path)) for line in path.read_bytes().splitlines())


def measure(readings: Iterator[Reading], shared: Path) -> dict[str, Any]:
    rows = list(readings)
    started = time.perf_counter()
    stories = find_stories(rows)
    seconds = time.perf_counter() - started
    return {**score([json.loads(to_json(story)) for story in stories], shared), "seconds": round(seconds, 2)}


def score(stories: list[dict[str, Any]], shared: Path) -> dict[str, Any]:
    """The figures of the scorer that lies with the data."""
    data = shared / "data" / "conflict"
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as found:
        found.writelines(json.dumps(story) + "\n" for story in stories)
        found.flush()
        command = [sys.executable, str(shared / "tools" / "score_stories.py"), str(data / "gold_dev.jsonl")]
        command += [str(data / "stories_dev.jsonl"), found.name, "--json"]
        result = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(result.stdout))


def in_short(result: dict[str, Any]) -> str:
    """The figures on one line."""
    cubed, pairs = result["b-cubed"], result["pairs across articles"]
    origins, slots = result["independent origins exact"], result["disputed slots"]
    return (
        f"B-cubed {cubed['f1']:.3f} (p {cubed['p']:.3f}, r {cubed['r']:.3f}), pairs {pairs['f1']:.3f} "
        f"(p {pairs['p']:.3f}, r {pairs['r']:.3f}), origins exact {origins['accuracy']:.3f}, disputes {slots['f1']:.3f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--gold-only", action="store_true")
    parser.add_argument("--readings", type=Path, metavar="FILE", help="score the stories of these readings")
    parser.add_argument("--json", action="store_true", help="the scorer's whole answer instead of one line")
    options = parser.parse_args()
    shown = json.dumps if options.json else in_short
    if options.readings:
        print(shown(measure(_stored(options.readings), options.shared)))
        return 0
    if options.json and options.gold_only:
        print(shown(measure(gold(options.shared), options.shared)))
        return 0
    print("on gold events", in_short(measure(gold(options.shared), options.shared)))
    if not options.gold_only:
        print("end to end", in_short(measure(read(options.shared), options.shared)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
