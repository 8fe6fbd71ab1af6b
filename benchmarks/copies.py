"""Copies: real articles republished in known ways, sayso beside plain MinHash on the same texts in the same run.

    python benchmarks/copies.py [--shared DIR] [--seed N] [--sources N]
    python benchmarks/copies.py --unaltered     only the copies among the articles as they are, to be read by eye

Truth comes from the making: two texts are copies where both hold the same ``COPIED`` words or more of one source. Left
out of the count are pairs that share fewer, and pairs whose sources share ``ALIKE`` words in a row as they are: those
may be copies of each other by nature, and are what ``--unaltered`` lists. Texts that were given the same long quotation
and share nothing else are no copies.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.stories.copies import Copy, Text, find_copies

ROOT = Path(__file__).resolve().parent.parent
COPIED, ALIKE, SHORTEST = 30, 12, 180
WORD = re.compile(r"\w+")
Pair = tuple[str, str]

FURNITURE = (
    "Advertisement", "Share this article on your favourite network", "Read more: all our reports in one place",
    "Sign up here for the newsletter that our editors write every morning", "Photo: handout", "Related stories",
)  # fmt: skip
QUOTE = (
    "“We came here to talk about the harbour and nothing else, and when we leave this room tonight every one of us "
    "will know what the other side wants, what it can give, and what it will never give, because that is what talks "
    "are for, and I for one have waited eleven long years to hear it said aloud before the people who pay for it all,”"
)


@dataclass(frozen=True)
class Source:
    """An article as it is; ``spans`` of its words."""

    id: str
    text: str
    publisher: str
    spans: tuple[tuple[int, int], ...]

    def part(self, start: int, end: int) -> str:
        """The words from one to another, with what stands between and right after them."""
        after = self.spans[end][0] if end < len(self.spans) else len(self.text)
        return self.text[self.spans[start][0] : after].strip()


@dataclass
class Made:
    """A republished text, the words of each source that it holds, and what tells who was first."""

    way: str
    text: str
    title: str
    holds: dict[str, set[int]]
    evidence: str = "none"
    credits: list[str] = field(default_factory=list)


Slice = tuple[Source, int, int]


def sources(shared: Path) -> list[Source]:
    data = shared / "data"
    rows = [json.loads(line) for line in (data / "conflict/articles.jsonl").read_text("utf-8").splitlines()]
    found = [_source(f"conflict-{row['id']}", row["text"], row["outlet"]) for row in rows]
    pages = [json.loads(line) for line in (data / "pages/truth.jsonl").read_text("utf-8").splitlines()]
    return found + [_source(f"page-{n:03}", row["articleBody"], f"Page {n:03} Post") for n, row in enumerate(pages)]


def _source(name: str, text: str, publisher: str) -> Source:
    return Source(name, text, publisher, tuple(match.span() for match in WORD.finditer(text)))


def blocks(source: Source, size: int = 45) -> list[Slice]:
    """The text in stretches of about a paragraph, since half of the texts have lost theirs."""
    cuts = list(range(0, len(source.spans) - size // 2, size))
    return [(source, start, end) for start, end in zip(cuts, [*cuts[1:], len(source.spans)], strict=True)]


def joined(way: str, parts: Sequence[Slice | str], title: str = "") -> Made:
    holds: dict[str, set[int]] = {}
    for part in parts:
        if not isinstance(part, str):
            holds.setdefault(part[0].id, set()).update(range(part[1], part[2]))
    text = "\n\n".join(part if isinstance(part, str) else part[0].part(part[1], part[2]) for part in parts)
    return Made(way, text, title, holds)


def _identical(one: Source, _other: Source, _chance: random.Random) -> Made:
    return Made("identical", one.text, "", {one.id: set(range(len(one.spans)))})


def _retitled(one: Source, other: Source, _chance: random.Random) -> Made:
    title = other.part(0, min(9, len(other.spans)))
    return Made("retitled", f"{title}\n\n{one.text}", title, {one.id: set(range(len(one.spans)))})


def _cut(one: Source, _other: Source, chance: random.Random) -> Made:
    size = len(one.spans) // 3
    start = chance.choice((0, chance.randrange(len(one.spans) - size)))
    return joined("cut to a third", [(one, start, start + size)])


def _changed(one: Source, other: Source, chance: random.Random) -> Made:
    pool = [other.text[start:end] for start, end in other.spans]
    pieces, at = [], 0
    for start, end in one.spans:
        word = chance.choice(pool) if chance.random() < 0.1 else one.text[start:end]
        pieces += [one.text[at:start], word]
        at = end
    return Made("one word in ten", "".join(pieces) + one.text[at:], "", {one.id: set(range(len(one.spans)))})


def _stitched(one: Source, other: Source, chance: random.Random) -> Made:
    parts: list[Slice | str] = []
    for source in (one, other):
        size = chance.randint(60, 110)
        start = chance.randrange(len(source.spans) - size)
        parts.append((source, start, start + size))
    return joined("stitched from two", parts)


def _added(one: Source, other: Source, chance: random.Random) -> Made:
    # Of the other source only stretches too short to be copies, so that what was added is new.
    parts: list[Slice | str] = list(blocks(one))
    for _ in range(3):
        parts.insert(chance.randrange(len(parts) + 1), " ".join(_scrambled(other, chance)))
    return joined("paragraphs added", parts)


def _scrambled(source: Source, chance: random.Random) -> list[str]:
    words = [source.text[start:end] for start, end in source.spans]
    return chance.sample(words, min(60, len(words)))


def _furnished(one: Source, _other: Source, chance: random.Random) -> Made:
    parts: list[Slice | str] = []
    for block in blocks(one, 35):
        parts += [block, chance.choice(FURNITURE)]
    return joined("furniture between", parts)


def _moved(one: Source, _other: Source, chance: random.Random) -> Made:
    parts: list[Slice | str] = list(blocks(one))
    chance.shuffle(parts)
    return joined("paragraphs moved", parts)


def _headed(one: Source, other: Source, chance: random.Random) -> Made:
    parts: list[Slice | str] = []
    for number, block in enumerate(blocks(one)):
        parts += [" ".join(_scrambled(other, chance)[:6]).capitalize()] if number % 2 == 0 else []
        parts.append(block)
    return joined("new headlines", parts, parts[0] if isinstance(parts[0], str) else "")


Way = Callable[[Source, Source, random.Random], Made]
WAYS: tuple[Way, ...] = (
    _identical, _retitled, _cut, _changed, _stitched, _added, _furnished, _moved, _headed,
)  # fmt: skip


def make(found: Sequence[Source], count: int, chance: random.Random) -> list[Made]:
    """``count`` texts of every way, one in three each with a credit, a later day, or nothing that tells who was first;
    and as many texts that hold nothing of a source but were given the same quotation."""
    long = [source for source in found if len(source.spans) >= SHORTEST]
    made = []
    for way in WAYS:
        for number in range(count):
            one, other = chance.sample(long, 2)
            row = way(one, other, chance)
            row.evidence = ("credit", "day", "none")[number % 3]
            if row.evidence == "credit":
                row.credits = [source.publisher for source in (one, other) if source.id in row.holds]
                row.text += f"\n\nThis article was first published by {' and '.join(row.credits)}."
            made.append(row)
    quoting = [" ".join(_scrambled(chance.choice(long), chance)) for _ in range(count)]
    return made + [Made("same quotation", f"{text}.\n\n{QUOTE} the mayor said.\n\n{text}.", "", {}) for text in quoting]


def texts_of(found: Sequence[Source], made: Sequence[Made], chance: random.Random) -> list[Text]:
    """All texts in one heap: the sources on one day, what was made of them on that day or later."""
    day = {"day": "2019-03-04", "credit": "2019-03-01", "none": "2019-03-01"}
    rows = [Text(id=row.id, text=row.text, publisher=row.publisher, published="2019-03-01") for row in found]
    for number, row in enumerate(made):
        # Names that sort before and after those of the sources, so that order tells nothing.
        name, publisher = f"{chance.choice('az')}-made-{number:04}", f"Invented Herald {chance.randrange(40)}"
        rows.append(
            Text(
                id=name, text=row.text, title=row.title, publisher=publisher, published=day[row.evidence],
                origins=tuple(row.credits),
            )
        )  # fmt: skip
    chance.shuffle(rows)
    return rows


def truth_of(found: Sequence[Source], held: dict[str, dict[str, set[int]]]) -> tuple[set[Pair], set[Pair]]:
    """Pairs that are copies, and pairs that are left out of the count."""
    alike = _alike(found)
    holders: dict[str, list[str]] = {}
    for name, holds in held.items():
        for source in holds:
            holders.setdefault(source, []).append(name)
    shared: Counter[Pair] = Counter()
    for source, names in holders.items():
        for one, other in combinations(sorted(names), 2):
            shared[one, other] = max(shared[one, other], len(held[one][source] & held[other][source]))
    copies = {pair for pair, words in shared.items() if words >= COPIED}
    apart = {
        (min(one, other), max(one, other))
        for a, b in alike
        for one in holders[a]
        for other in holders[b]
        if one != other
    }
    return copies, ({pair for pair, words in shared.items() if 0 < words < COPIED} | apart) - copies


def _alike(found: Iterable[Source]) -> set[Pair]:
    """Sources that share ``ALIKE`` words in a row as they are."""
    by_run: dict[tuple[str, ...], set[str]] = {}
    for source in found:
        words = [word.casefold() for word in WORD.findall(source.text)]
        for n in range(len(words) - ALIKE + 1):
            by_run.setdefault(tuple(words[n : n + ALIKE]), set()).add(source.id)
    return {pair for names in by_run.values() for pair in combinations(sorted(names), 2)}


def f1_of(reported: set[Pair], copies: set[Pair], left_out: set[Pair]) -> tuple[float, float, float]:
    counted = reported - left_out
    right = len(counted & copies)
    precision, recall = right / max(1, len(counted)), right / max(1, len(copies))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def minhash(rows: Sequence[Text], size: int, functions: int = 256) -> NDArray[np.float64]:
    """Plain MinHash: the estimated likeness of the sets of ``size`` words in a row of each two texts."""
    chance = np.random.default_rng(1)
    multiply, add = (chance.integers(1, 2**61, (functions, 1), dtype=np.uint64) | np.uint64(1) for _ in range(2))
    signatures = np.empty((len(rows), functions), dtype=np.uint64)
    for number, row in enumerate(rows):
        words = [word.casefold() for word in WORD.findall(row.text)]
        runs = {" ".join(words[n : n + size]) for n in range(max(1, len(words) - size + 1))}
        hashes = [int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs]
        mixed = np.array(hashes, dtype=np.uint64) * multiply + add
        signatures[number] = (mixed ^ (mixed >> np.uint64(31))).min(axis=1)
    return np.array([(signatures == signature).mean(axis=1) for signature in signatures])


def best_minhash(rows: Sequence[Text], copies: set[Pair], left_out: set[Pair]) -> Iterator[str]:
    """For shingles of three and five words, the figures at the threshold that is best for these very texts."""
    for size in (3, 5):
        started = time.perf_counter()
        likeness = minhash(rows, size)
        seconds = time.perf_counter() - started
        tried = []
        for threshold in (0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            ones, others = np.nonzero(np.triu(likeness >= threshold, 1))
            pairs = {_pair(rows[a].id, rows[b].id) for a, b in zip(ones.tolist(), others.tolist(), strict=True)}
            tried.append((f1_of(pairs, copies, left_out), threshold))
        figures, threshold = max(tried, key=lambda row: row[0][2])
        yield f"{f'MinHash, {size} words, at {threshold}':<28}{_shown(figures)}  {seconds:.2f} s"


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _shown(figures: tuple[float, float, float]) -> str:
    return "precision {:.4f}  recall {:.4f}  F1 {:.4f}".format(*figures)


def directions(copies: Iterable[Copy], made: dict[str, Made]) -> Iterator[str]:
    """How often the direction between a source and what was made of it is right, by the evidence there is."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for copy in copies:
        names = [name for name in (copy.first, copy.second) if name in made]
        other = copy.second if names == [copy.first] else copy.first
        if len(names) == 1 and other in made[names[0]].holds:
            evidence = made[names[0]].evidence
            wanted = "unknown" if evidence == "none" else "first" if names == [copy.second] else "second"
            total[evidence] += 1
            right[evidence] += copy.direction == wanted
    for evidence, count in sorted(total.items()):
        label = "left unknown without evidence" if evidence == "none" else f"direction by {evidence}"
        yield f"{label:<32}{right[evidence]} of {count} ({right[evidence] / count:.4f})"


