"""What is exported: stories with the readings that they rest on, in one order whatever the order they came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sayso.records import Attribution, Claim, CountRange, Event, Origin, Reading, Report, Spans, Story
from sayso.stories import in_order


class Material(NamedTuple):
    """Stories by day and id, readings by article; ``full_text``: whether whole texts are to be handed over."""

    stories: tuple[Story, ...]
    readings: Mapping[str, Reading]
    full_text: bool = False


class Stated(NamedTuple):
    """A claim with all that it hangs on; story, report and origin are None where no happening is claimed."""

    reading: Reading
    claim: Claim
    event: Event | None
    said: Attribution | None
    story: Story | None
    report: Report | None
    origin: Origin | None


def material(stories: Iterable[Story], readings: Iterable[Reading], *, full_text: bool = False) -> Material:
    """Stories and readings as every format takes them."""
    by_id = {reading.id: reading for reading in readings}
    return Material(tuple(sorted(stories, key=in_order)), {ident: by_id[ident] for ident in sorted(by_id)}, full_text)


def stated(given: Material) -> Iterator[Stated]:
    """Every claim of every reading, by article and in the order of the reading."""
    told = {
        (report.article, report.event): (story, number, report)
        for story in given.stories
        for number, report in enumerate(story.reports)
    }
    for reading in given.readings.values():
        for claim in reading.claims:
            event = reading.events[claim.event] if claim.event is not None else None
            said = reading.attributions[claim.attribution] if claim.attribution is not None else None
            story, number, report = told.get(
                (reading.id, claim.event if claim.event is not None else -1), (None, 0, None)
            )
            origin = next((one for one in story.origins if number in one.reports), None) if story else None
            yield Stated(reading, claim, event, said, story, report, origin)


def quoted(reading: Reading, spans: Spans) -> str | None:
    """The words at some spans, on one line; pieces that stand apart are joined by an ellipsis."""
    words = " … ".join(" ".join(reading.article.text[start:end].split()) for start, end in spans)
    return clean(words) or None


def clean(text: str) -> str:
    """Text that every format can hold: no NUL, no half characters."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def cleaned(value: Any) -> Any:
    """A value with all its texts clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): cleaned(one) for key, one in value.items()}
    return [cleaned(one) for one in value] if isinstance(value, (list, tuple)) else value


def ends(count: CountRange | None) -> tuple[int | None, int | None]:
    """The ends of a count; an open one, and that of no count, is None."""
    return count or (None, None)


def events_of(given: Material, story: Story) -> Iterator[tuple[Reading, Report, Event]]:
    """Each report of a story with its event; those whose reading is not at hand are left out."""
    for report in story.reports:
        reading = given.readings.get(report.article)
        if reading is not None:
            yield reading, report, reading.events[report.event]


def tolls(given: Material, story: Story) -> dict[str, list[tuple[CountRange, str]]]:
    """What is claimed of the dead, by side (people, fighters, soldiers): each count with the roof of its origin.

    Only what is asserted counts: no denials, no plans, nothing that may have happened.
    """
    roofs = {number: origin.roof for origin in story.origins for number in origin.reports}
    found: dict[str, list[tuple[CountRange, str]]] = {}
    for number, (_, _, event) in enumerate(events_of(given, story)):
        if event.killed is not None and event.modality == "asserted":
            side = event.victims or "people"
            found.setdefault(side, []).append((event.killed, roofs.get(number, "")))
    return found
