"""By-lines: agencies and outlets named where authors stand, and stacks of outlets with their dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.lineage.credits import Credit, Rank
from sayso.lineage.lines import Line, Lines
from sayso.lineage.names import day_behind, day_end, is_name, known_prefix, looks_like_outlet
from sayso.lineage.phrases import phrases
from sayso.text.outlets import core_name, fold_name, outlet_name, outlet_named, same_outlet

_LEAD = re.compile(r"^(?:(?:author|source|from)\s*:\s*|by\s+)", re.IGNORECASE)
_MAX_BYLINE = 160
_STACKED = re.compile(
    r"[A-Z][\w.'’&/ -]{1,40}?"
    r"(?=,?\s+(?:\w+day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z]|[A-Z][a-z]{2,8}\.?\s+\d|(?:19|20)\d\d-))"
)


def byline_credits(
    lines: Lines, authors: tuple[str, ...], host: str | None, *, named: Sequence[str] = ()
) -> Iterator[Credit]:
    """Credits of the lines around the heading. ``named``: outlets that other credits of the page name."""
    shown = (*lines.head, *(line for line in lines.opening if len(line.text) <= _MAX_BYLINE))
    yield from _stacked(shown, named)
    for line in shown:
        if len(line.text) <= _MAX_BYLINE:
            yield from _byline(line, authors, host)


def _stacked(lines: Sequence[Line], named: Sequence[str]) -> Iterator[Credit]:
    """Lines that hold an outlet and a day and nothing else: the nearest to the host stands on top.

    A name that the table does not know counts where the line above or below is such a line too, where the page names
    it elsewhere as a source, or where it reads like an outlet's: a person's by-line looks the same.
    """
    stack = [
        (line, found, day) for line in lines if (found := _STACKED.match(line.text)) and (day := _only_day(line, found))
    ]
    known = [_is_outlet(found[0], named) for _, found, _ in stack]
    for (line, found, day), sure in reversed(list(zip(stack, known, strict=True))):
        if sure or (len(stack) > 1 and any(known)):
            yield Credit(outlet_name(found[0]), Rank.HAND, line.span(0, len(line.text)), line.text, day)


def _is_outlet(name: str, named: Sequence[str]) -> bool:
    return bool(outlet_named(name)) or looks_like_outlet(name) or any(same_outlet(name, other) for other in named)


def _only_day(line: Line, found: re.Match[str]) -> str | None:
    day = day_behind(line.text, found.end())
    return day if day and is_name(found[0]) and not line.text[day_end(line.text, found.end()) :].strip(" .|") else None


def _byline(line: Line, authors: tuple[str, ...], host: str | None) -> Iterator[Credit]:
    """An agency or outlet that is the whole by-line, begins it, or stands behind the names of people."""
    text = _LEAD.sub("", line.text)
    people = [name for name in authors if fold_name(name) in fold_name(text)]
    hinted = any("byline" in hint or "author" in hint or "attribution" in hint for hint in line.hints[:4])
    rest = _behind_people(text, people) if people else text
    name = _outlet_in(rest, sure=bool(people) or hinted or text != line.text, whole=not people)
    if name and not (host and _is_desk(rest, host)):
        at = line.text.rfind(rest)
        yield Credit(name, Rank.AGENCY, line.span(max(at, 0), len(line.text)), line.text)


def _outlet_in(words: str, *, sure: bool, whole: bool) -> str | None:
    """The outlet that the words of a by-line name.

    ``sure``: the line is a by-line for certain, so that a name which only reads like an outlet's counts; ``whole``:
    the words are all of the line, so that a known name may not go on into other words ("Reuters reported on").
    """
    text = words.strip(" ,|–—-•")
    known = known_prefix(text)
    if known and (sure or _is_agency(known)):
        behind = text.split()[_length_of(text, known) :]
        plain = not behind or text[: len(text) - len(" ".join(behind))].rstrip().endswith(",")
        job = bool(behind) and behind[-1].lower().strip(".,") in phrases().jobs
        return known if plain or job or day_behind(text, len(text) - len(" ".join(behind)) - 1) else None
    bare = re.split(r"\s+(?=\d)|[,|]", text)[0].strip()
    return outlet_name(bare) if sure and not whole and looks_like_outlet(bare) else _body_as_author(bare, sure)


def _is_agency(name: str) -> bool:
    known = outlet_named(name)
    return known is not None and known.kind == "agency"


def _body_as_author(name: str, sure: bool) -> str | None:
    return outlet_name(name) if sure and name.startswith("The ") and looks_like_outlet(name) else None


def _length_of(text: str, known: str) -> int:
    """How many words of the text name the known outlet."""
    pieces = text.split()
    ends = (end for end in range(min(len(pieces), 6), 0, -1) if known_prefix(" ".join(pieces[:end])) == known)
    named = [
        end for end in ends if (found := outlet_named(" ".join(pieces[:end]).strip(".,:;"))) and found.name == known
    ]
    return max(named, default=0)


def _behind_people(text: str, people: list[str]) -> str:
    """What stands behind the last of the names."""
    end = 0
    for name in people:
        at = text.casefold().rfind(name.casefold())
        end = max(end, at + len(name) if at >= 0 else 0)
    return text[end:].strip(" ,|–—-•") if end else ""


def _is_desk(words: str, host: str) -> bool:
    """Whether the words are the host or a part of its house ("The Sun Sports Desk"); its namesake without more
    ("Evening Sun" beside the host "Evening Sun Online Deutschland") is another."""
    house = core_name(host)
    return same_outlet(words, host) or (house != "" and house in core_name(words))
