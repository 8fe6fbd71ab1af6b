"""The reviewed table of known bodies: what they are called, what they are, and under whose roof they stand."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sayso.records import DataError, EntityType
from sayso.text import TOKEN


class Body(NamedTuple):
    """One known body, under its full name; see the head of ``bodies.toml`` for the fields."""

    name: str
    kind: str
    roof: str
    type: EntityType


class Naming(NamedTuple):
    """One way to name a body: the body, the name under which it is shown, and whether the words can mean nothing else."""

    body: Body
    shown: str
    sure: bool = True


def load_table(filename: str) -> dict[str, Any]:
    """A data file of this room.

    Raises:
        DataError: if it is missing or damaged.
    """
    try:
        return tomllib.loads((files("sayso.voices") / filename).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(expected="a TOML table", found=str(error), place=f"sayso/voices/{filename}") from None


@cache
def namings() -> dict[str, Naming]:
    """Every name of every known body, as it is written, and of the people who speak for it."""
    found: dict[str, Naming] = {}
    for kind, rows in load_table("bodies.toml").items():
        for row in rows:
            body = Body(row["name"], kind, row.get("roof", row["name"]), row.get("type", "ORG"))
            for name in (body.name, *row.get("aliases", ())):
                found[name] = Naming(body, body.name)
            for name in row.get("unsure", ()):
                found[name] = Naming(body, body.name, sure=False)
            for form in row.get("forms", ()):
                found[form] = Naming(body, form)
    return found


@cache
def _people() -> dict[str, Body]:
    """The body for which a well-known person speaks, by folded name."""
    table = load_table("bodies.toml")
    by_name = namings()
    return {
        person.casefold(): by_name[row["name"]].body
        for rows in table.values()
        for row in rows
        for person in row.get("people", ())
    }


def body_of_person(name: str) -> Body | None:
    """The body for which a well-known person speaks."""
    return _people().get(name.casefold())


@cache
def _folded() -> dict[str, Naming]:
    return {name.casefold(): naming for name, naming in namings().items()}


def known(name: str) -> Naming | None:
    """The known body that goes by this name, whatever its case and leading article."""
    folded = name.casefold().removeprefix("the ").removeprefix("so-called ")
    return namings().get(name) or _folded().get(folded)


@cache
def name_tree() -> dict[str, list[tuple[tuple[str, ...], Naming]]]:
    """First token of a name -> (all its tokens, naming), longest first, for scanning a text by tokens."""
    tree: dict[str, list[tuple[tuple[str, ...], Naming]]] = {}
    for name, naming in namings().items():
        tokens = tuple(TOKEN.findall(name))
        tree.setdefault(tokens[0], []).append((tokens, naming))
    for rows in tree.values():
        rows.sort(key=lambda row: -len(row[0]))
    return tree


@cache
def described() -> dict[str, frozenset[str]]:
    """Description in lower case -> every shown name of the bodies it may mean."""
    shown: dict[str, set[str]] = {}
    for rows in load_table("bodies.toml").values():
        for row in rows:
            for description in row.get("described", ()):
                shown.setdefault(description.casefold(), set()).update((row["name"], *row.get("forms", ())))
    return {description: frozenset(names) for description, names in shown.items()}
