"""Across articles: which claims speak of one happening, how many independent origins they have, where they differ.

All of it is pure: the same readings give the same stories, whatever their order.
"""

from sayso.stories.cluster import Grouping
from sayso.stories.columns import Columns
from sayso.stories.copies import Copy, Text, find_copies, text_of
from sayso.stories.meeting import Meeting, keys_of, meet
from sayso.stories.mentions import SKETCH_VERSION, Mention, Sketch, place_of, sketch_of
from sayso.stories.over import Over
from sayso.stories.repeats import Repeats
from sayso.stories.rulings import KINDS, SLOTS, Correction, Membership, Rulings, correction_of
from sayso.stories.stories import NO_DAY, find_stories, in_order, story_of

__all__ = [
    "KINDS",
    "NO_DAY",
    "SKETCH_VERSION",
    "SLOTS",
    "Columns",
    "Copy",
    "Correction",
    "Grouping",
    "Meeting",
    "Membership",
    "Mention",
    "Over",
    "Repeats",
    "Rulings",
    "Sketch",
    "Text",
    "correction_of",
    "find_copies",
    "find_stories",
    "in_order",
    "keys_of",
    "meet",
    "place_of",
    "sketch_of",
    "story_of",
    "text_of",
]
