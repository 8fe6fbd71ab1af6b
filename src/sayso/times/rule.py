"""What a rule is: a pattern of words, and what they mean where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from sayso.records import TimeType
from sayso.times.calendar import Days
from sayso.times.context import Context
from sayso.times.lexicon import BLANK, pieces


class Meaning(NamedTuple):
    """What a time expression stands for.

    ``days`` is given where the value alone does not tell them. ``clock`` is what an hour or part of the day adds
    to a day (``T22:00``, ``TMO``). With ``alone`` false it is a time only beside a day; with ``recall`` false later
    expressions do not refer back to it.
    """

    type: TimeType
    value: str
    mod: str | None = None
    days: Days | None = None
    clock: str | None = None
    alone: bool = True
    recall: bool = True


class Rule(NamedTuple):
    """A template and the function that resolves what it finds; None says: not a time here.

    ``about`` names the kind of word (see ``sayso.times.search``) that every match holds: the rule is tried only near
    such words. In a template ``{name}`` or ``{name:group}`` is a piece of the lexicon, and a blank any white space
    between words; ``end`` is what may not follow.
    """

    about: str
    template: str
    resolve: Callable[[re.Match[str], Context], Meaning | None]
    end: str = r"(?!\w)"


@cache
def pattern_of(rule: Rule) -> re.Pattern[str]:
    """The rule's pattern over plain text; made at first use, since start-up counts."""

    def piece(match: re.Match[str]) -> str:
        return f"(?P<{match['group'] or match['name']}>{pieces()[match['name']]})"

    spaced = re.sub(r"(?<!\\) ", lambda _: BLANK, rule.template)
    pattern = re.sub(r"\{(?P<name>[a-z]+)(?::(?P<group>\w+))?\}", piece, spaced)
    return re.compile(rf"(?<!\w)(?:{pattern}){rule.end}")


def group(match: re.Match[str], name: str) -> str | None:
    """What the group holds, white space made single; None where the pattern has no such group or it is empty."""
    found = match.groupdict().get(name)
    return " ".join(found.split()) if found else None
