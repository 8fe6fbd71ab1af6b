"""When two reports of one deed put it at places or on days that cannot both be right.

Two towns in one story are mostly two deeds that were taken for one, and two days mostly a slip of reading. They count
as disputed only between origins that have the same toll and name place or day beside the deed, and only of deeds that
happen at one spot in a moment: battles, sieges and flights have many places and days.
"""

from __future__ import annotations

from sayso.places import scale_of
from sayso.records import DayRange, Place
from sayso.stories.compare import days_from, shared_count
from sayso.stories.kinds import kinship
from sayso.stories.mentions import Mention
from sayso.stories.traits import FEW_DEAD
from sayso.stories.whereabouts import is_country, is_region, kilometres, place_trait

#: Deeds of one spot and one moment.
_MOMENTS = frozenset({
    "air_strike", "attack_on_civilians", "bombing", "chemical_attack", "shelling", "suicide_bombing",
})  # fmt: skip

#: Nearer places (km) may be a city and its suburb, or two names of one neighbourhood.
_NEAR = 20.0

#: A range of more days is no statement of the day.
_DAYS_OF_A_MOMENT = 1

#: Of two places that lie so the one holds the other, or may be it.
_MAY_BE_ONE = frozenset({"same place", "place within", "part of the name"})


def stated_place(mention: Mention) -> str | None:
    """The place that a report names beside a deed of one spot; None where it is vague, unresolved or guessed."""
    if mention.placed_elsewhere or not _is_moment(mention) or _is_vague(mention.spot):
        return None
    return mention.event.place


def _is_vague(spot: Place | None) -> bool:
    if spot is None or spot.lat is None or is_country(spot) or is_region(spot):
        return True
    return scale_of(spot.name or "", spot.geonameid, spot.country) != "spot"


def stated_days(mention: Mention) -> str | None:
    """The day that a report names beside a deed of one moment, in words."""
    days = mention.date
    if days is None or mention.dated_elsewhere or days_from(*days) > _DAYS_OF_A_MOMENT or not _is_moment(mention):
        return None
    return days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"


def _is_moment(mention: Mention) -> bool:
    return mention.event.type in _MOMENTS and mention.happened == "asserted"


def places_apart(one: Mention, other: Mention) -> bool:
    """Whether two places are far from each other and neither may hold the other: a town may stand for its province."""
    if place_trait(one, other) in _MAY_BE_ONE or _one_division(one, other):
        return False
    return (kilometres(one, other) or 0.0) > _NEAR


def _one_division(one: Mention, other: Mention) -> bool:
    a, b = one.spot, other.spot
    return a is not None and b is not None and a.admin1 is not None and (a.country, a.admin1) == (b.country, b.admin1)


def days_apart(one: Mention, other: Mention) -> bool:
    """Whether two ranges have no day in common."""
    a, b = one.date, other.date
    return a is not None and b is not None and (_ends_before(a, b) or _ends_before(b, a))


def _ends_before(one: DayRange, other: DayRange) -> bool:
    return one[1] < other[0]


def is_same_deed(one: Mention, other: Mention) -> bool:
    """Whether two reports tell one deed but for where or when: kin types and a toll that few deeds share."""
    if kinship(one.event.type, other.event.type) < 2:
        return False
    counts = ((one.dead, other.dead), (one.hurt, other.hurt))
    shared = [shared_count(a, b) for a, b in counts if a is not None and b is not None]
    return any(number is not None and number > FEW_DEAD for number in shared)
