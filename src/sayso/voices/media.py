"""Media that no list knows, by what an article says of them: they are told, they report, they cite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.text import Doc
from sayso.voices.bodies import known
from sayso.voices.cast import Cast, Named
from sayso.voices.nations import countries, nation_of_adjective
from sayso.voices.spans import InOrder
from sayso.voices.words import word_list

#: A name of one to four words.
_NAME = r"([A-Z][\w’'-]{2,30}(?: [A-Z][\w’'-]{1,30}){0,3})"
_TOLD = re.compile(
    r"\b(?:told|tells|(?:speaking|spoke|talking|talked) (?:to|with)|(?:interview|remarks|comments) (?:to|with))"
    rf" (?:the )?{_NAME}"
)
_CITING = re.compile(rf"{_NAME}(?:, | reported, | reports, )(?:citing|quoting)\b")
_REPORTING = re.compile(rf"{_NAME},? (?:reported|reports|correspondents?|journalists?|newspaper|magazine|website)\b")

#: More names than these no article tells; a list of names does.
_MANY = 30


def unlisted_media(doc: Doc, cast: Cast) -> list[Named]:
    """Every mention of a medium that shows itself as one: it cites others, or is told and reports, by name or deed."""
    taken = InOrder(sorted((*cast.bodies.rows, *cast.people.rows)))
    names = sorted(set(_shown(doc, cast)), key=lambda name: (-len(name), name))[:_MANY]
    found = {match.span(): name for name in names for match in re.finditer(rf"\b{re.escape(name)}\b", doc.text)}
    apart: list[Named] = []
    for (start, end), name in sorted(found.items()):
        named = not taken.overlaps((start, end)) or any(body.name == name for body in cast.bodies.within((start, end)))
        if named and (not apart or apart[-1].end <= start):
            apart.append(Named(start, end, name))
    return apart


def _shown(doc: Doc, cast: Cast) -> Iterator[str]:
    people = {one.name for one in cast.people.rows}
    told = {name for name in _TOLD.findall(doc.text) if name not in people and _may_be_medium(name)}
    yield from (name for name in _CITING.findall(doc.text) if name not in people and _may_be_medium(name))
    yield from (name for name in told if " " in name and name.split()[-1] in word_list("media_heads"))
    if told:
        yield from told.intersection(_REPORTING.findall(doc.text))


def _may_be_medium(name: str) -> bool:
    last = name.rsplit(maxsplit=1)[-1]
    body = last in word_list("body_heads") and last not in word_list("media_heads")
    place = name in countries() or nation_of_adjective(name) is not None
    return not body and not place and known(name) is None and name.split(maxsplit=1)[0] not in word_list("no_names")
