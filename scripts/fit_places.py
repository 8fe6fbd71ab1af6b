"""Fits the weights of room ``places``: how its two tables came to be, and how to make them again.

    python scripts/fit_places.py            cross-validated figures; how far the committed weights are from fresh ones
    python scripts/fit_places.py --write    also write the fresh weights into the tables

``weights.tsv`` says what speaks for a place name (logistic regression over all spots), ``senses.tsv`` what speaks for
one place of a name (conditional logit over the candidates of each marked name). Both are ridge regressions, fitted on
LGL's train file alone (``data/place/train.jsonl`` below ``--shared``, by default ``../shared`` beside the repository);
the dev file is not opened. Folds are by article. A weight that its table marks "by hand" is held at its value while
the others are fitted around it; a table's header is kept. No randomness: the same data and lists give the same tables.
The committed ``senses.tsv`` comes from a rougher fit of the same model; each weight is as near to a fresh one as those
of the folds are to each other. Store fresh ones only where ``scripts/score.py --task place`` does not fall.

Takes about half a minute.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np

from sayso.places import senses
from sayso.places.evidence import Evidence
from sayso.places.gazetteer import FOLDER, Candidate
from sayso.places.home import Home, home_of
from sayso.places.lists import table
from sayso.places.reading import NAME_FROM
from sayso.places.resolving import asked_of, context_of, names_of, settle
from sayso.places.senses import kilometres
from sayso.places.spotting import Spot, spot
from sayso.records import Article, Span
from sayso.text import Doc

ROOT = Path(__file__).resolve().parent.parent
NAMES, SENSES = "weights.tsv", "senses.tsv"
FOLDS = 5

#: The ridge's strength, and Newton steps: after 40 both fits stand still to four figures.
RIDGE, STEPS = 1.0, 40

#: A candidate this near the marked point is the place that was meant (kilometres; the data's own measure); of a name
#: with more candidates than 80 so many are weighed, those that were meant first.
MEANT_KM, MOST_CANDIDATES = 161.0, 80

#: What the first round of telling goes by; each later one by the weights fitted on the round before. From the third on
#: the weights swing between two states, at most 0.13 apart and alike in accuracy (94.8 % on the file itself).
FIRST_WEIGHTS = {"people, log10": 1.0, "kind country": 4.0, "kind state": 4.0, "inside": 6.0, "is home": 4.0}
SENSE_ROUNDS = 3

#: Where the ridge of the second fit draws a weight to, if not to zero: judgement, where LGL alone says little.
DRAWN_TO = {"other name": -1.5, "far from all": -2.0, "is home": 2.0, "its country is named": 1.0, "names nearby": 1.0}

Weights = dict[str, float]


class Marked(NamedTuple):
    """One article of the train file. ``toponyms``: span -> marked point, None where the annotators gave none."""

    doc: Doc
    spots: tuple[Spot, ...]
    home: Home
    toponyms: dict[Span, Candidate | None]
    fold: int


class Case(NamedTuple):
    """One spot: its signs, and whether its very span is marked as a place name."""

    signs: frozenset[str]
    marked: bool
    fold: int


class Choice(NamedTuple):
    """One marked name: each candidate's signs with their sizes, and whether it is the place that was meant."""

    candidates: list[Weights]
    meant: list[bool]
    fold: int


def read_train(file: Path) -> list[Marked]:
    """The articles with their spots; the fold goes round in the order of the file."""
    if not file.is_file():
        sys.exit(f"fit_places: expected LGL's train file, found nothing at {file}; say where with --shared")
    articles = []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            doc = Doc(record["text"])
            home = home_of(Article(text=record["text"], url=record["url"]))
            toponyms = {(t["span"][0], t["span"][1]): _point(t) for t in record["toponyms"]}
            articles.append(Marked(doc, spot(doc), home, toponyms, number % FOLDS))
    return articles


def _point(toponym: dict[str, Any]) -> Candidate | None:
    if toponym["lat"] is None:
        return None
    return Candidate(toponym["name"], toponym["lat"], toponym["lon"], 0, None, None, None, "town", True)


def cases_of(articles: Iterable[Marked]) -> list[Case]:
    """All spots of the articles, as the first fit sees them."""
    cases = []
    for one in articles:
        evidence = Evidence(one.doc, one.spots, one.home.key)
        cases += [Case(frozenset(evidence.signs(s)), s.span in one.toponyms, one.fold) for s in one.spots]
    return cases


