"""The reviewed table of known bodies: what they are called, what they are, and under whose roof they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sayso.records import EntityType
from sayso.text import TOKEN
from sayso.text.outlets import outlet_at, outlet_named, outlets, same_outlet
from sayso.text.tables import toml_table


class Body(NamedTuple):
    """One known body, under its full name; see the head of ``bodies.toml`` for the fields."""

    name: str
    kind: str
    roof: str
    type: EntityType


class Naming(NamedTuple):
    """A name of a body: the name under which it is shown, and whether the words can mean nothing else."""

    body: Body
    shown: str
    sure: bool = True


def load_table(filename: str) -> dict[str, Any]:
    """A data file of this room.

    Raises:
        DataError: if it is missing or damaged.
    """
    return toml_table("voices", filename)


def _rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """(kind, row) of every body of ``bodies.toml``."""
    for kind, rows in load_table("bodies.toml").items():
        if isinstance(rows, list):
            yield from ((kind, row) for row in rows)


@cache
def namings() -> dict[str, Naming]:
    """Every name of every known body, as it is written."""
    found: dict[str, Naming] = {}
    rows = {row["name"]: row for _, row in _rows()}
    for outlet in outlets():
        body = Body(outlet.name, outlet.kind, rows.get(outlet.name, {}).get("roof", outlet.name), "ORG")
        for name in (outlet.name, *outlet.aliases):
            found[name] = Naming(body, body.name, sure=name not in _outlet_words())
    for kind, row in _rows():
        name = row["name"]
        body = found[name].body if name in found else Body(name, kind, row.get("roof", name), row.get("type", "ORG"))
        found.setdefault(name, Naming(body, name))
        found.update({alias: Naming(body, name) for alias in row.get("aliases", ())})
        found.update({alias: Naming(body, name, sure=False) for alias in row.get("unsure", ())})
        found.update({form: Naming(body, form) for form in row.get("forms", ())})
    return found


def _outlet_words() -> frozenset[str]:
    return frozenset(str(load_table("bodies.toml")["outlet_words"]).split())


@cache
def _people() -> dict[str, Body]:
    """The body for which a well-known person speaks, by folded name."""
    by_name = namings()
    return {person.casefold(): by_name[row["name"]].body for _, row in _rows() for person in row.get("people", ())}


def body_of_person(name: str) -> Body | None:
    """The body for which a well-known person speaks."""
    return _people().get(name.casefold())


@cache
def _folded() -> dict[str, Naming]:
    return {name.casefold(): naming for name, naming in namings().items()}


@lru_cache(maxsize=4096)
def known(name: str) -> Naming | None:
    """The known body that goes by this name, whatever its case, accents and leading article, or has this site."""
    folded = name.casefold().removeprefix("the ").removeprefix("so-called ")
    found = namings().get(name) or _folded().get(folded)
    if found is None and (outlet := outlet_named(name) or (outlet_at(name) if "." in name else None)) is not None:
        return namings()[outlet.name]
    return found


@lru_cache(maxsize=4096)
def same_body(one: str, other: str) -> bool:
    """Whether two names mean one outlet; kept, as every claim of an article asks it of the same few names."""
    return same_outlet(one, other)


def kind_of_body(name: str) -> str | None:
    """The kind of the known body that goes by this name."""
    naming = known(name)
    return naming.body.kind if naming is not None else None


@cache
def name_tree() -> dict[str, list[tuple[tuple[str, ...], Naming]]]:
    """First token of a name -> (all its tokens, naming), longest first, for scanning a text by tokens."""
    tree: dict[str, list[tuple[tuple[str, ...], Naming]]] = {}
    for name, naming in namings().items():
        tokens = tuple(TOKEN.findall(name))
        if tokens[0] == "The" and len(tokens) > 2:
            tokens = tokens[1:]  # the article is part of the name only where one word is left ("The Conversation")
        tree.setdefault(tokens[0], []).append((tokens, naming))
    for rows in tree.values():
        rows.sort(key=lambda row: -len(row[0]))
    return tree


@cache
def described() -> dict[str, frozenset[str]]:
    """Description in lower case -> every shown name of the bodies it may mean."""
    shown: dict[str, set[str]] = {}
    for _, row in _rows():
        for description in row.get("described", ()):
            shown.setdefault(description.casefold(), set()).update((row["name"], *row.get("forms", ())))
    return {description: frozenset(names) for description, names in shown.items()}
