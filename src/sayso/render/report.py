"""A reading as a report for people: where the page comes from, who says what, what its origins disagree on."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from sayso.records import LineageStep, Reading
from sayso.render.disagreements import Disagreement, Side, disagreements
from sayso.render.groups import OriginGroup, Statement, group_by_origin
from sayso.render.rows import event_row, saying
from sayso.render.sheet import Sheet, shorten
from sayso.render.wording import (
    day_words,
    one_line,
    quoted,
    slot_words,
    step_words,
)

#: Words of a statement are shown up to this many lines; of a saying that tells of no event, up to one.
_LINES = 3

#: Cells of a line that its indent and its ragged end leave unused, on average.
_RAGGED = 8

#: Sayings without an event that are shown under an origin before the rest is counted.
_SAYINGS = 3

_LEGEND = {
    "[party]": "the origin takes part in the event it speaks of",
    "(not located)": "this place is not in the gazetteer",
    "%": "how sure the place is",
    "undated": "the text does not say when",
    " …": "words left out",
}

_HINT = "More: --format json has everything with offsets, --format html shows the words in place."


def render_report(reading: Reading, *, width: int, colour: bool, in_series: bool = False) -> str:
    """A reading as lines of at most ``width`` cells (at least 32), with colour codes if ``colour``; ends in a newline.

    Control characters of the page are shown as U+FFFD: nothing in a page can steer the terminal. One of a series
    begins with its id, to tell it from its neighbours, and leaves out the hint at other formats.
    """
    sheet = Sheet(width=width)
    if in_series:
        sheet.banner(one_line(reading.id))
    groups = group_by_origin(reading)
    _head(sheet, reading, groups)
    _who_says_what(sheet, reading, groups)
    _what_is_disagreed(sheet, disagreements(reading))
    _problems(sheet, reading)
    _foot(sheet, in_series=in_series)
    return sheet.coloured() if colour else sheet.plain()


def _head(sheet: Sheet, reading: Reading, groups: tuple[OriginGroup, ...]) -> None:
    article = reading.article
    sheet.put(Text(one_line(article.title or reading.id) or "untitled", style="bold"))
    published = (
        day_words(article.published) if article.published else "undated (--published DATE gives its weekdays a date)"
    )
    byline = "by " + ", ".join(map(one_line, article.authors)) if article.authors else None
    facts = (article.publisher or "outlet unknown", published, article.site, byline)
    sheet.put(Text(" · ".join(one_line(fact) for fact in facts if fact)))
    _lineage(sheet, reading)
    rights = (article.licence, article.removal_contact and f"removal: {article.removal_contact}")
    if any(rights):
        sheet.put(Text(" · ".join(one_line(right) for right in rights if right)), lead="rights   ")
    sheet.put(Text(_tally(reading, groups)), lead="found    ")


def _lineage(sheet: Sheet, reading: Reading) -> None:
    """Through whose hands the text came, and under it the words that each step rests on."""
    if not reading.lineage:
        return
    hands = (
        Text.assemble((one_line(step.publisher), "bold"), (f" ({_hand(step)})", "dim")) for step in reading.lineage
    )
    sheet.put(Text(" → ").join(hands), lead="lineage  ")
    for step in reading.lineage:
        if words := step_words(reading.article.text, step):
            sheet.put(Text(f"{step.role}: {quoted(shorten(words, 2 * sheet.width - 40))}", style="dim"), indent=9)


def _hand(step: LineageStep) -> str:
    return f"{step.role}, {day_words(step.date)}" if step.date else step.role


def _tally(reading: Reading, groups: tuple[OriginGroup, ...]) -> str:
    named = [group for group in groups if not group.own]
    parties = sum(any(statement.interested for statement in group.statements) for group in named)
    parts = [_count(len(reading.claims), "claim"), _count(len(named), "origin") + " that the text cites"]
    if parties:
        parts.append(f"{parties} of them a party to what they speak of")
    return " · ".join(parts)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _who_says_what(sheet: Sheet, reading: Reading, groups: tuple[OriginGroup, ...]) -> None:
    sheet.rule("Who says what")
    if not groups:
        sheet.put(Text("No claim was found."))
    for index, group in enumerate(groups):
        if index:
            sheet.blank()
        sheet.put(_origin(group))
        for statement in group.eventful:
            _statement(sheet, reading, statement)
        _sayings(sheet, reading, group.eventless)


def _origin(group: OriginGroup) -> Text:
    voice = (one_line(group.voice), "bold cyan")
    if group.own:
        return Text.assemble(voice, (" · the article itself, citing nobody", "dim"))
    silent = " · the text does not say who" if group.voice == "unnamed" else ""
    party = " [party]" if any(statement.interested for statement in group.statements) else ""
    return Text.assemble(voice, (silent, "dim"), (party, "magenta"))


def _statement(sheet: Sheet, reading: Reading, statement: Statement) -> None:
    sheet.put(saying(reading, statement, _LINES * (sheet.width - _RAGGED)), indent=2)
    for event in statement.events:
        sheet.put(event_row(reading, event), lead="    - ")


def _sayings(sheet: Sheet, reading: Reading, statements: tuple[Statement, ...]) -> None:
    """Sayings without an event: a line each, then only how many."""
    for statement in statements[:_SAYINGS]:
        sheet.put(saying(reading, statement, sheet.width - 2), indent=2)
    if len(statements) > _SAYINGS:
        sheet.put(Text(f"and {len(statements) - _SAYINGS} more that tell of no event", style="dim"), indent=2)


def _what_is_disagreed(sheet: Sheet, found: tuple[Disagreement, ...]) -> None:
    if not found:
        return
    sheet.rule("What its origins disagree on")
    for one in found:
        sheet.put(Text.assemble((slot_words(one.slot), "bold yellow"), f": {one.about}" if one.about else ""))
        column = min(max(cell_len(side.value) for side in one.sides), sheet.width // 2 - 4)
        for side in one.sides:
            _side(sheet, side, column)


def _side(sheet: Sheet, side: Side, column: int) -> None:
    who = ", ".join(one_line(origin) + (" [party]" if origin in side.parties else "") for origin in side.origins)
    if cell_len(side.value) > column:
        sheet.put(Text(side.value), indent=2)
        sheet.put(Text(who), indent=column + 4)
    else:
        sheet.put(Text(who), lead=f"  {side.value}{' ' * (column - cell_len(side.value))}  ")


def _problems(sheet: Sheet, reading: Reading) -> None:
    if reading.problems:
        sheet.rule("What could not be read")
        for problem in reading.problems:
            sheet.put(Text(f"{one_line(problem.reader)}: {one_line(problem.what)}"))


def _foot(sheet: Sheet, *, in_series: bool) -> None:
    """What the marks on this sheet mean, and where to find more."""
    body = sheet.plain()
    sheet.blank()
    legend = " · ".join(f"{mark.strip()} {meaning}" for mark, meaning in _LEGEND.items() if mark in body)
    if legend:
        sheet.put(Text(legend, style="dim"))
    if not in_series:
        sheet.put(Text(_HINT, style="dim"))
