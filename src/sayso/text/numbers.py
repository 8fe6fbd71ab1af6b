"""Numbers in words and figures: "4,000", "twenty-two", "two dozen", "3.5 million"."""

from __future__ import annotations

import re

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

_WORD = "|".join(sorted([*UNITS, *TENS, *SCALES], key=len, reverse=True))

#: Figures with or without thousands marks and a scale word, or a run of number words.
NUMBER = re.compile(
    rf"\b(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?:[ -](?:dozen|hundred|thousand|million|billion))?\b"
    rf"|\b(?:a |an )?(?:{_WORD})(?:[ -](?:and[ -])?(?:{_WORD}))*\b",
    re.IGNORECASE,
)


def number_value(words: str) -> int | None:
    """The whole number that ``words`` say, or None where they say none.

    >>> [number_value(w) for w in ("4,000", "twenty-two", "two dozen", "3.5 million", "a hundred")]
    [4000, 22, 24, 3500000, 100]
    """
    parts = re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", words.casefold())
    total, current, seen = 0, 0.0, False
    for part in parts:
        if part in ("a", "an", "and"):
            continue
        seen = True
        if part[0].isdigit():
            current += float(part.replace(",", ""))
        elif part in UNITS or part in TENS:
            current += UNITS.get(part, 0) + TENS.get(part, 0)
        elif part in ("hundred", "dozen"):
            current = (current or 1) * SCALES[part]
        elif part in SCALES:
            total, current = total + int((current or 1) * SCALES[part]), 0.0
        else:
            return None
    value = total + current
    return int(value) if seen and value == int(value) else None
