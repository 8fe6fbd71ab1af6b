"""What fills the slots of one event, each with the words that say so."""

from __future__ import annotations

from typing import NamedTuple

from sayso.events.sides import Party
from sayso.events.where import Spot
from sayso.records import DayRange, Modality, Span


class Slots(NamedTuple):
    """Place, days (with their words where the event has any of its own), parties, and how it is told."""

    spot: Spot | None
    days: DayRange | None
    dated_by: Span | None
    agent: Party | None
    patient: Party | None
    modality: Modality
