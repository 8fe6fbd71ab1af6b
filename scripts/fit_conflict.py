"""Fit the first look at a text (``sayso.text.conflict``): does it report on armed conflict?

    python scripts/fit_conflict.py                 cross-validate, fit, print the figures; is the table a fresh fit?
    python scripts/fit_conflict.py --write         also write src/sayso/text/conflict.tsv
    python scripts/fit_conflict.py --json          the committed table on the held-out data, for scripts/score.py

Logistic regression over the words of a text, with numpy alone; nothing in it is drawn by chance. Reports of war are
the conflict articles without those of its dev files, and the reports of MUC that hold an incident. Everything else is
US politics (attribution), local papers (place) and newswire (time): some of it does speak of a war, and is not
relabelled. Words that are mostly written with a capital are left out, names above all, so that no war is known by its
places. ``pages`` are held out whole.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.bulk.sieve import Passed, Sieve, open_or_pass
from sayso.gather import Wanted, gather
from sayso.records import Page
from sayso.settings import Settings
from sayso.text.conflict import first_look, words_of_look

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "sayso" / "text" / "conflict.tsv"

FOLDS, FEWEST, STEPS, RATE, DECAY = 5, 6, 400, 2.0, 3e-5

#: The share of each kind of war reports that must pass in cross-validation: to read in vain costs less than to miss.
RECALL = 0.98

Floats = NDArray[np.float64]


class Example(NamedTuple):
    """A text with what it is, and how much it counts: each kind of text counts as a whole."""

    words: list[str]
    raw: str
    about: bool
    kind: str


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def whole(record: dict[str, Any]) -> str:
    return f"{record.get('title') or ''}\n{record['text']}"


def held_out_ids(data: Path) -> set[str]:
    """The conflict articles that only measure: those of both dev files."""
    told = {mention[0] for row in rows(data / "conflict/stories_dev.jsonl") for mention in row["mentions"]}
    return told | {row["id"] for row in rows(data / "conflict/gold_dev.jsonl")}


def examples(data: Path) -> Iterator[Example]:
    """The texts to learn from."""
    out = held_out_ids(data)
    wars = [row for row in rows(data / "conflict/articles.jsonl") if not {row["id"], row["duplicate_of"]} & out]
    gold = rows(data / "conflict/gold_train.jsonl")
    muc = [{**row, "text": row["text"].lower()} for row in rows(data / "incident/train.jsonl") if row["templates"]]
    for about, kind, found in (
        (True, "conflict", wars), (True, "conflict", gold), (True, "incident", muc),
        *((False, name, rows(data / f"{name}/train.jsonl")) for name in ("attribution", "place", "time")),
    ):  # fmt: skip
        for row in found:
            text = whole(row)
            yield Example(words_of_look(text), text, about, kind)


def small_words(found: Sequence[Example]) -> list[str]:
    """Words that several texts hold and that are mostly written small."""
    seen: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for one in found:
        seen.update(set(one.words))
        if one.kind != "incident":
            small.update(word for word in words_of_case(one.raw))
    capital = Counter(word for one in found if one.kind != "incident" for word in words_of_case(one.raw, capital=True))
    return sorted(word for word, count in seen.items() if count >= FEWEST and small[word] > capital[word])


def words_of_case(text: str, *, capital: bool = False) -> Iterator[str]:
    """Words of a text that begin with a capital, or with none."""
    for piece in text.split():
        word = piece.strip(".,;:!?\"'()[]“”‘’")
        if word[:1].isalpha() and word[:1].isupper() == capital:
            yield word.lower()


def table_of(found: Sequence[Example], words: Sequence[str]) -> NDArray[np.float32]:
    """One row a text: its words, each once, so weighed that long and short texts count alike."""
    column = {word: number for number, word in enumerate(words)}
    table = np.zeros((len(found), len(words)), dtype=np.float32)
    for number, one in enumerate(found):
        held = [column[word] for word in set(one.words) if word in column]
        table[number, held] = 1 / np.sqrt(max(1, len(held)))
    return table


def fit(table: NDArray[np.float32], about: NDArray[np.bool_], share: Floats) -> tuple[Floats, float]:
    """Weights and bias, by gradient descent with momentum."""
    weights, bias, pace, pace_bias = np.zeros(table.shape[1]), 0.0, np.zeros(table.shape[1]), 0.0
    for _ in range(STEPS):
        wrong = (1 / (1 + np.exp(-(table @ weights + bias))) - about) * share
        pace = 0.9 * pace - RATE * (wrong @ table + DECAY * weights)
        pace_bias = 0.9 * pace_bias - RATE * wrong.sum()
        weights, bias = weights + pace, bias + float(pace_bias)
    return weights, bias


def shares(found: Sequence[Example]) -> Floats:
    """Each side counts half, and each kind of text its part of the side."""
    counts = Counter((one.about, one.kind) for one in found)
    kinds = Counter(about for about, _ in counts)
    return np.array([0.5 / kinds[one.about] / counts[one.about, one.kind] for one in found])


def cross_validated(found: Sequence[Example]) -> Floats:
    """The score of each text by a model that did not see it; copies of one text may stand in two folds."""
    scores = np.zeros(len(found))
    for fold in range(FOLDS):
        inside = [one for number, one in enumerate(found) if number % FOLDS != fold]
        words = small_words(inside)
        weights, bias = fit(table_of(inside, words), np.array([one.about for one in inside]), shares(inside))
        test = [one for number, one in enumerate(found) if number % FOLDS == fold]
        scores[fold::FOLDS] = 1 / (1 + np.exp(-(table_of(test, words) @ weights + bias)))
    return scores


def held_out(data: Path) -> dict[str, dict[str, float]]:
    """The committed table on texts that it was not fitted on: the share that is decided rightly."""
    muc = [row["text"].lower() for row in rows(data / "incident/dev.jsonl") if row["templates"]]
    sides = {
        "conflict dev, articles read": (True, [whole(row) for row in rows(data / "conflict/gold_dev.jsonl")]),
        "incident dev, reports of an incident read": (True, muc),
        "pages, passed over": (False, [row["articleBody"] for row in rows(data / "pages/truth.jsonl")]),
        "attribution dev, passed over": (False, [whole(row) for row in rows(data / "attribution/dev.jsonl")]),
    }
    found = {
        name: {"accuracy": sum(first_look(text).read == about for text in texts) / len(texts)}
        for name, (about, texts) in sides.items()
    }
    return found | {"pages as they came, passed over": {"accuracy": passed_over(data / "pages/html")}}


def passed_over(folder: Path) -> float:
    """The share of pages that bulk reading passes over, by a glance or by their article."""
    settings, sieve = Settings(threads=1), Sieve()
    pages = [one for one in gather([str(folder)], Wanted(), settings) if isinstance(one, Page)]
    return sum(isinstance(open_or_pass(one, settings, sieve), Passed) for one in pages) / len(pages)


def threshold(found: Sequence[Example], scores: Floats) -> float:
    """The score from which texts are read: at which enough of each kind of war reports pass."""
    kinds = np.array([one.kind if one.about else "" for one in found])
    return min(
        float(np.floor(np.quantile(scores[kinds == kind], 1 - RECALL) * 100) / 100) for kind in ("conflict", "incident")
    )


def report(found: Sequence[Example], scores: Floats, least: float) -> None:
    for kind in dict.fromkeys((one.about, one.kind) for one in found):
        mine = np.array([(one.about, one.kind) == kind for one in found])
        print(f"  {np.mean(scores[mine] >= least):.4f} of {mine.sum()} {kind[1]} texts read, cross-validated")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    data = options.shared / "data"
    if options.json:
        print(json.dumps(held_out(data)))
        return 0
    found = list(examples(data))
    scores = cross_validated(found)
    least = threshold(found, scores)
    words = small_words(found)
    weights, bias = fit(table_of(found, words), np.array([one.about for one in found]), shares(found))
    print(f"{len(found)} texts, {len(words)} words, read from {least}")
    report(found, scores, least)
    lines = [f"{bias:.3f}\t{least}", *(f"{word}\t{weight:.2f}" for word, weight in zip(words, weights, strict=True))]
    same = TABLE.exists() and TABLE.read_text(encoding="utf-8").splitlines() == lines
    print("the committed table is a fresh fit" if same else "the committed table is another")
    if options.write:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, row in held_out(data).items() if TABLE.exists() else ():
        print(f"  {row['accuracy']:.4f} {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
