"""What people decided, laid over what was read: it changes what stories are told from, never the readings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from msgspec.structs import replace

from sayso.records import CountRange, Day, Event, EventType, Record, from_json
from sayso.stories.mentions import Mention
from sayso.voices import roof_of

Membership: TypeAlias = tuple[Literal["together", "apart"], tuple[str, ...]]

#: Kinds of voices, as people name them. A party takes part in what it speaks of; the next three do not.
KINDS = ("party", "agency", "outlet", "monitor", "official", "anonymous")
_BYSTANDERS = ("agency", "outlet", "monitor")


class Correction(Record, frozen=True, kw_only=True):
    """What a claim gives to one slot instead of what was read; the others are None."""

    type: EventType | None = None
    agent: str | None = None
    place: str | None = None
    date: tuple[Day, Day] | None = None
    killed: CountRange | None = None
    injured: CountRange | None = None
    speaker: str | None = None
    happened: Literal["asserted", "denied"] | None = None


#: The slots that can be corrected.
SLOTS = Correction.__struct_fields__


def correction_of(slot: str, value: str) -> Correction:
    """A correction of one slot, as people write its value.

    ``16``, ``10..15``, ``20..`` (at least), ``..300`` (up to) for counts; ``2016-12-11``, ``2016-12-11..2016-12-13``.

    Raises:
        RecordError: where the slot cannot have that value.
    """
    given: object = value
    if slot in ("killed", "injured", "date"):
        low, dots, high = value.partition("..")
        ends = (low.strip(), (high if dots else low).strip())
        given = ends if slot == "date" else tuple(int(end) if end.isdecimal() else end or None for end in ends)
    # through JSON, so that what does not fit is refused like any other bad record
    return from_json(json.dumps({slot: given}), Correction, place=slot)


class Rulings(Record, frozen=True, kw_only=True):
    """Decisions by what they are about: voices by name, claims by id.

    ``names``: voice -> the name it goes by; ``roofs``: name -> the authority it stands under; ``kinds``: name -> one of
    ``KINDS``. ``membership``, in the order in which it was decided: claims of one story, or of a story of their own.
    """

    names: dict[str, str] = {}
    roofs: dict[str, str] = {}
    kinds: dict[str, str] = {}
    rejected: frozenset[str] = frozenset()
    corrected: dict[str, Correction] = {}
    membership: tuple[Membership, ...] = ()

    def ruled(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Mentions as people see them; those whose claim they rejected are left out."""
        return [self._ruled(one) for one in mentions if one.claim not in self.rejected]

    def _ruled(self, mention: Mention) -> Mention:
        if mention.claim in self.corrected:
            mention = _corrected(mention, self.corrected[mention.claim])
        name = self.names.get(mention.voice, mention.voice)
        roof = mention.roof if name == mention.voice else roof_of(name) or name
        roof = self.roofs.get(name) or self.roofs.get(roof) or roof
        kind = self.kinds.get(name)
        interested = kind == "party" or (mention.interested and kind not in _BYSTANDERS)
        chain = tuple(self.names.get(voice, voice) for voice in mention.chain)
        if (name, roof, interested, chain) == (mention.voice, mention.roof, mention.interested, mention.chain):
            return mention
        return replace(mention, voice=name, roof=roof, interested=interested, chain=chain)

    def divided(self, groups: Iterable[Sequence[Mention]]) -> list[list[Mention]]:
        """Happenings with the mergers and divisions that were decided, each in its turn."""
        found = [list(group) for group in groups]
        for how, claims in self.membership:
            wanted = frozenset(claims)
            touched = [group for group in found if any(one.claim in wanted for one in group)]
            rest = [group for group in found if group not in touched]
            if how == "together":
                found = [*rest, [one for group in touched for one in group]]
            else:
                inside = [one for group in touched for one in group if one.claim in wanted]
                outside = ([one for one in group if one.claim not in wanted] for group in touched)
                found = [*rest, *filter(None, outside), inside]
        return [group for group in found if group]


NO_RULINGS = Rulings()


def _corrected(mention: Mention, said: Correction) -> Mention:
    """With what a person says that the claim says."""
    given = {name: value for name in ("type", "agent", "place", "date", "killed", "injured")
             if (value := getattr(said, name)) is not None}  # fmt: skip
    event: Event = replace(mention.event, **given)
    changed = replace(
        mention, event=event, spot=mention.spot if said.place is None else None,
        happened=said.happened or mention.happened, dead=said.killed or mention.dead,
        hurt=said.injured or mention.hurt, deed=_deed(mention, said),
    )  # fmt: skip
    if said.speaker is None:
        return changed
    chain = (said.speaker, *mention.chain[1:])
    return replace(changed, voice=said.speaker, roof=roof_of(said.speaker) or said.speaker, chain=chain, own=False)


def _deed(mention: Mention, said: Correction) -> str | None:
    """Who is said to have done it, where the agent or whether it happened was corrected."""
    agent = said.agent or mention.event.agent
    before = mention.deed.rpartition(": ")[2] if mention.deed else None
    answer = said.happened or before or (mention.happened if said.agent else None)
    return f"{agent}: {answer}" if agent and answer else mention.deed