def fit_names(cases: Sequence[Case], held: Weights) -> Weights:
    """Logistic regression by Newton's method. ``held`` weights stay as they are."""
    signs = _signs((case.signs for case in cases), held)
    rows = [dict.fromkeys(case.signs, 1.0) for case in cases]
    x, base = _matrix(rows, signs), _matrix(rows, list(held)) @ np.array([*held.values()])
    y = np.array([case.marked for case in cases], float)
    w = np.zeros(len(signs))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(x @ w + base)))
        bend = (x.T * (p * (1 - p))) @ x + RIDGE * np.eye(len(w))
        w -= np.linalg.solve(bend, x.T @ (p - y) + RIDGE * w)
    return dict(zip(signs, w.tolist(), strict=True)) | held


def name_f1(cases: Iterable[Case], weights: Weights, toponyms: int) -> float:
    """F1 of the spots that the weights call place names, against all marked names, spotted or not."""
    # NAME_FROM is a likelihood: the sum of the weights is compared with its log odds.
    bar = log(NAME_FROM / (1 - NAME_FROM))
    said = [case.marked for case in cases if sum(weights.get(sign, 0.0) for sign in sorted(case.signs)) >= bar]
    return 2 * sum(said) / (len(said) + toponyms)


def choices_of(articles: Iterable[Marked], weights: Weights) -> tuple[list[Choice], float]:
    """The marked names as the second fit sees them when told by ``weights``, and the share told within 161 km."""
    choices: list[Choice] = []
    right: list[bool] = []
    with patch.dict(senses.weights(), weights, clear=True):
        for one in articles:
            for choice, told in _choices(one):
                right.append(told)
                # A name with no candidate that was meant, or no other, says nothing of what to choose by.
                if any(choice.meant) and not all(choice.meant):
                    choices.append(choice)
    return choices, sum(right) / len(right)


def _choices(one: Marked) -> Iterator[tuple[Choice, bool]]:
    """Each name with a marked point, and whether it is told rightly; telling knows which spots are place names."""
    spots = tuple(s for s in one.spots if _marked_at(s, one))
    names = names_of(one.doc, spots)
    asked, counts = asked_of(names, spots), Counter(names)
    told = settle(asked, counts, one.home)
    context = context_of(told, counts, one.home)
    for found, name in zip(spots, names, strict=True):
        point = one.toponyms[_marked_at(found, one)[0]]
        if point is None:
            continue
        meant = [kilometres(candidate, point) < MEANT_KM for candidate in found.candidates]
        order = sorted(range(len(meant)), key=lambda i: not meant[i])[:MOST_CANDIDATES]
        signs = [dict(senses.signs(found.candidates[i], asked[name], context)) for i in order]
        right = (best := told[name][0]) is not None and kilometres(best, point) < MEANT_KM
        yield Choice(signs, [meant[i] for i in order], one.fold), right


def _marked_at(found: Spot, one: Marked) -> list[Span]:
    start, end = found.span
    return [span for span in one.toponyms if span[0] < end and start < span[1]]


def fit_senses(choices: Sequence[Choice], held: Weights) -> Weights:
    """Conditional logit: the likelihood of all candidates that were meant. ``held`` weights stay as they are.

    Newton's method with the bend of the convex half of the loss alone; that of the whole need not be positive.
    """
    rows = [signs for choice in choices for signs in choice.candidates]
    signs = _signs(rows, held)
    x, base = _matrix(rows, signs), _matrix(rows, list(held)) @ np.array([*held.values()])
    meant = np.array([good for choice in choices for good in choice.meant], float)
    starts = np.cumsum([0, *(len(choice.meant) for choice in choices)])[:-1]
    group = np.repeat(np.arange(len(choices)), [len(choice.meant) for choice in choices])
    centre = np.array([DRAWN_TO.get(sign, 0.0) for sign in signs])
    w = centre.copy()
    for _ in range(STEPS):
        score = x @ w + base
        odds = np.exp(score - np.maximum.reduceat(score, starts)[group])
        p = odds / np.add.reduceat(odds, starts)[group]
        # A name whose meant candidates are all hopeless has a sum of nearly zero.
        q = odds * meant / np.maximum(np.add.reduceat(odds * meant, starts), 1e-12)[group]
        middle = np.add.reduceat(x * p[:, None], starts)
        bend = (x.T * p) @ x - middle.T @ middle + RIDGE * np.eye(len(w))
        w -= np.linalg.solve(bend, x.T @ (p - q) + RIDGE * (w - centre))
    return dict(zip(signs, w.tolist(), strict=True)) | held


