"""Footers that name who wrote a text ("Additional reporting by A and B; editing by C"): nobody says anything there."""

from __future__ import annotations

import re
from functools import cache

from sayso.attribution.lexicon import lexicon, words
from sayso.attribution.spoken import Spoken
from sayso.text import Doc

#: So many code points of a footer are read: enough names to tell it from a sentence.
_READ = 400

#: A word with its inner marks; not the account of a writer ("@anabell").
_WORD = re.compile(r"(?<![\w@])[^\W\d_][\w'’-]*")


def in_footer(doc: Doc, one: Spoken) -> bool:
    """Whether an attribution stands in a footer, by its cue or by the sentence that holds it."""
    at = (one.cue or one.source or one.content)[0][0]
    start, end = doc.sentence_at(at)
    return any(_names_only(doc.text[first : min(end, first + _READ)]) for first in (at, start))


def _names_only(text: str) -> bool:
    """Whether the words open a credit and the rest names people and places: "Reporting by Ana Bell in Norbury"."""
    return _opening().match(text) is not None and all(_is_part(word) for word in _WORD.findall(text))


def _is_part(word: str) -> bool:
    known = word.lower() in words("credits", "crediting")
    return known or (word != word.lower() and word.lower() not in lexicon().verbs)


@cache
def _opening() -> re.Pattern[str]:
    more, done = ("|".join(sorted(words(name))) for name in ("crediting", "credits"))
    return re.compile(rf"\W*(?:(?:{more})\s+)*(?:{done})\s*(?:by\b|from\b|:)", re.IGNORECASE)
