"""Whom a report goes back to, and under whose roof that voice stands, by the words of its article."""

from __future__ import annotations

import re

from sayso.records import Claim, Event, Reading
from sayso.text.tables import toml_table
from sayso.voices import kind_of, roof_of, roof_of_words

_BRACKETS = re.compile(r"\(([^()]*)\)")


def _words(name: str) -> tuple[str, ...]:
    return tuple(toml_table("stories", "words.toml")[name])


def first_voice(reading: Reading, claim: Claim | None) -> str:
    """The first of the chain; where that is agencies without a name, who passes it on vouches for it."""
    voices = [link.voice for link in claim.chain] if claim else []
    named = [voice for voice in voices if voice.casefold() not in _words("no_agency")]
    return (named or voices or [reading.article.publisher or "unnamed outlet"])[0]


def roof_of_report(voice: str, reading: Reading, event: Event, claim: Claim | None) -> str:
    """The authority that a report's first voice stands under, else the voice itself."""
    found = roof_of(voice)
    if found is not None:
        return found
    if claim is None or claim.attribution is None:
        return voice
    if kind_of(voice) != "anonymous":
        return _roof_of_office(voice, reading) or voice
    return _roof_of_unnamed(voice, reading, event, claim)


def _roof_of_office(voice: str, reading: Reading) -> str | None:
    """The roof that the words around a person's name show, wherever the article cites them: "UN envoy ..."."""
    for attribution in reading.attributions:
        if attribution.speaker == voice:
            words = " ".join(reading.article.text[start:end] for start, end in attribution.source)
            if (roof := roof_of_words(words)) is not None:
                return roof
    return None


def _roof_of_unnamed(voice: str, reading: Reading, event: Event, claim: Claim) -> str:
    """Under whom a voice without a name stands: whoever vouches for it, be that a state's own outlet; activists and
    residents of one place stand together; any other is an origin of its own in each article."""
    relays = [link.voice for link in claim.chain[1:]]
    for relay in relays:
        roof = roof_of(relay)
        if roof is not None and (roof.endswith((" government", " state")) or roof != relay):
            return roof
    if any(word in voice for word in _words("of_one_place")):
        named = _BRACKETS.search(voice)
        return f"unnamed activists {named.group(1) if named else event.place or ''}".strip()
    return relays[-1] if relays and voice in _words("nobody") else f"{voice}, {reading.id}"
