"""Fit the weights by which two mentions are taken for one happening, to happenings that were grouped by hand.

    export PYTHONPATH=benchmarks
    python scripts/fit_stories.py            print figures of five-fold cross-validation over the affairs, then fit all
    python scripts/fit_stories.py --write    also write src/sayso/stories/weights.toml

Logistic regression with a ridge over all pairs of mentions. There is one file of grouped happenings (60 articles, 14
affairs), and sayso's stories are scored on it too: the honest figure is the cross-validated one, where an affair is
grouped by weights that never saw it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import stories as bench
from numpy.typing import NDArray

from sayso.records import to_json
from sayso.stories.cluster import average_linkage
from sayso.stories.compare import Comparison
from sayso.stories.mentions import Mention, mentions_of
from sayso.stories.stories import story_of

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "sayso" / "stories" / "weights.toml"
FOLDS = 5

#: How strongly weights are drawn to nothing, and how far below even odds two mentions are joined: pairs of one
#: happening are few among all pairs, and a group's average is lower than its best pair.
RIDGE, THRESHOLD = 3.0, -0.5

HEAD = """# Log-odds by which two mentions are one happening, for each trait of sayso/stories/compare.py.
# Made by scripts/fit_stories.py; `words` and `article's words` are weighed by the share that two texts have in common.

"""

Floats = NDArray[np.float64]


class Pairs:
    """All pairs of the dev mentions: their traits, whether they are one happening, and the affair both belong to."""

    def __init__(self, shared: Path) -> None:
        data = shared / "data" / "conflict"
        rows = [json.loads(line) for line in (data / "stories_dev.jsonl").read_text("utf-8").splitlines()]
        home = {(article, number): row["happening"] for row in rows for article, number in row["mentions"]}
        affairs = {article: row["story"] for row in rows for article, _ in row["mentions"]}
        self.readings = [reading for reading in bench.gold(shared) if reading.id in affairs]
        found = (mention for reading in self.readings for mention in mentions_of(reading))
        self.mentions: list[Mention] = sorted(found, key=lambda mention: mention.key)
        comparison = Comparison(self.mentions)
        traits: dict[str, int] = {"prior": 0}
        cells: list[tuple[int, int, float]] = []
        self.pairs: list[tuple[int, int]] = []
        one_happening, affair = [], []
        for j, other in enumerate(self.mentions):
            for i, one in enumerate(self.mentions[:j]):
                row = len(self.pairs)
                cells.append((row, 0, 1.0))
                cells += (
                    (row, traits.setdefault(reason.trait, len(traits)), reason.amount)
                    for reason in comparison.reasons(one, other)
                )
                self.pairs.append((i, j))
                one_happening.append(home.get(one.key, one.key) == home.get(other.key, other.key))
                mine, theirs = affairs[one.reading.id], affairs[other.reading.id]
                affair.append(mine if mine == theirs else -1)
        self.traits = list(traits)
        self.matrix: Floats = np.zeros((len(self.pairs), len(traits)))
        for row, column, amount in cells:
            self.matrix[row, column] = amount
        self.same: Floats = np.array(one_happening, dtype=float)
        self.affair = np.array(affair)

    def fit(self, rows: NDArray[np.bool_]) -> Floats:
        """Weights by Newton's method on the rows."""
        x, y = self.matrix[rows], self.same[rows]
        ridge = np.full(x.shape[1], RIDGE)
        ridge[0] = 0.01
        found: Floats = np.zeros(x.shape[1])
        for _ in range(12):
            odds = 1 / (1 + np.exp(-(x @ found)))
            slope = x.T @ (odds - y) + ridge * found
            found -= np.linalg.solve((x * (odds * (1 - odds))[:, None]).T @ x + np.diag(ridge), slope)
        return found

    def held_out(self) -> Floats:
        """Every pair's score; a pair of one affair by weights that never saw the affair."""
        scores: Floats = self.matrix @ self.fit(np.ones(len(self.same), dtype=bool))
        affairs = sorted(set(self.affair.tolist()) - {-1})
        for fold in range(FOLDS):
            test = np.isin(self.affair, affairs[fold::FOLDS])
            scores[test] = self.matrix[test] @ self.fit(~test)
        return scores


def figures(pairs: Pairs, scores: Floats, shared: Path) -> dict[str, Any]:
    """What the scorer says of stories grouped by these scores."""
    known = {pair: float(score) for pair, score in zip(pairs.pairs, scores, strict=True)}
    groups = average_linkage(len(pairs.mentions), known, THRESHOLD)
    stories = (story_of([pairs.mentions[n] for n in group]) for group in groups)
    return bench.score([json.loads(to_json(story)) for story in stories], shared)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pairs = Pairs(options.shared)
    print("cross-validated", json.dumps(figures(pairs, pairs.held_out(), options.shared)))
    found = pairs.fit(np.ones(len(pairs.same), dtype=bool))
    print("fitted to all  ", json.dumps(figures(pairs, pairs.matrix @ found, options.shared)))
    rows = sorted(zip(pairs.traits, found, strict=True))
    lines = [f'"{trait}" = {value:.2f}' for trait, value in rows]
    text = HEAD + "[weights]\n" + "\n".join([*lines, f'"threshold" = {THRESHOLD}']) + "\n"
    if options.write:
        TABLE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
