"""A user's own places, from a plain CSV file, laid over what the gazetteer knows."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from sayso.places.folding import plain_key
from sayso.records import Place, SettingError, Span
from sayso.text import Doc

#: The columns of the file; the last two may be missing. Other names are separated by semicolons.
COLUMNS = ("name", "lat", "lon", "country", "other_names")

#: Rows and bytes of a file at most: more is a gazetteer, not an addition to one.
_ROWS, _BYTES = 100_000, 50_000_000


class Own(NamedTuple):
    """Places by the key of each of their names, and what finds these names in a text."""

    by_key: dict[str, Place]
    names: re.Pattern[str]


@lru_cache(maxsize=4)
def own_places(file: str) -> Own:
    """The places of a file.

    Raises:
        SettingError: where it cannot be read, lacks a column, or a row gives no point on the earth.
    """
    path = Path(file)
    try:
        if path.stat().st_size > _BYTES:
            raise SettingError(expected=f"at most {_BYTES} bytes", found=f"{path.stat().st_size}", place=file)
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, ValueError, csv.Error) as error:
        raise SettingError(expected="a CSV file of places", found=str(error), place=file) from None
    if len(rows) > _ROWS:
        raise SettingError(expected=f"at most {_ROWS} rows", found=f"{len(rows)}", place=file)
    by_key: dict[str, Place] = {}
    names: set[str] = set()
    for number, row in enumerate(rows, start=2):
        place, called = _place(row, f"{file}, line {number}")
        names |= called
        by_key.update(dict.fromkeys(map(plain_key, called), place))
    longest_first = sorted(map(re.escape, names), key=lambda name: (-len(name), name))
    return Own(by_key, re.compile(rf"(?<!\w)(?:{'|'.join(longest_first) or '(?!)'})(?!\w)"))


def _place(row: dict[str, str], where: str) -> tuple[Place, set[str]]:
    name = (row.get("name") or "").strip()
    try:
        lat, lon = float(row.get("lat") or ""), float(row.get("lon") or "")
    except ValueError:
        lat = lon = float("nan")
    if not name or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise SettingError(expected="a name, lat and lon in degrees", found=str(list(row.values()))[:100], place=where)
    country = (row.get("country") or "").strip().upper() or None
    if country is not None and not re.fullmatch("[A-Z]{2}", country):
        raise SettingError(expected="a country's code of two letters", found=country[:100], place=where)
    others = {part.strip() for part in (row.get("other_names") or "").split(";")} - {""}
    return Place(span=(0, 0), name=name, lat=lat, lon=lon, country=country, confidence=1.0), {name, *others}


def laid_over(doc: Doc, places: tuple[Place, ...], own: Own) -> tuple[Place, ...]:
    """The places of a text, where a name is the user's with the user's point; names that were not seen are added."""
    found: dict[Span, Place] = {one.span: one for one in places}
    for match in own.names.finditer(doc.text):
        span = match.span()
        held = [one for one in found if one[0] < span[1] and span[0] < one[1]]
        # what the gazetteer read as a longer name stays: "Halvorin Street" is not Halvorin
        if all(span[0] <= one[0] and one[1] <= span[1] for one in held):
            for one in held:
                del found[one]
            found[span] = replace(own.by_key[plain_key(match.group())], span=span)
    return tuple(found[span] for span in sorted(found))
