"""Roofs: under whose authority a voice stands, after the rules by which independent origins are counted."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from sayso.text import TOKEN
from sayso.voices.bodies import Body, body_of_person, known, name_tree
from sayso.voices.nations import adjective_of, countries, nation_of_adjective, nation_of_seat
from sayso.voices.words import word_list

#: "U.S.", which would fall apart into letters.
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")

#: Where somebody sits says nothing of whom they speak for: "the Britain-based Observatory".
_BASED = re.compile(r"\b[\w.]+-based\b")

#: Media without a name that side with a seat of government are its own as far as anybody can tell.
_PRO_SEAT = re.compile(r"(?:unnamed )?[Pp]ro-([A-Z]\w+) (?:media|newspapers?|television|websites?)\b")

#: How voices without a name begin.
_NO_NAME = ("unnamed", "unspecified")


def roof_of(voice: str) -> str | None:
    """The authority under which a voice stands: "SANA" -> "Syrian government"; None where it is not known.

    A body that is known to stand alone is its own roof. A voice without a name has the roof of whom it is said to
    belong to, if that is said: "unnamed military source (Syria)" -> "Syrian government".
    """
    body = _body_of(voice)
    if body is not None:
        return body.roof
    sides_with = _PRO_SEAT.match(voice)
    seat = sides_with.group(1) if sides_with else voice
    if (country := countries().get(voice) or nation_of_seat(seat)) is not None:
        return state_roof(country)
    return roof_of_words(voice)


def roof_of_words(words: str) -> str | None:
    """The roof that a description shows: a state's office of a nation, or a known body named in it."""
    spelt = _INITIALS.sub(lambda match: match.group().replace(".", ""), _BASED.sub("", words))
    tokens = TOKEN.findall(spelt)
    if (body := _named_in(tuple(tokens))) is not None:
        return body.roof
    lowered = {token.lower() for token in tokens}
    nation = next((found for token in tokens if (found := nation_of_adjective(token) or countries().get(token))), None)
    nation = nation or next(
        (found for one, two in pairwise(tokens) if one == "in" and (found := nation_of_seat(two))), None
    )
    if nation is None:
        return None
    if lowered & word_list("opposition_words"):
        return f"{adjective_of(nation)} opposition"
    return state_roof(nation) if lowered & word_list("state_words") else None


def kind_of(voice: str) -> str | None:
    """What a voice is: a kind of ``bodies.toml``, "state", "anonymous"; None where it is not known."""
    if voice.startswith(_NO_NAME):
        return "anonymous"
    naming = known(voice)
    if naming is not None:
        return naming.body.kind
    if voice in countries() or nation_of_seat(voice) is not None:
        return "state"
    return "person" if body_of_person(voice) is not None else None


def known_name(voice: str) -> str | None:
    """The full name of the known body that goes by this name."""
    naming = known(voice)
    return naming.body.name if naming is not None else None


@cache
def _body_of(voice: str) -> Body | None:
    naming = known(voice)
    return naming.body if naming is not None else body_of_person(voice)


def _named_in(tokens: tuple[str, ...]) -> Body | None:
    tree = name_tree()
    for at, token in enumerate(tokens):
        for parts, naming in tree.get(token, ()):
            if naming.sure and tokens[at : at + len(parts)] == parts:
                return naming.body
    return None


def state_roof(country: str) -> str:
    """The roof of a country's state bodies: "Syria" -> "Syrian government"."""
    government = f"{adjective_of(country)} government"
    naming = known(government)
    return naming.body.roof if naming is not None else government
