"""Fit what the events room believes: ``python scripts/fit_events.py`` from the repository root.

    python scripts/fit_events.py            print the counts and weights that would change, and what they are worth
    python scripts/fit_events.py --write    write them into src/sayso/events: triggers.toml, harm.toml, belief.toml

Reads the hand-read reports of ``data/conflict/gold_train.jsonl`` (``../shared``, or ``--shared DIR``), never the dev
file. Three things are fitted, in this order, since each rests on the one before:

1. how often each phrase of triggers.toml stands in the reports, and how often it is an event (``seen``, ``events``);
2. the share of tolls that are events (``[shares]`` of harm.toml);
3. the weights of belief.toml: whether a mention is an event, and whether an undated event has its neighbour's days.

Weights are those of a logistic regression with an L2 penalty; the same data give the same bytes. What is printed of
them is measured on reports left out of the fit, five times a fifth of them.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sayso.events.belief import add_up, gather
from sayso.events.kinds import settle_types
from sayso.events.lexicon import find_all, index, table, triggers, words_of
from sayso.events.mentions import Mention, find_mentions
from sayso.events.reader import EVENT_FROM
from sayso.events.scene import Scene
from sayso.events.when import DAYS_FROM, Dated, Neighbour, Neighbours, day_evidence, own_time
from sayso.events.where import Spot, own_place, read_spots
from sayso.places import read_places
from sayso.records import Article, Attribution, Span
from sayso.text import Doc
from sayso.times import read_times
from sayso.voices import read_entities

ROOT = Path(__file__).resolve().parent.parent
ROOM = ROOT / "src" / "sayso" / "events"
GOLD = Path("data") / "conflict" / "gold_train.jsonl"

#: Penalty on each weight, by model; the best of 1, 2, 4 and 8 on reports left out.
PENALTY = {"event": 2.0, "days": 4.0}
FOLDS = 5

Report = dict[str, Any]
Vector = list[float]


class Read(NamedTuple):
    """One report with its mentions and what their own sentences give them."""

    report: Report
    scene: Scene
    mentions: list[Mention]
    spots: list[Spot | None]
    dated: list[Dated | None]
    evidence: list[set[str]]


class Row(NamedTuple):
    """One case of a model: the report (by number), its prior share, the evidence, and what it is."""

    report: int
    share: float
    evidence: frozenset[str]
    holds: bool


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write what was fitted into src/sayso/events")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where data/ lies")
    options = parser.parse_args()
    if not (options.shared / GOLD).is_file():
        parser.error(f"expected {GOLD} in {options.shared}, found no such file")
    reports = [json.loads(line) for line in (options.shared / GOLD).read_text(encoding="utf-8").splitlines()]
    if options.write:
        store("triggers", recounted(reports))
        store("harm", with_shares([read(report) for report in reports]))
    reads = [read(report) for report in reports]
    events = event_rows(reads)
    weights = fit(events, PENALTY["event"])
    days = day_rows(reads, weights)
    fitted = {"event": weights, "days": {**fit(days, PENALTY["days"]), "share": 1.0}}
    show(events, days, reports)
    if options.write:
        store("belief", belief_file(fitted, len(reports), events))
    else:
        changes(fitted, recounted(reports))
    return 0


def read(report: Report) -> Read:
    """The report as the room sees it, with the attributions that a person found."""
    doc = Doc(report["text"])
    article = Article(text=doc.text, title=report["title"], published=report["published"])
    places = read_places(doc, article)
    said = tuple(attribution(row) for row in report["attributions"])
    times = read_times(doc, article.published)
    scene = Scene(doc, article, said, read_entities(doc, places), times, places)
    mentions = [mention for n in range(len(scene.passages)) for mention in find_mentions(scene, n)]
    settle_types(mentions, scene.passages)
    spots = [read_spots(scene, passage) for passage in scene.passages]
    own = [own_place(m, scene.passages[m.passage], spots[m.passage], scene) for m in mentions]
    dated = [own_time(m, scene.passages[m.passage], scene) for m in mentions]
    evidence = list(gather(mentions, own, [days is not None for days in dated], scene))
    return Read(report, scene, mentions, own, dated, evidence)


def attribution(row: dict[str, Any]) -> Attribution:
    source, cue, content = (tuple((s, e) for s, e in row[part]) for part in ("source", "cue", "content"))
    return Attribution(
        source=source, cue=cue, content=content, kind=row["kind"], stance="says", speaker=row["speaker"],
        via=tuple(row["via"]),
    )  # fmt: skip


def event_at(report: Report, span: Span) -> int | None:
    """Which of the report's events, as a person marked them, has its trigger there."""
    rows = enumerate(report["events"])
    return next((n for n, event in rows if event["trigger"][0] < span[1] and span[0] < event["trigger"][1]), None)


