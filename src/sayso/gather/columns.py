"""Which column of a table holds which field of an article: as the caller says, else by its name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sayso.records import SourceError

#: What a row may say of an article.
FIELDS = ("id", "text", "title", "publisher", "published", "url", "authors")

#: How many columns an error lists, and letters of each name.
_LISTED, _LETTERS = 30, 40


class Columns(NamedTuple):
    """The columns that hold each field, of which the first that says something counts.

    ``within`` finds an address in a cell; ``is_sure`` says whether a table without a text is a list for certain, since
    the caller said so or the program that wrote it is known.
    """

    of: Mapping[str, tuple[str, ...]]
    within: str = ""
    is_sure: bool = True

    @property
    def used(self) -> frozenset[str]:
        """Every column that is looked at."""
        return frozenset(name for names in self.of.values() for name in names)

    @property
    def is_list(self) -> bool:
        """Whether rows hold no article but the address of one."""
        return "text" not in self.of


#: What a line of JSON has always been read by.
STANDARD = Columns({**{field: (field,) for field in FIELDS}, "publisher": ("publisher", "outlet")})


@cache
def known() -> dict[str, Any]:
    """The names and layouts that are recognised by themselves."""
    return tomllib.loads((files("sayso.gather") / "columns.toml").read_text("utf-8"))


def columns_of(names: Iterable[str], said: Mapping[str, str], place: str, *, as_list: bool = False) -> Columns:
    """The columns of a table, by their names.

    Args:
        names: all its columns.
        said: by field, the column that the caller names.
        place: the table.
        as_list: whether its addresses are wanted, whatever else it holds.

    Raises:
        SourceError: where a column that was named is not there, or there is neither a text nor an address.
    """
    names = [name for name in names if name]
    plain = {squeezed(name): name for name in reversed(names)}
    named = {field: _named(field, name, names, plain, place) for field, name in said.items()}
    layout = next((one for one in known()["layouts"] if plain.keys() >= set(one["has"])), None)
    found = _recognised(plain, layout)
    found = {field: name for field, name in found.items() if name not in named.values()} | named
    if as_list:
        found.pop("text", None)
    if "url" not in found and "text" not in found:
        what = "url=NAME" if as_list else "text=NAME (or url=NAME)"
        kind = "addresses" if as_list else "texts or of addresses"
        raise SourceError(expected=f"a column of {kind}; say which: --column {what}", found=_listed(names), place=place)
    within = layout.get("within", "") if layout and "url" not in said else ""
    is_sure = as_list or layout is not None or "url" in said
    return Columns({field: (name,) for field, name in found.items()}, within, is_sure)


def squeezed(name: str) -> str:
    """A name without case, spaces and signs.

    >>> squeezed("Publish_Date"), squeezed("archive status")
    ('publishdate', 'archivestatus')
    """
    return "".join(char for char in name.lower() if char.isalnum())


def _named(field: str, name: str, names: Sequence[str], plain: Mapping[str, str], place: str) -> str:
    """The column that the caller means: by its very name, else by a name that differs in case and signs alone."""
    actual = name if name in names else plain.get(squeezed(name))
    if actual is None:
        raise SourceError(expected=f"the column {name} (--column {field}={name})", found=_listed(names), place=place)
    return actual


def _recognised(plain: Mapping[str, str], layout: Mapping[str, Any] | None) -> dict[str, str]:
    """The column of each field that a name tells; of a layout, its own fields and a text."""
    wanted: dict[str, Sequence[str]] = known()["names"]
    if layout:
        wanted = {field: [layout[field]] for field in FIELDS if field in layout} | {"text": wanted["text"]}
    found = {field: next((plain[one] for one in ones if one in plain), None) for field, ones in wanted.items()}
    return {field: name for field, name in found.items() if name is not None}


def _listed(names: Sequence[str]) -> str:
    """Columns as an error lists them."""
    shown = [re.sub(r"\s+", " ", name)[:_LETTERS] for name in names[:_LISTED]]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"the columns {', '.join(shown)}{more}" if shown else "no named column"