def measure(found: Sequence[Source], count: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (a benchmark, no secret)
    made = make(found, count, chance)
    rows = texts_of(found, made, chance)
    by_id = {row.id: made[int(row.id[-4:])] for row in rows if "-made-" in row.id}
    held = {name: row.holds for name, row in by_id.items()} | {
        row.id: {row.id: set(range(len(row.spans)))} for row in found
    }
    copies, left_out = truth_of(found, held)
    print(f"seed {seed}: {len(rows)} texts, {len(copies)} pairs are copies, {len(left_out)} are left out")
    started = time.perf_counter()
    reported = find_copies(rows)
    seconds = time.perf_counter() - started
    pairs = {(copy.first, copy.second) for copy in reported}
    print(f"{'sayso':<28}{_shown(f1_of(pairs, copies, left_out))}  {seconds:.2f} s")
    print(*best_minhash(rows, copies, left_out), *directions(reported, by_id), sep="\n")
    for way in sorted({row.way for row in made}):
        names = {name for name, row in by_id.items() if row.way == way}
        wanted, false = ({pair for pair in some if names & {*pair}} for some in (copies, pairs - copies - left_out))
        print(f"  {way:<20}found {len(wanted & pairs)} of {len(wanted)}, {len(false)} more that are none")


def unaltered(found: Sequence[Source]) -> None:
    """Every copy among the conflict articles as they are, longest last, to be read by eye."""
    rows = [Text(id=row.id, text=row.text, publisher=row.publisher) for row in found if row.id.startswith("conflict")]
    texts = {row.id: row for row in rows}
    copies = find_copies(rows)
    print(f"{len(copies)} copies among {len(rows)} articles")
    for copy in sorted(copies, key=lambda copy: sum(passage.own for passage in copy.passages)):
        longest = max(copy.passages, key=lambda passage: passage.own)
        words = " ".join(texts[copy.first].text[slice(*longest.first)].split()[:24])
        outlets = " ".join(
            f"{name.removeprefix('conflict-')} {texts[name].publisher}" for name in (copy.first, copy.second)
        )
        own = sum(passage.own for passage in copy.passages)
        print(f"{outlets}  share {copy.share:.2f}  {own} words in {len(copy.passages)}: {words}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where data/ lies")
    parser.add_argument("--seed", type=int, default=2, help="1 was used while the thresholds were set")
    parser.add_argument("--sources", type=int, default=40, metavar="N", help="texts made of each kind")
    parser.add_argument("--unaltered", action="store_true", help="only list copies among the articles as they are")
    options = parser.parse_args()
    found = sources(options.shared)
    if not options.unaltered:
        measure(found, options.sources, options.seed)
    unaltered(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
