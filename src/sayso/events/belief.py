"""How likely a mention is an event of its own, rather than a back-reference or a turn of phrase: added evidence, each named.

``confidence`` of an event is this share: of ten mentions with 0.7, about seven were events for the people who read the
87 articles on which the weights of belief.toml were fitted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sayso.events.kinds import family
from sayso.events.lexicon import table, word_set
from sayso.events.mentions import Mention
from sayso.events.scene import Scene, overlaps
from sayso.events.when import Dated
from sayso.events.where import Spot

#: A mention of one kind this near another (``Passage.distance``) speaks of the same event.
RIVAL_WITHIN = 14.0


def weigh(mentions: Sequence[Mention], spots: Sequence[Spot | None], days: Sequence[Dated | None], scene: Scene) -> None:
    """Gives every mention its score, the share in [0, 1] of such mentions that are events."""
    weights: dict[str, float] = table("belief")["weights"]
    seen: set[tuple[str, str | None]] = set()
    for n, mention in enumerate(mentions):
        evidence = set(_evidence(n, mentions, spots, days, scene, seen))
        total = weights["bias"] + weights["share"] * _logit(mention.trigger.share)
        total += sum(weights.get(name, 0.0) for name in sorted(evidence))
        mention.score = 1 / (1 + math.exp(-total))
        seen.update({(family(mention.type), None), (family(mention.type), _name(spots[n]))})


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def _name(spot: Spot | None) -> str:
    return spot.name if spot else ""


def _evidence(
    n: int,
    mentions: Sequence[Mention],
    spots: Sequence[Spot | None],
    days: Sequence[Dated | None],
    scene: Scene,
    seen: set[tuple[str, str | None]],
) -> Iterator[str]:
    mention = mentions[n]
    yield mention.trigger.form
    yield f"of {family(mention.type)}"
    yield from _grammar(mention, scene)
    yield from _rivals(n, mentions, scene)
    if any(harm.counts for harm in mention.harms):
        yield "counted"
    if days[n]:
        yield "dated"
    if spots[n]:
        yield "placed"
        if (family(mention.type), _name(spots[n])) not in seen:
            yield "new place"
    if (family(mention.type), None) in seen:
        yield "told before"
    if scene.passages[mention.passage].headline:
        yield "headline"
    if overlaps(mention.span, scene.speech):
        yield "in source or cue"
    if scene.speaker_of(mention.span[0]) is not None:
        yield "said"


def _grammar(mention: Mention, scene: Scene) -> Iterator[str]:
    """What the words around the trigger say: "the attack", "to attack", "an alleged attack", "stop the attacks"."""
    words = scene.passages[mention.passage].words
    before = [word.text for word in words[max(0, mention.first - 4) : mention.first]]
    near = before[-2:]
    if mention.trigger.form == "noun" and set(near) & word_set("belief", "definite"):
        yield "definite"
    if mention.trigger.form == "noun" and set(before) & word_set("belief", "indefinite"):
        yield "indefinite"
    if before[-1:] == ["to"]:
        yield "infinitive"
    if set(before) & word_set("belief", "appeal"):
        yield "appeal"
    if set(near) & word_set("belief", "modal"):
        yield "modal"
    if before[-1:] and before[-1] in ("of", "for", "against"):
        yield "of a noun"
    after = [word.text for word in words[mention.last : mention.last + 1]]
    if after and after[0] in ("by", "on", "in", "against", "at", "near"):
        yield "completed"
    if len(words) < 5:
        yield "fragment"


def _rivals(n: int, mentions: Sequence[Mention], scene: Scene) -> Iterator[str]:
    """Whether another mention of the same kind stands near: two words for one event ("airstrikes hit")."""
    mention, passage = mentions[n], scene.passages[mentions[n].passage]
    for other in (*mentions[max(0, n - 2) : n], *mentions[n + 1 : n + 3]):
        same = other.passage == mention.passage and family(other.type) == family(mention.type)
        if same and passage.distance(mention.span, other.span) < RIVAL_WITHIN:
            better = other.trigger.share > mention.trigger.share
            yield ("better" if better else "worse") + (" before" if other.span < mention.span else " after")
