"""Rows as event data sets have them: the columns of UCDP GED and of ACLED, and PLOVER's types and modes.

What sayso cannot tell stays empty. Deaths are what is claimed: low the lowest, high the highest, best the one that most
independent origins give (the lower of two that as many give).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sayso.export.material import Material, cleaned, ends, events_of, tolls
from sayso.export.tables import csv_of
from sayso.places import Scale, scale_of
from sayso.records import CountRange, Story, StoryPlace
from sayso.text.tables import toml_table

#: Days up to which GED's precisions of a date hold: 1 a day, 2 some days, 3 a week, 4 a month, 5 a year.
_GED_DATES = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))

#: The same of ACLED: 1 a day, 2 a week, 3 a month.
_ACLED_DATES = ((1, 1), (7, 2), (31, 3))


def types() -> dict[str, dict[str, Any]]:
    """Event type -> what it is called elsewhere.

    Raises:
        DataError: where the file that ships with sayso is missing or damaged.
    """
    return toml_table("export", "types.toml")


#: UCDP GED's and ACLED's numbers for how near a point is to where it happened.
_GED_PLACES: dict[Scale, int] = {"spot": 1, "region": 4, "country": 6}
_ACLED_PLACES: dict[Scale, int] = {"spot": 1, "region": 3, "country": 3}


def ged(given: Material) -> str:
    """CSV with the columns of UCDP GED: a row for each story of organised violence."""
    return csv_of((_ged_row(given, story) for story in given.stories if types()[story.type].get("ged")), GED)


GED = (
    "id", "year", "active_year", "code_status", "type_of_violence", "conflict_name", "dyad_name", "side_a", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original",
    "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt",
    "country", "region", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low",
)  # fmt: skip


def _ged_row(given: Material, story: Story) -> dict[str, Any]:
    place, (first, last) = story.place, story.date or (None, None)
    placed = place is not None and place.lat is not None
    by_side = tolls(given, story)
    every = [count for counts in by_side.values() for count in counts]
    sources = _sources(given, story)
    return dict.fromkeys(GED) | {
        "id": story.id, "year": first[:4] if first and last and first[:4] == last[:4] else None,
        "side_a": _agent(given, story), "number_of_sources": story.independent_origins,
        "source_article": "; ".join(row["article"] for row in sources),
        "source_office": "; ".join(row["outlet"] for row in sources),
        "source_date": "; ".join(row["published"] for row in sources),
        "source_headline": "; ".join(row["title"] for row in sources),
        "source_original": "; ".join(dict.fromkeys(origin.voice for origin in story.origins)),
        "where_prec": _nearness(place, _GED_PLACES),
        "where_coordinates": place.name if place else None, "country": place.country if place else None,
        "latitude": place.lat if place else None, "longitude": place.lon if place else None,
        "geom_wkt": f"POINT ({place.lon} {place.lat})" if place and placed else None,
        "date_prec": _precision(story, _GED_DATES), "date_start": first, "date_end": last,
        "deaths_civilians": best(by_side.get("civilians", [])), "deaths_unknown": best(by_side.get("people", [])),
        "best": best(every), "high": _high(every), "low": _low(every),
    }  # fmt: skip


def _sources(given: Material, story: Story) -> list[dict[str, str]]:
    rows = {report.article: reading.article for reading, report, _ in events_of(given, story)}
    return [
        {
            "article": ident,
            "outlet": about.publisher or "",
            "published": about.published or "",
            "title": about.title or "",
        }
        for ident, about in rows.items()
    ]


def _agent(given: Material, story: Story) -> str | None:
    """The one agent that is named; None where none is, or where accounts differ."""
    agents = {event.agent for _, _, event in events_of(given, story) if event.agent}
    return agents.pop() if len(agents) == 1 else None


def _precision(story: Story, bounds: Iterable[tuple[int, int]]) -> int | None:
    if story.date is None:
        return None
    days = (date.fromisoformat(story.date[1]) - date.fromisoformat(story.date[0])).days + 1
    return next((precision for most, precision in bounds if days <= most), None)


def _nearness(place: StoryPlace | None, numbers: Mapping[Scale, int]) -> int | None:
    if place is None or place.lat is None:
        return None
    return numbers[scale_of(place.name, place.geonameid, place.country)]


def best(counts: Iterable[tuple[CountRange, str]]) -> int | None:
    """The number of dead that most independent origins give, as the lower end of what they say."""
    roofs: dict[int, set[str]] = defaultdict(set)
    for (low, high), roof in counts:
        number = low if low is not None else high
        if number is not None:
            roofs[number].add(roof)
    return min(roofs, key=lambda number: (-len(roofs[number]), number), default=None)


def _low(counts: Iterable[tuple[CountRange, str]]) -> int | None:
    return min((low for (low, _), _ in counts if low is not None), default=None)


def _high(counts: Iterable[tuple[CountRange, str]]) -> int | None:
    return max((high for (_, high), _ in counts if high is not None), default=None)


ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip


def acled(given: Material) -> str:
    """CSV shaped like ACLED's: a row for each story of a type that ACLED has."""
    return csv_of((_acled_row(given, story) for story in given.stories if types()[story.type].get("acled")), ACLED)


def _acled_row(given: Material, story: Story) -> dict[str, Any]:
    place, names = story.place, [*types()[story.type]["acled"], None, None][:3]
    every = [count for counts in tolls(given, story).values() for count in counts]
    civilian = any(event.victims == "civilians" for _, _, event in events_of(given, story))
    return dict.fromkeys(ACLED) | {
        "event_id_cnty": story.id, "event_date": story.date[0] if story.date else None,
        "year": story.date[0][:4] if story.date else None, "time_precision": _precision(story, _ACLED_DATES),
        "disorder_type": names[0], "event_type": names[1], "sub_event_type": names[2], "actor1": _agent(given, story),
        "civilian_targeting": "Civilian targeting" if civilian else None, "country": place.country if place else None,
        "location": place.name if place else None, "latitude": place.lat if place else None,
        "longitude": place.lon if place else None, "geo_precision": _nearness(place, _ACLED_PLACES),
        "source": "; ".join(dict.fromkeys(row["outlet"] for row in _sources(given, story))),
        "notes": f"{story.title}. {story.independent_origins} independent origins, {story.status}.",
        "fatalities": best(every),
    }  # fmt: skip


def plover(given: Material) -> Iterator[str]:
    """JSON lines: a record for each report whose type PLOVER has, with event type, mode and where it was said."""
    for story in given.stories:
        for reading, report, event in events_of(given, story):
            names = types()[event.type].get("plover")
            if names:
                place = story.place
                row = {
                    "id": f"{reading.id}-{report.event}", "story": story.id, "event_type": names[0],
                    "mode": names[1] if len(names) > 1 else None, "event_date": event.date[0] if event.date else None,
                    "event_date_end": event.date[1] if event.date else None, "actor": event.agent,
                    "recipient": event.patient, "placename": event.place,
                    "latitude": place.lat if place and place.name == event.place else None,
                    "longitude": place.lon if place and place.name == event.place else None,
                    "fatality_low": ends(event.killed)[0], "fatality_high": ends(event.killed)[1],
                    "modality": event.modality, "said_by": report.chain[0] if report.chain else None,
                    "url": reading.article.url, "publication_date": reading.article.published,
                    "source": reading.article.publisher, "evidence": list(report.trigger),
                }  # fmt: skip
                yield json.dumps(cleaned(row), ensure_ascii=False) + "\n"
