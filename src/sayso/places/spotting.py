"""Where a place name could stand: every stretch of a text that the gazetteer, the lists or a pattern knows.

A ``Spot`` is no place yet: "Jordan said" is one. ``evidence`` weighs the words around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from sayso.places.folding import ARTICLES, loose_key, plain_key
from sayso.places.gazetteer import Candidate, gazetteer
from sayso.places.lists import TOWNS, lists, loose_names, same, words
from sayso.records import Span
from sayso.text import Doc

#: Names of more words than this are not looked for ("Saint Vincent and the Grenadines" has five).
MAX_WORDS = 5

#: A country must be named this often before its towns are sought under loose spellings: one mention of Iraq in
#: a small-town paper is no reason to find Iraqi villages in the names of its people.
LOOSE_AFTER = 2

#: A single word of fewer letters is not sought under loose spellings: "War" is not al-Waer.
SHORTEST_LOOSE_WORD = 5

#: A name of up to five letters in capitals is an acronym, unless a country or a town of this size has it.
CAPITALS_FROM = 20_000

#: Countries whose towns have loose keys in the gazetteer; see ``scripts/build_gazetteer.py``.
ARABIC_SCRIPT = frozenset("AE AF BH DZ EG IL IQ IR JO KW LB LY MA MR OM PS QA SA SD SY TN YE".split())

_JOINED = re.compile(r"[ \u00a0]?|[ \u00a0]?[-–.][ \u00a0]?")
_APOSTROPHES = ("'", "’", "‘", "`")

#: "St", "Mt", "Ft", "Co" and initials: a stop after these ends no sentence.
_SHORT_WORD = re.compile(r"(?:\b|\W)(?:[A-Z]|[SMF]t|ST|MT|FT|Co)\Z")


class Spot(NamedTuple):
    """A stretch that could be a place name.

    ``shape``: "name" (known by gazetteer or list), "people" ("Syrian"), "short" ("Tenn."), "street" or
    "ground" (a pattern: "Main Street", "Flat Creek"). ``candidates`` may be empty for the last two.
    """

    span: Span
    shape: str
    candidates: tuple[Candidate, ...]


def spot(doc: Doc) -> tuple[Spot, ...]:
    """All spots in text order, none overlapping; the longest name wins."""
    first = _scan(doc, frozenset())
    named = Counter(
        country for found in first for country in {c.country for c in found.candidates if c.kind == "country"}
    )
    loose = frozenset(c for c, n in named.items() if c in ARABIC_SCRIPT and n >= LOOSE_AFTER)
    return _scan(doc, loose) if loose else first


def _scan(doc: Doc, loose: frozenset[str]) -> tuple[Spot, ...]:
    spots: list[Spot] = []
    patterns: dict[int, Spot] = {}
    for found in _patterns(doc.text):
        if found.span[0] not in patterns or patterns[found.span[0]].span[1] < found.span[1]:
            patterns[found.span[0]] = found
    taken = 0
    for index, (start, _) in enumerate(doc.tokens):
        # An article of an Arabic name ("al-Bab") begins with a or e.
        if start < taken or not (doc.text[start].isupper() or doc.text[start] in "ae" or start in patterns):
            continue
        pattern, known = patterns.get(start), _longest(doc, index, loose)
        best = known if known and (not pattern or known.span[1] >= pattern.span[1]) else pattern
        if best:
            spots.append(best)
            taken = best.span[1]
    return tuple(spots)


def _longest(doc: Doc, index: int, loose: frozenset[str]) -> Spot | None:
    if not _may_begin(doc, index):
        return None
    for span in reversed(list(_stretches(doc, index))):
        found = _known(doc.words(span), loose)
        if found:
            return Spot(span, *found)
    return None


def _may_begin(doc: Doc, index: int) -> bool:
    start, end = doc.tokens[index]
    if start and doc.text[start - 1] in "@#_/":
        return False
    if doc.text[start].isupper():
        return True
    after = doc.tokens[index + 1 : index + 3]
    return (
        doc.words((start, end)) in ARTICLES and len(after) == 2 and after[0][0] == end
        and doc.text[end] in "-–" and doc.text[after[1][0]].isupper()
    )  # fmt: skip


def _stretches(doc: Doc, index: int) -> Iterator[Span]:
    """Spans from a token on, word by word, while they could be one name; a stop may end a short form."""
    tokens, text = doc.tokens, doc.text
    start, last = tokens[index]
    count = 0
    for at, end in tokens[index : index + 3 * MAX_WORDS]:
        if not text[at].isalnum():
            if text[at] == "." and at == last:
                yield (start, end)
            continue
        if at != start and not _joined(text, last, at):
            return
        count += 1
        if count > MAX_WORDS:
            return
        last = end
        yield (start, end)


def _joined(text: str, last: int, at: int) -> bool:
    """Whether two words may belong to one name; a stop joins only after a short form, "'s" not at all."""
    between = text[last:at]
    if between in _APOSTROPHES:
        return not (text[at : at + 1] == "s" and not text[at + 1 : at + 2].isalnum())
    if "." in between:
        return _SHORT_WORD.search(text[max(0, last - 4) : last]) is not None
    return _JOINED.fullmatch(between) is not None


@lru_cache(maxsize=8192)
def _known(name: str, loose: frozenset[str]) -> tuple[str, tuple[Candidate, ...]] | None:
    """Shape and candidates of a name."""
    known = lists()
    if name in known.exact:
        return "short", known.exact[name]
    key = plain_key(name)
    last = name[name.rfind(" ") + 1 :]
    lower = last.islower() and "-" not in last
    if name[-1] == "." or (lower and last not in words()["kinds_after"] and key not in known.plain):
        return None
    if key.replace(" ", "_") in words()["phrases"]:
        return None
    found = _merged(known.plain.get(key, ()), gazetteer().find(name))
    if name.endswith((" City", " CITY")):
        # "Alexandria City Council" speaks of Alexandria: only where City is in the main name is it part of it.
        found = tuple(c for c in found if c.main)
    if len(name) <= SHORTEST_LOOSE_WORD and name.isupper():
        # "SANA" is an agency; a dateline in capitals has a well-known town's very name.
        found = tuple(c for c in found if c.name.upper() == name and len(name) > 3 and c.population >= CAPITALS_FROM)
    elif loose and _may_be_loose(key) and not any(c.country in loose and c.geonameid for c in found):
        more = _merged(loose_names().get(loose_key(name), ()), gazetteer().find_loose(name))
        found = _merged(found, tuple(c for c in more if c.country in loose))
    if not found:
        return None
    # Where names come from Arabic script every spelling is as good as the main one.
    found = tuple(c._replace(main=True) if c.country in loose else c for c in found)
    return "people" if key in known.people else "name", found


def _may_be_loose(key: str) -> bool:
    """Not a short word, a given name, or a stretch that runs into the next name ("Suleiman Al")."""
    last = key[key.rfind(" ") + 1 :]
    if " " not in key:
        return len(key) >= SHORTEST_LOOSE_WORD and key not in words()["given"] and key not in words()["never"]
    return last not in ARTICLES


def _merged(first: tuple[Candidate, ...], second: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Both; a town that the list has too is left to the list, which gives it its GeoNames id."""
    return (*(b for b in second if not any(a == b or (a.kind in TOWNS and same(a, b)) for a in first)), *first)


