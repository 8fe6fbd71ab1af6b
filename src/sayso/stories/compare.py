"""How well two mentions go together as one happening: a sum of reasons, each naming the two values it rests on.

The weights stand in ``weights.toml``: log-odds that ``scripts/fit_stories.py`` fits to happenings grouped by hand. What
one of two mentions does not say is a trait of its own, and weighs little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from math import asin, cos, log, radians, sin, sqrt
from typing import NamedTuple

from sayso.records import DayRange
from sayso.stories.data import table
from sayso.stories.kinds import kinship
from sayso.stories.mentions import Mention, Sketch, folded_words
from sayso.stories.values import victims_of

#: A range of more days than this tells of a campaign or a siege rather than of a day.
LONG = 10

#: Long ranges that begin within so many days may be one campaign.
MONTH = 31

#: More days apart than this all weigh alike.
TOLD_APART = 4

#: Distances (km) up to which two places without a word in common are told apart, and the trait of each.
DISTANCES = ((3, "beside"), (15, "one city"), (50, "one district"), (150, "one region"))

#: So few dead, many attacks have in common.
FEW_DEAD = 4

#: The share of words beyond which two texts are as alike as matters.
MOST_WORDS, MOST_ARTICLE = 0.6, 0.5


class Reason(NamedTuple):
    """What speaks for or against a pair: a trait of ``weights.toml``, how much of it there is, and the two values."""

    trait: str
    amount: float
    one: str
    other: str

    @property
    def weight(self) -> float:
        return self.amount * weights()[self.trait]


def weights() -> dict[str, float]:
    """Trait -> log-odds; also the ``prior`` and the ``threshold`` above which two groups are one."""
    return table("weights.toml")["weights"]  # type: ignore[no-any-return]


class Rarity:
    """How much each word tells, by how few of the texts hold it."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        texts = list(texts)
        held = Counter(word for words in texts for word in words)
        self._of = {word: log((len(texts) + 1) / count) for word, count in held.items()}
        self._whole: dict[frozenset[str], float] = {}

    def alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The weighted share of words that two texts have in common, in [0, 1]."""
        return self._sum(one & other) / max(1e-9, sqrt(self._all(one) * self._all(other)))

    def _all(self, words: frozenset[str]) -> float:
        if words not in self._whole:
            self._whole[words] = self._sum(words)
        return self._whole[words]

    def _sum(self, words: Iterable[str]) -> float:
        return sum(self._of.get(word, 0.0) for word in words)


class Comparison:
    """Compares mentions of one collection, pair by pair and in words: what is rare is rare there."""

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        sketches = list(sketches)
        self._words = {one.key: frozenset(one.words) for sketch in sketches for one in sketch.mentions}
        self._article_words = {sketch.article: frozenset(sketch.words) for sketch in sketches}
        self._sentences = Rarity(self._words.values())
        self._articles = Rarity(self._article_words.values())

    def score(self, one: Mention, other: Mention) -> float:
        """Log-odds that the two are one happening."""
        return weights()["prior"] + sum(reason.weight for reason in self.reasons(one, other))

    def reasons(self, one: Mention, other: Mention) -> Iterator[Reason]:
        """All that speaks for or against two mentions being one happening."""
        yield Reason(f"type {kinship(one.event.type, other.event.type)}", 1.0, one.event.type, other.event.type)
        yield _days(one.date, other.date)
        yield _places(one, other)
        yield from _counts(one, other)
        yield from _sides(one, other)
        if (one.event.modality == "planned") != (other.event.modality == "planned"):
            yield Reason("only one is planned", 1.0, one.event.modality, other.event.modality)
        share = self._sentences.alike(self._words[one.key], self._words[other.key])
        yield Reason("words", min(share, MOST_WORDS), f"{share:.2f}", "of what tells a sentence apart")
        yield from self._articles_of(one, other)

    def _articles_of(self, one: Mention, other: Mention) -> Iterator[Reason]:
        a, b = one.article, other.article
        if a == b:
            yield Reason("one article", 1.0, a, b)
            apart = abs(one.sentence_number - other.sentence_number)
            trait = "one sentence" if not apart else "near sentences" if apart <= 2 else "far sentences"
            yield Reason(trait, 1.0, str(one.sentence_number), str(other.sentence_number))
            return
        share = self._articles.alike(self._article_words[a], self._article_words[b])
        yield Reason("article's words", min(share, MOST_ARTICLE), f"{share:.2f}", "of what tells an article apart")


def _days(one: DayRange | None, other: DayRange | None) -> Reason:
    if one is None or other is None:
        return Reason("no days" if one is other else "days of one", 1.0, _range(one), _range(other))
    return Reason(_days_trait(one, other), 1.0, _range(one), _range(other))


@lru_cache(maxsize=65536)
def _days_trait(one: DayRange, other: DayRange) -> str:
    apart = max(days_from(one[1], other[0]), days_from(other[1], one[0]), 0)
    lengths = sorted((days_from(*one), days_from(*other)))
    if lengths[0] > LONG:
        near = abs(days_from(one[0], other[0])) <= MONTH and not apart
        return "long, begun together" if near else "long, begun apart"
    if lengths[1] > LONG:
        return f"{TOLD_APART} days apart" if apart else "long and short"
    if not apart:
        return "same days" if one == other else "days meet"
    return f"{min(apart, TOLD_APART)} days apart"


def days_from(start: str, end: str) -> int:
    """Days from one ISO day to another; 0 where one is no day of the calendar."""
    try:
        return (date.fromisoformat(end) - date.fromisoformat(start)).days
    except ValueError:
        return 0


def _range(days: DayRange | None) -> str:
    return "–".join(days) if days else ""


def _places(one: Mention, other: Mention) -> Reason:
    a, b = one.event.place, other.event.place
    if not a or not b:
        return Reason("no places" if a == b else "place of one", 1.0, a or "", b or "")
    return Reason(_place_trait(one, other), 1.0, a, b)


def _place_trait(one: Mention, other: Mention) -> str:
    a, b = (_folded(mention.event.place) for mention in (one, other))
    if a == b:
        return "same place"
    if (a and a == _folded(other.event.place_in)) or (b and b == _folded(one.event.place_in)):
        return "place within"
    if a & b:
        return "part of the name"
    apart = kilometres(one, other)
    if apart is None:
        return "other name"
    return next((trait for most, trait in DISTANCES if apart <= most), "far away")


@lru_cache(maxsize=65536)
def _folded(name: str | None) -> frozenset[str]:
    return frozenset(folded_words(name or ""))


def kilometres(one: Mention, other: Mention) -> float | None:
    """Great-circle distance between the points of two mentions; None where one has none."""
    a, b = one.spot, other.spot
    if a is None or b is None or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north, south = radians(a.lat), radians(b.lat)
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(radians(a.lon - b.lon) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(half)))


def _counts(one: Mention, other: Mention) -> Iterator[Reason]:
    if one.killed is None or other.killed is None:
        return
    shown = [f"{low}–{high}" for low, high in (one.killed, other.killed)]
    sides = victims_of(one.event), victims_of(other.event)
    if sides[0] != sides[1]:
        yield Reason("other victims", 1.0, *sides)
        return
    numbers = [{number for number in count if number is not None} for count in (one.killed, other.killed)]
    if both := numbers[0] & numbers[1]:
        yield Reason("same toll" if max(both) > FEW_DEAD else "same small toll", 1.0, *shown)


def _sides(one: Mention, other: Mention) -> Iterator[Reason]:
    a, b = one.event.agent, other.event.agent
    if a and b:
        both = _folded(a) & _folded(b)
        trait = "same agent" if _folded(a) == _folded(b) else "agent in part" if both else "other agent"
        yield Reason(trait, 1.0, a, b)
