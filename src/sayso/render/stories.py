"""Stories for people to read: a table of happenings, and one happening in full with its origins and their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.text import Text

from sayso.case import StoryRow
from sayso.records import Dispute, Origin, Reading, Report, Status, Story
from sayso.render.groups import Statement, attribution_of
from sayso.render.rows import event_row, saying
from sayso.render.sheet import Sheet
from sayso.render.wording import one_line, slot_words, words_at

#: Wordings of one origin that are shown before the rest is counted, and the lines that each may take.
_SHOWN, _LINES = 6, 4

_STATUS_STYLE = {"disputed": "bold red", "corroborated": "green", "single-source": "yellow"}


def render_story_rows(rows: Iterable[StoryRow], *, width: int, colour: bool) -> str:
    """One line or two for each story: its id, what it is, how many pages tell it and how many origins they have."""
    sheet = Sheet(width=width)
    count = 0
    for row in rows:
        count += 1
        tally = f"{_plural(row.pages, 'page')} · {_plural(row.origins, 'independent origin')}"
        line = Text.assemble((one_line(row.title), "bold"), "\n", tally, " · ", _status(row.status))
        sheet.put(line, lead=f"{row.id}  ")
    if not count:
        sheet.put(Text("no happenings found"))
    return sheet.coloured() if colour else sheet.plain()


def render_story(story: Story, readings: Mapping[str, Reading], *, width: int, colour: bool) -> str:
    """The full account of one story: its origins with their words, what they disagree on, and where each stands.

    ``readings`` holds the readings of its reports by article id; a report whose reading is missing shows no words.
    """
    sheet = Sheet(width=width)
    sheet.put(Text(one_line(story.title), style="bold"))
    sheet.put(Text.assemble(_tally(story), " · ", _status(story.status)))
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


def _status(status: Status) -> Text:
    return Text(status, style=_STATUS_STYLE[status])


def _origin(sheet: Sheet, story: Story, origin: Origin, readings: Mapping[str, Reading]) -> None:
    sheet.blank()
    head = Text(one_line(origin.voice), style="bold cyan")
    if origin.roof != origin.voice:
        head.append(f" (under {one_line(origin.roof)})", style="dim")
    if origin.party:
        head.append(" [party]", style="magenta")
    sheet.put(head)
    _reports(sheet, story, origin.reports, readings)


def _reports(sheet: Sheet, story: Story, numbers: Sequence[int], readings: Mapping[str, Reading]) -> None:
    """Reports with their words; those that say the same in the same words stand together."""
    alike: dict[object, list[int]] = {}
    for number in numbers:
        alike.setdefault(_sameness(story.reports[number], readings), []).append(number)
    for same in list(alike.values())[:_SHOWN]:
        for number in same:
            _chain(sheet, number, story.reports[number], readings.get(story.reports[number].article))
        _words(sheet, story.reports[same[0]], readings)
    if len(alike) > _SHOWN:
        sheet.put(Text(f"and {len(alike) - _SHOWN} more in other words", style="dim"), indent=2)


def _sameness(report: Report, readings: Mapping[str, Reading]) -> object:
    """What is the same of two reports that can be shown as one: words without their marks, event type, stance."""
    reading = readings.get(report.article)
    if reading is None or report.claim is None:
        return report.article, report.trigger
    statement = _statement(reading, report)
    words = words_at(reading.article.text, statement.content)
    return "".join(filter(str.isalnum, words.casefold())), report.type, statement.claims[0].stance


def _chain(sheet: Sheet, number: int, report: Report, reading: Reading | None) -> None:
    """Through whose hands a report came, behind the number by which a decision names it."""
    chain = " → ".join(one_line(voice) for voice in report.chain)
    published = reading.article.published if reading else None
    copied = f"copied from {one_line(report.copied_from)}" if report.copied_from else None
    facts = (f"{number + 1}  {chain}", published, one_line(report.article), copied)
    sheet.put(Text(" · ".join(fact for fact in facts if fact), style="dim"), lead="  ")


def _words(sheet: Sheet, report: Report, readings: Mapping[str, Reading]) -> None:
    reading = readings.get(report.article)
    if reading is None:
        return
    if report.claim is not None:
        sheet.put(saying(reading, _statement(reading, report), _LINES * sheet.width), lead="    ")
    sheet.put(event_row(reading, reading.events[report.event]), lead="    - ")


def _statement(reading: Reading, report: Report) -> Statement:
    """What a report rests on: its claim, the attribution behind that and the event."""
    claim = next(claim for claim in reading.claims if claim.id == report.claim and claim.event == report.event)
    return Statement(
        claims=(claim,), attribution=attribution_of(reading, claim), events=(reading.events[report.event],)
    )  # fmt: skip


def _dispute(sheet: Sheet, dispute: Dispute) -> None:
    sheet.blank()
    sheet.put(Text(slot_words(dispute.slot), style="bold"))
    for side in dispute.sides:
        sheet.put(Text(f"{one_line(side.value)}: {', '.join(map(one_line, side.origins))}"), lead="  ")


def _own_words(sheet: Sheet, story: Story, readings: Mapping[str, Reading]) -> None:
    """The reports that add no origin: an outlet that tells it itself and cites one who says so."""
    held = {index for origin in story.origins for index in origin.reports}
    rest = [number for number in range(len(story.reports)) if number not in held]
    if rest:
        sheet.rule("Told again, without an origin of its own")
        sheet.blank()
        _reports(sheet, story, rest, readings)
