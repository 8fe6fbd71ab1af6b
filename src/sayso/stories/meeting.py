"""Names of one voice across articles: spellings, transliterations and initials meet under one name, with a reason.

Only what can hardly be two is joined: a person does the rest by merging, and undoes what is wrong by splitting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from unicodedata import combining, normalize

from sayso.records import Record
from sayso.voices import kind_of, known_name

_PARTS = re.compile(r"[^\W_]+")
_VOWELS = re.compile(r"[aeiouy]+")

#: Spellings of one sound in names that were written in another script: longest first.
_SOUNDS = (("kh", "k"), ("gh", "g"), ("dh", "d"), ("ph", "f"), ("th", "t"), ("sch", "sh"), ("q", "k"), ("c", "k"),
           ("v", "f"), ("w", "u"), ("j", "y"), ("z", "s"))  # fmt: skip

#: Words that say nothing of who is meant.
_EMPTY = frozenset("the of for and mr mrs ms dr sheikh al el abu".split())

#: A name of a person has at least so many words before its spelling alone tells who it is.
_LEAST_WORDS = 2

#: A name with fewer consonants than this is too easily another's.
_LEAST_SOUND = 5

#: So much of two names is the same, letter by letter, where they are spellings of one: Hassan is not Hussein.
_ALIKE = 0.8

#: As many letters stand for a body's words.
_LEAST_INITIALS = 3


class Meeting(Record, frozen=True, kw_only=True):
    """The name that a voice goes by across a case, and why."""

    name: str
    reason: str


def meet(names: Iterable[str]) -> dict[str, Meeting]:
    """Every name that goes by another one.

    Args:
        names: those of a case, the most frequent first: it is what the others go by.
    """
    first: dict[str, str] = {}
    found: dict[str, Meeting] = {}
    for name in names:
        if kind_of(name) == "anonymous":
            continue
        keys = list(keys_of(name))
        met = next(((first[key], why) for key, why in keys if key in first and _may_be(key, name, first[key])), None)
        body = known_name(name)
        if body is not None and body != name:
            met = (body, f"{name} is a name of {body}")
        if met is not None and met[0] != name:
            found[name] = Meeting(name=met[0], reason=met[1])
        for key, _ in keys:
            first.setdefault(key, met[0] if met else name)
    return found


def keys_of(name: str) -> Iterator[tuple[str, str]]:
    """What two names of one voice have in common, each with the reason, the surest first."""
    words = _folded(name)
    yield f"w {' '.join(words)}", "the same words"
    telling = [word for word in words if word not in _EMPTY]
    sound = "".join(map(_sound, telling))
    if _is_spelled_name(name) and len(sound) >= _LEAST_SOUND and kind_of(name) in (None, "person"):
        yield f"s {sound}", "the same name in another spelling"
    initials = name if name.isupper() and name.isalpha() else "".join(word[0] for word in telling)
    if len(initials) >= _LEAST_INITIALS and (name.isupper() or len(telling) == len(initials)) and not _is_person(name):
        yield f"i {initials.casefold()}", "its initials"


def _may_be(key: str, name: str, other: str) -> bool:
    """Whether names that sound alike are written alike too."""
    if not key.startswith("s "):
        return True
    one, two = ("".join(word for word in _folded(spelled) if word not in _EMPTY) for spelled in (name, other))
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE


def _is_spelled_name(name: str) -> bool:
    """Whether it is two words or more, each with a capital, particles aside."""
    words = [word for word in _PARTS.findall(name) if word.casefold() not in _EMPTY]
    return len(words) >= _LEAST_WORDS and all(word[0].isupper() for word in words)


def _is_person(name: str) -> bool:
    """Whether it may be a person's name: initials tell nothing there."""
    return not name.isupper() and not re.search(r"\b(of|for|and)\b", name)


def _folded(name: str) -> list[str]:
    plain = "".join(char for char in normalize("NFKD", name) if not combining(char)).casefold()
    return _PARTS.findall(plain.removeprefix("the ").replace("’s", "").replace("'s", ""))


def _sound(word: str) -> str:
    """The consonants of a word as they sound, doubled ones once."""
    for spelled, heard in _SOUNDS:
        word = word.replace(spelled, heard)
    bones = word[0] + _VOWELS.sub("", word[1:])
    return re.sub(r"(.)\1+", r"\1", bones)
