"""The traits by which two mentions are compared, in the order in which they are looked for, and how near each is.

``compare`` finds them for one pair in words, ``scores`` for many pairs in numbers; what one trait is worth depends on
another (one day and one town say more together than apart), so that traits of two groups are weighed by pairs of grades
too.
"""

from __future__ import annotations

NEAR, UNCLEAR, FAR = "near", "unclear", "far"

#: A range of more days than this tells of a campaign or a siege rather than of a day.
LONG = 10

#: Long ranges that begin within so many days may be one campaign.
MONTH = 31

#: More days apart than this all weigh alike.
TOLD_APART = 4

#: Distances (km) up to which two places without a word in common are told apart, and the trait of each.
DISTANCES = ((3, "beside"), (15, "one city"), (50, "one district"), (150, "one region"))

#: Days between two publications up to which they are told apart, and the trait of each.
PUBLISHED_WITHIN = ((0, "published at once"), (1, "published next day"), (4, "published soon"), (31, "published later"))

#: So few dead, many attacks have in common.
FEW_DEAD = 4

#: Tolls that differ by a smaller share than this may be one toll, counted at two times.
NEAR_TOLLS = 1.5

#: The share of words beyond which two texts are as alike as matters.
MOST_WORDS, MOST_ARTICLE = 0.6, 0.5

#: The headline and the first sentences say what an article is about.
LEAD = 2

#: Two mentions of one article: how many sentences apart are near.
NEAR_SENTENCES = 2

TYPES = {"type 0": FAR, "type 1": UNCLEAR, "type 2": UNCLEAR, "type 3": NEAR}

DAYS = {
    "no days": UNCLEAR, "days of one": UNCLEAR, "long, begun together": UNCLEAR, "long, begun apart": FAR,
    "long and short": FAR, "same days": NEAR, "days meet": NEAR, "1 days apart": UNCLEAR, "2 days apart": FAR,
    "3 days apart": FAR, "4 days apart": FAR,
}  # fmt: skip

PLACES = {
    "no places": UNCLEAR, "place of one": UNCLEAR, "same country": UNCLEAR, "within the country": UNCLEAR,
    "country and unknown": UNCLEAR, "same region": UNCLEAR, "same place": NEAR, "place within": UNCLEAR,
    "part of the name": UNCLEAR, "beside": NEAR, "one city": UNCLEAR, "one district": FAR, "one region": FAR,
    "far away": FAR, "other name": FAR,
}  # fmt: skip

PUBLISHED = {
    "published at once": NEAR, "published next day": NEAR, "published soon": UNCLEAR, "published later": FAR,
    "published far apart": FAR,
}  # fmt: skip

#: Groups that are weighed together, and what their pairs are called in ``weights.toml``.
TOGETHER = (("type", "days"), ("type", "place"), ("place", "days"), ("type", "published"))


def together(one: str, grade: str, other: str, other_grade: str) -> str:
    """The trait of two groups together: ``type near, days far``."""
    return f"{one} {grade}, {other} {other_grade}"
