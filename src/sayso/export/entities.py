"""FollowTheMoney entities: articles, voices and what happened, with the mentions that tie them; JSON, one a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sayso.export.material import Material, cleaned, quoted, stated
from sayso.records import Reading, Story
from sayso.voices import kind_of

#: Kinds of voices that are bodies; of others it is not known whether they are one.
_BODIES = frozenset("agency outlet monitor aid international ministry army armed_group opposition state".split())


def entities(given: Material) -> Iterator[str]:
    """Articles, then voices, then events and mentions; a line for each."""
    seen: set[str] = set()
    for entity in (*_articles(given), *_voices(given), *_events(given)):
        if entity["id"] not in seen:
            seen.add(entity["id"])
            yield json.dumps(cleaned(entity), ensure_ascii=False, sort_keys=True) + "\n"


def _id(kind: str, name: str) -> str:
    return f"sayso-{kind}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


def _entity(ident: str, schema: str, **values: str | list[str] | None) -> dict[str, Any]:
    held = {name: value if isinstance(value, list) else [value] for name, value in values.items() if value}
    return {"id": ident, "schema": schema, "properties": {name: found for name, found in held.items() if found}}


def _articles(given: Material) -> Iterator[dict[str, Any]]:
    for reading in given.readings.values():
        about = reading.article
        yield _entity(
            _article_id(reading), "Article", title=about.title or reading.id, publisher=about.publisher,
            publishedAt=about.published, sourceUrl=_address(about.url), author=list(about.authors),
            bodyText=about.text if given.full_text else None,
        )  # fmt: skip


def _article_id(reading: Reading) -> str:
    return _id("article", reading.id)


def _address(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None


def _voices(given: Material) -> Iterator[dict[str, Any]]:
    names = {link.voice for one in stated(given) for link in one.claim.chain}
    names |= {origin.roof for story in given.stories for origin in story.origins}
    for name in sorted(names):
        if kind_of(name) != "anonymous":
            yield _entity(_id("voice", name), _schema(name), name=name)


def _schema(name: str) -> str:
    kind = kind_of(name)
    return "Person" if kind == "person" else "Organization" if kind in _BODIES else "LegalEntity"


def _events(given: Material) -> Iterator[dict[str, Any]]:
    for story in given.stories:
        yield _event(given, story)
    for one in stated(given):
        if one.claim.chain and kind_of(one.claim.chain[0].voice) != "anonymous":
            voice = one.claim.chain[0].voice
            yield _entity(
                _id("mention", f"{one.reading.id} {one.claim.id}"), "Mention", document=_article_id(one.reading),
                name=voice, resolved=_id("voice", voice), detectedSchema=_schema(voice),
            )  # fmt: skip


def _event(given: Material, story: Story) -> dict[str, Any]:
    readings = [given.readings[report.article] for report in story.reports if report.article in given.readings]
    quotes = [
        words
        for reading, report in zip(readings, story.reports, strict=False)
        if (words := quoted(reading, (report.trigger,)))
    ]
    named = [origin.voice for origin in story.origins if kind_of(origin.voice) != "anonymous"]
    return _entity(
        _id("story", story.id), "Event", name=story.title,
        summary=f"{story.independent_origins} independent origins, {story.status}",
        startDate=story.date[0] if story.date else None, endDate=story.date[1] if story.date else None,
        location=story.place.name if story.place else None, keywords=[story.type, *sorted(set(quotes))],
        proof=sorted({_article_id(reading) for reading in readings}),
        involved=sorted({_id("voice", name) for name in named}),
    )  # fmt: skip
