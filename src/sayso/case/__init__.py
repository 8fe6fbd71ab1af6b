"""A case: one investigation, kept in one SQLite file or a database.

Pages as they were read, their versions, the stories that they tell, and what people decided about these.
"""

from sayso.case.accounts import ROLES, Account, AccountChange, Role
from sayso.case.case import Added, Case, open_case
from sayso.case.decisions import Decided, Decision
from sayso.case.forgetting import Forgotten, Tombstone
from sayso.case.narrowing import ALL, Only, Order
from sayso.case.overviews import Bar, ClaimHome, Overview, Spot
from sayso.case.searching import ArticleRow, Found, FoundClaim, StoryRow
from sayso.case.voices import VoiceRow

__all__ = [
    "ALL",
    "ROLES",
    "Account",
    "AccountChange",
    "Added",
    "ArticleRow",
    "Bar",
    "Case",
    "ClaimHome",
    "Decided",
    "Decision",
    "Forgotten",
    "Found",
    "FoundClaim",
    "Only",
    "Order",
    "Overview",
    "Role",
    "Spot",
    "StoryRow",
    "Tombstone",
    "VoiceRow",
    "open_case",
]
