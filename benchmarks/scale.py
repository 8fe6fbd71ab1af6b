"""How the cost of a case grows: articles added, stories grouped, one article more, lists and searches; time and memory.

    python benchmarks/scale.py --readings FILE [--sizes 1000,10000] [--case URL] [--json]

The articles are made from real ones (``sayso read DATA --format jsonl > FILE``): in each round all their names are
rewritten letter by letter, days are moved, and tolls changed, alike in all articles of the round, so that a round tells
happenings of its own with as many reports each as the real ones have; half of the other words stand for others, so that
no passage is shared between rounds. Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

# as the command line does, before numpy is loaded
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from sayso.case import Case, Only, open_case
from sayso.records import Reading, from_json

VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxz"
WORD = re.compile(r"\b[A-Za-z][a-z]{3,}\b")
DAYS = 2500
#: Where a reading holds words of its text.
TEXTS = frozenset("text title publisher authors speaker via name agent patient place place_in voice".split())
SIZES = "1000,10000"


class Round:
    """One rewriting of all names, of half of the other words, of days and tolls."""

    def __init__(self, number: int, common: Common) -> None:
        chance = random.Random(number)  # noqa: S311
        self.number, self.common = number, common
        self.letters = str.maketrans(
            VOWELS + CONSONANTS, "".join("".join(chance.sample(kind, len(kind))) for kind in (VOWELS, CONSONANTS))
        )  # fmt: skip
        self.days, self.more = timedelta(days=chance.randrange(DAYS)), chance.randrange(4)
        self._words: dict[str, str] = {}

    def words(self, text: str) -> str:
        """The text rewritten, each word by one as long, so that every offset still holds.

        Half of the words, others in each round, stand for other common ones: no two rounds share a passage.
        """
        return WORD.sub(lambda match: self._words.get(match.group()) or self._word(match.group()), text)

    def _word(self, word: str) -> str:
        if word.lower() not in self.common.words:
            made = word.lower().translate(self.letters)
        else:
            chance = random.Random(f"{self.number} {word.lower()}")  # noqa: S311
            made = chance.choice(self.common.long[len(word)]) if chance.random() < 0.5 else word.lower()
        self._words[word] = made.capitalize() if word[0].isupper() else made
        return self._words[word]

    def day(self, day: str | None) -> str | None:
        return (date.fromisoformat(day) + self.days).isoformat() if day else None

    def reading(self, row: dict[str, Any]) -> dict[str, Any]:
        """A reading of the round."""
        made: dict[str, Any] = self._rewritten(row)
        made["id"] = f"{row['id']}-{self.number}"
        made["article"]["url"] = None
        for claim in made["claims"]:
            claim["id"] = f"{claim['id']}{self.number:x}"
        for event in made["events"]:
            event["date"] = [self.day(day) for day in event["date"]] if event["date"] else None
            event["killed"] = [n and n + self.more for n in event["killed"]] if event["killed"] else None
        made["article"]["published"] = self.day(made["article"]["published"])
        return made

    def _rewritten(self, value: Any, key: str = "") -> Any:
        if isinstance(value, str):
            return self.words(value) if key in TEXTS else value
        if isinstance(value, list):
            return [self._rewritten(one, key) for one in value] if value and not isinstance(value[0], int) else value
        return {name: self._rewritten(one, name) for name, one in value.items()} if isinstance(value, dict) else value


class Common:
    """Words that stand without a capital somewhere, and so are no names; by their length too."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        found = {word for row in rows for word in re.findall(r"\b[a-z]+\b", row["article"]["text"])}
        self.words = frozenset(found)
        self.long: dict[int, list[str]] = defaultdict(list)
        for word in sorted(found):
            self.long[len(word)].append(word)


def made_of(rows: list[dict[str, Any]], count: int) -> Iterator[Reading]:
    """As many readings as wanted, round by round."""
    common, number = Common(rows), 0
    while True:
        one = Round(number, common)
        for row in rows:
            if count <= 0:
                return
            count -= 1
            yield from_json(json.dumps(one.reading(row)), Reading, place="made")
        number += 1


def timed(task: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = task()
    return time.perf_counter() - started, result


def _one_more(case: Case, reading: Reading) -> None:
    case.add(reading)
    case.refresh()


def measure(file: Path, size: int, where: str) -> dict[str, Any]:
    """Times of one size, in seconds; memory in MiB."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    found: dict[str, Any] = {"articles": size}
    readings = made_of(rows, size)
    with open_case(where, processes=os.cpu_count() or 1) as case:
        spent = 0.0
        for reading in readings:
            seconds, _ = timed(lambda reading=reading: case.add(reading))  # type: ignore[misc]
            spent += seconds
        found["add, each"] = spent / size
        found["stories, all"], _ = timed(case.refresh)
        found["stories"] = case.count_stories()
        found["memory, MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        found["memory of each fork, shared too, MiB"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        later = Round(10**6, Common(rows))
        more = [from_json(json.dumps(later.reading(row)), Reading, place="made") for row in rows[:12]]
        found["index read again"], _ = timed(lambda: _one_more(case, more[0]))
        times = [timed(lambda one=one: _one_more(case, one))[0] for one in more[1:]]  # type: ignore[misc]
        found["one more article"] = sorted(times)[len(times) // 2]
        found["one more article, slowest"] = max(times)
        rows_seen = case.stories(limit=100)
        queries = {
            "first 100 stories": lambda: case.stories(limit=100),
            "stories, page 500": lambda: case.stories(limit=100, offset=50_000),
            "disputed of 3 pages": lambda: case.stories(Only(status="disputed", pages=3), limit=100),
            "stories of a place": lambda: case.stories(Only(place="damascus"), limit=100),
            "stories by a voice": lambda: case.stories(Only(voice="observatory"), limit=100),
            "one story": lambda: case.stories_named(rows_seen[-1].id),
            "search": lambda: case.search("hospital bombed"),
        }
        for name, query in queries.items():
            found[name] = min(timed(query)[0] for _ in range(3))
    return found


def exponent(small: dict[str, Any], large: dict[str, Any], name: str) -> float:
    return log(large[name] / small[name]) / log(large["articles"] / small["articles"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readings", type=Path, required=True, metavar="FILE")
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--case", metavar="URL", help="a PostgreSQL database for each size: {size} stands for it")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.readings, options.one, options.case)))
        return 0
    results = []
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            where = options.case.format(size=size) if options.case else str(Path(folder) / "a.sayso")
            command = [
                sys.executable,
                __file__,
                "--readings",
                str(options.readings),
                "--one",
                str(size),
                "--case",
                where,
            ]
            results.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
        print(json.dumps(results[-1]) if options.json else "\n".join(f"{k:28} {v:.4g}" for k, v in results[-1].items()))
        print(flush=True)
    for small, large in pairwise(results):
        grown = {name: f"{exponent(small, large, name):.2f}" for name in ("stories, all", "memory, MiB")}
        print(f"{small['articles']} to {large['articles']}: grow with exponents {grown}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
