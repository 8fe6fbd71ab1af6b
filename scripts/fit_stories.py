"""Fit the weights by which two mentions are taken for one happening, to happenings that were grouped by hand.

    export PYTHONPATH=benchmarks
    python scripts/fit_stories.py            print figures of five-fold cross-validation over the affairs, then fit all
    python scripts/fit_stories.py --write    also write src/sayso/stories/weights.toml

Logistic regression with a ridge over all pairs of mentions, of the annotated events and of those that sayso reads in
the same articles, so that the weights know how far what is read can be trusted. There is one file of grouped happenings
(60 articles, 14 affairs), and sayso's stories are scored on it too: the honest figure is the cross-validated one, where
an affair is grouped by weights that never saw it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import stories as bench
from numpy.typing import NDArray

from sayso.records import Reading, to_json
from sayso.stories.compare import Comparison
from sayso.stories.linkage import average_linkage
from sayso.stories.mentions import Mention, sketch_of
from sayso.stories.stories import story_of

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "sayso" / "stories" / "weights.toml"
FOLDS = 5

#: Room for as many traits as ``compare`` may come to name.
MOST_TRAITS = 64

#: How strongly weights are drawn to nothing, and how far below even odds two mentions are joined: pairs of one
#: happening are few among all pairs, and a group's average is lower than its best pair.
RIDGE, THRESHOLD = 3.0, -0.8

HEAD = """# Log-odds by which two mentions are one happening, for each trait of sayso/stories/compare.py.
# Made by scripts/fit_stories.py; `words` and `article's words` are weighed by the share that two texts have in common.

"""

Floats = NDArray[np.float64]


class Pairs:
    """All pairs of the mentions of some readings: their traits, whether they are one happening (where both stand for
    mentions that were grouped by hand), and the affair that both belong to."""

    def __init__(self, readings: Iterable[Reading], truth: Truth, traits: dict[str, int]) -> None:
        self.readings = [reading for reading in readings if reading.id in truth.affairs]
        sketches = sorted(map(sketch_of, self.readings), key=lambda sketch: sketch.article)
        self.mentions: list[Mention] = [mention for sketch in sketches for mention in sketch.mentions]
        self.pairs = [(i, j) for j in range(len(self.mentions)) for i in range(j)]
        self.matrix: Floats = np.zeros((len(self.pairs), MOST_TRAITS), dtype=np.float32)
        comparison = Comparison(sketches)
        for row, (i, j) in enumerate(self.pairs):
            self.matrix[row, traits.setdefault("prior", 0)] = 1.0
            for reason in comparison.reasons(self.mentions[i], self.mentions[j]):
                self.matrix[row, traits.setdefault(reason.trait, len(traits))] = reason.amount
        homes = truth.homes_of(self.readings)
        home = [homes.get(mention.key) for mention in self.mentions]
        affair = [truth.affairs[mention.article] for mention in self.mentions]
        self.known = np.array([home[i] is not None and home[j] is not None for i, j in self.pairs])
        self.same: Floats = np.array([home[i] is not None and home[i] == home[j] for i, j in self.pairs], dtype=float)
        self.affair = np.array([affair[i] if affair[i] == affair[j] else -1 for i, j in self.pairs])


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


def fit(rows: Sequence[tuple[Floats, Floats]], count: int) -> Floats:
    """Weights of ``count`` traits by Newton's method, from matrices with their answers."""
    x = np.concatenate([matrix[:, :count] for matrix, _ in rows]).astype(float)
    y = np.concatenate([same for _, same in rows])
    ridge = np.full(count, RIDGE)
    ridge[0] = 0.01
    found: Floats = np.zeros(count)
    for _ in range(12):
        odds = 1 / (1 + np.exp(-(x @ found)))
        slope = x.T @ (odds - y) + ridge * found
        found -= np.linalg.solve((x * (odds * (1 - odds))[:, None]).T @ x + np.diag(ridge), slope)
    return found


def fit_without(sets: Sequence[Pairs], count: int, affairs: Sequence[int]) -> Floats:
    """Weights from all pairs but those of some affairs."""
    masks = [(pairs, pairs.known & ~np.isin(pairs.affair, affairs)) for pairs in sets]
    return fit([(pairs.matrix[mask], pairs.same[mask]) for pairs, mask in masks], count)


def held_out(sets: Sequence[Pairs], count: int, found: Floats) -> list[Floats]:
    """Every pair's score; a pair of one affair by weights that never saw the affair."""
    scores: list[Floats] = [pairs.matrix[:, :count] @ found for pairs in sets]
    affairs = sorted({int(affair) for pairs in sets for affair in pairs.affair} - {-1})
    for fold in range(FOLDS):
        out = affairs[fold::FOLDS]
        blind = fit_without(sets, count, out)
        for pairs, score in zip(sets, scores, strict=True):
            test = np.isin(pairs.affair, out)
            score[test] = pairs.matrix[test, :count] @ blind
    return scores


def figures(pairs: Pairs, scores: Floats, shared: Path) -> str:
    """What the scorer says of stories grouped by these scores."""
    known = np.zeros((len(pairs.mentions), len(pairs.mentions)))
    for (i, j), score in zip(pairs.pairs, scores, strict=True):
        known[i, j] = known[j, i] = score
    groups = average_linkage(known, THRESHOLD)
    stories = (story_of([pairs.mentions[n] for n in group]) for group in groups)
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
    found = fit_without(pairs, len(traits), ())
    for name, one, blind in zip(sets, pairs, held_out(pairs, len(traits), found), strict=True):
        print(f"{name}: cross-validated", figures(one, blind, options.shared))
        print(f"{name}: fitted to all  ", figures(one, one.matrix[:, : len(traits)] @ found, options.shared))
    rows = sorted(zip(traits, found, strict=True))
    lines = [f'"{trait}" = {value:.2f}' for trait, value in rows]
    text = HEAD + "[weights]\n" + "\n".join([*lines, f'"threshold" = {THRESHOLD}']) + "\n"
    if options.write:
        TABLE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
