"""Fit the weights by which two mentions are taken for one happening, to happenings that were grouped by hand.

    export PYTHONPATH=benchmarks
    python scripts/fit_stories.py            print figures of cross-validation over the affairs, then fit all
    python scripts/fit_stories.py --write    also write src/sayso/stories/weights.toml

Logistic regression with a ridge over the pairs of mentions that are compared at all, of the annotated events and of
those that sayso reads in the same articles, so that the weights know how far what is read can be trusted. There is one
file of grouped happenings (60 articles, 14 affairs), and sayso's stories are scored on it too: the honest figure is the
cross-validated one, where every pair is scored by weights that saw no pair of either mention's affair.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
import stories as bench
from numpy.typing import NDArray

from sayso.records import Reading, to_json
from sayso.stories.cluster import STRANGERS, Grouping
from sayso.stories.compare import Comparison
from sayso.stories.copies import find_copies, text_of
from sayso.stories.linkage import average_linkage
from sayso.stories.mentions import Mention, Sketch, sketch_of
from sayso.stories.repeats import Repeats
from sayso.stories.stories import in_order, story_of

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "sayso" / "stories" / "weights.toml"
FOLDS = 7

#: Room for as many traits as ``compare`` may come to name.
MOST_TRAITS = 128

#: How strongly weights are drawn to nothing, and how far below even odds two mentions are joined: pairs of one
#: happening are few among all pairs, and a group's average is lower than its best pair. Cross-validated, events as
#: annotated would gain by a higher threshold and events as read lose; between them it is level from -0.8 to -0.4.
RIDGE, THRESHOLD = 3.0, -0.8

#: Thresholds beside that one whose figures are printed too.
AROUND = (-1.2, -0.4, 0.0)

#: Steps of Newton's method at most, and a step too small to go on.
STEPS, NO_STEP = 12, 0.01

#: Happenings were grouped affair by affair, so that one which two affairs tell of stands in the file twice. The pairs
#: between these are not fitted to as strangers; the scorer still counts a merger of them as a fault.
TOLD_TWICE = (
    "s1-h1 s3-h2", "s1-h2 s3-h7", "s1-h3 s3-h6", "s7-h9 s8-h2", "s3-h3 s12-h5", "s2-h14 s5-h5", "s2-h21 s4-h8 s11-h6",
    "s2-h19 s5-h6 s7-h16 s12-h8", "s2-h18 s7-h15", "s2-h16 s7-h14 s13-h11", "s2-h15 s6-h8 s7-h13 s12-h7 s13-h10",
)  # fmt: skip
ALIAS = {name: names for names in TOLD_TWICE for name in names.split()}

HEAD = """# Log-odds by which two mentions are one happening, for each trait of sayso/stories/compare.py.
# Made by scripts/fit_stories.py; `words` and `article's words` are weighed by the share that two texts have in common.

"""

Floats = NDArray[np.float64]


class Pairs:
    """The pairs of the mentions of some readings that may meet: their traits, whether they are one happening, whether
    that is known (both stand for mentions that were grouped by hand), and the two affairs they belong to."""

    def __init__(self, readings: Iterable[Reading], truth: Truth, traits: dict[str, int]) -> None:
        self.readings = [reading for reading in readings if reading.id in truth.affairs]
        sketches = sorted(map(sketch_of, self.readings), key=lambda sketch: sketch.article)
        texts = {reading.id: reading.article.text for reading in self.readings}
        self.repeats = Repeats(find_copies([text_of(sketch, texts[sketch.article]) for sketch in sketches]))
        self.mentions: list[Mention] = [mention for sketch in sketches for mention in sketch.mentions]
        met = np.triu(may_meet(sketches), 1)
        self.pairs = np.argwhere(met)
        self.matrix: Floats = np.zeros((len(self.pairs), MOST_TRAITS), dtype=np.float32)
        comparison = Comparison(sketches)
        for row, (i, j) in enumerate(self.pairs.tolist()):
            self.matrix[row, traits.setdefault("prior", 0)] = 1.0
            for reason in comparison.reasons(self.mentions[i], self.mentions[j]):
                self.matrix[row, traits.setdefault(reason.trait, len(traits))] += reason.amount
        homes = truth.homes_of(self.readings)
        home = [homes.get(mention.key) for mention in self.mentions]
        both = [(home[i], home[j]) for i, j in self.pairs.tolist()]
        self.same: Floats = np.array([one is not None and one == other for one, other in both], dtype=float)
        self.known = np.array([None not in pair and (pair[0] == pair[1] or not twice(*pair)) for pair in both])
        affair = np.array([truth.affairs[mention.article] for mention in self.mentions])
        self.affairs = affair[self.pairs]


def may_meet(sketches: Iterable[Sketch]) -> NDArray[np.bool_]:
    """Which pairs of mentions are compared at all: those whose days are not too far apart."""
    grouping = Grouping(sketches)
    rows = np.arange(len(grouping.columns))
    return ~grouping.strangers(rows, rows)


def twice(one: str | None, other: str | None) -> bool:
    """Whether two happenings of the file are one, told of in two affairs."""
    return one in ALIAS and ALIAS.get(one) == ALIAS.get(other or "")


class Truth:
    """The happenings that were grouped by hand, by the scorer that lies with the data."""

    def __init__(self, shared: Path) -> None:
        sys.path.insert(0, str(shared / "tools"))
        import score_stories  # type: ignore[import-not-found] # the measure itself says which read event stands for which annotated one

        data = shared / "data" / "conflict"
        lines = {
            name: (data / name).read_text("utf-8").splitlines() for name in ("gold_dev.jsonl", "stories_dev.jsonl")
        }
        gold, happenings = ([json.loads(line) for line in rows] for rows in lines.values())
        self._scorer, self._gold = score_stories, {record["id"]: record for record in gold}
        self._want = score_stories.mentions_of(self._gold, happenings)
        self.affairs = {article: row["story"] for row in happenings for article, _ in row["mentions"]}

    def homes_of(self, readings: Iterable[Reading]) -> dict[tuple[str, int], str]:
        """The happening of each event of the readings that stands for an annotated one."""
        keys = {f"{reading.id} {n}": (reading.id, n) for reading in readings for n in range(len(reading.events))}
        events = {reading.id: reading.events for reading in readings}
        alone = [
            {"id": key, "reports": [{"article": article, "trigger": list(event.trigger), "type": event.type}]}
            for key, (article, n) in keys.items()
            if (event := events[article][n])
        ]
        found = self._scorer.stories_of(self._gold, self._want, alone)
        return {keys[key]: self._want[mention] for mention, key in found.items()}


def fit(rows: Sequence[tuple[Floats, Floats]], count: int, start: Floats) -> Floats:
    """Weights of ``count`` traits by Newton's method, from matrices with their answers."""
    x = np.concatenate([matrix[:, :count] for matrix, _ in rows])
    y = np.concatenate([same for _, same in rows])
    ridge = np.full(count, RIDGE)
    ridge[0] = 0.01
    found = start.copy()
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-(x @ found.astype(np.float32)).astype(float)))
        slope = x.T @ (odds - y).astype(np.float32) + ridge * found
        root = np.sqrt(odds * (1 - odds)).astype(np.float32)[:, None] * x
        step = np.linalg.solve((root.T @ root).astype(float) + np.diag(ridge), slope)
        found -= step
        if np.abs(step).max() < NO_STEP:
            break
    return found


