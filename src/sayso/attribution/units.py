"""The text as a row of units: sentences that no quotation bridges, each a row of words, marks and whole quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from sayso.attribution.heads import after_head
from sayso.attribution.lexicon import lexicon
from sayso.records import Span
from sayso.text import Doc

#: A word with its inner marks ("Al-Jazeera", "didn't", "U.S."), a title with its point, or one other mark.
_ITEM = re.compile(
    r"(?:[A-Za-z]\.){2,}|\b[A-Z]\.(?= [A-Z])|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Maj|Capt|Jr|Sr|St|Prof|Rev)\."
    r"|\b\d\d?:\d\d\b|\w+(?:[-’'&/.,]\w+)*|--|\S"
)


#: Abbreviations that are function words in small letters.
_NAMES = frozenset({"IS", "US", "WHO"})

_STOP = re.compile(r"([,.?!…—-])[^\w,.?!…—-]*$")


#: No sentence has more items; one that does is a list or junk, and is cut so that time stays linear.
_LONGEST = 200

#: Code points within which what stands before a report's first word must end, though a sentence seem to end before.
_HEAD = 200

_NEXT = re.compile(r"[^\S\n]*(\w)")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Col|Lt|Maj|Capt|Prof|Rev|Ft|Mt|St)\.$")


class Item(NamedTuple):
    """A word, a mark or a whole quotation: where it stands, and its words in lower case ('' for a quotation).

    ``stop`` is the mark with which a quotation ends a clause or a sentence, '' where it ends none.
    """

    start: int
    end: int
    low: str
    kind: Literal["word", "mark", "quote"]
    capital: bool
    possessive: bool
    stop: str = ""


#: Half-open range of items of one unit.
Range = tuple[int, int]


class Unit(NamedTuple):
    """One or more sentences of one paragraph, and their items."""

    items: list[Item]
    paragraph: int
    headline: bool


def units(doc: Doc) -> Iterator[Unit]:
    """The units of a text in order; a quotation that runs over sentences binds them into one."""
    quotes = iter(doc.quotes)
    quote = next(quotes, None)
    start: int | None = None
    held: list[Span] = []
    for sentence in doc.sentences:
        start = sentence[0] if start is None else start
        while quote is not None and quote[1] <= sentence[1]:
            held.append(quote)
            quote = next(quotes, None)
        begun = after_head(doc.text, start, sentence[0] + _HEAD)
        if begun > sentence[1] or (quote is not None and quote[0] < sentence[1]):
            continue
        if _goes_on(doc.text, sentence[1]) or (
            held and held[-1][1] >= sentence[1] - 1 and _speaker_next(doc, sentence[1])
        ):
            continue
        yield from _split(_items(doc.text, (begun, sentence[1]), held), doc.paragraph_index(start))
        start, held = None, []
    if start is not None:
        yield from _split(_items(doc.text, (start, len(doc.text)), held), doc.paragraph_index(start))


def _goes_on(text: str, at: int) -> bool:
    """Whether no sentence ends there: after a title's point, or before a small letter on the same line."""
    after = _NEXT.match(text, at)
    return after is not None and (after.group(1).islower() or _TITLED.search(text, max(0, at - 8), at) is not None)


#: Words of a name before "said" after a quotation that ends a sentence of its own: '"Is it?" President Ann Lee said.'
_NAME_WORDS = 5
_AFTER_TAG = frozenset(
    ". , in on at during after of to monday tuesday wednesday thursday friday saturday sunday".split()
)


def _speaker_next(doc: Doc, at: int) -> bool:
    line = doc.text.find("\n", at)
    return _tags(_plain(doc.text, at, min(at + 80, line if line >= 0 else at + 80)), 0)


def _tags(items: list[Item], at: int) -> bool:
    """Whether a short name or pronoun and a verb of saying begin there and end their sentence or clause."""
    for k in range(at, min(len(items) - 1, at + _NAME_WORDS)):
        found = lexicon().verbs.get(items[k].low)
        if found is not None and "trail" in found[0].takes and not items[k].capital:
            return items[k + 1].low in _AFTER_TAG
        if items[k].kind != "word":
            return False
    return False


def _split(items: list[Item], paragraph: int) -> Iterator[Unit]:
    """Units of one row of items: a quotation that ends with a full stop ends one where a capital follows."""
    first = 0
    for at in range(1, len(items)):
        before = items[at - 1]
        stopped = before.stop != "" and before.stop in ".?!" and items[at].capital
        if at - first >= _LONGEST or (stopped and not _tags(items, at)):
            yield _unit(items[first:at], paragraph)
            first = at
    if first < len(items):
        yield _unit(items[first:], paragraph)


def _unit(items: list[Item], paragraph: int) -> Unit:
    return Unit(items, paragraph, in_headline(items))


def _items(text: str, span: Span, quotes: list[Span]) -> list[Item]:
    items: list[Item] = []
    at = span[0]
    for quote in quotes:
        if quote[0] < at:
            continue
        items += _plain(text, at, quote[0])
        stop = _STOP.search(text, max(quote[0], quote[1] - 4), quote[1])
        items.append(Item(*quote, "", "quote", False, False, stop.group(1) if stop else ""))
        at = quote[1]
    return items + _plain(text, at, span[1])


def _plain(text: str, start: int, end: int) -> list[Item]:
    return [_item(match.group(), match.start()) for match in _ITEM.finditer(text, start, end)]


def _item(token: str, start: int) -> Item:
    first = token[0]
    if not (first.isalnum() or first == "_"):
        return Item(start, start + len(token), token, "mark", False, False)
    # "IS has seized": a name in capitals, not the function word.
    low = token if token in _NAMES else token.lower()
    return Item(start, start + len(token), low, "word", first.isupper(), low.endswith(("'s", "’s", "s'", "s’")))


def span(unit: Unit, piece: Range) -> Span:
    """Where a range of items stands in the text."""
    return unit.items[piece[0]].start, unit.items[piece[1] - 1].end


def low(unit: Unit, at: int) -> str:
    """The lower-case words of an item; '' for a quotation or beyond the ends."""
    return unit.items[at].low if 0 <= at < len(unit.items) else ""


def is_quote(unit: Unit, at: int) -> bool:
    """Whether a whole quotation stands there."""
    return 0 <= at < len(unit.items) and unit.items[at].kind == "quote"


def in_headline(items: list[Item]) -> bool:
    """Whether the items are in title case, so that a capital says nothing."""
    long = [item for item in items if item.kind == "word" and len(item.low) > 3]
    return len(long) > 2 and sum(item.capital for item in long) > 0.7 * len(long)
