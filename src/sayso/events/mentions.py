"""Where events are mentioned: trigger words, and tolls joined to the attack that they are the toll of."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.events.counts import Count, Line, read_counts
from sayso.events.harms import Harm, read_harms
from sayso.events.lexicon import Trigger, find_all, table, triggers
from sayso.events.passages import Passage
from sayso.records import Span
from sayso.text import Doc

#: What a wholly doubtful trigger word counts as further from a toll than a sure one (``Passage.distance``).
DOUBT = 25

#: A toll further from an attack than this (``Passage.distance``) is a casualties event of its own.
TOLL_WITHIN = 60.0

#: Types whose events may carry a toll.
DEADLY = frozenset(
    "air_strike shelling bombing suicide_bombing chemical_attack attack_on_civilians attack offensive "
    "armed_clash".split()
)


#: Types whose events may tell the size of a force.
FORCES = frozenset("movement offensive armed_clash withdrawal territory_taken control attack other_conflict".split())


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


def find_mentions(doc: Doc, number: int, passage: Passage) -> list[Mention]:
    """The candidate events of one passage, in text order."""
    words = passage.words
    found = [
        Mention(number, (words[a].start, words[b - 1].end), a, b, trigger, trigger.type)
        for a, b, trigger in find_all(triggers(), words)
    ]
    line = Line(doc.text, words)
    counts = read_counts(line)
    harms = read_harms(line, counts)
    for harm in harms:
        holder = _holder(harm, found, passage)
        if holder is None:
            found.append(_toll(number, harm))
        else:
            holder.harms.append(harm)
    used = {count.start for harm in harms for count in harm.counts}
    _join_forces(found, [count for count in counts if count.start not in used], passage)
    return sorted(found, key=lambda mention: mention.span)


def _join_forces(found: list[Mention], free: list[Count], passage: Passage) -> None:
    """Gives fighters and soldiers that are counted but not harmed to the nearest move or fight of their clause."""
    for count in free:
        fit = [m for m in found if m.type in FORCES and passage.clause(m.span[0]) == passage.clause(count.start)]
        if count.kind in ("fighters", "soldiers") and fit:
            nearest = min(fit, key=lambda m: (passage.distance(m.span, (count.start, count.end)), m.span))
            nearest.strength = nearest.strength or count


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
