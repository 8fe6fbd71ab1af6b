"""For every annotated event, which of the text's candidates its slots are filled with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sayso.attribution import read_attributions
from sayso.encoder.labels import CANDIDATES
from sayso.events.choices import Choices
from sayso.events.scene import Scene
from sayso.places import read_places
from sayso.records import Article, Span
from sayso.text import Doc
from sayso.times import read_times
from sayso.voices import read_entities, resolve_speakers

_SMALL = frozenset("the a an of in for and s".split())

#: Words by which a party's canonical name and the words in the text are the same.
_SAME = {"regime": "government", "syria": "syrian", "russia": "russian", "turkey": "turkish", "us": "american"}


@dataclass(frozen=True)
class Candidate:
    """What may fill a slot: its kind (of ``CANDIDATES``) and its words."""

    kind: int
    span: Span


@dataclass(frozen=True)
class Wanted:
    """One event: its trigger, and for each slot the candidates (by index) that are right; a slot that is left out
    has an annotated value that no candidate gives."""

    trigger: Span
    slots: dict[str, list[int]] = field(default_factory=dict)


def scene_of(doc: Doc, record: dict[str, Any]) -> Scene:
    """An annotated article as the rules read it: what the model will meet at run time."""
    article = Article(text=doc.text, title=record["title"], publisher=record["outlet"], published=record["published"])
    times, places = read_times(doc, article.published), read_places(doc, article)
    entities = read_entities(doc, places)
    said = resolve_speakers(doc, article, entities, read_attributions(doc))
    return Scene(doc, article, said, entities, times, places)


def slots_of(doc: Doc, record: dict[str, Any]) -> tuple[list[Candidate], list[Wanted]]:
    """The candidates of an article, the two that stand for no words last, and what its events pick among them."""
    choices = Choices(scene_of(doc, record))
    found = [Candidate(CANDIDATES.index(kind), span) for kind, span in choices.rows]
    found += [Candidate(CANDIDATES.index(kind), (0, 0)) for kind in ("nothing", "published")]
    return found, [_wanted(event, choices, len(found), record["published"]) for event in record["events"]]


def _wanted(event: dict[str, Any], choices: Choices, count: int, published: str) -> Wanted:
    wanted = Wanted(tuple(event["trigger"]))
    nothing, today = count - 2, count - 1
    after_places = len(choices.spots)
    after_times = after_places + len(choices.times)
    rights = {
        "place": [n for n, spot in enumerate(choices.spots) if _same_place(spot.name, event["place"])],
        "date": [
            after_places + n
            for n, time in enumerate(choices.times)
            if _same_days((str(time.start), str(time.end)), event["date"])
        ],
        **{
            slot: [after_times + n for n, party in enumerate(choices.parties) if _same_party(party.name, event[slot])]
            for slot in ("agent", "patient")
        },
    }
    if event["date"] and _same_days((published, published), event["date"]):
        rights["date"].append(today)
    for slot, right in rights.items():
        if event[slot] is None:
            right = [nothing]
        if right:
            wanted.slots[slot] = right
    return wanted


def _words(name: str | None) -> frozenset[str]:
    words = re.findall(r"\w+", (name or "").casefold().replace("-", " "))
    return frozenset(_SAME.get(word, word) for word in words if word not in _SMALL)


def _same_place(found: str, wanted: str | None) -> bool:
    return bool(wanted) and _words(found) == _words(wanted)


def _same_party(found: str, wanted: str | None) -> bool:
    a, b = _words(found), _words(wanted)
    return bool(a & b) and (a == b or a < b or b < a) and 2 * len(a & b) > 0.6 * max(len(a), len(b))


def _same_days(found: tuple[str, str], wanted: list[str] | None) -> bool:
    if not wanted:
        return False
    ends = zip(found, wanted, strict=True)
    return all(abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days) == 0 for a, b in ends)
