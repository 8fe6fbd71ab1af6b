"""Records to JSON and back, and their JSON Schema. Round trips are exact."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from sayso.records.base import Record
from sayso.records.errors import RecordError
from sayso.records.reading import Reading
from sayso.records.story import Story

R = TypeVar("R", bound=Record)

_encoder = msgspec.json.Encoder()


def to_json(record: Record | list[Any]) -> bytes:
    """UTF-8 JSON on one line, every field present, in the order in which the record declares them."""
    return _encoder.encode(record)


def from_json(data: bytes | str, kind: type[R], *, place: str) -> R:
    """The record that ``data`` holds.

    Raises:
        RecordError: naming ``place`` and the field that is not as it should be.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecordError(expected=f"a {kind.__name__.lower()} as JSON", found=str(error), place=place) from None


def schema_of(kind: type[Record]) -> dict[str, Any]:
    """JSON Schema (2020-12) of a record, with all its parts under ``$defs``."""
    return msgspec.json.schema(kind)


SCHEMAS: dict[str, type[Record]] = {"reading": Reading, "story": Story}
