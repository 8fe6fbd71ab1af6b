"""Whom a report goes back to, and under whose roof that voice stands, by the words of its article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain

from sayso.places import country_name
from sayso.records import Attribution, Claim, Event, Reading
from sayso.text.tables import toml_table
from sayso.voices import adjective_of, kind_of, known_name, roof_of, roof_of_words, state_roof

_WORD = re.compile(r"[\w-]+")
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
    if kind_of(voice) != "anonymous":
        return office or voice
    return office or _roof_of_monitor(voice, reading) or _roof_of_unnamed(voice, reading, event, claim)


def _roof_of_office(voice: str, reading: Reading) -> str | None:
    """The roof that the words around a voice show, wherever the article cites it: "UN envoy ...", "Homs governor"."""
    said = [attribution for attribution in reading.attributions if attribution.speaker == voice]
    words = [voice, *(" ".join(reading.article.text[start:end] for start, end in one.source) for one in said)]
    shown = (roof_of_words(one) for one in words)
    local = (_roof_within(_land(said, reading), one) for one in words)
    return next((roof for roof in chain(shown, local) if roof is not None), None)


def _roof_of_monitor(voice: str, reading: Reading) -> str | None:
    """The one monitor that the article cites by name, where a voice is called a monitor ("a monitor and doctors")."""
    if not _named(_plain(voice), "monitors"):
        return None
    speakers = {attribution.speaker for attribution in reading.attributions}
    roofs = {roof_of(speaker) for speaker in speakers if kind_of(speaker) == "monitor"}
    return roofs.pop() if len(roofs) == 1 else None


def _land(said: Iterable[Attribution], reading: Reading) -> str | None:
    """The country that a source without a nation belongs to: of a place that is named with it, else the one of most
    places in the article."""
    spans, text = [span for attribution in said for span in attribution.source], reading.article.text
    inside = (place for place in reading.places if any(start <= place.span[0] < end for start, end in spans))
    named = (place.country for place in inside if not text.startswith("-based", place.span[1]))
    most = Counter(place.country for place in reading.places if place.country).most_common(1)
    code = next(filter(None, chain(named, (country for country, _ in most))), None)
    return country_name(code) if code else None


def _roof_within(land: str | None, words: str) -> str | None:
    """Whom a source speaks for that does not say in which country it is: a rescue service, a state's local office or
    media, or one side of a war."""
    plain = _plain(words)
    if land is None:
        return None
    if _named(plain, "services"):
        name = f"{adjective_of(land)} {_words('services')[0]}"
        return roof_of(name) or name
    if _named(plain, "of_one_place"):
        return None
    if _named(plain, "sides"):
        return f"{adjective_of(land)} opposition"
    return state_roof(land) if _named(plain, "local_offices") and not _named(plain, "no_state") else None


def _plain(words: str) -> str:
    return " ".join(_WORD.findall(words.casefold()))


def _named(plain: str, words: str) -> bool:
    """Whether one of some words stands in a text of whole words."""
    return any(f" {one} " in f" {plain} " for one in _words(words))


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
