"""Linked data: claims as W3C Web Annotations, and where they came from as PROV-O; both as self-contained JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from sayso.export.material import Material, Stated, cleaned, stated
from sayso.records import Reading, Span

#: Letters before and after the words that an annotation is about.
_AROUND = 32

_ANNOTATION = {
    "@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type", "as": "https://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dcterms": "http://purl.org/dc/terms/",
    "body": "hasBody", "target": "hasTarget", "source": {"@id": "hasSource", "@type": "@id"}, "selector": "hasSelector",
    "motivation": {"@id": "motivatedBy", "@type": "@vocab"}, "purpose": {"@id": "hasPurpose", "@type": "@vocab"},
    "value": "rdf:value", "items": {"@id": "as:items", "@container": "@list"}, "AnnotationCollection": "as:Collection",
    "creator": "dcterms:creator", "isPartOf": {"@id": "dcterms:isPartOf", "@type": "@id"},
}  # fmt: skip

_PROV = {
    "prov": "http://www.w3.org/ns/prov#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "id": "@id", "type": "@type",
    "label": "rdfs:label", "dcterms": "http://purl.org/dc/terms/", "issued": "dcterms:issued", "value": "prov:value",
    **{
        name: {"@id": f"prov:{name}", "@type": "@id"}
        for name in ("wasQuotedFrom", "hadPrimarySource", "wasDerivedFrom", "wasAttributedTo", "actedOnBehalfOf")
    },
}  # fmt: skip


def urn(kind: str, name: str) -> str:
    """A name for what has no address of its own."""
    return f"urn:sayso:{kind}:{quote(name.encode('utf-8', 'replace'), safe='')}"


def address(reading: Reading) -> str:
    """The article's own address where it is one of the web, else a name."""
    url = reading.article.url or ""
    return (
        url
        if url.startswith(("http://", "https://")) and url.isascii() and " " not in url
        else urn("article", reading.id)
    )


def web_annotations(given: Material) -> str:
    """An AnnotationCollection: for each claim its words, who says so by which words, and the story it belongs to."""
    items = [item for one in stated(given) for item in _of_claim(one)]
    whole = {"@context": _ANNOTATION, "id": "urn:sayso:annotations", "type": "AnnotationCollection", "items": items}
    return json.dumps(cleaned(whole), ensure_ascii=False, indent=1) + "\n"


def _of_claim(one: Stated) -> Iterator[dict[str, Any]]:
    chain = " > ".join(link.voice for link in one.claim.chain)
    parts = [("claim", one.claim.content, f"{one.claim.stance}: {chain}", "describing")]
    if one.said is not None:
        parts.append(("source", one.said.source, one.said.speaker, "identifying"))
        parts.append(("cue", one.said.cue, one.said.stance, "classifying"))
    for name, spans, value, motivation in parts:
        if spans:
            found = {
                "id": urn(name, f"{one.reading.id}/{one.claim.id}"), "type": "Annotation", "motivation": motivation,
                "body": {"type": "TextualBody", "value": value, "purpose": motivation},
                "target": [_target(one.reading, span) for span in spans],
            }  # fmt: skip
            yield {**found, "isPartOf": urn("story", one.story.id)} if one.story else found


def _target(reading: Reading, span: Span) -> dict[str, Any]:
    text, (start, end) = reading.article.text, span
    return {
        "source": address(reading),
        "selector": [
            {
                "type": "TextQuoteSelector", "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }  # fmt: skip


def provenance(given: Material) -> str:
    """PROV-O: claims were quoted from articles, with their first voice as source; articles derived from others."""
    graph: dict[str, dict[str, Any]] = {}
    for reading in given.readings.values():
        _article(graph, reading, full_text=given.full_text)
    for one in stated(given):
        _claim(graph, one)
    for story in given.stories:
        for report in story.reports:
            if report.copied_from and report.copied_from in given.readings and report.article in given.readings:
                node = graph[address(given.readings[report.article])]
                source = address(given.readings[report.copied_from])
                node["wasDerivedFrom"] = sorted({*node.get("wasDerivedFrom", ()), source})
    whole = {"@context": _PROV, "@graph": [graph[name] for name in sorted(graph)]}
    return json.dumps(cleaned(whole), ensure_ascii=False, indent=1) + "\n"


def _article(graph: dict[str, dict[str, Any]], reading: Reading, *, full_text: bool) -> None:
    about = reading.article
    node: dict[str, Any] = {"id": address(reading), "type": "prov:Entity", "label": about.title or reading.id}
    if about.published:
        node["issued"] = about.published
    if full_text:
        node["value"] = about.text
    if about.publisher:
        node["wasAttributedTo"] = _agent(graph, about.publisher)
    origins = [step.publisher for step in reading.lineage if step.role == "origin"]
    if origins:
        node["hadPrimarySource"] = [_agent(graph, name) for name in origins]
    graph[node["id"]] = node


def _agent(graph: dict[str, dict[str, Any]], name: str) -> str:
    ident = urn("voice", name)
    graph.setdefault(ident, {"id": ident, "type": "prov:Agent", "label": name})
    return ident


def _claim(graph: dict[str, dict[str, Any]], one: Stated) -> None:
    text = one.reading.article.text
    ident = urn("claim", f"{one.reading.id}/{one.claim.id}")
    graph[ident] = {
        "id": ident, "type": "prov:Entity", "label": " … ".join(text[start:end] for start, end in one.claim.content),
        "wasQuotedFrom": address(one.reading),
        "wasAttributedTo": [_agent(graph, link.voice) for link in one.claim.chain],
    }  # fmt: skip
    if one.claim.chain:
        graph[ident]["hadPrimarySource"] = _agent(graph, one.claim.chain[0].voice)
    if one.origin is not None and one.origin.roof != one.origin.voice:
        graph[_agent(graph, one.origin.voice)]["actedOnBehalfOf"] = _agent(graph, one.origin.roof)
