"""What a claim gives to a slot that can be disputed: the same within one article and across many."""

from __future__ import annotations

from datetime import date

from sayso.records import Claim, CountRange, Event, Reading

#: A count beside these words is a part of another.
_AMONG = ("among the dead", "among those killed", "among the victims", "among the wounded")

#: A toll of more days than this sums up many happenings ("in the past two weeks", "since 2011").
_DAYS_OF_ONE = 3


def yes_or_no(event: Event, claim: Claim) -> str | None:
    """Whether a claim asserts or denies its event; None where it does neither (it may have happened, it is planned)."""
    if event.modality == "denied" or (claim.stance == "denies" and event.modality == "asserted"):
        return "denied"
    return "asserted" if event.modality == "asserted" and claim.stance == "says" else None


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
    """Whether an event's days are few enough for a toll of one happening; where none are given they may be."""
    if event.date is None:
        return True
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
