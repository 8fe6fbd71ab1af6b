"""Signs of how a mention is spoken of: "the attack", "to attack", "has been attacked", "an alleged attack"."""

from __future__ import annotations

from functools import cache

from sayso.events.lexicon import Word, table
from sayso.events.mentions import Mention
from sayso.events.scene import Scene

#: How many words before the trigger a list of signs.toml looks at.
_REACH = {"definite": 2, "indefinite": 4, "appeal": 4, "modal": 2, "perfect": 4, "pluperfect": 4, "present": 4}

#: How many words of the clause are looked at on either side.
CLAUSE_WORDS = 30

#: Lists that only a noun can bear.
_NOUNS = frozenset({"definite", "indefinite"})

_CLAUSE = ("vague_time", "unreal", "plea")


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in table("signs").items()}


def signs(mention: Mention, scene: Scene) -> frozenset[str]:
    """The names of all signs that hold of a mention."""
    passage = scene.passages[mention.passage]
    words = passage.words
    found = {mention.trigger.form}
    found.update(_before(mention, words))
    start, end = passage.clause(mention.span[0])
    near = words[max(0, mention.first - CLAUSE_WORDS) : mention.last + CLAUSE_WORDS]
    clause = {word.text for word in near if start <= word.start < end}
    found.update(name for name in _CLAUSE if clause & _lists()[name])
    held = {
        "counted": any(harm.counts for harm in mention.harms),
        "headline": passage.headline,
        "lead": mention.passage <= 2,
        "said": scene.speaker_of(mention.span[0]) is not None,
        "in source or cue": scene.in_speech(mention.span),
        "fragment": len(words) < 5,
        "strength": mention.strength is not None,
    }
    return frozenset(found | {name for name, holds in held.items() if holds})


def _before(mention: Mention, words: tuple[Word, ...]) -> set[str]:
    before = [word.text for word in words[max(0, mention.first - 4) : mention.first]]
    found = {
        name
        for name, reach in _REACH.items()
        if (name not in _NOUNS or mention.trigger.form == "noun") and _lists()[name].intersection(before[-reach:])
    }
    if before[-1:] == ["to"]:
        found.add("achieved" if _lists()["achieved"].intersection(before[-3:-1]) else "infinitive")
    if before[-1:] and before[-1] in ("of", "for", "against"):
        found.add("of a noun")
    if mention.last < len(words) and words[mention.last].text in ("by", "on", "in", "against", "at", "near"):
        found.add("completed")
    return found
