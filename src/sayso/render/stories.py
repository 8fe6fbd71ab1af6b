"""Stories for people to read: a table of happenings, and one happening in full with its origins and their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.text import Text

from sayso.records import Dispute, Origin, Reading, Report, Story
from sayso.render.sheet import Sheet
from sayso.render.wording import counts_words, days_words, one_line, quoted, slot_words

#: Reports of one origin that are quoted before the rest is counted.
_QUOTED = 4

_STATUS_STYLE = {"disputed": "bold red", "corroborated": "green", "single-source": "yellow"}


def render_stories(stories: Iterable[Story], *, width: int, colour: bool) -> str:
    """One line or two for each story: its id, what it is, how many pages tell it and how many origins they have."""
    sheet = Sheet(width=width)
    count = 0
    for story in stories:
        count += 1
        line = Text.assemble((one_line(story.title), "bold"), "\n", _tally(story), " · ", _status(story))
        sheet.put(line, lead=f"{story.id}  ")
    if not count:
        sheet.put(Text("no happenings found"))
    return sheet.coloured() if colour else sheet.plain()


def render_story(story: Story, readings: Mapping[str, Reading], *, width: int, colour: bool) -> str:
    """The full account of one story: its origins with their words, what they disagree on, and where each stands.

    ``readings`` holds the readings of its reports by article id; a report whose reading is missing shows no words.
    """
    sheet = Sheet(width=width)
    sheet.put(Text(one_line(story.title), style="bold"))
    sheet.put(Text.assemble(_tally(story), " · ", _status(story)))
    sheet.rule("Who says so")
    for origin in story.origins:
        _origin(sheet, story, origin, readings)
    if story.disputes:
        sheet.rule("What they disagree on")
        for dispute in story.disputes:
            _dispute(sheet, dispute)
    _own_words(sheet, story, readings)
    return sheet.coloured() if colour else sheet.plain()


def _tally(story: Story) -> str:
    pages = len({report.article for report in story.reports})
    return f"{_plural(pages, 'page')} · {_plural(story.independent_origins, 'independent origin')}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _status(story: Story) -> Text:
    return Text(story.status, style=_STATUS_STYLE[story.status])


def _origin(sheet: Sheet, story: Story, origin: Origin, readings: Mapping[str, Reading]) -> None:
    sheet.blank()
    head = Text(one_line(origin.voice), style="bold")
    if origin.roof != origin.voice:
        head.append(f" (under {one_line(origin.roof)})")
    if origin.party:
        head.append(" [party]", style="yellow")
    sheet.put(head)
    for index in origin.reports[:_QUOTED]:
        _report(sheet, story.reports[index], readings)
    if len(origin.reports) > _QUOTED:
        sheet.put(Text(f"and {_plural(len(origin.reports) - _QUOTED, 'more report')}", style="dim"), indent=2)


def _report(sheet: Sheet, report: Report, readings: Mapping[str, Reading]) -> None:
    reading = readings.get(report.article)
    chain = " → ".join(one_line(voice) for voice in report.chain) or one_line(report.article)
    sheet.put(Text(f"{chain}{_when(reading)} · {one_line(report.article)}", style="dim"), lead="  ")
    if reading is None:
        return
    claim = next((claim for claim in reading.claims if claim.id == report.claim), None)
    spans = claim.content if claim else (report.trigger,)
    words = " … ".join(reading.article.text[start:end] for start, end in spans)
    event = reading.events[report.event]
    sheet.put(Text(quoted(words)), lead="    ")
    facts = (event.type.replace("_", " "), event.place, event.date and days_words(event.date), *counts_words(event))
    sheet.put(Text(" · ".join(one_line(fact) for fact in facts if fact), style="dim"), lead="    - ")


def _when(reading: Reading | None) -> str:
    return f" · {reading.article.published}" if reading and reading.article.published else ""


def _dispute(sheet: Sheet, dispute: Dispute) -> None:
    sheet.blank()
    sheet.put(Text(slot_words(dispute.slot), style="bold"))
    for side in dispute.sides:
        sheet.put(Text(f"{one_line(side.value)}: {', '.join(map(one_line, side.origins))}"), lead="  ")


def _own_words(sheet: Sheet, story: Story, readings: Mapping[str, Reading]) -> None:
    """The reports that add no origin: an outlet that tells it itself and cites one who says so."""
    held = {index for origin in story.origins for index in origin.reports}
    rest = [report for index, report in enumerate(story.reports) if index not in held]
    if rest:
        sheet.rule("Told again, without an origin of its own")
        sheet.blank()
        for report in rest:
            _report(sheet, report, readings)
