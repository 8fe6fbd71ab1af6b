"""Where events are mentioned: trigger words, and tolls joined to the attack that they are the toll of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.events.counts import Count, Line, is_force, read_counts
from sayso.events.harms import Harm, read_harms
from sayso.events.lexicon import Trigger, Word, find_all, table, triggers
from sayso.events.passages import Passage
from sayso.events.scene import Scene
from sayso.records import Span

#: What a wholly doubtful trigger word counts as further from a toll than a sure one (``Passage.distance``).
DOUBT = 25

#: A toll further from an attack than this (``Passage.distance``) is a casualties event of its own.
TOLL_WITHIN = 60.0

#: Types whose events may carry a toll.
DEADLY = frozenset(
    "air_strike shelling bombing suicide_bombing chemical_attack attack_on_civilians attack offensive "
    "armed_clash".split()
)


#: A force this far from a move or fight (``Passage.distance``) is the one that moves or fights.
FORCE_WITHIN = 25.0

#: Words around an open word of movement among which a force must stand: "a transfer of up to 5,000 militants".
MOVED_WITHIN = 10

#: Words before an infinitive in which the fight stands whose purpose it tells: "an offensive to retake the city".
PURPOSE_WITHIN = 8

#: Types whose events may tell the size of a force.
FORCES = frozenset("movement offensive armed_clash withdrawal territory_taken control attack other_conflict".split())


_BEING = frozenset("was were been being has have had are is".split())


@dataclass(slots=True)
class Mention:
    """One candidate event: its trigger, the passage (index) and words that hold it, and its tolls."""

    passage: int
    span: Span
    first: int
    last: int
    trigger: Trigger
    type: str
    harms: list[Harm] = field(default_factory=list)
    strength: Count | None = None
    score: float = 0.0

    def harm(self, role: str) -> Harm | None:
        """Its first counted toll of that role."""
        return next((harm for harm in self.harms if harm.role in (role, "both") and harm.counts), None)


def find_mentions(scene: Scene, number: int) -> list[Mention]:
    """The candidate events of one passage (by its number), in text order."""
    passage = scene.passages[number]
    if passage.asks:
        return []
    words = passage.words
    found = [
        Mention(number, (words[a].start, words[b - 1].end), a, b, trigger, trigger.type)
        for a, b, trigger in find_all(triggers(), words)
    ]
    found = [m for m in found if not _is_name(m, scene) and not _is_purpose(m, words) and _moves(m, words)]
    line = Line(scene.doc.text, words)
    counts = read_counts(line, [time.span for time in scene.times_in(passage.span)])
    harms = read_harms(line, counts)
    for harm in harms:
        holder = _holder(harm, found, passage)
        if holder is None:
            found.append(_toll(number, harm))
        else:
            holder.harms.append(harm)
    _part_captives(found, line, counts)
    used = {count.start for harm in harms for count in harm.counts}
    _join_forces(found, [count for count in counts if count.start not in used and is_force(line, count)], passage)
    return sorted(found, key=lambda mention: mention.span)


def _join_forces(found: list[Mention], free: list[Count], passage: Passage) -> None:
    """Gives fighters and soldiers that are counted but not harmed to the nearest move or fight."""
    for count in free:
        near = [(passage.distance(m.span, (count.start, count.end)), m.span, m) for m in found if m.type in FORCES]
        distance, _, nearest = min(near, default=(FORCE_WITHIN, (0, 0), None), key=lambda row: row[:2])
        if nearest is not None and distance < FORCE_WITHIN:
            nearest.strength = nearest.strength or count


def _part_captives(found: list[Mention], line: Line, counts: Sequence[Count]) -> None:
    """Makes the taking of counted people an abduction: "seven were captured", "captured 20 soldiers"."""
    for mention in found:
        if mention.type == "territory_taken" and mention.trigger.form == "verb":
            between = (line.texts(count.noun, mention.first) for count in counts if count.noun < mention.first)
            if any(_BEING.issuperset(words) for words in between) or any(c.first == mention.last for c in counts):
                mention.type = "abduction"


def _is_name(mention: Mention, scene: Scene) -> bool:
    """Whether the word is part of a name ("Center for Reconciliation", "Open Road"), which says no event."""
    start, end = mention.span
    if not scene.doc.text[start].isupper():
        return False
    names = (entity.span for entity in scene.entities_over(mention.span) if entity.type != "LOC")
    if any(first <= start and end <= last and last - first > end - start for first, last in names):
        return True
    return scene.in_source(mention.span) and scene.passages[mention.passage].span[0] != start


def _is_purpose(mention: Mention, words: tuple[Word, ...]) -> bool:
    """Whether a taking is only what a fight is for: "an offensive to retake the city", not "managed to retake it"."""
    if mention.trigger.type != "territory_taken" or words[max(0, mention.first - 1)].text != "to":
        return False
    before = {word.text for word in words[max(0, mention.first - PURPOSE_WITHIN) : mention.first]}
    return not before.isdisjoint(table("kinds")["parties"]["purposes"].split())


def _moves(mention: Mention, words: tuple[Word, ...]) -> bool:
    """Whether a word that alone does not say a movement of forces ("moved") has a force beside it."""
    if mention.trigger.type != "movement" or not mention.trigger.open:
        return True
    near = words[max(0, mention.first - MOVED_WITHIN) : mention.last + MOVED_WITHIN]
    forces = frozenset(table("kinds")["parties"]["forces"].split())
    return any(word.text.rpartition("-")[2] in forces for word in near)


def _toll(number: int, harm: Harm) -> Mention:
    share = table("harm")["shares"]["counted" if harm.counts else "bare"]
    trigger = Trigger("casualties", "toll", False, share)
    return Mention(number, harm.span, harm.word, harm.word + 1, trigger, trigger.type, [harm])


def _holder(harm: Harm, found: list[Mention], passage: Passage) -> Mention | None:
    """The event that a toll belongs to: the nearest deadly one that has no count of that role yet."""
    best: Mention | None = None
    best_distance = TOLL_WITHIN
    for mention in found:
        overlaps = mention.first <= harm.word < mention.last
        if not overlaps and (mention.type not in DEADLY and mention.type != "casualties"):
            continue
        if harm.counts and mention.harm(harm.role) is not None:
            continue
        if mention.type == "casualties" and harm.role == "killed":
            continue
        # A word that is seldom an event ("shells") gives way to one that mostly is ("fired").
        doubt = DOUBT * (1 - mention.trigger.share)
        distance = 0.0 if overlaps else passage.distance(mention.span, harm.span) + doubt
        if distance < best_distance:
            best, best_distance = mention, distance
    return best
