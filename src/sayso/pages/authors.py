"""The people who wrote the article. Outlets, agencies, desks and accounts are no people."""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.pages.clues import Clues, from_mark, from_words
from sayso.pages.dates import printed_day
from sayso.records import Block, Evidence, Mark
from sayso.text.outlets import fold_name, outlet_named


class Authors(NamedTuple):
    """Names of people in the order of the by-line, and the words that name them."""

    names: tuple[str, ...]
    evidence: Evidence


_LEAD = re.compile(
    r"^(?:(?:story|text|words|report|analysis|opinion|written|posted|reviewed|published|reported|article)\s+)?(?:by|von|par|por|door)[\s:]+|"
    r"^(?:author|authors|autor|text|текст|автор|von|por|di|words)\s*:\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,|;|\||/|•|·|\s+and\s+|\s+&\s+|\s+und\s+|\s+[-–—]\s+)\s*", re.IGNORECASE)
#: The names of a by-line end where a date, a handle, an address or a job begins.
_END = re.compile(
    r"\s+(?:am\s+|on\s+|le\s+)?(?=\d|\()|@|\S+@\S+\.|\b(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|"
    r"\b(?:published|posted|updated|publiziert|veröffentlicht|special to|for the|twitter|email|follow|read more)\b|"
    r"\s(?:senior|staff|contributors?|contributing|columnist|reporter|correspondent|editor|writer|producer)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’.\-]*(?:\s+[^\W\d_][\w'’.\-]*){0,4}")
_NOT_PEOPLE = re.compile(
    r"\b(?:staff|desk|bureau|editors?|editorial|news|newsroom|reports?|team|admin|agency|agencies|media|press|magazine|"
    r"writers?|correspondents?|reporters?|columnists?|contributors?|contributing|web|online|network|company|inc|llc|ltd|"
    r"blog|service|times|post|tribune|herald|journal|gazette|sport|sports|wire|wires|"
    r"guest|photograph\w*|producer|analyst|business|politics|national|senior|author|opinion|association|university)\b",
    re.IGNORECASE,
)
_SMALL = frozenset("van von de der den del della di da dos du la le el al bin ibn abu ter y e i".split())
_META_KEYS = ("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "article:author", "byl")
#: Lines behind the heading in which a by-line is looked for.
_NEAR = 12


def read_authors(clues: Clues, publisher: str | None) -> Authors | None:
    """The people of the visible by-line; else of JSON-LD, OpenGraph and meta; None where only bodies are named.

    The visible by-line comes first: mark-up often names the first of several authors, or whoever put the page up.
    """
    if clues.given.authors:
        return None
    shown = (_from_line(block, clues, publisher) for block in clues.header[: _NEAR + 4])
    return next((found for found in shown if found), None) or _from_marks(clues, publisher)


def people_in(words: str, *, not_these: tuple[str | None, ...] = ()) -> tuple[str, ...]:
    """The names of people in a by-line; empty where it names none, or says more than names.

    Names in capitals come out in ordinary case; what stands behind the names (degrees, jobs, outlets) is left out.
    """
    text = _without_date(" ".join(words.split()))
    lead = _LEAD.match(text)
    text = text[lead.end() :] if lead else text
    end = _END.search(text)
    parts = _SPLIT.split((text[: end.start()] if end else text).strip(" ,|-–—•"))
    names: list[str] = []
    for part in parts[:12]:
        name = _bare_name(part, not_these)
        if not _is_person(name, not_these):
            break
        names.append(_ordinary_case(name))
    return tuple(dict.fromkeys(names))


def _without_date(text: str) -> str:
    """A by-line that begins with its date, without it."""
    found = printed_day(text[:60])
    return text[found[1][1] :].strip(" ,|-–—•") if found and found[1][0] == 0 else text


def _bare_name(part: str, outlets: tuple[str | None, ...]) -> str:
    """The name without an outlet's behind it: "Ann Ode The Morning Paper" names a person and her paper."""
    for outlet in outlets:
        if outlet and part.casefold().endswith(f" {outlet.casefold()}"):
            return part[: -len(outlet)].strip()
    words = part.split()
    if len(words) > 4 and words[2][:1].isupper():
        return " ".join(words[: 3 if words[1].endswith(".") else 2])
    return part.removesuffix(".") if len(words) == 1 else part


def _from_line(block: Block, clues: Clues, publisher: str | None) -> Authors | None:
    """Who a line by the heading names as author: it says "by", or its class does."""
    text = block.text
    hinted = any("byline" in hint or "author" in hint for hint in block.hints[:3])
    if len(text) > 160 or not (_LEAD.match(text) or hinted):
        return None
    names = people_in(text, not_these=(publisher, clues.host))
    if not names or (not _LEAD.match(text) and any(" " not in name for name in names)):
        return None
    # spans run together where a page sets them apart by style alone: "Ann OdeThe Paper"
    stated = tuple(name for name in _stated_names(clues, publisher) if name.casefold() in text.casefold())
    return Authors(stated if len(stated) >= len(names) else names, from_words("", text).evidence)


def _stated_names(clues: Clues, publisher: str | None) -> tuple[str, ...]:
    stated = _from_marks(clues, publisher)
    return stated.names if stated else ()


def _from_marks(clues: Clues, publisher: str | None) -> Authors | None:
    for group in _mark_groups(clues):
        names: dict[str, Mark] = {}
        for mark in group:
            for name in people_in(mark.value, not_these=(publisher, clues.host)):
                names.setdefault(name, mark)
        if names:
            quote = "; ".join(dict.fromkeys(mark.value for mark in names.values()))
            evidence = from_mark("", next(iter(names.values()))).evidence
            return Authors(tuple(names), Evidence(origin=evidence.origin, quote=quote))
    return None


def _mark_groups(clues: Clues) -> tuple[list[Mark], ...]:
    said = list(clues.article_marks("author.name", "author", "creator.name", "creator"))
    stated = [mark for mark in said if mark.origin == "json-ld" and not mark.value.startswith("http")]
    rest = [mark for mark in said if mark.origin != "json-ld"]
    return (stated, *([mark] for mark in clues.marks(*_META_KEYS) if "/" not in mark.value), rest,
            list(clues.marks("author.name")))  # fmt: skip


def _is_person(name: str, not_these: tuple[str | None, ...]) -> bool:
    words = name.split()
    if not words or not _NAME.fullmatch(name) or _NOT_PEOPLE.search(name) or _names_outlet(name):
        return False
    folded = fold_name(name)
    if any(other and (folded in fold_name(other) or fold_name(other) in folded) for other in not_these):
        return False
    if len(words) == 1:
        # one word in small letters or capitals is an account or initials
        return len(name) > 2 and not name.isupper() and name[0].isupper()
    return all(word[0].isupper() or word.lower() in _SMALL or not word[0].isascii() for word in words)


def _names_outlet(name: str) -> bool:
    """A known outlet, an agency's own ("AP Auto" of "AP Auto Writer"), or a name that begins with "The"."""
    first, *more = name.split()
    known = outlet_named(first)
    return (
        outlet_named(name) is not None
        or (known is not None and known.kind == "agency")
        or (first.lower() == "the" and bool(more))
    )


def _ordinary_case(name: str) -> str:
    if not name.isupper():
        return name
    return " ".join(word if len(word) <= 2 and word.endswith(".") else _capitalised(word) for word in name.split())


def _capitalised(word: str) -> str:
    return "".join(part.capitalize() if part[:1].isalpha() else part for part in re.split(r"([-'’.])", word))
