"""How well two mentions go together as one happening: a sum of reasons, each naming the two values it rests on.

The weights stand in ``weights.toml``: log-odds that ``scripts/fit_stories.py`` fits to happenings grouped by hand. What
one of two mentions does not say is a trait of its own, and weighs little. Nothing but the two articles counts: the
score of a pair is the same in every case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sayso.records import CountRange, DayRange
from sayso.stories.kinds import kinship
from sayso.stories.mentions import Mention, Sketch, folded_words
from sayso.stories.rarity import alike
from sayso.stories.traits import (
    DAYS,
    FEW_DEAD,
    LEAD,
    LONG,
    MONTH,
    MOST_ARTICLE,
    MOST_WORDS,
    NEAR,
    NEAR_SENTENCES,
    NEAR_TOLLS,
    PLACES,
    PUBLISHED,
    PUBLISHED_WITHIN,
    TOGETHER,
    TOLD_APART,
    TYPES,
    together,
)  # fmt: skip
from sayso.stories.values import victims_of
from sayso.stories.whereabouts import place_trait
from sayso.text.tables import toml_table


class Reason(NamedTuple):
    """What speaks for or against a pair: a trait of ``weights.toml``, how much of it there is, and the two values."""

    trait: str
    amount: float
    one: str
    other: str

    @property
    def weight(self) -> float:
        return self.amount * weight_of(self.trait)


def weight_of(trait: str) -> float:
    """The log-odds of a trait, or the ``prior``; a trait that no pair had in the fit weighs nothing."""
    return float(toml_table("stories", "weights.toml")["weights"].get(trait, 0.0))


def threshold() -> float:
    """The average log-odds from which on two groups are one."""
    return float(toml_table("stories", "weights.toml")["weights"]["threshold"])


class Comparison:
    """Compares mentions of some articles, pair by pair and in words."""

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        sketches = list(sketches)
        self._words = {one.key: frozenset(one.words) for sketch in sketches for one in sketch.mentions}
        self._article_words = {sketch.article: frozenset(sketch.words) for sketch in sketches}
        self._cache: dict[tuple[str, str], float] = {}

    def score(self, one: Mention, other: Mention) -> float:
        """Log-odds that the two are one happening."""
        return weight_of("prior") + sum(reason.weight for reason in self.reasons(one, other))

    def reasons(self, one: Mention, other: Mention) -> Iterator[Reason]:
        """All that speaks for or against two mentions being one happening."""
        main = {"type": _types(one, other), "days": _days(one.date, other.date), "place": _places(one, other)}
        if (gap := _published(one, other)) is not None:
            main["published"] = gap
        yield from main.values()
        yield from _together(main)
        yield from _contexts(one, other, main["place"].trait)
        yield from _counts(one, other)
        yield from _agents(one, other)
        if (one.event.modality == "planned") != (other.event.modality == "planned"):
            yield Reason("only one is planned", 1.0, one.event.modality, other.event.modality)
        share = alike(self._words[one.key], self._words[other.key])
        yield Reason("words", min(share, MOST_WORDS), f"{share:.2f}", "of what tells a sentence apart")
        yield from _within(one, other) if one.article == other.article else self._across(one, other)

    def _across(self, one: Mention, other: Mention) -> Iterator[Reason]:
        key = (one.article, other.article) if one.article < other.article else (other.article, one.article)
        if key not in self._cache:
            self._cache[key] = alike(*(self._article_words[article] for article in key))
        share = self._cache[key]
        shown, leads = (f"{share:.2f}", "of what tells an article apart"), in_lead(one) + in_lead(other)
        yield Reason("article's words", min(share, MOST_ARTICLE), *shown)
        yield Reason(f"{leads} in the lead", 1.0, str(one.sentence_number), str(other.sentence_number))
        yield Reason(f"article's words, {leads} in the lead", min(share, MOST_ARTICLE), *shown)


def _within(one: Mention, other: Mention) -> Iterator[Reason]:
    numbers = str(one.sentence_number), str(other.sentence_number)
    apart, leads = abs(one.sentence_number - other.sentence_number), in_lead(one) + in_lead(other)
    yield Reason("one article", 1.0, one.article, other.article)
    trait = "one sentence" if not apart else "near sentences" if apart <= NEAR_SENTENCES else "far sentences"
    yield Reason(trait, 1.0, *numbers)
    yield Reason(f"one article, {leads} in the lead", 1.0, *numbers)


def in_lead(mention: Mention) -> bool:
    """Whether the mention stands where an article says what it is about."""
    return mention.sentence_number < LEAD


def _together(main: dict[str, Reason]) -> Iterator[Reason]:
    """What traits of two groups say beyond what each says alone."""
    for one, other in TOGETHER:
        if one in main and other in main:
            grades = (_GRADES[name][main[name].trait] for name in (one, other))
            trait = together(one, next(grades), other, next(grades))
            yield Reason(trait, 1.0, *(f"{a}, {b}" for a, b in zip(main[one][2:], main[other][2:], strict=True)))


_GRADES = {"type": TYPES, "days": DAYS, "place": PLACES, "published": PUBLISHED}


def _types(one: Mention, other: Mention) -> Reason:
    return Reason(f"type {kinship(one.event.type, other.event.type)}", 1.0, one.event.type, other.event.type)


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


@lru_cache(maxsize=65536)
def days_from(start: str, end: str) -> int:
    """Days from one ISO day to another; 0 where one is no day of the calendar."""
    try:
        return (date.fromisoformat(end) - date.fromisoformat(start)).days
    except ValueError:
        return 0


def _range(days: DayRange | None) -> str:
    return "–".join(days) if days else ""


def _published(one: Mention, other: Mention) -> Reason | None:
    """How long after one article the other was published: news is told for a few days."""
    if one.article == other.article or not one.published or not other.published:
        return None
    apart = abs(days_from(one.published, other.published))
    trait = next((trait for most, trait in PUBLISHED_WITHIN if apart <= most), "published far apart")
    return Reason(trait, 1.0, one.published, other.published)


def _places(one: Mention, other: Mention) -> Reason:
    return Reason(place_trait(one, other), 1.0, one.event.place or "", other.event.place or "")


def _contexts(one: Mention, other: Mention, trait: str) -> Iterator[Reason]:
    """A place that the sentence does not name is the reader's guess: that it is another says less."""
    if one.placed_elsewhere or other.placed_elsewhere:
        shown = one.event.place or "", other.event.place or ""
        yield Reason("a place from context", 1.0, *shown)
        if PLACES[trait] != NEAR and all(shown):
            yield Reason("a place from context, not near", 1.0, *shown)


