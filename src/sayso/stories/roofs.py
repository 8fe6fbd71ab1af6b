"""Whom a report goes back to, and under whose roof that voice stands, by the words of its article."""

from __future__ import annotations

import re
from itertools import chain

from sayso.places import country_name
from sayso.records import Claim, Event, Reading, Spans
from sayso.text.tables import toml_table
from sayso.voices import kind_of, known_name, roof_of, roof_of_words, state_roof

_WORD = re.compile(r"[^\W_]+")
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
    office = _roof_of_office(voice, reading)
    if kind_of(voice) != "anonymous" and voice not in _words("nobody"):
        return office or voice
    return office or _roof_of_unnamed(voice, reading, event, claim)


def _roof_of_office(voice: str, reading: Reading) -> str | None:
    """The roof that the words around a voice show, wherever the article cites it: "UN envoy ...", "Homs governor"."""
    said = [attribution for attribution in reading.attributions if attribution.speaker == voice]
    words = [" ".join(reading.article.text[start:end] for start, end in one.source) for one in said]
    shown = (roof_of_words(one) for one in words)
    local = (_roof_of_local_office(one.source, text, reading) for one, text in zip(said, words, strict=True))
    return next((roof for roof in chain(shown, local) if roof is not None), None)


def _roof_of_local_office(source: Spans, words: str, reading: Reading) -> str | None:
    """The state whose office of a town or province it is: a governor and a police command are a state's anywhere."""
    lowered = set(_WORD.findall(words.casefold()))
    if lowered.isdisjoint(_words("local_offices")) or not lowered.isdisjoint(_words("no_state")):
        return None
    inside = (place for place in reading.places if any(start <= place.span[0] < end for start, end in source))
    country = next((name for place in inside if place.country and (name := country_name(place.country))), None)
    return state_roof(country) if country else None


def _roof_of_unnamed(voice: str, reading: Reading, event: Event, claim: Claim) -> str:
    """Under whom a voice without a name stands: whoever vouches for it, be that a state's own outlet; activists and
    residents of one place stand together; any other is an origin of its own in each article."""
    relays = [link.voice for link in claim.chain[1:]]
    for relay in relays:
        roof = roof_of(relay)
        if roof is not None and roof != known_name(relay):
            return roof
    if any(word in voice for word in _words("of_one_place")):
        named = _BRACKETS.search(voice)
        return f"unnamed activists {named.group(1) if named else event.place or ''}".strip()
    if relays and voice in _words("nobody"):
        return roof_of(relays[-1]) or relays[-1]
    return f"{voice}, {reading.id}"