def recounted(reports: Iterable[Report]) -> str:
    """triggers.toml with ``events`` and ``seen`` counted anew; its lines and comments stay."""
    lines = [line["words"] for group in table("triggers").values() for line in group["phrases"]]
    phrases = index([(words, n) for n, words in enumerate(lines)])
    seen: Counter[int] = Counter()
    events: Counter[int] = Counter()
    for report in reports:
        words = words_of(report["text"])
        for first, last, n in find_all(phrases, words):
            seen[n] += 1
            events[n] += event_at(report, (words[first].start, words[last - 1].end)) is not None
    numbers = {words: f"events = {events[n]}, seen = {seen[n]}" for n, words in enumerate(lines)}
    text = (ROOM / "triggers.toml").read_text(encoding="utf-8")
    pattern = re.compile(r'(\{ words = "([^"]+)".*?)events = \d+, seen = \d+')
    return pattern.sub(lambda match: match.group(1) + numbers[match.group(2)], text)


def with_shares(reads: Sequence[Read]) -> str:
    """harm.toml with the shares of tolls of their own that are events, with a count and without."""
    text = (ROOM / "harm.toml").read_text(encoding="utf-8")
    tolls = [(r.report, m) for r in reads for m in r.mentions if m.trigger.form == "toll"]
    for name, counted in (("counted", True), ("bare", False)):
        mine = [
            event_at(report, m.span) is not None
            for report, m in tolls
            if any(harm.counts for harm in m.harms) == counted
        ]
        text = re.sub(rf"^{name} = [\d.]+$", f"{name} = {sum(mine) / max(1, len(mine)):.2f}", text, flags=re.MULTILINE)
    return text


def event_rows(reads: Sequence[Read]) -> list[Row]:
    """Every mention: is it an event? Each event is taken by the first mention at its trigger."""
    rows = []
    for number, one in enumerate(reads):
        taken: set[int | None] = {None}
        for mention, evidence in zip(one.mentions, one.evidence, strict=True):
            found = event_at(one.report, mention.span)
            rows.append(Row(number, mention.trigger.share, frozenset(evidence), found not in taken))
            taken.add(found)
    return rows


def day_rows(reads: Sequence[Read], weights: dict[str, float]) -> list[Row]:
    """Every event that a sentence leaves undated: has it a date that could be told?"""
    rows = []
    for number, one in enumerate(reads):
        rows_of = zip(one.mentions, one.dated, one.spots, one.evidence, strict=True)
        kept = [(m, days, spot) for m, days, spot, e in rows_of if add_up(weights, e, m.trigger.share) >= EVENT_FROM]
        neighbours = Neighbours(Neighbour(m, days[0], spot) for m, days, spot in kept if days)
        for mention, days, spot in kept:
            found = event_at(one.report, mention.span)
            if days is None and mention.type != "control" and found is not None:
                evidence = day_evidence(mention, spot, neighbours.model(mention), one.scene)
                rows.append(Row(number, 0.5, frozenset(evidence), one.report["events"][found]["date"] is not None))
    return rows


