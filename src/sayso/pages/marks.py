"""What a page states in its mark-up, for programs: JSON-LD, OpenGraph, meta, links and microdata, as flat marks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sayso.pages.jsonld import MAX_MARKS, jsonld_marks, plain_value
from sayso.records import Mark

#: Link relations that say what a page is, who made it or under what terms.
_RELATIONS = frozenset({"canonical", "author", "license", "amphtml", "publisher", "shortlink", "original-source"})
_OPENGRAPH = ("og:", "article:", "book:", "profile:")
#: Microdata of these names are bodies, pictures and the like.
_LONG_ITEMS = frozenset({"articlebody", "text", "reviewbody", "recipeinstructions", "comment", "image", "thumbnailurl"})
_MAX_ITEM_CHARS = 300
#: Microdata scopes lie in each other; nothing useful nests deeper.
_MAX_SCOPES = 4


def marks_of(tree: Any) -> tuple[Mark, ...]:
    """All marks of a parsed page (``lxml.html`` root element).

    Order is JSON-LD, OpenGraph and meta as they stand, links, microdata; each in document order. Keys are lower-case:
    ``newsarticle.author.name`` (JSON-LD and microdata, the type first), ``og:site_name``, ``title``, ``lang``,
    ``canonical``, ``feed.title``. Bounded in number and length; never raises for broken mark-up.
    """
    readers = (_jsonld, _head, _metas, _links, _microdata)
    return tuple(mark for reader in readers for mark in islice(reader(tree), MAX_MARKS))


def _mark(origin: Any, key: str, value: str | None) -> Iterator[Mark]:
    text = plain_value(value or "")
    if key and text:
        yield Mark(origin=origin, key=key.strip().lower()[:200], value=text)


def _jsonld(tree: Any) -> Iterator[Mark]:
    scripts = tree.iter("script")
    return jsonld_marks(node.text_content() for node in scripts if "ld+json" in (node.get("type") or "").lower())


def _head(tree: Any) -> Iterator[Mark]:
    root = tree.getroottree().getroot()
    yield from _mark("meta", "lang", root.get("lang") or root.get("xml:lang"))
    for title in tree.xpath("//title[not(ancestor::*[local-name()='svg'])]")[:1]:
        yield from _mark("meta", "title", title.text_content())


def _metas(tree: Any) -> Iterator[Mark]:
    for node in tree.iter("meta"):
        value = node.get("content") or node.get("value")
        for key in {node.get("property"): 0, node.get("name"): 0, node.get("http-equiv"): 0}:
            if key:
                origin = "opengraph" if key.strip().lower().startswith(_OPENGRAPH) else "meta"
                yield from _mark(origin, key, value)


def _links(tree: Any) -> Iterator[Mark]:
    for node in tree.iter("link", "a"):
        relations = (node.get("rel") or "").lower().split()
        for relation in relations:
            # a link of the body may say who wrote or licensed it; the rest only counts in the head
            if relation in (_RELATIONS if node.tag == "link" else ("license",)):
                yield from _mark("link", relation, node.get("href"))
        if node.tag == "link" and ("alternate" in relations and "rss" in (node.get("type") or "")):
            yield from _mark("link", "feed.title", node.get("title"))


def _microdata(tree: Any) -> Iterator[Mark]:
    for node in islice(tree.iterfind(".//*[@itemprop]"), MAX_MARKS):
        scopes = _scopes(node)
        for name in (node.get("itemprop") or "").lower().split():
            if name not in _LONG_ITEMS and node.get("itemscope") is None:
                yield from _mark("microdata", ".".join((*scopes, name)), _item_value(node))


def _scopes(node: Any) -> list[str]:
    """The way from the item that holds the property, its type first: ``['newsarticle', 'author']``."""
    names: list[str] = []
    for parent in islice((up for up in node.iterancestors() if up.get("itemscope") is not None), _MAX_SCOPES):
        inner = (parent.get("itemprop") or "").lower()
        if inner:
            names.append(inner.split()[0])
            continue
        names.append((parent.get("itemtype") or "thing").rstrip("/").rsplit("/", 1)[-1].lower())
        break
    return names[::-1]


def _item_value(node: Any) -> str:
    for attribute in ("content", "datetime", "href", "src"):
        value = node.get(attribute)
        # the words of a link or a clock are what people read; its target only where there are none
        if value and (attribute in ("content", "datetime") or not node.text_content().strip()):
            return str(value)
    text = str(node.text_content())
    return text if len(text) <= _MAX_ITEM_CHARS else ""
