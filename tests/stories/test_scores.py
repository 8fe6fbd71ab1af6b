"""The score of a pair: the same in words and in numbers, and the same whatever else the case holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from sayso.records import DayRange, Event, Place, Reading
from sayso.stories.columns import Columns
from sayso.stories.compare import Comparison
from sayso.stories.mentions import sketch_of
from sayso.stories.scores import Scores
from tests.stories.reports import report

DAYS: tuple[DayRange | None, ...] = (
    None, ("2024-03-12", "2024-03-12"), ("2024-03-12", "2024-03-13"), ("2024-03-13", "2024-03-13"),
    ("2024-03-14", "2024-03-14"), ("2024-03-20", "2024-03-20"), ("2023-01-01", "2024-03-12"),
    ("2023-01-20", "2024-03-12"), ("2020-01-01", "2021-01-01"),
)  # fmt: skip
SPOTS = (
    None, Place(span=(0, 1)), Place(span=(0, 1), name="Eskland", lat=50.0, lon=10.0, geonameid=1, country="ES"),
    Place(span=(0, 1), name="Norland", lat=60.0, lon=10.0, geonameid=2, country="NO"),
    Place(span=(0, 1), name="Varn Province", lat=50.0, lon=10.0, country="ES", admin1="01"),
    Place(span=(0, 1), name="Varnholt", lat=50.1, lon=10.1, geonameid=3, country="ES", admin1="01"),
    Place(span=(0, 1), name="Varnholt Port", lat=50.11, lon=10.11, country="ES", admin1="01"),
    Place(span=(0, 1), name="Eskmouth", lat=50.3, lon=10.3, geonameid=4, country="ES", admin1="02"),
)  # fmt: skip
NAMES = ("Varnholt", "Eskland", "Norland", "Varn province", "Varnholt port", "Eskmouth", None)
COUNTS = (None, (3, 3), (3, None), (20, 20), (None, 20), (25, 25), (40, 50), (None, None))


def _varied(number: int, reading: Reading) -> Reading:
    """The reading with an event whose slots are drawn by its number."""
    draw = np.random.default_rng(number)

    def one_of(values: Sequence[Any]) -> Any:
        return values[int(draw.integers(len(values)))]

    event = Event(
        trigger=reading.events[0].trigger, type=one_of(("shelling", "offensive", "control", "casualties", "aid")),
        place=one_of(NAMES), place_in=one_of((None, "Varn", "Eskland")), date=one_of(DAYS), killed=one_of(COUNTS),
        injured=one_of(COUNTS), victims=one_of((None, "civilians", "soldiers")),
        modality=one_of(("asserted", "planned")), agent=one_of((None, "the army", "rebels", "army of Eskland")),
    )  # fmt: skip
    spot = one_of(SPOTS)
    start = reading.article.text.find(event.place) if event.place else -1
    placed = (replace(spot, span=(start, start + len(event.place or ""))),) if spot and start >= 0 else ()
    published = one_of((None, "2024-03-13", "2024-03-14", "2024-03-17", "2024-04-01", "2024-12-01"))
    article = replace(reading.article, published=published)
    return replace(reading, events=(event,), places=placed, article=article, claims=())


def _readings() -> list[Reading]:
    texts = (
        "Shells fell on the market of Varnholt, in the Varn province of Eskland.",
        "Shells fell. They came down. At Eskmouth, people of Norland fled from Varnholt port.",
        "Nothing is known. Nobody came. In the end shells fell on some town or other.",
    )
    plain = (
        report(f"outlet-{n}", texts[n % 3], trigger="hells" if n % 3 == 0 else "shells" if n % 3 == 2 else "Eskmouth")
        for n in range(90)
    )
    return [_varied(n, reading) for n, reading in enumerate(plain)]


def test_words_and_numbers_give_a_pair_the_same_score() -> None:
    sketches = [sketch_of(reading) for reading in _readings()]
    comparison, columns = Comparison(sketches), Columns()
    for sketch in sketches:
        columns.add(sketch)
    rows = np.arange(len(columns))
    scores = Scores(columns).between(rows, rows)
    mentions = [mention for sketch in sketches for mention in sketch.mentions]

    for i, j in combinations(range(len(mentions)), 2):
        assert scores[i, j] == pytest.approx(comparison.score(mentions[i], mentions[j]), abs=1e-3)


def test_mentions_of_one_article_are_scored_alike_in_words_and_numbers() -> None:
    text = "Shells fell on Varnholt. They came at noon. Nobody slept. More shells fell on Eskmouth. The army left."
    reading = report("gazette", text, trigger="Shells")
    events = [
        replace(reading.events[0], trigger=(text.index(word), text.index(word) + len(word)))
        for word in ("Shells", "came", "More", "army")
    ]
    sketch = sketch_of(replace(reading, events=tuple(events), claims=()))
    columns = Columns()
    columns.add(sketch)
    rows = np.arange(len(columns))
    scores, comparison = Scores(columns).between(rows, rows), Comparison([sketch])

    for i, j in combinations(range(len(rows)), 2):
        assert scores[i, j] == pytest.approx(comparison.score(sketch.mentions[i], sketch.mentions[j]), abs=1e-3)


def test_a_pairs_score_is_the_same_in_every_case() -> None:
    sketches = [sketch_of(reading) for reading in _readings()]

    def first_pair(number: int) -> float:
        columns = Columns()
        for sketch in sketches[:number]:
            columns.add(sketch)
        return float(Scores(columns).between(np.array([0]), np.array([1]))[0, 0])

    assert first_pair(2) == first_pair(60)
