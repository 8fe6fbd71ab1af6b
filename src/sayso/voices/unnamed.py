"""Those whom the text does not name: short and stable wordings of what it says of them."""

from __future__ import annotations

import re

UNNAMED = "unnamed"

#: Words without a noun of their own: they say nothing of the speaker.
_EMPTY = frozenset(
    "all another any anyone anything both everybody everyone few many more most no-one nobody none nothing one other "
    "others some somebody someone that these this those unconfirmed what whatever whoever you".split()
)
_PARTICIPLE = re.compile(r"(?:asked|identified|known|named|quoted|speaking|told)\b")
_NO_NOUN = re.compile(r"(?i)(?:it|but|every|more|say|given|you're)\b|\w+ly$")

#: How many there are, and that they have no name, tells nobody apart.
_NUMBER = re.compile(
    r"(?i)(?:(?:at least|about|more than|over|up to|a number of|dozens of|hundreds of|scores of|some of the) )?"
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|a dozen|several|various|many|other|both"
    r"|unnamed|unidentified|unspecified|anonymous|undisclosed|his|her|its|their|our|your|my)\s+(?=\w)"
)

#: What they know or do, and where they stand at the moment, is no part of a name.
_TAIL = re.compile(
    r"\s+(?:(?:familiar|briefed|quoted|cited|contacted|reached|interviewed|speaking|who|whom|whose|which|that)\b"
    r"|with (?:direct )?knowledge\b|on condition\b"
    r"|(?:at|in|on|near|outside|inside|from|around|behind) (?:an?|the|this|that)\s+[a-z])"
)
_NEARBY = re.compile(r"\b(in|at|near|from|of) (?:the )?(?:nearby|neighbou?ring|adjacent)\s+(?=\w)")
_ADVERB = re.compile(r", (?:however|meanwhile|though|too)\b.*")
_POSSESSIVE = re.compile(r"['’]s?$")

#: A small word that may say what a name is; behind a preposition the name is another's.
_APART = "about|against|and|as|at|by|for|from|in|into|of|on|or|over|than|that|the|through|to|under|with"
_NOUN = rf"(?!(?:{_APART})\b)[a-z][a-z-]+"

#: A name behind what it is said to be: "relief group Open Road".
_APPOSED = re.compile(
    rf"(?:{_NOUN}|[A-Z][a-z-]+ {_NOUN})(?: {_NOUN}){{0,3}} "
    r"((?:[A-Z][\w’'&.-]*)(?: (?:(?:of|for|and|the|in) )?[A-Z][\w’'&.-]*){0,6})"
)

#: No source is longer than this many characters and yet a name.
_LONGEST = 160


def tidy(words: str) -> str:
    """The words without fillers: no counts, no "nearby", no clause, no possessive ending.

    >>> tidy("two diplomats familiar with the matter")
    'diplomats'
    >>> tidy("district hospital in nearby Kesterhal")
    'district hospital in Kesterhal'
    """
    words = _ADVERB.sub("", _NEARBY.sub(r"\1 ", words[:_LONGEST]))
    cut = _TAIL.search(words)
    words = words[: cut.start()] if cut else words
    while (number := _NUMBER.match(words)) is not None:
        words = words[number.end() :]
    return _POSSESSIVE.sub("", words).strip(" ,;:-–—")


def says_same(words: str) -> bool:
    """Whether the words point back at one who was just left unnamed: "another", "(not to be) named for fear"."""
    return words.lower() == "another" or _PARTICIPLE.match(words) is not None


def says_nothing(words: str) -> bool:
    """Whether the words of a source tell nothing of the speaker: "another", "named for fear of reprisals"."""
    nothing = _PARTICIPLE.match(words) or _NO_NOUN.match(words)
    return not words or words.lower() in _EMPTY or nothing is not None


def apposed_name(core: str) -> str | None:
    """The name that ends a noun phrase whose other words only say what it is: "relief group Open Road"."""
    found = _APPOSED.fullmatch(core[:_LONGEST])
    return found.group(1) if found else None


def lowered(words: str) -> str:
    """The words with a small first letter, unless their first word is written with more capitals."""
    first = words.split(maxsplit=1)[0] if words else ""
    return words[:1].lower() + words[1:] if first[1:].islower() or len(first) == 1 else words


def is_unnamed(voice: str) -> bool:
    """Whether a voice has no name."""
    return voice == UNNAMED or voice.startswith(UNNAMED + " ")


def unnamed(words: str) -> str:
    """ "unnamed", with what the text says of them."""
    return f"{UNNAMED} {words}" if words and words.lower() != UNNAMED else UNNAMED
