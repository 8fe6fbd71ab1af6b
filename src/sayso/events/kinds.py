"""What kind of event an open trigger tells of: "attack", "strikes" and "hit" take the means that stand near them."""

from __future__ import annotations

from collections import Counter
from functools import cache

from sayso.events.lexicon import Phrases, find_all, index, table
from sayso.events.mentions import Mention
from sayso.events.passages import Passage

#: A means word further from its trigger than this (``Passage.distance``) does not tell its type.
MEANS_WITHIN = 30.0

#: Types that one means can make of another's trigger.
ATTACKS = frozenset(
    "air_strike shelling bombing suicide_bombing chemical_attack attack_on_civilians casualties attack".split()
)
BATTLES = frozenset({"offensive", "armed_clash"})


def family(kind: str) -> str:
    """The type group: two words for one event are mostly of one group."""
    return "attack" if kind in ATTACKS else "battle" if kind in BATTLES else kind


@cache
def _means() -> Phrases:
    return index([(words, kind) for kind, rows in table("kinds")["means"].items() for words in rows])


def settle_types(mentions: list[Mention], passages: tuple[Passage, ...]) -> None:
    """Gives every mention its type: its own words', else that of the means near it, else the article's."""
    known = Counter(m.trigger.type for m in mentions if not m.trigger.open and m.trigger.type in ATTACKS)
    known.pop("casualties", None)
    found = {n: find_all(_means(), passages[n].words) for n in {mention.passage for mention in mentions}}
    for mention in mentions:
        passage, means = passages[mention.passage], found[mention.passage]
        if mention.trigger.open and mention.trigger.type in ATTACKS:
            mention.type = _nearest_means(mention, passage, means) or _by_article(mention, known)
        elif mention.type == "casualties" and _is_clash(mention, passage, means):
            mention.type = "armed_clash"


def _nearest_means(mention: Mention, passage: Passage, found: list[tuple[int, int, str]]) -> str | None:
    best, kind = MEANS_WITHIN, None
    for first, last, means in found:
        if means in BATTLES and mention.trigger.type != "attack":
            continue
        span = (passage.words[first].start, passage.words[last - 1].end)
        distance = passage.distance(mention.span, span)
        if distance < best:
            best, kind = distance, means
    return kind


def _by_article(mention: Mention, known: Counter[str]) -> str:
    if mention.trigger.type == "attack" and known:
        return known.most_common(1)[0][0]
    otherwise: str = table("kinds")["otherwise"].get(mention.trigger.type, mention.trigger.type)
    return otherwise


def _is_clash(mention: Mention, passage: Passage, means: list[tuple[int, int, str]]) -> bool:
    """ "Syrian forces kill 35 terrorists": armed men on both sides, and no means named."""
    if not any(harm.victims in ("fighters", "soldiers") for harm in mention.harms):
        return False
    forces = frozenset(table("kinds")["parties"]["forces"].split())
    start, end = passage.clause(mention.span[0])
    inside = [word.text for word in passage.words if start <= word.start < end]
    return any(word in forces for word in inside) and _nearest_means(mention, passage, means) is None
