"""From readings to stories: mentions compared, grouped, and each group told with its origins and disputes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sayso.records import DayRange, EventType, Reading, Report, Status, Story, StoryPlace, digest
from sayso.stories.cluster import cluster
from sayso.stories.copies import find_copies, text_of
from sayso.stories.disputes import disputes_of
from sayso.stories.mentions import Mention, sketch_of
from sayso.stories.origins import independent, origins_of, told
from sayso.stories.repeats import Repeats
from sayso.stories.rulings import NO_RULINGS, Rulings

T = TypeVar("T")

#: A story's id has as many hex digits as a claim's.
_ID_LENGTH = 16

NO_REPEATS = Repeats()

#: Sorts behind every day, in any collation.
NO_DAY = "9999-99-99"


def find_stories(readings: Iterable[Reading], rulings: Rulings = NO_RULINGS) -> tuple[Story, ...]:
    """Every happening that the readings tell of, by day and then by id.

    Args:
        readings: in any order; an article's id occurs once.
        rulings: what people decided about these claims and voices.

    Returns:
        Each event of each reading stands in exactly one story, as one report, unless its claim was rejected. Stories
        without a day come last.
    """
    readings = list(readings)
    sketches = [sketch_of(reading) for reading in readings]
    texts = [text_of(sketch, reading.article.text) for sketch, reading in zip(sketches, readings, strict=True)]
    repeats = Repeats(find_copies(texts))
    groups = rulings.divided(cluster(sketches))
    stories = [story_of(kept, repeats) for group in groups if (kept := rulings.ruled(group))]
    return tuple(sorted(stories, key=in_order))


def in_order(story: Story) -> tuple[str, str]:
    """By first day and then by id; stories without a day come last."""
    return story.date[0] if story.date else NO_DAY, story.id


def story_of(mentions: Sequence[Mention], repeats: Repeats = NO_REPEATS) -> Story:
    """The story of the mentions of one happening; ``repeats`` are the copied passages of their articles."""
    ordered = sorted(mentions, key=lambda m: (m.published or "", m.article, m.event.trigger))
    origins = origins_of(told(ordered), repeats)
    disputes = disputes_of(ordered, origins)
    count = independent(origins)
    kind, place, days = _kind(ordered), _place(ordered), _days(ordered)
    return Story(
        id=_id(ordered), title=_title(kind, place, days), type=kind, place=place, date=days,
        reports=tuple(_report(mention, repeats) for mention in ordered), origins=origins, independent_origins=count,
        status=_status(count, disputed=bool(disputes)), disputes=disputes,
    )  # fmt: skip


def _status(independent_origins: int, *, disputed: bool) -> Status:
    if disputed:
        return "disputed"
    return "corroborated" if independent_origins > 1 else "single-source"


def _id(mentions: Sequence[Mention]) -> str:
    """Of the reports that the story rests on: the same reports, the same id."""
    # with the article: in copies of one text the same claims may stand in two stories
    parts = sorted(f"{m.article} {m.claim or m.event.trigger[0]}" for m in mentions)
    return digest(parts)[:_ID_LENGTH]


def _report(mention: Mention, repeats: Repeats) -> Report:
    return Report(
        article=mention.article, trigger=mention.event.trigger, type=mention.event.type, event=mention.number,
        claim=mention.claim, chain=mention.chain,
        copied_from=repeats.copied_from(mention.article, mention.event.trigger[0]),
    )  # fmt: skip


def _most_common(values: Iterable[T | None]) -> T | None:
    """The value given most often; of several the one given first; None where none is given."""
    counts = Counter(value for value in values if value is not None)
    return counts.most_common(1)[0][0] if counts else None


def _kind(mentions: Sequence[Mention]) -> EventType:
    """The type given most often; a toll without a cause names a happening only where nothing else does."""
    kinds: list[EventType] = [mention.event.type for mention in mentions]
    causes: list[EventType] = [kind for kind in kinds if kind != "casualties"]
    return _most_common(causes or kinds) or "other_conflict"


def _place(mentions: Sequence[Mention]) -> StoryPlace | None:
    name = _most_common(mention.event.place for mention in mentions)
    if name is None:
        return None
    spots = (mention.spot for mention in mentions if mention.event.place == name)
    spot = next((spot for spot in spots if spot is not None and spot.lat is not None), None)
    if spot is None:
        return StoryPlace(name=name)
    return StoryPlace(name=name, lat=spot.lat, lon=spot.lon, geonameid=spot.geonameid, country=spot.country)


def _days(mentions: Sequence[Mention]) -> DayRange | None:
    return _most_common(mention.date for mention in mentions)


def _title(kind: str, place: StoryPlace | None, days: DayRange | None) -> str:
    name = kind.replace("_", " ")
    parts = [name[:1].upper() + name[1:], *([f"in {place.name}"] if place else [])]
    when = [] if days is None else [days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"]
    return ", ".join([" ".join(parts), *when])
