"""JSON-LD of a page as flat marks: every script, graphs and lists, references followed, broken JSON tolerated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from sayso.pages.decode import whole
from sayso.records import Mark

#: Scripts larger than this hold product catalogues or whole article bodies, not metadata.
MAX_SCRIPT_CHARS = 1_000_000
#: Values longer than this are bodies and descriptions; they would only weigh the view down.
MAX_VALUE_CHARS = 2_000
#: Nothing that names a publisher or an author lies deeper (111 pages of 2019: at most 4).
MAX_DEPTH = 6
MAX_MARKS = 3_000

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_TAG = re.compile(r"<[^<>]{0,300}>")

Node = dict[str, Any]


def jsonld_marks(scripts: Iterable[str]) -> Iterator[Mark]:
    """One mark a value: ``newsarticle.publisher.name``; a key repeats where the page gives several values.

    ``scripts`` are the contents of the page's ``application/ld+json`` elements, in document order. A node that only
    refers to another (``{"@id": ...}``) is read as the node it refers to. Bounded in depth, length and number.
    """
    roots = [root for script in scripts for root in _roots(_parsed(script))]
    index = {str(root["@id"]): root for root in roots if "@id" in root and len(root) > 1}
    found = 0
    for root in roots:
        for mark in _walk(root, _type_of(root), index, 0):
            yield mark
            found += 1
            if found >= MAX_MARKS:
                return


def _parsed(script: str) -> Any:
    """What the script holds, or None. Line breaks inside strings, comments around and commas too many are common."""
    text = _WRAPPING.sub("", script[:MAX_SCRIPT_CHARS]).strip()
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(candidate)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _roots(value: Any) -> Iterator[Node]:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield from _roots(item)
    elif isinstance(value, dict):
        graph = value.get("@graph")
        if isinstance(graph, list | dict):
            yield from (node for node in (graph if isinstance(graph, list) else [graph]) if isinstance(node, dict))
        else:
            yield value


def _type_of(node: Node) -> str:
    kind = node.get("@type")
    if isinstance(kind, list):
        kind = next((item for item in kind if isinstance(item, str)), None)
    return kind.rsplit("/", 1)[-1].lower() if isinstance(kind, str) and kind else "thing"


def _walk(value: Any, path: str, index: dict[str, Node], depth: int) -> Iterator[Mark]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, path, index, depth + 1)
    elif isinstance(value, dict):
        node = value
        if "@id" in value and len(value) <= 2:
            node, index = index.get(str(value["@id"]), value), {}  # references are followed once: graphs have cycles
        for key, item in node.items():
            # the node's own @type is in the path already; a value's tells a person from a body
            if not (depth == 0 and key in ("@type", "@context")):
                yield from _walk(item, f"{path}.{key.lower()}", index, depth + 1)
    elif value is not None and not isinstance(value, bool):
        text = plain_value(str(value))
        if text:
            yield Mark(origin="json-ld", key=path, value=text)


def plain_value(value: str) -> str:
    """A value as people read it: no tags, no character references, single spaces, bounded."""
    if len(value) > MAX_VALUE_CHARS:
        return ""
    text = whole(unescape(unescape(value)) if "&" in value else value)
    return " ".join(_TAG.sub(" ", text).split()) if "<" in text else " ".join(text.split())
