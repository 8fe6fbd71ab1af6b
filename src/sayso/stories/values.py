"""What a claim gives to a slot that can be disputed: the same within one article and across many."""

from __future__ import annotations

import re
from datetime import date

from sayso.records import Claim, CountRange, Event, Reading

#: An attack that failed leaves the place with its holder, whatever the event's type says of the attack.
_REPELLED = ("repel", "repuls", "foil", "thwart", "fended off", "beaten back", "beat back")

#: Words shortly before a denied event that deny it for the time to come.
_NOT_YET = re.compile(r"(?i)\b(?:(?:will|would|shall) (?:not|never)|won['’]?t)\b[^.;]*$")
_NOT_YET_WITHIN = 40

#: A count beside these words is a part of another.
_AMONG = ("among the dead", "among those killed", "among the victims", "among the wounded")

#: A toll of more days than this sums up many happenings ("in the past two weeks", "since 2011").
_DAYS_OF_ONE = 3


def yes_or_no(event: Event, claim: Claim) -> str | None:
    """Whether a claim asserts or denies its event; None where it does neither (it may have happened, it is planned)."""
    if event.modality == "denied" or (claim.stance == "denies" and event.modality == "asserted"):
        return "denied"
    return "asserted" if event.modality == "asserted" and claim.stance == "says" else None


def occurrence(reading: Reading, event: Event, claim: Claim) -> str | None:
    """Whether it happened; who denies that somebody did it does not say that nobody did, nor does who says that it
    will not happen."""
    answer = yes_or_no(event, claim)
    if answer != "denied":
        return answer
    before = reading.article.text[max(0, event.trigger[0] - _NOT_YET_WITHIN) : event.trigger[0]]
    return None if event.agent or _NOT_YET.search(before) else answer


def authorship(reading: Reading, event: Event, claim: Claim) -> str | None:
    """Who is said to have done it, or not; to deny strikes "against homes" is not to deny strikes."""
    answer = yes_or_no(event, claim)
    behind = reading.article.text[event.trigger[1] : event.trigger[1] + 9]
    if answer == "denied" and event.patient is None and behind.startswith(" against "):
        return None
    return None if event.agent is None or answer is None else f"{event.agent}: {answer}"


def holder(reading: Reading, event: Event, claim: Claim) -> str | None:
    """Who is said to hold a place; an article's own words on that set the scene, and are not held against anybody."""
    if event.place is None or claim.attribution is None or yes_or_no(event, claim) != "asserted":
        return None
    if event.type == "offensive" and _repelled(reading, event, claim):
        return "attack repelled"
    if event.agent is None or event.type not in ("territory_taken", "control"):
        return None
    return f"{'taken' if event.type == 'territory_taken' else 'held'} by {event.agent}"


def _repelled(reading: Reading, event: Event, claim: Claim) -> bool:
    """Whether what is claimed says, near the attack's own words, that it failed."""
    text = reading.article.text
    near = text[max(0, event.trigger[0] - 60) : event.trigger[1] + 60].casefold()
    held = " ".join(text[start:end] for start, end in claim.content).casefold()
    return any(word in near and word in held for word in _REPELLED)


def dead(reading: Reading, event: Event, claim: Claim) -> CountRange | None:
    """How many a claim says were killed, where that is the happening's own toll."""
    return event.killed if yes_or_no(event, claim) == "asserted" and not _is_part(reading, event) else None


def hurt(reading: Reading, event: Event, claim: Claim) -> CountRange | None:
    """How many a claim says were injured, where that is the happening's own toll."""
    return event.injured if yes_or_no(event, claim) == "asserted" and not _is_part(reading, event) else None


def _is_part(reading: Reading, event: Event) -> bool:
    near = reading.article.text[max(0, event.trigger[0] - 40) : event.trigger[1] + 40].casefold()
    return any(words in near for words in _AMONG)


def victims_of(event: Event) -> str:
    """Fighters and soldiers are counted apart; "people", as most tolls say, may be civilians or both."""
    return event.victims if event.victims in ("fighters", "soldiers") else "people"


def is_brief(event: Event) -> bool:
    """Whether an event's days are few enough for a toll of one happening; where none are given they may be, but a toll
    without days and without a cause is mostly a whole war's."""
    if event.date is None:
        return event.type != "casualties"
    try:
        return (date.fromisoformat(event.date[1]) - date.fromisoformat(event.date[0])).days < _DAYS_OF_ONE
    except ValueError:
        return False


def count_words(count: CountRange) -> str:
    """``at least 20``, ``up to 300``, ``16`` or ``10 to 15``; ``unknown`` where both ends are open."""
    low, high = count
    if low is None:
        return "unknown" if high is None else f"up to {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