def _counts(one: Mention, other: Mention) -> Iterator[Reason]:
    if one.killed is not None and other.killed is not None:
        sides = victims_of(one.event), victims_of(other.event)
        if sides[0] != sides[1]:
            yield Reason("other victims", 1.0, *sides)
        else:
            yield Reason(_toll_trait(one.killed, other.killed), 1.0, _shown(one.killed), _shown(other.killed))
    a, b = one.event.injured, other.event.injured
    if a is not None and b is not None:
        yield Reason("same injured" if shared_count(a, b) is not None else "other injured", 1.0, _shown(a), _shown(b))


def _toll_trait(one: CountRange, other: CountRange) -> str:
    if (both := shared_count(one, other)) is not None:
        return "same toll" if both > FEW_DEAD else "same small toll"
    least = max(low or 0 for low, _ in (one, other))
    most = min((high for _, high in (one, other) if high is not None), default=least)
    if least <= most:
        return "tolls meet"
    return "tolls near" if least <= most * NEAR_TOLLS else "tolls apart"


def shared_count(one: CountRange, other: CountRange) -> int | None:
    """The highest number that two counts name both."""
    return max({number for number in one if number is not None} & set(other), default=None)


def _shown(count: CountRange) -> str:
    return f"{count[0]}–{count[1]}"


def _agents(one: Mention, other: Mention) -> Iterator[Reason]:
    a, b = one.event.agent, other.event.agent
    if a and b:
        both = _folded(a) & _folded(b)
        trait = "same agent" if _folded(a) == _folded(b) else "agent in part" if both else "other agent"
        yield Reason(trait, 1.0, a, b)


@lru_cache(maxsize=65536)
def _folded(name: str) -> frozenset[str]:
    return frozenset(folded_words(name))