def _patterns(text: str) -> Iterator[Spot]:
    """Names by their heads: "Main Street", "Highway 19", "Flat Creek", "Lake Mary", "Readington Township"."""
    for expression, shape in _expressions():
        for match in expression.finditer(text):
            start, end = match.span()
            inner = match["name"] or ""
            while " " in inner and inner.split(" ", 1)[0].lower() in words()["openers"]:
                skipped, inner = inner.split(" ", 1)
                start += len(skipped) + 1
            if inner.lower() not in words()["openers"]:
                yield Spot((start, end), shape, gazetteer().find(inner) if shape == "ground" and inner else ())


@cache
def _expressions() -> tuple[tuple[re.Pattern[str], str], ...]:
    name = r"(?:(?:O['’]|Mc)?[A-Z]\w{0,20}|(?:St|Mt|Ft)\.)"
    street, road, ground, before = map(_heads, ("streets", "roads", "grounds", "grounds_before"))
    first = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{name})"
    short = r"(?:St|Ave|Rd|Blvd|Twp)\."
    return (
        (re.compile(rf"\b(?:[NSEW]\. )?(?P<name>{first}(?: {name}){{0,2}}) (?:{short}|{street}\b)"), "street"),
        (re.compile(rf"\b(?:State |County |U\.?S\.? |Old )?(?P<name>){road}[ -]\d{{1,4}}\b"), "street"),
        (re.compile(r"\b(?P<name>)(?:I-|US-|US |CR |FM |SR |KY |W\.Va\. )\d{1,4}\b"), "street"),
        (re.compile(rf"\b(?P<name>{name}(?: {name})?) {ground}\b"), "ground"),
        (re.compile(rf"\b{before} (?P<name>{name}(?: {name})?)\b"), "ground"),
    )  # fmt: skip


def _heads(name: str) -> str:
    """The words of a list as one alternative, capitalised, the longest first."""
    return "(?:" + "|".join(sorted((word.capitalize() for word in words()[name]), key=lambda w: (-len(w), w))) + ")"
