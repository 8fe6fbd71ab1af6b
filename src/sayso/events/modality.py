"""How sure the text is that it happened: asserted, denied, possible or planned, by words before the trigger."""

from __future__ import annotations

from functools import cache

from sayso.events.lexicon import Phrases, find_all, index, table
from sayso.events.mentions import Mention
from sayso.events.scene import Scene
from sayso.records import Modality

#: How many words before the trigger are looked at, within its clause.
BEFORE = 6


@cache
def _cues() -> Phrases:
    return index([(words, modality) for modality, rows in table("modality").items() for words in rows])


def read_modality(mention: Mention, scene: Scene) -> Modality:
    """The modality of a mention: the nearest cue before it in its clause, else the stance of who says it."""
    if mention.trigger.form == "adjective":
        return "asserted"  # "has not reached rebel-held Marwa"
    passage = scene.passages[mention.passage]
    start = max(passage.clause(mention.span[0])[0], scene.content_start(mention.span[0]))
    before = tuple(w for w in passage.words[max(0, mention.first - BEFORE) : mention.first] if w.start >= start)
    found = find_all(_cues(), before)
    if found:
        nearest: Modality = found[-1][2]
        return nearest
    following = find_all(_cues(), passage.words[mention.last : mention.last + 1])
    if following and following[0][2] in ("possible", "planned"):
        after: Modality = following[0][2]  # "a second attack may follow"
        return after
    said = scene.speaker_of(mention.span[0])
    if said is None:
        return "asserted"
    stances: dict[str, Modality] = {"denies": "denied", "doubts": "possible", "intends": "planned"}
    return stances.get(scene.attributions[said].stance, "asserted")
