"""The API's description (OpenAPI 3.1), made from its table of operations and the records themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from sayso.case import Order
from sayso.records import EventType, Status
from sayso.version import VERSION

if TYPE_CHECKING:
    from sayso.serve.api import Operation

_TEXT = {"type": "string", "maxLength": 500}
_DAY = {"type": "string", "format": "date"}
_YES = {"type": "string", "enum": ["yes", "no"]}
_NUMBER = {"type": "integer", "minimum": 1, "maximum": 1_000_000}

#: What can be asked with a question: its schema, and what it means.
PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "words": (_TEXT, "words that the article, claim or voice holds"),
    "since": (_DAY, "on this day or later"),
    "until": (_DAY, "on this day or earlier"),
    "place": (_TEXT, "a part of a place's name, or a country's code"),
    "type": ({"type": "string", "enum": list(get_args(EventType))}, "what happened"),
    "voice": (_TEXT, "a part of a voice's name or of its roof's"),
    "outlet": (_TEXT, "a part of an outlet's name"),
    "status": ({"type": "string", "enum": list(get_args(Status))}, "a story's status"),
    "pages": (_NUMBER, "told by so many pages or more"),
    "box": ({"type": "string", "pattern": r"^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$"}, "south,west,north,east in degrees"),
    "placed": (_YES, "whether it has coordinates"),
    "dated": (_YES, "whether it has a day"),
    "order": ({"type": "string", "enum": list(get_args(Order))}, "by day, or most pages or origins first"),
    "in": ({"type": "string", "enum": ["articles", "claims", "voices"]}, "what is looked through"),
    "article": ({"type": "string", "maxLength": 4000}, "an article's id"),
    "limit": ({"type": "integer", "minimum": 1, "maximum": 1000}, "so many rows"),
    "offset": ({"type": "integer", "minimum": 0, "maximum": 1_000_000}, "from this row on"),
}


def describe(operations: Iterable[Operation]) -> dict[str, Any]:
    """The description as plain values."""
    from sayso.serve.api import Trouble

    operations = tuple(operations)
    wanted = [Trouble, *(one.gives for one in operations), *(one.sends for one in operations if one.sends)]
    schemas, components = msgspec.json.schema_components(wanted, ref_template="#/components/schemas/{name}")
    of = dict(zip(map(repr, wanted), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, of)
    about = {"title": "sayso", "version": VERSION, "description": "On whose say-so? The records of one case."}
    return {"openapi": "3.1.0", "info": about, "paths": paths, "components": {"schemas": components}}


def _operation(one: Operation, of: dict[str, Any]) -> dict[str, Any]:
    from sayso.serve.api import Trouble

    trouble = {"description": "why not", "content": {"application/json": {"schema": of[repr(Trouble)]}}}
    given = {"description": one.does, "content": {"application/json": {"schema": of[repr(one.gives)]}}}
    found: dict[str, Any] = {
        "summary": one.does,
        "operationId": f"{one.method.lower()}{re.sub('[^a-z]+', '_', one.path.lower()).rstrip('_')}",
        "parameters": [_parameter(name) for name in one.query] + _in_path(one.path),
        "responses": {str(one.status): given} | dict.fromkeys(("400", "403", "404", "409", "413"), trouble),
    }
    if one.sends is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": of[repr(one.sends)]}}}
    return found


def _parameter(name: str) -> dict[str, Any]:
    schema, means = PARAMETERS[name]
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": means}


def _in_path(path: str) -> list[dict[str, Any]]:
    names = re.findall(r"\{(\w+)\}", path)
    schemas = {"number": {"type": "integer", "minimum": 0}, "ident": {"type": "string", "minLength": 1}}
    return [{"name": name, "in": "path", "required": True, "schema": schemas[name]} for name in names]
