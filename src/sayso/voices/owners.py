"""Bodies known by what they have: whoever has spokesmen and fighters is a body, whatever the words of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.records import Span
from sayso.text import Doc
from sayso.voices.words import Word, word_list

_POSSESSED = re.compile(r"['’]s (\w{1,20})")

#: A name of one word, or of more than so many, is left to the other readers.
_WORDS = range(2, 5)

#: More names than these no article gives in this way; a list does.
_MANY = 50


def owning_bodies(doc: Doc, words: Sequence[Word]) -> Iterator[tuple[Span, str]]:
    """Every mention of a name that somewhere owns such people: "fighters of the X", "the X's spokesman".

    Capitals alone do not tell a body from an ordinary word ("the Northern Accord"); what it has does.
    """
    names = {doc.text[first.start : last.end] for first, last in _owners(doc, words)}
    for name in sorted(names, key=lambda name: (-len(name), name))[:_MANY]:
        for match in re.finditer(rf"\b{re.escape(name)}\b", doc.text):
            yield match.span(), name


def _owners(doc: Doc, words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """First and last word of each capitalised run behind "the" that owns people right there."""
    owned = word_list("owned")
    for at, word in enumerate(words):
        if word.text not in ("the", "The") or at + 2 >= len(words):
            continue
        run = _run(doc, words, at + 1)
        if len(run) not in _WORDS:
            continue
        before = [one.text for one in words[max(0, at - 2) : at]]
        owns = _POSSESSED.match(doc.text, run[-1].end)
        if (owns and owns.group(1).lower() in owned) or (
            len(before) == 2 and before[0].lower() in owned and before[1] in ("of", "for")
        ):
            yield run[0], run[-1]


def _run(doc: Doc, words: Sequence[Word], at: int) -> Sequence[Word]:
    end = at
    while end < len(words) and words[end].capital and (end == at or _adjoin(doc, words[end - 1], words[end])):
        end += 1
        if end - at >= _WORDS.stop:
            break
    return words[at:end]


def _adjoin(doc: Doc, one: Word, other: Word) -> bool:
    return doc.text[one.end : other.start] == " "
