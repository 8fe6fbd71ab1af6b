"""The words of time, from ``lexicon.toml``: loaded once, and as pieces of patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.text.numbers import SCALES, TENS, UNITS

#: White space between two words: a line may break there once; bounded, so that a page of blanks costs nothing.
BLANK = r"(?: {1,4}\n? {0,4}|\n {0,4})"

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
ORDINALS = {word: value for value, word in enumerate(_ORDINALS, 1)}

SPOKEN_DECADES = {
    word: n for n, word in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
}


@cache
def lexicon() -> Mapping[str, Mapping[str, Any]]:
    """The tables of ``lexicon.toml``."""
    return tomllib.loads((files("sayso.times") / "lexicon.toml").read_text(encoding="utf-8"))


def look_up(tables: str, word: str) -> Any:
    """What ``word`` stands for in the first of the ``tables`` (names, blanks between) that holds it.

    Raises:
        KeyError: when none does.
    """
    key = " ".join(word.split())
    for table in tables.split():
        if key in lexicon()[table]:
            return lexicon()[table][key]
    raise KeyError(word)


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(BLANK.join(map(re.escape, word.split())) for word in ordered) + ")"


@cache
def pieces() -> Mapping[str, str]:
    """Pattern pieces by the name that templates use."""
    tables = lexicon()
    number_word = any_of([*UNITS, *TENS, *SCALES])
    no_unit = "".join(rf"(?<!{word} )" for word in [*UNITS, *TENS])  # "hundred and five", but "two" and "four years"
    words = rf"{number_word}(?:[ -](?:{no_unit}and )?{number_word}){{0,4}}"
    number = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,2}}|\d{{1,4}}(?:\.\d)?|{words})"
    return {
        "month": any_of(tables["months"]),
        "anymonth": f"(?:{any_of(tables['months'])}|{any_of(tables['short_months'])}\\.?)(?![a-z])",
        "weekday": any_of(tables["weekdays"]),
        "anyweekday": f"(?:{any_of(tables['weekdays'])}|{any_of(tables['short_weekdays'])}\\.?)(?![a-z])",
        "monthday": r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)",
        "year": rf"(?:(?:1[0-9]|20)\d\d(?!\d|,\d)|nineteen[ -]{any_of(TENS)}(?:[ -]{any_of(list(UNITS)[1:10])})?)",
        "unit": any_of(tables["units"]),
        "units": any_of([*tables["units"], *tables["plural_units"]]),
        "plural": any_of(tables["plural_units"]),
        "span": any_of(["day", "week", "month", "quarter", "year", "decade", "century"]),
        "season": any_of(tables["seasons"]),
        "part": any_of(tables["parts_of_day"]),
        "hoursof": any_of(tables["hours_of"]),
        "noon": any_of(tables["clock"]),
        "holiday": any_of(tables["holidays"]),
        "edge": any_of(tables["edges"]),
        "near": any_of(tables["nearness"]),
        "reference": any_of(tables["references"]),
        "frequency": any_of(tables["frequencies"]),
        "ordinal": f"(?:{any_of(ORDINALS)}|\\d{{1,2}}(?:st|nd|rd|th))",
        "count": f"(?:{number}(?:{BLANK}1/2|{BLANK}and{BLANK}a{BLANK}half|-1/2|-and-a-half)?)",
        "vague": any_of(tables["vague_counts"]),
        "zone": any_of(tables["zones"]["names"]) + r"\b",
    }


def year_value(words: str) -> int:
    """The year that ``words`` say: "1997", "nineteen ninety-seven"."""
    if words.isdigit():
        return int(words)
    first, *rest = re.split(r"[ -]", words)
    return 100 * UNITS[first] + sum({**UNITS, **TENS}[word] for word in rest)


def ordinal_value(word: str) -> int:
    """The number that an ordinal ("third", "21st") stands for."""
    return int(word[:-2]) if word[0].isdigit() else ORDINALS["-".join(word.split())]
