"""Nations: what their people and bodies are called, and what stands for their governments."""

from __future__ import annotations

from functools import cache

from sayso.voices.bodies import load_table

_DEMONYM_ENDS = ("an", "ans", "ese", "ish", "ites")


@cache
def _by_field(field: str) -> dict[str, str]:
    return {word: country for country, row in load_table("nations.toml").items() for word in row.get(field, ())}


@cache
def countries() -> dict[str, str]:
    """Every name of a country -> the name under which it is shown."""
    return {country: country for country in load_table("nations.toml")} | _by_field("names")


def nation_of_adjective(word: str) -> str | None:
    """ "Syrian" -> "Syria"."""
    return _by_field("adjectives").get(word)


def nation_of_people(word: str) -> str | None:
    """ "Syrians" -> "Syria"."""
    return _by_field("people").get(word)


def nation_of_seat(words: str) -> str | None:
    """ "Moscow" -> "Russia": capitals and houses that news writes for a government."""
    return _by_field("seats").get(words)


@cache
def adjective_of(country: str) -> str:
    """ "Syria" -> "Syrian"; the country's own name where no adjective is known."""
    row = load_table("nations.toml").get(countries().get(country, country))
    return row["adjectives"][0] if row else country


def is_state(country: str) -> bool:
    """Whether the nation has an army and a government of its own."""
    return bool(load_table("nations.toml").get(country, {}).get("state", True))


def is_demonym(word: str, name: str | None = None) -> bool:
    """Whether the word names a people or what is of a place, not the place, whose ``name`` may be known."""
    if word in countries():
        return False
    if (nation_of_adjective(word) or nation_of_people(word)) is not None:
        return True
    return name is not None and any(word.endswith(end) and not name.endswith(end) for end in _DEMONYM_ENDS)