def _signs(rows: Iterable[Iterable[str]], held: Weights) -> list[str]:
    return sorted({sign for row in rows for sign in row} - held.keys())


def _matrix(rows: Sequence[Weights], signs: Sequence[str]) -> Any:
    """One line for each row, one column for each sign."""
    column = {sign: number for number, sign in enumerate(signs)}
    matrix = np.zeros((len(rows), len(signs)))
    for number, row in enumerate(rows):
        for sign, size in row.items():
            if sign in column:
                matrix[number, column[sign]] = size
    return matrix


def by_hand(name: str) -> Weights:
    """The weights that a table marks as set by hand."""
    return {sign: float(weight) for sign, weight, origin in table(name) if origin.endswith("by hand")}


def compare(name: str, metric: str, scores: Sequence[float], fresh: Weights, folds: Sequence[Weights]) -> None:
    """Print the scores of the folds, and where committed weights are farther from fresh ones than folds from folds."""
    mean = sum(scores) / len(scores)
    print(f"  {metric} in cross-validation: {mean:.4f} (folds {min(scores):.4f} to {max(scores):.4f})")
    committed = {sign: float(weight) for sign, weight, *_ in table(name)}
    apart = {sign: committed.get(sign, 0.0) - fresh.get(sign, 0.0) for sign in sorted(committed | fresh)}
    print(f"  committed weights against fresh ones: largest difference {max(map(abs, apart.values())):.3f}")
    for sign, difference in apart.items():
        values = [weights.get(sign, 0.0) for weights in folds]
        if abs(difference) > max(0.0051, max(values) - min(values)):
            print(f"    outside the folds: {sign}: committed minus fresh {difference:.2f}")


def write(name: str, weights: Weights, origins: dict[str, str], held: Weights) -> None:
    """Write a table anew, under its old header; a weight that rounds to nothing is left out."""
    file = FOLDER / name
    header = [line for line in file.read_text("utf-8").splitlines() if line.startswith("#")]
    rows = [
        f"{sign}\t{weight:.2f}\t{', '.join(filter(None, (origins.get(sign), 'by hand' if sign in held else '')))}"
        for sign, weight in sorted(weights.items()) if sign in held or abs(weight) >= 0.005
    ]  # fmt: skip
    file.write_text("\n".join([*header, *rows]) + "\n", "utf-8")


def names(articles: Sequence[Marked], store: bool) -> None:
    """Is it a place? Fit, report and, if asked to, write."""
    cases, held = cases_of(articles), by_hand(NAMES)
    folds = [fit_names([case for case in cases if case.fold != k], held) for k in range(FOLDS)]
    fresh = fit_names(cases, held)
    marked = Counter(one.fold for one in articles for _ in one.toponyms)
    scores = [name_f1([c for c in cases if c.fold == k], w, marked[k]) for k, w in enumerate(folds)]
    print(f"{NAMES}: {len(cases)} spots")
    compare(NAMES, "F1", scores, fresh, folds)
    if store:
        seen = Counter(sign for case in cases for sign in case.signs)
        places = Counter(sign for case in cases if case.marked for sign in case.signs)
        write(NAMES, fresh, {sign: f"{places[sign]} of {seen[sign]}" for sign in fresh}, held)


def meanings(articles: Sequence[Marked], store: bool) -> None:
    """Which place? Fit, report and, if asked to, write."""
    held = by_hand(SENSES)
    fresh = FIRST_WEIGHTS | held
    for _ in range(SENSE_ROUNDS):
        choices, _ = choices_of(articles, fresh)
        fresh = fit_senses(choices, held)
    folds = [fit_senses([choice for choice in choices if choice.fold != k], held) for k in range(FOLDS)]
    scores = [choices_of([one for one in articles if one.fold == k], w)[1] for k, w in enumerate(folds)]
    print(f"{SENSES}: {len(choices)} names with a choice")
    compare(SENSES, "accuracy within 161 km", scores, fresh, folds)
    if store:
        write(SENSES, fresh, dict.fromkeys(fresh.keys() - held.keys(), "fitted"), held)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where data/ lies")
    parser.add_argument("--write", action="store_true", help="write the fresh weights into the two tables")
    options = parser.parse_args()
    articles = read_train(options.shared / "data" / "place" / "train.jsonl")
    names(articles, options.write)
    meanings(articles, options.write)


if __name__ == "__main__":
    main()
