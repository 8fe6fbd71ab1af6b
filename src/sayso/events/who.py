"""Who did it and to whom: parties by where they stand to the trigger, and which way its verb is turned."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.events.lexicon import Word, table
from sayso.events.mentions import Mention
from sayso.events.passages import Passage
from sayso.events.sides import Party, words_for

#: Words between a party before a noun and the noun: "Syrian regime's deadly air raids".
PREMODIFIER_WITHIN = 3

#: Words between a verb and what it is done to.
OBJECT_WITHIN = 8

#: Nouns whose "of" names who acts: "a transfer of 500 fighters", "the withdrawal of the army".
MOVES = frozenset({"movement", "withdrawal"})

#: Words from "by" or "on" to the party that it leads to, the first among them.
LED_WITHIN = 4

#: The same from the "of" of a move, which counts a force: "a transfer of up to 5,000 rebels".
MOVED_WITHIN = 6

_AIMED = ("on", "against", "at", "targeting", "hit", "of")


def find_roles(mention: Mention, passage: Passage, parties: Sequence[Party]) -> tuple[Party | None, Party | None]:
    """The agent and the patient of a mention, None where its clause does not say."""
    if mention.trigger.form == "adjective" or mention.trigger.type == "control":
        return _holder(mention, passage.words, parties), None
    words = passage.words
    clause = passage.clause(mention.span[0])
    before = [p for p in parties if clause[0] <= p.span[0] and p.span[1] <= mention.span[0]]
    after = [p for p in parties if p.first >= mention.last and p.span[1] <= clause[1] + 1]
    if _only_tells(mention, words):
        agent, patient = next((p for p in after if p.acts and _led_by(words, mention.last, p, ("by",))), None), None
    else:
        # "managed to capture": the word for the taking is a verb there.
        taking = mention.trigger.type == "territory_taken" and words[max(0, mention.first - 1)].text == "to"
        roles = _of_noun if mention.trigger.form == "noun" and not taking else _of_verb
        agent, patient = roles(mention, words, before, after)
    return agent, _harmed(mention, words, parties) or patient


def _only_tells(mention: Mention, words: tuple[Word, ...]) -> bool:
    """Whether a word of harm is nobody's deed: "the monitors put the toll at 20", "20 died"."""
    said = (word.text for word in words[mention.first : mention.last])
    return mention.trigger.form == "toll" and words_for("cues", "harming").isdisjoint(said)


def _harmed(mention: Mention, words: tuple[Word, ...], parties: Sequence[Party]) -> Party | None:
    """Whom its toll counts: a named party among the counted words, else "civilians", else the noun as it stands."""
    counts = [
        count for harm in mention.harms for count in harm.counts if count.kind in ("civilians", "fighters", "soldiers")
    ]
    if not counts:
        return None
    count = counts[0]
    noun = words[count.noun - 1]
    if count.kind == "civilians":
        return Party((noun.start, noun.end), "civilians", count.noun - 1, count.noun, False, True)
    named = (p for p in parties if count.last <= p.first and p.last <= count.noun)
    return next(named, Party((noun.start, noun.end), noun.text, count.noun - 1, count.noun, False, True))


def _holder(mention: Mention, words: tuple[Word, ...], parties: Sequence[Party]) -> Party | None:
    """Who holds: "rebel-held", "held by rebels", "a stronghold of rebels"."""
    acting = [p for p in parties if p.acts]
    named = [p for p in acting if p.first <= mention.first < p.last]
    word = words[mention.first]
    side = table("who")["alone"].get(word.text.rsplit("-", 1)[0])
    if not named and mention.trigger.form == "adjective" and side:
        span = (word.start, word.start + word.text.index("-"))
        return Party(span, side, mention.first, mention.first + 1, True, False)
    near = [p for p in acting if 0 <= mention.first - p.last <= 3 or 0 <= p.first - mention.last <= 4]
    return next(iter(named + near), None)


def _of_noun(
    mention: Mention, words: tuple[Word, ...], before: Sequence[Party], after: Sequence[Party]
) -> tuple[Party | None, Party | None]:
    """ "regime airstrikes on X", "an attack by X", "X carried out raids", "clashes between X and Y"."""
    between = words[mention.last].text == "between" if mention.last < len(words) else False
    if between and len(after) > 1:
        return after[0], after[1]
    leads, within = (("by", "of"), MOVED_WITHIN) if mention.type in MOVES else (("by",), LED_WITHIN)
    agent = next((p for p in after if p.acts and _led_by(words, mention.last, p, leads, within)), None)
    close = [p for p in before if p.acts and mention.first - p.last <= PREMODIFIER_WITHIN]
    close = [p for p in close if not words_for("cues", "parting") & {w.text for w in words[p.last : mention.first]}]
    cues = words_for("cues", "doing")
    doing = [p for p in before if p.acts and not p.helps and cues & {w.text for w in words[p.last : mention.first]}]
    agent = agent or next(reversed(close or doing), None)
    aimed = (p for p in after if p is not agent and _led_by(words, mention.last, p, _AIMED))
    return agent, next(aimed, None)


def _of_verb(
    mention: Mention, words: tuple[Word, ...], before: Sequence[Party], after: Sequence[Party]
) -> tuple[Party | None, Party | None]:
    """ "X struck Y", "Y was struck by X"."""
    turned = _is_turned(mention, words, before)
    by = next((p for p in after if p.acts and _led_by(words, mention.last, p, ("by",))), None)
    if turned or by is not None:
        return by, next((p for p in reversed(before) if p.suffers), None)
    patient = next((p for p in after if p.suffers and p.first - mention.last <= OBJECT_WITHIN), None)
    return next((p for p in reversed(before) if p.acts and not p.helps), None), patient


def _is_turned(mention: Mention, words: tuple[Word, ...], before: Sequence[Party]) -> bool:
    """Whether a form of "be" stands before the verb; the "IS" of "IS has seized" is none."""
    named = {n for party in before[-2:] for n in range(party.first, party.last)}
    near = (words[n].text for n in range(max(0, mention.first - 3), mention.first) if n not in named)
    return not words_for("cues", "passive").isdisjoint(near)


def _led_by(words: tuple[Word, ...], last: int, party: Party, leads: tuple[str, ...], within: int = LED_WITHIN) -> bool:
    """Whether one of the leading words stands shortly before the party, after the trigger."""
    return any(word.text in leads for word in words[max(last, party.first - within) : party.first])
