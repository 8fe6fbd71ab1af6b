"""Settings: one table of name, default and help; everything that a reading may depend on besides the page."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from sayso.records import Record, SettingError


class Settings(Record, frozen=True, kw_only=True):
    """All settings with their defaults. Frozen: pass another one to change something."""

    reader: Literal["learned", "rules"] = "learned"
    threads: int = 0
    places: str = ""
    max_page_bytes: int = 64_000_000
    max_text_chars: int = 500_000
    max_html_depth: int = 400
    fetch_pause: int = 2
    fetch_seconds: int = 60
    fetch_again_after: int = 3600
    mining_permitted: str = ""
    contact: str = ""
    max_page_seconds: int = 120
    max_page_memory: int = 3000


class Setting(Record, frozen=True, kw_only=True):
    """One row of the table."""

    name: str
    default: Any
    help: str


_HELP = {
    "reader": "`learned` (a small neural model marks the text, rules do the rest) or `rules` (word lists alone)",
    "threads": "processor threads of the learned reader; 0 takes as many as there are cores",
    "places": "a CSV file of places of your own (`name,lat,lon,country,other_names`), which go before the gazetteer's",
    "max_page_bytes": "a page larger than this, in bytes after decompression, is read up to here, with a problem",
    "max_text_chars": "an article's text longer than this, in code points, is read up to here, with a problem",
    "max_html_depth": "mark-up nested deeper than this is flattened before it is parsed",
    "fetch_pause": "seconds between two pages of one host; more where the host asks for more",
    "fetch_seconds": "an address that has not answered in full after these seconds is given up",
    "fetch_again_after": "an address that a case fetched less than these seconds ago is read as it was kept",
    "mining_permitted": "hosts (`news.example, wire.example`) that reserve text mining and gave you a permission",
    "contact": "an address or e-mail by which hosts can reach you; it is sent with every request",
    "max_page_seconds": "where several processes read, a page that takes longer gives an empty reading with a problem",
    "max_page_memory": "as `max_page_seconds`, in MiB of the process that reads it (where the system tells: on Linux)",
}

SETTINGS: tuple[Setting, ...] = tuple(
    Setting(name=field, default=getattr(Settings(), field), help=_HELP[field]) for field in Settings.__struct_fields__
)


def settings_from(values: dict[str, Any]) -> Settings:
    """Settings from plain values, such as those of a file.

    Raises:
        SettingError: for a name that is not in the table, or a value of another type.
    """
    hints = get_type_hints(Settings)
    for name, value in values.items():
        if name not in hints:
            raise SettingError(expected=f"one of {', '.join(hints)}", found=name, place="settings")
        allowed = get_args(hints[name])
        if (allowed and value not in allowed) or (not allowed and not isinstance(value, hints[name])):
            wanted = " or ".join(map(repr, allowed)) if allowed else hints[name].__name__
            raise SettingError(expected=wanted, found=repr(value), place=f"settings.{name}")
    return Settings(**values)


def settings_from_file(path: Path) -> dict[str, Any]:
    """The values of a TOML file of settings; a file of places is looked for beside it.

    Raises:
        SettingError: where it cannot be read, or is no TOML.
    """
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingError(expected="a TOML file of settings", found=str(error), place=str(path)) from None
    if isinstance(values.get("places"), str) and values["places"]:
        values["places"] = str(path.parent / values["places"])
    return values


def settings_from_words(words: Iterable[str], values: dict[str, Any] | None = None) -> Settings:
    """Settings from ``NAME=VALUE`` words, as a command line gives them, over those of a file.

    Raises:
        SettingError: for a word of another form, an unknown name, or a value of another type.
    """
    values = dict(values or {})
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise SettingError(expected="NAME=VALUE", found=word, place="settings")
        values[name] = int(value) if value.isdecimal() else value
    return settings_from(values)
