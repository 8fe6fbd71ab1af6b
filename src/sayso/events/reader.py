"""The events of an article: triggers, then for each its type, place, days, parties and how sure the text is of it."""

from __future__ import annotations

from sayso.events.belief import weigh
from sayso.events.kinds import settle_types
from sayso.events.mentions import Mention, find_mentions
from sayso.events.scene import Scene
from sayso.events.when import Neighbour, inherited, own_time
from sayso.events.where import context_place, own_place, read_spots
from sayso.records import Article, Attribution, DayRange, Entity, Event, Place, Span, Time
from sayso.text import Doc


#: Mentions below this share are left out: F1 on held-out articles is flat from 0.40 to 0.45.
EVENT_FROM = 0.42


def read_events(
    doc: Doc,
    article: Article,
    attributions: tuple[Attribution, ...],
    entities: tuple[Entity, ...],
    times: tuple[Time, ...],
    places: tuple[Place, ...],
) -> tuple[Event, ...]:
    scene = Scene(doc, article, attributions, entities, times, places)
    mentions = [m for n, passage in enumerate(scene.passages) for m in find_mentions(doc, n, passage)]
    settle_types(mentions, scene.passages)
    spots = {n: read_spots(scene, scene.passages[n]) for n in {m.passage for m in mentions}}
    times_ = [own_time(m, scene.passages[m.passage], scene) for m in mentions]
    own_spots = [own_place(m, scene.passages[m.passage], spots[m.passage], scene) for m in mentions]
    weigh(mentions, own_spots, [t is not None for t in times_], scene)
    keep = [n for n, m in enumerate(mentions) if m.score >= EVENT_FROM]
    mentions, own, own_spots = [mentions[n] for n in keep], [(mentions[n], times_[n]) for n in keep], [own_spots[n] for n in keep]
    dated = [Neighbour(m, t[0], s) for (m, t), s in zip(own, own_spots) if t]
    out = []
    for n, (m, t) in enumerate(own):
        spot = own_spots[n]
        place = spot.name if spot else context_place(n, mentions, own_spots, scene)
        d = t[0] if t else inherited(m, spot, dated, scene)
        k = m.harm("killed")
        i = m.harm("injured")
        out.append(Event(trigger=m.span, type={"attack": "attack_on_civilians", "war": "other_conflict"}.get(m.type, m.type), place=place, date=d, killed=k.range if k else None,
            injured=i.range if i else None, attribution=scene.speaker_of(m.span[0]), spans={**({"date": (t[1],)} if t else {}), **({"place": (spot.span,)} if spot else {})}))
    return tuple(out)
