"""Names of one voice across articles: spellings, transliterations and initials meet under one name, with a reason.

Only what can hardly be two is joined: a person does the rest by merging, and undoes what is wrong by splitting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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

#: Words with fewer consonants than this are too easily another's.
_LEAST_SOUND = 3

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
        met = next(((first[key], reason) for key, reason in keys_of(name) if key in first), None)
        body = known_name(name)
        if body is not None and body != name:
            met = (body, f"{name} is a name of {body}")
        if met is not None and met[0] != name:
            found[name] = Meeting(name=met[0], reason=met[1])
        for key, _ in keys_of(name):
            first.setdefault(key, met[0] if met else name)
    return found


def keys_of(name: str) -> Iterator[tuple[str, str]]:
    """What two names of one voice have in common, each with the reason, the surest first."""
    words = _folded(name)
    yield f"w {' '.join(words)}", "the same words"
    telling = [word for word in words if word not in _EMPTY]
    sounds = [_sound(word) for word in telling]
    if len(sounds) >= _LEAST_WORDS and min(map(len, sounds)) >= _LEAST_SOUND and kind_of(name) in (None, "person"):
        yield f"s {' '.join(sounds)}", "the same name in another spelling"
    initials = name if name.isupper() and name.isalpha() else "".join(word[0] for word in telling)
    if len(initials) >= _LEAST_INITIALS and (name.isupper() or len(telling) == len(initials)) and not _is_person(name):
        yield f"i {initials.casefold()}", "its initials"


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
