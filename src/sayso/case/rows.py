"""Records as rows of the tables."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sayso.places import scale_of
from sayso.records import Reading, Story, to_json
from sayso.stories import NO_DAY, Mention


def report_row(mention: Mention, happening: int, story: str = "") -> dict[str, Any]:
    """A mention of a happening, and the story in which it is told, if it is."""
    return {
        "article": mention.article, "event": mention.number, "story": story, "claim": mention.claim,
        "voice": mention.voice, "roof": mention.roof, "happening": happening,
    }  # fmt: skip


def speaker_rows(reading: Reading) -> list[dict[str, Any]]:
    """Who is cited in a reading, and how often."""
    counts = Counter(one.speaker for one in reading.attributions)
    return [{"article": reading.id, "voice": voice, "claims": count} for voice, count in counts.items()]


def story_row(story: Story) -> dict[str, Any]:
    """A story as lists show it, and its JSON."""
    place = story.place
    return {
        "id": story.id, "title": story.title, "type": story.type, "place": place.name if place else None,
        "country": place.country if place else None, "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "scale": scale_of(place.name, place.geonameid, place.country) if place and place.lat is not None else None,
        "first_day": story.date[0] if story.date else None,
        "last_day": story.date[1] if story.date else None, "in_order": story.date[0] if story.date else NO_DAY,
        "pages": len({report.article for report in story.reports}), "origins": story.independent_origins,
        "status": story.status, "story": to_json(story).decode(),
    }  # fmt: skip