def fit(rows: Sequence[Row], penalty: float) -> dict[str, float]:
    """Weights by name, with ``bias`` and ``share``, at the penalised optimum: Newton's steps, each bounded.

    A row has some ten pieces of evidence of a hundred, so that sums over those that hold need no library.
    """
    names = ["bias", "share", *sorted(set[str]().union(*(row.evidence for row in rows)))]
    places = {name: n for n, name in enumerate(names)}
    cases = [
        ([(0, 1.0), (1, math.log(r.share / (1 - r.share))), *((places[e], 1.0) for e in sorted(r.evidence))], r.holds)
        for r in rows
    ]
    penalties = [0.05, 0.1, *([penalty] * (len(names) - 2))]
    weights = [0.0] * len(names)
    for _ in range(30):
        step = solve(*slope_and_curve(cases, weights, penalties))
        bound = min(1.0, 5 / max(1e-9, *map(abs, step)))
        weights = [w - bound * s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-9:
            break
    return dict(zip(names, weights, strict=True))


def slope_and_curve(
    cases: Sequence[tuple[list[tuple[int, float]], bool]], weights: Vector, penalties: Vector
) -> tuple[list[Vector], Vector]:
    """Second and first derivatives of the penalised loss."""
    slope = [p * w for p, w in zip(penalties, weights, strict=True)]
    curve = [[p if n == m else 0.0 for m in range(len(weights))] for n, p in enumerate(penalties)]
    for held, holds in cases:
        total = sum(weights[n] * value for n, value in held)
        share = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        for n, value in held:
            slope[n] += (share - holds) * value
            for m, other in held:
                curve[n][m] += share * (1 - share) * value * other
    return curve, slope


def solve(left: list[Vector], right: Vector) -> Vector:
    """``x`` where ``left @ x == right``, for a symmetric positive matrix: elimination, then substitution."""
    rows = [[*row, value] for row, value in zip(left, right, strict=True)]
    for n, pivot in enumerate(rows):
        for row in rows[n + 1 :]:
            factor = row[n] / pivot[n]
            if factor:
                row[n:] = [a - factor * b for a, b in zip(row[n:], pivot[n:], strict=True)]
    found: Vector = [0.0] * len(rows)
    for n in range(len(rows) - 1, -1, -1):
        rest = sum(rows[n][m] * found[m] for m in range(n + 1, len(rows)))
        found[n] = (rows[n][-1] - rest) / rows[n][n]
    return found


def held_out(rows: Sequence[Row], penalty: float) -> list[tuple[float, bool]]:
    """For every row the share that a fit without its report gives it, and what it is."""
    out = []
    for fold in range(FOLDS):
        weights = fit([row for row in rows if row.report % FOLDS != fold], penalty)
        out += [(add_up(weights, r.evidence, r.share), r.holds) for r in rows if r.report % FOLDS == fold]
    return out


def show(events: Sequence[Row], days: Sequence[Row], reports: Sequence[Report]) -> None:
    """What the weights are worth on reports left out of the fit."""
    gold = sum(len(report["events"]) for report in reports)
    shares = held_out(events, PENALTY["event"])
    kept = [holds for share, holds in shares if share >= EVENT_FROM]
    print(f"{len(reports)} reports, {len(events)} mentions, {sum(row.holds for row in events)} of them events")
    print(f"mention is an event: F1 {2 * sum(kept) / (len(kept) + gold):.3f} from {EVENT_FROM} on reports left out")
    right = [(share >= DAYS_FROM) == holds for share, holds in held_out(days, PENALTY["days"])]
    print(f"undated event has days: {sum(right) / max(1, len(right)):.3f} of {len(right)} right on reports left out")


def belief_file(fitted: dict[str, dict[str, float]], reports: int, events: Sequence[Row]) -> str:
    penalties = f"{PENALTY['event']:g} and {PENALTY['days']:g}"
    number = sum(row.holds for row in events)
    lines = [
        "# Evidence and its weights, in log-odds: what makes a mention an event of its own, and what gives an",
        "# event without a time of its own the days of its neighbours. Names: signs.py, belief.py, when.py.",
        f"# Fitted by scripts/fit_events.py (logistic regression, L2 penalty {penalties}) on {reports} hand-read",
        f"# articles, {len(events):,} mentions of which {number} are events.",
    ]
    for model, weights in fitted.items():
        lines += ["", f"[{model}]", *(f'"{name}" = {weight + 0:.2f}' for name, weight in weights.items())]
    return "\n".join(lines).replace("= -0.00", "= 0.00") + "\n"


def store(name: str, text: str) -> None:
    """Writes a data file of the room and forgets what was loaded of it."""
    (ROOM / f"{name}.toml").write_text(text, encoding="utf-8")
    table.cache_clear()
    triggers.cache_clear()


def changes(fitted: dict[str, dict[str, float]], counted: str) -> None:
    """Prints what ``--write`` would change."""
    if counted != (ROOM / "triggers.toml").read_text(encoding="utf-8"):
        print("triggers.toml: counts differ from those in the reports")
    for model, weights in fitted.items():
        known = table("belief")[model]
        moved = {n: (known.get(n), round(w, 2)) for n, w in weights.items() if abs(w - known.get(n, 0.0)) >= 0.05}
        for name, (old, new) in sorted(moved.items()):
            print(f"belief.toml: [{model}] {name}: {old} -> {new}")


if __name__ == "__main__":
    sys.exit(main())
