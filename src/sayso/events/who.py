"""Who did it and to whom: parties by where they stand to the trigger, and which way its verb is turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.events.lexicon import Word, table
from sayso.events.mentions import Mention
from sayso.events.passages import Passage
from sayso.events.scene import Scene, countries, overlaps
from sayso.records import Span

#: Words between a party before a noun and the noun: "Syrian regime's deadly air raids".
PREMODIFIER_WITHIN = 3

#: Words between a verb and what it is done to.
OBJECT_WITHIN = 8

_AIMED = ("on", "against", "at", "targeting", "hit", "of")


@dataclass(frozen=True, slots=True)
class Party:
    """A name or plain noun that may act or be acted on, with the words (first, after the last) that it takes."""

    span: Span
    name: str
    first: int
    last: int
    acts: bool
    suffers: bool


@cache
def _words(group: str, key: str) -> frozenset[str]:
    return frozenset(table("who")[group][key].split())


@cache
def _plain() -> dict[str, tuple[str, bool, bool]]:
    """Plain nouns and peoples: their name as a party, whether they act, whether they are acted on."""
    data = table("who")
    acts, suffers = data["sides"]["agents"].split(), data["sides"]["patients"].split()
    nouns = {word: (data["alone"].get(word, word), word in acts, word in suffers) for word in (*acts, *suffers)}
    return nouns | {people: (state, True, False) for people, state in data["states"].items()}


def read_parties(scene: Scene, passage: Passage) -> tuple[Party, ...]:
    """The parties of a passage in text order: names of bodies, sides, people and states, and plain nouns."""
    found: list[Party] = []
    for entity in scene.entities_in(passage.span):
        state = entity.type == "LOC" and entity.name in countries() and entity.name != scene.main_country
        if (entity.type != "LOC" or state) and not scene.in_speech(entity.span):
            first, last = _range(passage.words, entity.span)
            name = table("who")["alone"].get(entity.name.lower(), entity.name)
            found.append(Party(entity.span, name, first, last, True, True))
    taken = tuple(party.span for party in found)
    for n, word in enumerate(passage.words):
        plain = _plain().get(word.text)
        if plain is not None and not overlaps((word.start, word.end), taken):
            name, acts, suffers = plain
            found.append(Party((word.start, word.end), name, n, n + 1, acts, suffers))
    return tuple(sorted(found, key=lambda party: party.span))


def _range(words: tuple[Word, ...], span: Span) -> tuple[int, int]:
    inside = [n for n, word in enumerate(words) if word.start < span[1] and span[0] < word.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def find_roles(mention: Mention, passage: Passage, parties: Sequence[Party]) -> tuple[Party | None, Party | None]:
    """The agent and the patient of a mention, None where its clause does not say."""
    if mention.trigger.form == "adjective" or mention.trigger.type == "control":
        return _holder(mention, passage.words, parties), None
    clause = passage.clause(mention.span[0])
    before = [p for p in parties if clause[0] <= p.span[0] and p.last <= mention.first]
    after = [p for p in parties if p.first >= mention.last and p.span[1] <= clause[1] + 1]
    roles = _of_noun if mention.trigger.form == "noun" else _of_verb
    agent, patient = roles(mention, passage.words, before, after)
    return agent, _harmed(mention, passage.words, parties) or patient


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
    agent = next((p for p in after if p.acts and _led_by(words, mention.last, p, ("by",))), None)
    close = [p for p in before if p.acts and mention.first - p.last <= PREMODIFIER_WITHIN]
    close = [p for p in close if not _words("cues", "parting") & {w.text for w in words[p.last : mention.first]}]
    doing = [p for p in before if p.acts and _words("cues", "doing") & {w.text for w in words[p.last : mention.first]}]
    agent = agent or next(reversed(close or doing), None)
    aimed = (p for p in after if p is not agent and _led_by(words, mention.last, p, _AIMED))
    return agent, next(aimed, None)


def _of_verb(
    mention: Mention, words: tuple[Word, ...], before: Sequence[Party], after: Sequence[Party]
) -> tuple[Party | None, Party | None]:
    """ "X struck Y", "Y was struck by X"."""
    turned = _words("cues", "passive") & {word.text for word in words[max(0, mention.first - 3) : mention.first]}
    by = next((p for p in after if p.acts and _led_by(words, mention.last, p, ("by",))), None)
    if turned or by is not None:
        return by, next((p for p in reversed(before) if p.suffers), None)
    patient = next((p for p in after if p.suffers and p.first - mention.last <= OBJECT_WITHIN), None)
    return next((p for p in reversed(before) if p.acts), None), patient


def _led_by(words: tuple[Word, ...], last: int, party: Party, leads: tuple[str, ...]) -> bool:
    """Whether one of the leading words stands shortly before the party, after the trigger."""
    return any(word.text in leads for word in words[max(last, party.first - 4) : party.first])
