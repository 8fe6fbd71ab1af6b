"""Who is a party to what they speak of: by name, roof or office, by their own troops, or as a party's own outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property

from sayso.records import Attribution, Event, Span
from sayso.text import Doc
from sayso.voices.bodies import kind_of_body, known
from sayso.voices.groups import scenes_of
from sayso.voices.nations import countries, nation_of_adjective
from sayso.voices.roofs import roof_of, roof_of_words, state_roof
from sayso.voices.unnamed import is_unnamed
from sayso.voices.words import word_list

#: The roof of a state's troops, and of the ministry that commands them, where no reader knows the state.
_UNKNOWN_STATE = "state"

#: Longer than this (characters) no source is looked at for an office.
_OFFICE = 300

#: Kinds of bodies that only observe, where they stand under nobody's roof.
_OBSERVING = frozenset({"agency", "monitor", "outlet"})

_SIDES = re.compile(r"\s*(?:;|,| and |/)\s*")
_COMMAND = re.compile(
    r"(?i)\bdefen[cs]e (?:ministry|minister|department|secretary)\b|\bminist(?:ry|er) of defen[cs]e\b"
    r"|\barmed forces\b|\bgeneral staff\b"
)

#: Who is only spoken of beside a party, or has left it.
_APART = re.compile(
    r"(?i)\b(?:against|analysts?|anti|critics?|defectors?|deserters?|ex|experts?|families|former|opponents?"
    r"|prisoners?|researchers?|retired|studies|victims?)\b"
)
_DOING = re.compile(r"[a-z]+ing\b")
_HEADED_BY = re.compile(r"(?:(?i:its|their)|(?i:the) (\w{3,20})['’]s) (?:[\w-]+ ){0,2}([a-z]+)\b")


class Parties:
    """Tells, for one article, whether whoever makes a claim takes part in its event.

    ``attributions`` also show what offices their speakers hold: a spokesman for an army speaks as the army, and
    goes on doing so where the text only calls them by name.
    """

    def __init__(self, doc: Doc, attributions: Sequence[Attribution]) -> None:
        self.doc = doc
        self._offices: dict[str, str] = {}
        self._roofs: dict[tuple[str, str | None], frozenset[str]] = {}
        for at, one in enumerate(attributions):
            words = " ".join(doc.words(span)[:_OFFICE] for span in one.source)
            before = [earlier.speaker for earlier in attributions[max(0, at - 8) : at]]
            office = f"{self._offices.get(one.speaker, '')} {words} {_whose(words, before)}"
            self._offices[one.speaker] = office[:_OFFICE].strip()

    def interested(self, voice: str, attribution: Attribution | None, event: Event) -> bool:
        """Whether the voice is a party to the event; it says so in ``attribution``, or publishes it (None)."""
        if kind_of_body(voice) in _OBSERVING and roof_of(voice) == voice:
            return False
        relay = attribution.via[0] if attribution is not None and attribution.via else None
        sides = [name for side in (event.agent, event.patient) if side for name in _SIDES.split(side) if name]
        if attribution is not None and self._own_troops(attribution, event.trigger):
            return True
        if attribution is None and any(_named_after(voice, name) for name in sides):
            return True
        roofs = self._roofs_of(voice, relay)
        return any(
            name == voice or roofs & self._roofs_of_side(name) or self._speaks_for(voice, name) for name in sides
        )

    def _roofs_of(self, voice: str, relay: str | None) -> frozenset[str]:
        """Under whose roof a voice stands: by name, else by office, else an unnamed one under the relay's."""
        key = (voice, relay if is_unnamed(voice) else None)
        if key not in self._roofs:
            office = self._offices.get(voice, "")
            roof = roof_of(voice) or roof_of_words(office) or (roof_of(key[1]) if key[1] else None)
            found = roof or (_UNKNOWN_STATE if _commands(f"{voice} {office}") else None)
            self._roofs[key] = frozenset({found} if found else ())
        return self._roofs[key]

    def _roofs_of_side(self, name: str) -> frozenset[str]:
        """Under whose roof a party stands; "soldiers" alone are those of the country that the text is about."""
        roof = roof_of(name)
        if roof is not None:
            return frozenset({roof})
        if name.casefold().removeprefix("the ") in _troops():
            return frozenset({_UNKNOWN_STATE, self._home})
        return frozenset({_UNKNOWN_STATE} if _commands(name) else ())

    @cached_property
    def _home(self) -> str:
        scenes = scenes_of(self.doc)
        return state_roof(scenes[0]) if scenes else _UNKNOWN_STATE

    def _speaks_for(self, voice: str, name: str) -> bool:
        """Whether a voice's name or office says that it speaks for a body of this name."""
        if name in countries() or not (" " in name or known(name)) or not name[:1].isupper():
            return False
        words = f"{voice} {self._offices.get(voice, '')}"
        if name not in words or _APART.search(words):
            return False
        return voice.startswith((f"{name}'", f"{name}’")) or not word_list("party_roles").isdisjoint(_lower(words))

    def _own_troops(self, attribution: Attribution, trigger: Span) -> bool:
        """Whether what is said begins with the speaker's own troops or deed, or holds "our troops".

        "That its forces had fled", "(denied) shelling the town".
        """
        for start, end in attribution.content:
            if start <= trigger[0] < end:
                sentence = self.doc.sentence_at(trigger[0])
                near = self.doc.text[max(start, sentence[0]) : min(end, sentence[1])][: 2 * _OFFICE]
                own_deed = attribution.stance == "denies" and _DOING.match(near) and start == trigger[0]
                if own_deed or _its_troops().match(near) or _our_troops().search(near):
                    return True
        return False


