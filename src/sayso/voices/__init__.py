"""Who is who: names, the voices behind "he" and "the group", their roofs, and whose claim each saying is."""

from sayso.voices.claims import make_claims
from sayso.voices.entities import read_entities
from sayso.voices.nations import adjective_of
from sayso.voices.roofs import kind_of, known_name, roof_of, roof_of_words, state_roof
from sayso.voices.speakers import resolve_speakers

__all__ = [
    "adjective_of", "kind_of", "known_name", "make_claims", "read_entities", "resolve_speakers", "roof_of",
    "roof_of_words", "state_roof",
]  # fmt: skip
