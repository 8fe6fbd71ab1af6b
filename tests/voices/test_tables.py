"""The reviewed tables: every name means one body, every list is sorted, every field is known."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from sayso.text.outlets import outlets
from sayso.voices.bodies import known, namings

FIELDS = {"name", "type", "aliases", "forms", "unsure", "described", "roof", "people"}
KINDS = {
    "agency", "outlet", "monitor", "aid", "international", "ministry", "army", "armed_group", "opposition", "state",
}  # fmt: skip


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("sayso.voices") / name).read_text("utf-8"))


BODIES = {kind: rows for kind, rows in table("bodies.toml").items() if isinstance(rows, list)}
ROWS = [row for rows in BODIES.values() for row in rows]
LISTS = [
    (file, name, words)
    for file in ("names.toml", "descriptions.toml", "bodies.toml")
    for name, words in table(file).items()
    if isinstance(words, str)
]


def test_kinds_and_fields_are_known() -> None:
    assert set(BODIES) == KINDS
    for row in ROWS:
        assert set(row) <= FIELDS, row
        assert row.get("type", "GROUP") == "GROUP"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_bodies_are_sorted(kind: str) -> None:
    names = [row["name"].casefold() for row in BODIES[kind]]

    assert names == sorted(set(names))


def test_a_name_means_one_body() -> None:
    seen: dict[str, str] = {}
    for row in ROWS:
        for name in (row["name"], *(name for field in ("aliases", "forms", "unsure") for name in row.get(field, ()))):
            assert seen.setdefault(name, row["name"]) == row["name"], name
    outlet_names = {name: outlet.name for outlet in outlets() for name in (outlet.name, *outlet.aliases)}
    for name in seen.keys() & outlet_names.keys():
        assert seen[name] == outlet_names[name], f"{name} has another canonical name in sayso/text/outlets.toml"


def test_a_person_speaks_for_one_body() -> None:
    people = [person.casefold() for row in ROWS for person in row.get("people", ())]

    assert len(people) == len(set(people))


def test_roofs_are_bodies_or_governments() -> None:
    roofs = {row["roof"] for row in ROWS if "roof" in row}
    standing_alone = {row["name"] for row in ROWS if row.get("roof", row["name"]) == row["name"]}

    assert {roof for roof in roofs - standing_alone if roof.split()[-1] not in ("government", "state")} == set()


def test_a_roof_stands_under_itself() -> None:
    for row in ROWS:
        naming = known(row.get("roof", row["name"]))
        assert naming is None or naming.body.roof == row.get("roof", row["name"]), row["name"]


def test_every_naming_is_found_again() -> None:
    for name, naming in namings().items():
        found = known(name)
        assert found is not None
        assert found.body == naming.body


@pytest.mark.parametrize(("file", "name", "words"), LISTS, ids=[f"{file}:{name}" for file, name, _ in LISTS])
def test_word_lists_are_sorted(file: str, name: str, words: str) -> None:
    listed = words.split()

    assert listed == sorted(set(listed), key=lambda word: (word.casefold(), word))


def test_kind_nouns_are_sorted_and_of_known_kinds() -> None:
    for section in ("kinds", "ahead"):
        rows = table("descriptions.toml")[section]
        assert set(rows) <= KINDS
        for words in rows.values():
            assert words == sorted(set(words))


def test_nations_are_sorted_and_told_apart() -> None:
    nations = table("nations.toml")
    names = list(nations)
    adjectives = [word for row in nations.values() for word in row["adjectives"]]

    assert names == sorted(names)
    assert len(adjectives) == len(set(adjectives))
    for row in nations.values():
        assert set(row) <= {"adjectives", "people", "names", "seats", "state"}
        assert row["adjectives"]
