"""A person's own table of voices: other names, roof and kind of each, as a TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from sayso.case.decisions import Decision
from sayso.records import Record, RecordError
from sayso.stories import KINDS


class _Voice(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    also: tuple[str, ...] = ()
    roof: str | None = None
    kind: str | None = None


class _File(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    voice: tuple[_Voice, ...] = ()


def decisions_in(file: Path) -> list[Decision]:
    """The decisions that a file of affiliations stands for.

    Raises:
        RecordError: where it is no TOML, or holds something else.
    """
    try:
        rows = msgspec.convert(tomllib.loads(file.read_text("utf-8")), _File).voice
    except (OSError, ValueError) as error:
        raise RecordError(expected="a table of [[voice]]", found=str(error), place=str(file)) from None
    found: list[Decision] = []
    for row in rows:
        if row.kind is not None and row.kind not in KINDS:
            raise RecordError(expected=f"one of {', '.join(KINDS)}", found=row.kind, place=f"{file}: {row.name}")
        found += (Decision(what="merge", voice=name, to=row.name) for name in row.also)
        found += [Decision(what="roof", voice=row.name, to=row.roof)] if row.roof else []
        found += [Decision(what="kind", voice=row.name, to=row.kind)] if row.kind else []
    return found
