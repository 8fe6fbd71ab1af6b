"""The words of saying and the closed classes around them, from ``cues.toml`` and ``words.toml``, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

from sayso.records import Stance

#: ``base`` ("say", also an infinitive), ``s`` ("says"), ``past`` ("said"), ``ing`` ("saying"), ``part`` ("written").
Form = Literal["base", "s", "past", "ing", "part"]

_FORMS: tuple[Form, ...] = ("s", "past", "ing", "part")


class Cue(NamedTuple):
    """One cue word: its lemma, what its speaker does by it, and what it takes (see ``cues.toml``)."""

    lemma: str
    stance: Stance
    takes: frozenset[str]


class Lexicon(NamedTuple):
    """All cues, by lower-case form; the closed classes of ``words.toml``, by name."""

    verbs: dict[str, tuple[Cue, Form]]
    nouns: dict[str, Cue]
    adverbs: dict[str, Cue]
    classes: dict[str, frozenset[str]]


def read_table(name: str) -> dict[str, object]:
    """A TOML file of this room."""
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


@cache
def lexicon() -> Lexicon:
    """The lexicon, read at first use."""
    table = cast("dict[str, dict[str, dict[str, str]]]", read_table("cues.toml"))
    irregular = cast("dict[str, str]", table["irregular"])
    verbs: dict[str, tuple[Cue, Form]] = {}
    for cue in _cues(table["verbs"]):
        forms = _inflect(cue.lemma, irregular)
        verbs[cue.lemma] = (cue, "past" if forms[1] == cue.lemma else "base")  # "the ministry put it"
        for form, words in zip(_FORMS, forms, strict=False):
            verbs.setdefault(words, (cue, form))
    nouns = {word: cue for cue in _cues(table["nouns"]) for word in (cue.lemma, _plural(cue.lemma))}
    adverbs = {
        word: Cue(word, cast("Stance", stance), frozenset())
        for stance, words in cast("dict[str, str]", table["adverbs"]).items()
        for word in words.split()
    }
    classes = {name: frozenset(cast("str", words).split()) for name, words in read_table("words.toml").items()}
    return Lexicon(verbs, nouns, adverbs, classes)


def _cues(groups: dict[str, dict[str, str]]) -> list[Cue]:
    # A document "says" what it shows; the group is apart because only documents do so.
    return [
        Cue(lemma, cast("Stance", "says" if stance == "documents" else stance), frozenset(takes.split()))
        for stance, entries in groups.items()
        for lemma, takes in entries.items()
    ]


def _inflect(lemma: str, irregular: dict[str, str]) -> tuple[str, ...]:
    if lemma in irregular:
        return tuple(irregular[lemma].split())
    stem = lemma.removesuffix("e")
    return f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x")) else f"{lemma}s", f"{stem}ed", f"{stem}ing"


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


@cache
def words(*names: str) -> frozenset[str]:
    """The union of closed classes of ``words.toml``."""
    return frozenset().union(*(lexicon().classes[name] for name in names))
