"""Shared passages of two articles, and what changed between two versions of one, for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from rich.text import Text

from sayso.records import Reading
from sayso.render.sheet import Sheet
from sayso.render.wording import counts_words, one_line, words_at
from sayso.stories import Copy
from sayso.text import Doc

_WORD = re.compile(r"\S+")

#: Words on either side of a change that are shown with it, and within which two changes are shown as one.
_AROUND = 5

_FIELDS = ("title", "publisher", "published", "url", "authors", "licence")


def render_copies(
    copies: Iterable[Copy], readings: Mapping[str, Reading], *, width: int, colour: bool, passages: bool
) -> str:
    """Two lines for each pair: who shares how much, and who had it first; with ``passages`` their words in both."""
    sheet = Sheet(width=width)
    for copy in copies:
        told = {
            "first": f"{copy.first} first",
            "second": f"{copy.second} first",
            "unknown": "who was first: cannot tell",
        }
        head = Text(f"{one_line(copy.first)} and {one_line(copy.second)}", style="bold")
        words = sum(passage.words for passage in copy.passages)
        facts = (f"{words} words, {copy.share:.0%} of the shorter", told[copy.direction], *copy.reasons)
        sheet.put(head)
        sheet.put(Text(one_line(" · ".join(facts)), style="dim"), lead="    ")
        if passages and copy.first in readings and copy.second in readings:
            _passages(sheet, copy, readings[copy.first], readings[copy.second])
    return sheet.coloured() if colour else sheet.plain()


def _passages(sheet: Sheet, copy: Copy, first: Reading, second: Reading) -> None:
    for passage in copy.passages:
        sheet.blank()
        one = words_at(first.article.text, (passage.first,))
        other = words_at(second.article.text, (passage.second,))
        if one.casefold() == other.casefold():
            sheet.put(Text(one), lead=f"  {passage.first[0]} = {passage.second[0]}  ")
        else:
            sheet.put(_marked(one, other, "red"), lead=f"  {one_line(copy.first)}  ")
            sheet.put(_marked(other, one, "green"), lead=f"  {one_line(copy.second)}  ")


def _marked(text: str, other: str, style: str) -> Text:
    """The words with those marked that the other text does not have there."""
    mine, theirs = text.split(), other.split()
    found = Text()
    for what, start, end, _, _ in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if start < end:
            words = " ".join(mine[start:end])
            found.append(f"{words} " if what == "equal" else f"[{words}] ", style=None if what == "equal" else style)
    return found


def render_changes(old: Reading, new: Reading, *, width: int, colour: bool) -> str:
    """What changed from one version to the next: what it says of itself, its words, and who claims what."""
    sheet = Sheet(width=width)
    sheet.rule("What it says of itself")
    for name in _FIELDS:
        before, after = getattr(old.article, name), getattr(new.article, name)
        if before != after:
            sheet.put(Text(f"{name}: {one_line(str(before or 'none'))} → {one_line(str(after or 'none'))}"))
    sheet.rule("Words")
    for change in _changed(old.article.text, new.article.text):
        sheet.put(change, lead="  ")
    sheet.rule("Claims")
    before, after = dict(_claims(old)), dict(_claims(new))
    for mark, style, ids, lines in (("- ", "red", before.keys() - after.keys(), before),
                                    ("+ ", "green", after.keys() - before.keys(), after)):  # fmt: skip
        for ident in (one for one in lines if one in ids):
            sheet.put(Text(lines[ident], style=style), lead=mark)
    return sheet.coloured() if colour else sheet.plain()


def changes_view(old: Reading, new: Reading) -> dict[str, Any]:
    """What changed between two versions, by name, ready for a template.

    ``fields``: (name, before, after); ``words``: changes, each as (what, words) in the text's order, where what is
    "equal", "delete" or "insert"; ``gone`` and ``new``: lines on claims.
    """
    told = ((name, getattr(old.article, name), getattr(new.article, name)) for name in _FIELDS)
    before, after = dict(_claims(old)), dict(_claims(new))
    return {
        "fields": [(name, one, other) for name, one, other in told if one != other],
        "words": list(_changes(old.article.text, new.article.text)),
        "gone": [before[ident] for ident in before if ident not in after],
        "new": [after[ident] for ident in after if ident not in before],
    }


def _changes(old: str, new: str) -> Iterator[list[tuple[str, str]]]:
    """Each change with some words around it."""
    mine, theirs = _WORD.findall(old), _WORD.findall(new)
    for group in SequenceMatcher(None, mine, theirs, autojunk=False).get_grouped_opcodes(_AROUND):
        found = []
        for what, start, end, first, last in group:
            if what == "equal":
                found.append(("equal", one_line(" ".join(mine[start:end]))))
                continue
            pieces = (("delete", mine[start:end]), ("insert", theirs[first:last]))
            found += [(name, one_line(" ".join(words))) for name, words in pieces if words]
        yield found


_STYLES = {"equal": ("{} ", None), "delete": ("[{}] ", "red"), "insert": ("+{}+ ", "green")}


def _changed(old: str, new: str) -> Iterator[Text]:
    """The changes as lines: what went in brackets, what came between plus signs."""
    for pieces in _changes(old, new):
        found = Text("… ")
        for what, words in pieces:
            form, style = _STYLES[what]
            found.append(form.format(words), style=style)
        yield found.append("…")


def _claims(reading: Reading) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each claim by what it says, with a line for it: an id would change with every other word of the text."""
    doc = Doc(reading.article.text)
    for claim in reading.claims:
        counts = counts_words(reading.events[claim.event]) if claim.event is not None else ()
        voice = claim.chain[0].voice if claim.chain else "unknown"
        words = " … ".join(doc.words(span) for span in claim.content)
        stance = "" if claim.stance == "says" else f" {claim.stance}"
        kind = reading.events[claim.event].type if claim.event is not None else ""
        yield (voice, claim.stance, kind, *counts, words), one_line(f"{voice}{stance}: {words} {' · '.join(counts)}")
