"""Clauses: where what is said begins and ends, to the right or to the left of its cue."""

from __future__ import annotations

import re

from sayso.attribution.kinds import is_date, is_time
from sayso.attribution.lexicon import Cue, lexicon, words
from sayso.attribution.nouns import source_after
from sayso.attribution.units import Range, Unit, is_quote, low

#: Particles and prepositions that may belong to a cue; ``cues.toml`` says which go with which.
_PARTICLES = frozenset("about against as at for in it like of on out to upon with".split())
_WH = frozenset("how what whether why who when where if which".split())
_YEAR = re.compile(r"(?:\d\d?,)?(?:19|20)\d\d")
#: Prepositions that open a clause as often as a phrase of its own: "said at least 20 people", "said over 4,000".
_OPENING = frozenset(
    "about around as at behind between by despite during except in near on over per since under up with".split()
)
#: Verbs of saying with a person for object, as sure a new statement as one with a clause: "denied S and blamed Y".
_CHARGES = frozenset({"accuse", "blame", "condemn"})
#: "X reported the blast but did not say who …": these words are the writer's.
_FALLS_SILENT = {
    "did": frozenset({"not"}),
    "does": frozenset({"not"}),
    "gave": frozenset({"no"}),
    "offered": frozenset({"no"}),
    "provided": frozenset({"no"}),
    "declined": frozenset({"to"}),
}
_CLOSERS = frozenset(". ; ? !".split())


def complement(unit: Unit, cue: Cue, at: int) -> tuple[int, int] | None:
    """``(end of the cue, start of the content)`` for a cue verb that ends at item ``at``; None if it takes nothing."""
    cue_end = at
    particle = low(unit, at)
    if particle in _PARTICLES and particle in cue.takes and not _infinitive(unit, cue, at):
        after = at + 1
        if particle == "out" and low(unit, after) == "that":
            return after, after
        if particle == "it" and low(unit, after) == ",":
            after += 1
        return (after, after) if _content_may_begin(unit, after) else None
    if "figure" in cue.takes and _is_figure(unit, at):
        return at, at
    start = _skip_between(unit, cue, at)
    if cue.lemma == "claim" and any(low(unit, k) in words("toll") for k in range(start, start + 4)):
        return None
    return (cue_end, start) if _taken(unit, cue, start) else None


def _is_figure(unit: Unit, at: int) -> bool:
    """Whether a figure is given: "put the toll at 12", "put the number of dead as high as 60"."""
    stop = min(len(unit.items), at + 20)
    counted = any(low(unit, k) in words("figures") for k in range(at, min(stop, at + 6)))
    return counted and any(
        low(unit, k) in ("at", "to", "as", "between", "over") and unit.items[k - 1].kind == "word"
        for k in range(at + 1, stop)
    )


def _infinitive(unit: Unit, cue: Cue, at: int) -> bool:
    return low(unit, at) == "to" and "inf" in cue.takes


def _content_may_begin(unit: Unit, at: int) -> bool:
    return at < len(unit.items) and (is_quote(unit, at) or unit.items[at].kind == "word" or low(unit, at) in "$@#:")


def _taken(unit: Unit, cue: Cue, at: int) -> bool:
    """Whether the cue takes what begins at item ``at``."""
    if at >= len(unit.items):
        return False
    word, takes = low(unit, at), cue.takes
    whole = "any" in takes
    if is_quote(unit, at) or (word == ":" and at + 1 < len(unit.items)):
        return whole or bool(takes & {"quote", "object", "object-quote", "that"})
    if word == "that":
        return whole or "that" in takes
    if word in _WH:
        return whole or "wh" in takes
    if word == "to":
        return "inf" in takes
    if word in words("prepositions") and not (whole and word in _OPENING):
        return False
    if unit.items[at].kind != "word" and word not in ("$", "#", "@", "("):
        return False
    return whole or "object" in takes


