"""A case: one investigation, kept in one SQLite file or a database.

Pages as they were read, their versions, the stories that they tell, and what people decided about these.
"""

from sayso.case.case import Added, Case, open_case
from sayso.case.decisions import Decided, Decision
from sayso.case.forgetting import Forgotten, Tombstone
from sayso.case.searching import ALL, ArticleRow, Found, FoundClaim, Only, StoryRow, VoiceRow

__all__ = [
    "ALL",
    "Added",
    "ArticleRow",
    "Case",
    "Decided",
    "Decision",
    "Forgotten",
    "Found",
    "FoundClaim",
    "Only",
    "StoryRow",
    "Tombstone",
    "VoiceRow",
    "open_case",
]