def _whose(words: str, before: Sequence[str]) -> str:
    """The body that a source means by "its spokesman" or "the ministry's spokesman": one that spoke shortly before."""
    found = _HEADED_BY.search(words)
    if found is None or found.group(2).lower() not in word_list("party_roles"):
        return ""
    named = (name for name in reversed(before) if not is_unnamed(name))
    kind = found.group(1)
    return next((name for name in named if kind is None or kind.lower() in name.casefold()), "")


def _commands(words: str) -> bool:
    """Whether the words name a state's troops or who commands them: "Defence Minister", "Interior Guard"."""
    if _APART.search(words):
        return False
    return _COMMAND.search(words) is not None or not word_list("state_forces").isdisjoint(words.split())


def _named_after(outlet: str, group: str) -> bool:
    """Whether an outlet bears a group's own name: "Accord Voice" and the Northern Accord; no place, no common word."""
    head = group.rsplit(maxsplit=1)[-1]
    common = head in word_list("body_heads") or nation_of_adjective(head) is not None
    return " " in group and head[:1].isupper() and not common and outlet.split()[:1] == [head]


def _lower(words: str) -> list[str]:
    return re.findall(r"[\w-]+", words.lower())


@cache
def _troops() -> frozenset[str]:
    return frozenset(words.replace("-", " ") for words in word_list("state_troops"))


@cache
def _its_troops() -> re.Pattern[str]:
    """ "That its Interior Guard", "his men" at the head of what is said: further on they may be another's."""
    nouns = "|".join(sorted(word_list("own_troops") | word_list("state_forces")))
    return re.compile(rf"(?:that\s+)?(?:its|his|her|their)\s+(?:own\s+)?(?:[\w-]+\s+){{0,2}}?(?:{nouns})\b")


@cache
def _our_troops() -> re.Pattern[str]:
    nouns = "|".join(sorted(word_list("own_troops")))
    return re.compile(rf"\b(?:[Oo]ur|[Mm]y)\s+(?:own\s+)?(?:[\w-]+\s+){{0,2}}?(?:{nouns})\b")
