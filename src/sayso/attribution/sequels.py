"""What a speaker goes on to say: further quotations of the unit, and quotations that no cue claims."""

from __future__ import annotations

from sayso.attribution.clauses import right_end
from sayso.attribution.heard import Heard
from sayso.attribution.kinds import is_noun, is_time
from sayso.attribution.lexicon import lexicon, words
from sayso.attribution.nouns import source_after, source_before
from sayso.attribution.units import Range, Unit, is_quote, low

#: From "X said" to the quotation that goes on there stand up to this many items ("in an interview with …").
_REACH = 25
#: A quotation of this many code points is speech; a shorter one may be a mere name or a doubted word.
_SPEECH = 50
_PAUSES = frozenset(", . : ; — -- - …".split())


def with_sequel(unit: Unit, heard: Heard) -> Heard:
    """The rest of what is said: '"Q," X said in a statement. "Q2."', '"Q," he said, "Q2"', "S, X said, with …"."""
    if not is_quote(unit, heard.content[0][1] - 1):
        return _with_rider(unit, heard)
    content, end = list(heard.content), heard.end
    for at in range(heard.end, min(len(unit.items), heard.end + _REACH)):
        if is_quote(unit, at) and (low(unit, at - 1) in _PAUSES or _stopped(unit, at - 1)):
            content.append((at, at + 1))
            end = at + 1
        elif low(unit, at) in lexicon().verbs and low(unit, at - 1) in (",", "and", "but"):
            if low(unit, at) != "speaking":
                break
        elif content[-1][1] == at and at > heard.end and low(unit, at) not in _PAUSES:
            break
    return heard._replace(content=tuple(content), end=end)


def _with_rider(unit: Unit, heard: Heard) -> Heard:
    # "Raids killed 16 people, a monitor said, with bombs causing damage": the rider is the monitor's as well.
    if low(unit, heard.end) != "," or low(unit, heard.end + 1) not in ("with", "including"):
        return heard
    end = right_end(unit, heard.end + 1)
    return heard._replace(content=(*heard.content, (heard.end + 1, end)), end=end)


def _stopped(unit: Unit, at: int) -> bool:
    return 0 <= at < len(unit.items) and unit.items[at].stop != ""


def unclaimed(unit: Unit, held: list[Heard]) -> list[Heard]:
    """Attributions for the long quotations that no rule has given to a speaker: 'X went further: "Q"'.

    Their speaker is the unit's last one before them, or its subject; without either they are left.
    """
    taken = [piece for one in held for piece in one.content]
    found: list[Heard] = []
    for at, item in enumerate(unit.items):
        if item.kind != "quote" or item.end - item.start < _SPEECH or any(a <= at < b for a, b in taken):
            continue
        source = next((one.source for one in reversed(held) if one.source and one.end <= at), None)
        source = source or (source_before(unit, at - 1, 0) if low(unit, at - 1) == ":" else None)
        source = source or first_name(unit, at)
        if source is not None and source[1] <= at:
            cue = ((at - 1, at),) if low(unit, at - 1) == ":" else ()
            found.append(Heard(source, cue, ((at, at + 1),), "says", at + 1))
    return found


def first_name(unit: Unit, end: int) -> Range | None:
    """The noun phrase that opens the unit, or follows its opening adverbial."""
    for at in range(min(end, 30)):
        if at == 0 or low(unit, at - 1) in (",", "but", "and", "while", "after", "as"):
            if not (is_noun(unit, at) or low(unit, at) in words("determiners", "subjects", "possessives")):
                continue
            verb = lexicon().verbs.get(low(unit, at))
            if verb is not None and verb[1] in ("past", "ing"):
                continue  # "Asked about the storm, Bell …"
            named = source_after(unit, at)
            if named is not None and named[1] <= end and not is_time(unit, at):
                return named
    return None