def fit_without(sets: Sequence[Pairs], start: Floats, affairs: Sequence[int]) -> Floats:
    """Weights from all pairs but those with a mention of some affairs."""
    masks = [(pairs, pairs.known & ~np.isin(pairs.affairs, affairs).any(axis=1)) for pairs in sets]
    return fit([(pairs.matrix[mask], pairs.same[mask]) for pairs, mask in masks], len(start), start)


def held_out(sets: Sequence[Pairs], found: Floats) -> list[Floats]:
    """Every pair's score by weights that never saw a pair of either affair."""
    scores: list[Floats] = [np.zeros(len(pairs.pairs), dtype=np.float32) for pairs in sets]
    affairs = sorted({int(affair) for pairs in sets for affair in pairs.affairs.flat})
    fold_of = {affair: number % FOLDS for number, affair in enumerate(affairs)}
    folds = [np.vectorize(fold_of.get)(pairs.affairs) for pairs in sets]
    for one, other in combinations_with_replacement(range(FOLDS), 2):
        blind = fit_without(sets, found, [affair for affair in affairs if fold_of[affair] in (one, other)])
        for pairs, score, fold in zip(sets, scores, folds, strict=True):
            test = (fold.min(axis=1) == one) & (fold.max(axis=1) == other)
            score[test] = pairs.matrix[test, : len(found)] @ blind.astype(np.float32)
    return scores


def figures(pairs: Pairs, scores: Floats, shared: Path, threshold: float = THRESHOLD) -> str:
    """What the scorer says of stories grouped by these scores."""
    known = np.full((len(pairs.mentions), len(pairs.mentions)), STRANGERS, dtype=np.float32)
    i, j = pairs.pairs.T
    known[i, j] = known[j, i] = scores
    groups = average_linkage(known, threshold)
    stories = sorted((story_of([pairs.mentions[n] for n in group], pairs.repeats) for group in groups), key=in_order)
    return bench.in_short(bench.score([json.loads(to_json(story)) for story in stories], shared))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    traits: dict[str, int] = {}
    truth = Truth(options.shared)
    sets = {"gold": bench.gold(options.shared), "read": bench.read(options.shared)}
    pairs = [Pairs(readings, truth, traits) for readings in sets.values()]
    found = fit_without(pairs, np.zeros(len(traits)), ())
    for name, one, blind in zip(sets, pairs, held_out(pairs, found), strict=True):
        for threshold in (THRESHOLD, *AROUND):
            print(f"{name}: cross-validated", threshold, figures(one, blind, options.shared, threshold), flush=True)
        print(f"{name}: fitted to all  ", figures(one, one.matrix[:, : len(traits)] @ found, options.shared))
    rows = sorted(zip(traits, found, strict=True))
    lines = [f'"{trait}" = {value:.2f}' for trait, value in rows]
    text = HEAD + "[weights]\n" + "\n".join([*lines, f'"threshold" = {THRESHOLD}']) + "\n"
    if options.write:
        TABLE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