def _skip_between(unit: Unit, cue: Cue, at: int) -> int:
    """The first item after addressee, occasion and time that may begin the content."""
    if "hearer" in cue.takes:
        at = _skip_hearer(unit, at)
    if low(unit, at) == "as" and cue.stance == "denies":
        # "rejected as a lie the claim that S"
        ends = (k for k in range(at + 3, at + 6) if low(unit, k) in words("determiners", "possessives"))
        at = next(ends, at)
    at = after_adverbials(unit, at)
    if low(unit, at) == "," and (is_quote(unit, at + 1) or low(unit, at + 1) in ("that", ":")):
        at += 1
    return at


def after_adverbials(unit: Unit, at: int) -> int:
    """Past up to four adverbs, times and occasions ("also", "on Tuesday", "in a statement")."""
    for _ in range(4):
        later = _skip_adverbial(unit, at)
        if later == at:
            break
        at = later
    return at


def _skip_hearer(unit: Unit, at: int) -> int:
    word = low(unit, at)
    if word in words("objects") and word != "it":
        return at + 1
    if word in ("that", "whether", "to", "if") or is_quote(unit, at):
        return at
    found = source_after(unit, at)
    if found is None:
        return at
    return _hearer_end(unit, found)


def _hearer_end(unit: Unit, found: Range) -> int:
    """An addressee ends before the content's first word: a determiner, a pronoun, ``that``, a mark."""
    start, end = found
    for at in range(start, end):
        if low(unit, at) in words("hearers"):
            return at + 1
    after = low(unit, end)
    if (
        after in _WH | {"that", "of", "to", ",", ":", "on", "in", "during", "at"}
        or is_quote(unit, end)
        or is_time(unit, end)
    ):
        return end
    if after in words("determiners", "possessives", "subjects"):
        return end
    # "told AFP rebels had …": the addressee is the run of capitals.
    at = start
    while at < end and unit.items[at].capital:
        at += 1
    return max(start, at)


def _skip_adverbial(unit: Unit, at: int) -> int:
    """Past one adverb, time or occasion ("on Tuesday", "in a statement"); ``at`` itself where there is none."""
    word = low(unit, at)
    if word in words("adverbs") and not (word in ("no", "once") or is_quote(unit, at)):
        return at + 1
    if is_time(unit, at) and not word.isdigit() and word not in ("may", "march", "this", "next"):
        return _skip_times(unit, at)
    if word in ("this", "next") and is_time(unit, at + 1):
        return _skip_times(unit, at)
    if word in words("prepositions") or word == "to":
        return _skip_occasion(unit, at)
    if word == "," and low(unit, at + 1) in ("however", "though", "too", "meanwhile") and low(unit, at + 2) == ",":
        return at + 3
    return at


def _skip_times(unit: Unit, at: int) -> int:
    while at < len(unit.items) and (is_time(unit, at) or (low(unit, at) == "," and low(unit, at + 1)[:4].isdigit())):
        at += 1
    return at


def _skip_occasion(unit: Unit, at: int) -> int:
    """Past a prepositional phrase of time or occasion, or one that a quotation or that-clause follows."""
    end = at + 1
    named = False
    while end < min(len(unit.items), at + 14):
        word = low(unit, end)
        if word == "that" or word == ":" or (word in words("subjects") and end > at + 1) or _opens_quote(unit, end):
            return end if end > at + 1 else at
        if word == ",":
            return end if is_quote(unit, end + 1) or named else at
        if word in _CLOSERS or word in words("auxiliaries"):
            break
        if named and not is_time(unit, end) and word in words("determiners", "possessives"):
            return end
        named = named or word in words("occasions") or is_time(unit, end) or word in words("hearers")
        end += 1
    return end if named and (end >= len(unit.items) or low(unit, end) in _CLOSERS) else at


