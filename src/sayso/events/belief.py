"""How likely a mention is an event of its own, rather than a back-reference or a turn of phrase.

Evidence adds up, each piece with a name and a weight in belief.toml. ``confidence`` of an event is the share that
comes out: of ten mentions with 0.7, about seven were events for those who read the 87 articles behind the weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.events.kinds import family
from sayso.events.lexicon import table
from sayso.events.mentions import Mention
from sayso.events.scene import Scene
from sayso.events.signs import signs
from sayso.events.where import Spot

#: A mention of one kind this near another (``Passage.distance``) speaks of the same event.
RIVAL_WITHIN = 14.0


def add_up(weights: Mapping[str, float], evidence: Iterable[str], prior: float = 0.5) -> float:
    """The share in (0, 1) that named evidence makes of a prior share: a sum of log-odds."""
    total = weights["bias"] + weights["share"] * math.log(prior / (1 - prior))
    return 1 / (1 + math.exp(-total - sum(weights.get(name, 0.0) for name in sorted(evidence))))


def weigh(mentions: Sequence[Mention], spots: Sequence[Spot | None], dated: Sequence[bool], scene: Scene) -> None:
    """Gives every mention its score, the share in (0, 1) of such mentions that are events."""
    for mention, evidence in zip(mentions, gather(mentions, spots, dated, scene), strict=True):
        mention.score = add_up(table("belief")["event"], evidence, mention.trigger.share)


def gather(
    mentions: Sequence[Mention], spots: Sequence[Spot | None], dated: Sequence[bool], scene: Scene
) -> Iterator[set[str]]:
    """The evidence for and against each mention, in order."""
    seen: set[tuple[str, str]] = set()
    for n, mention in enumerate(mentions):
        kind, spot = family(mention.type), spots[n]
        evidence = {f"of {kind}", *signs(mention, scene), *_rivals(n, mentions, scene)}
        if dated[n]:
            evidence.add("dated")
        if spot is not None:
            evidence.add("placed" if (kind, spot.name) in seen else "new place")
        if (kind, "") in seen:
            evidence.add("told before")
        yield evidence
        seen.update({(kind, ""), (kind, spot.name if spot else "")})


def _rivals(n: int, mentions: Sequence[Mention], scene: Scene) -> Iterator[str]:
    """Whether another mention of the same kind stands near: two words for one event ("airstrikes hit")."""
    mention, passage = mentions[n], scene.passages[mentions[n].passage]
    for other in (*mentions[max(0, n - 2) : n], *mentions[n + 1 : n + 3]):
        same = other.passage == mention.passage and family(other.type) == family(mention.type)
        if same and passage.distance(mention.span, other.span) < RIVAL_WITHIN:
            better = other.trigger.share > mention.trigger.share
            yield ("better" if better else "worse") + (" before" if other.span < mention.span else " after")
