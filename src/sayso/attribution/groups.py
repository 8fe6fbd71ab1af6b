"""The verb group of a cue: its auxiliaries, and whether it can be the verb of its source and tell of a statement."""

from __future__ import annotations

from typing import NamedTuple

from sayso.attribution.clauses import after_adverbials
from sayso.attribution.lexicon import Cue, Form, lexicon, words
from sayso.attribution.units import Range, Unit, low

#: How a speaker asks to stay without a name.
_WISHES = frozenset("ask decline insist prefer refuse request seek speak want wish".split())


class Verb(NamedTuple):
    """A cue verb at item ``at``; its group of auxiliaries and adverbs begins at ``first``."""

    cue: Cue
    form: Form
    first: int
    at: int
    passive: bool


def group(unit: Unit, at: int, floor: int, cue: Cue, form: Form) -> Verb:
    first, passive = at, False
    while first > floor and (low(unit, first - 1) in words("auxiliaries") or low(unit, first - 1) in words("adverbs")):
        first -= 1
        passive = passive or (low(unit, first) in words("be") and form in ("past", "part"))
    while first < at and low(unit, first) in words("adverbs") and low(unit, first) in words("leading"):
        first += 1
    return Verb(cue, form, first, at, passive)


def says_nothing(unit: Unit, verb: Verb) -> bool:
    """Whether a cue verb tells of no statement: "asked not to be named", "could not tell who", "did not say why"."""
    if low(unit, verb.first - 1) in ("who", "which") and verb.cue.lemma in _WISHES:
        return any(low(unit, at) in words("unnamed") for at in range(verb.at + 1, verb.at + 8))
    if verb.cue.lemma != "tell" or low(unit, verb.at - 1) != "not":
        return False
    return low(unit, after_adverbials(unit, verb.at + 1)) in words("asking")


def is_document(unit: Unit, source: Range) -> bool:
    return any(low(unit, at) in words("documents") for at in range(*source))


def agrees(unit: Unit, verb: Verb, source: Range) -> bool:
    """Whether verb and source can be a clause: "reports" and "plan" are nouns as often as verbs."""
    if verb.form == "base" and verb.first == verb.at:
        last = low(unit, source[1] - 1)
        if unit.items[source[1] - 1].possessive:
            return False  # "the ministry's claim that"
        return last in ("i", "they", "we", "you", "who", "that", "people", "police", "many", "some", "others") or (
            last.endswith("s") and last not in words("subjects")
        )
    if verb.form == "s" and low(unit, verb.at) in lexicon().nouns and _finite_follows(unit, verb.at + 1):
        return False  # "Unconfirmed reports put the dead at 60"
    return verb.form != "s" or verb.first < verb.at or _singular(unit, verb, source)


def _finite_follows(unit: Unit, at: int) -> bool:
    word = low(unit, at)
    found = lexicon().verbs.get(word)
    return word in words("past", "be") or word == "put" or (found is not None and found[1] in ("past", "base"))


def _singular(unit: Unit, verb: Verb, source: Range) -> bool:
    # "eleven states are", "similar comments": plural nouns that look like verbs.
    last = unit.items[source[1] - 1]
    if low(unit, verb.at + 1) == "that" or last.low in words("subjects") or last.low in ("which", "that", ")", ","):
        return True
    if last.low.isdigit() or last.low in words("determiners") or last.possessive:
        return False
    follows = low(unit, verb.at + 1)
    plural = last.low.endswith("s") and not last.low.endswith("ss") and not last.capital
    return not plural and follows not in words("auxiliaries") and follows not in ("of", "from", "have", "by")