def _opens_quote(unit: Unit, at: int) -> bool:
    # In "on the station's “Morning Show.”" the quotation is a title.
    return is_quote(unit, at) and not unit.items[at - 1].possessive


def right_end(unit: Unit, start: int) -> int:
    """Where content that begins at item ``start`` ends: at the unit's last mark, or before another voice."""
    at = start
    if low(unit, at) == ":":
        at += 1
    depth = 0
    while at < len(unit.items):
        word = low(unit, at)
        depth += (word == "(") - (word == ")")
        if word in (".", ";") and (at + 1 == len(unit.items) or word == ";" or _sentence_breaks(unit, at)):
            return at
        if at > start and depth <= 0 and _voice_changes(unit, at):
            return at
        at += 1
    return at


def _sentence_breaks(unit: Unit, at: int) -> bool:
    return unit.items[at + 1].capital or is_quote(unit, at + 1)


def _voice_changes(unit: Unit, at: int) -> bool:
    """Whether the words from item ``at`` on are no longer the speaker's."""
    word, after = low(unit, at), low(unit, at + 1)
    if word == "tags" and unit.items[at].capital and unit.items[at + 1 : at + 2] and not unit.headline:
        return True  # what stands under the report on its page
    if word in (",", "—", "--", "-", "–"):
        if after in words("breaking"):
            return low(unit, at + 2) != "that"
        if after in ("citing", "quoting", "according"):
            return True
        found = lexicon().verbs.get(after)
        if found is not None and found[1] == "ing" and found[0].stance in ("says", "denies"):
            return complement(unit, found[0], at + 2) is not None
        return (after in ("and", "as", "while", "whereas", "whilst") and _speaks(unit, at + 2)) or _speaks(unit, at + 1)
    if word == "but" and after in _FALLS_SILENT:
        return low(unit, at + 2) in _FALLS_SILENT[after]
    return word == "according" or (word in ("and", "but", "while") and _speaks(unit, at + 1))


def _speaks(unit: Unit, at: int) -> bool:
    """Whether a clause of saying begins at item ``at``: a cue, or a noun phrase with one."""
    end = at
    found = lexicon().verbs.get(low(unit, at))
    if (
        found is not None
        and found[1] in ("past", "s")
        and (found[0].takes & {"any", "that"} or found[0].lemma in _CHARGES)
        and found[0].stance == "says"
    ):
        return complement(unit, found[0], at + 1) is not None
    named = source_after(unit, at)
    if named is None or low(unit, at) in ("who", "which", "that"):
        return False
    end = named[1]
    while low(unit, end) in words("auxiliaries") or low(unit, end) in words("adverbs") or low(unit, end) == ",":
        end += 1
    found = lexicon().verbs.get(low(unit, end))
    return found is not None and found[1] in ("past", "s") and "trail" in found[0].takes


def left_start(unit: Unit, end: int, floor: int) -> int | None:
    """Where content that ends before item ``end`` begins, not before ``floor``; None if there is none."""
    at = floor
    for k in range(end - 1, floor - 1, -1):
        word = low(unit, k)
        if (word == ":" and k + 1 < end) or (word in (".", "?", "!") and k + 1 < end):
            at = k + 1
            break
    at = max(at, _after_date_line(unit, at, end))
    while at < end and low(unit, at) in (",", "and", "but", "-", "–", "—", "--", ".", ")", ";"):
        at += 1
    return at if at < end else None


def _after_date_line(unit: Unit, start: int, end: int) -> int:
    """Past "Updated Friday 3 Jun 2016" before a sentence: page furniture that no full stop parts from it."""
    for at in range(min(start + 20, end - 3) - 1, start, -1):
        if _YEAR.fullmatch(low(unit, at)) and unit.items[at + 1].capital and _dated(unit, at):
            return at + 1
    return start


def _dated(unit: Unit, at: int) -> bool:
    return any(is_date(unit, k) for k in (at - 1, at - 2, at - 3) if k >= 0)
