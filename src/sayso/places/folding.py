"""Names to keys: the forms under which spellings of one place meet.

Two keys. The plain key forgives case, accents, hyphens, apostrophes and stops ("Saint-Étienne" meets "saint
etienne"). The loose key is for names written from Arabic script, where one town has a dozen Latin spellings
("Deir ez-Zor", "Deyr ez Zor", "Deir al-Zour", "Deir Ezzor"): articles go, doubled letters become one, vowels
fall into three classes. ``scripts/build_gazetteer.py`` compiles the gazetteer with the very same functions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Loose keys live in the same trie as plain ones, behind a mark that no plain key can hold.
LOOSE_MARK = "~"

#: Fewer letters tell nothing apart ("Aba", "Homs" with its vowels gone).
SHORTEST_LOOSE = 3

_APOSTROPHES = re.compile(r"['’‘`´ʿʾʼ.]+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
ARTICLES = frozenset("al el ad ar as at az an ash ed er es et ez en esh ul ud ur".split())
_LONG = re.compile(r"ou|oo|uw|aw|au|ow|ee|ei|ai|ay|ey|ie|ia|iy|ya|ye|yi|iyy|yy")
_DIGRAPHS = (("ph", "f"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("dj", "j"))
_ONE_LETTER = str.maketrans("qceoyz", "kkiuiz")
_DOUBLED = re.compile(r"(.)\1+")
_WEAK_END = re.compile(r"(?<=.{2})[aieuh]+$")


@lru_cache(maxsize=8192)
def plain_key(name: str) -> str:
    """Lower-case ASCII words with single spaces; "" for a name of no Latin letter or figure.

    >>> plain_key("Saint-Étienne"), plain_key("St. John’s"), plain_key("W.Va.")
    ('saint etienne', 'st johns', 'wva')
    """
    folded = name.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded.translate(_LETTERS))
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", _APOSTROPHES.sub("", folded)).strip()


@lru_cache(maxsize=8192)
def loose_key(name: str) -> str:
    """The marked key of a name from Arabic script; "" where too little is left to tell places apart.

    >>> loose_key("Deir ez-Zor") == loose_key("Deyr ez Zor") == loose_key("Deir Ezzor") == loose_key("Deir al-Zour")
    True
    """
    words = [word for word in plain_key(name).split() if word not in ARTICLES]
    key = "".join(filter(None, map(_loose_word, words)))
    return LOOSE_MARK + key if len(key) >= SHORTEST_LOOSE else ""


def _loose_word(word: str) -> str:
    for written, sound in _DIGRAPHS:
        word = word.replace(written, sound)
    # "Ezzor", "Arraqqa": the article has grown onto its noun.
    if len(word) > 4 and word[0] in "ae" and word[1] == word[2]:
        word = word[1:]
    word = _LONG.sub(_vowel_class, word).translate(_ONE_LETTER)
    return _WEAK_END.sub("", _DOUBLED.sub(r"\1", word))


def _vowel_class(match: re.Match[str]) -> str:
    return "u" if match.group()[0] in "ou" or match.group()[-1] in "wu" else "i"
