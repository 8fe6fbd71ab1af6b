"""A reading: everything that sayso found in one page, each value tied to its words.

Field for field the JSON contract ``sayso.reading/1``. Spans are half-open, in Unicode code points into
``article.text``; days are ISO days; ranges include both ends.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from sayso.records.base import CountRange, Day, DayRange, Record, Span, Spans

READING_SCHEMA: Literal["sayso.reading/1"] = "sayso.reading/1"

Kind: TypeAlias = Literal["direct", "indirect", "mixed"]
Stance: TypeAlias = Literal["says", "denies", "doubts", "intends"]
Modality: TypeAlias = Literal["asserted", "denied", "possible", "planned"]
EntityType: TypeAlias = Literal["PER", "ORG", "LOC", "GROUP"]
TimeType: TypeAlias = Literal["DATE", "TIME", "DURATION", "SET"]
EventType: TypeAlias = Literal[
    "offensive", "armed_clash", "air_strike", "shelling", "bombing", "suicide_bombing", "chemical_attack",
    "attack_on_civilians", "abduction", "arrest", "territory_taken", "withdrawal", "movement", "agreement",
    "displacement", "aid", "property_destruction", "protest", "casualties", "control", "other_conflict",
]  # fmt: skip


class MadeBy(Record, frozen=True, kw_only=True):
    """Which program, reader and weights made a reading."""

    sayso: str
    reader: Literal["rules", "learned"] = "rules"
    weights: str | None = None


class PageInfo(Record, frozen=True, kw_only=True):
    """The page's own data: hash (hex) and number of its bytes, media type, ISO time of fetching."""

    sha256: str
    bytes: int
    media_type: str | None
    fetched: str | None


class Evidence(Record, frozen=True, kw_only=True):
    """Where a metadata value was read, and the words that say it."""

    origin: Literal["json-ld", "opengraph", "meta", "visible", "given"] = msgspec.field(name="from")
    quote: str


class Article(Record, frozen=True, kw_only=True):
    """The text and metadata of a page. ``publisher`` is the host's name, ``site`` its domain."""

    text: str
    title: str | None = None
    publisher: str | None = None
    site: str | None = None
    authors: tuple[str, ...] = ()
    published: Day | None = None
    url: str | None = None
    language: str | None = None
    licence: str | None = None
    removal_contact: str | None = None
    evidence: dict[str, Evidence] = {}


class LineageStep(Record, frozen=True, kw_only=True):
    """One publisher that the text passed through; ``quote`` where the words are not in the text."""

    publisher: str
    date: Day | None = None
    role: Literal["origin", "republisher", "host"]
    evidence: Spans = ()
    quote: str | None = None


class Attribution(Record, frozen=True, kw_only=True):
    """Somebody says something: source, cue and content, each in as many pieces as it has.

    ``via`` names who relays it to this article, nearest to the speaker first.
    """

    source: Spans
    cue: Spans
    content: Spans
    kind: Kind
    stance: Stance
    speaker: str
    via: tuple[str, ...] = ()


class Entity(Record, frozen=True, kw_only=True):
    """A name in the text; ``name`` is its canonical form within the article."""

    span: Span
    type: EntityType
    name: str


class Time(Record, frozen=True, kw_only=True):
    """A time expression: TIMEX3 ``value`` and ``mod``, and the days that it covers where it can be told."""

    span: Span
    type: TimeType
    value: str
    mod: str | None = None
    start: Day | None = None
    end: Day | None = None


class Place(Record, frozen=True, kw_only=True):
    """A place name. What could not be resolved has no coordinates; ``confidence`` is in [0, 1]."""

    span: Span
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    country: str | None = None
    admin1: str | None = None
    confidence: float | None = None


class Event(Record, frozen=True, kw_only=True):
    """What is said to have happened. ``place`` is as named in the text; ``spans`` point at each slot's words.

    ``attribution`` is the index of the innermost attribution that holds the trigger (of co-speakers the
    first), None where the article itself says it.
    """

    trigger: Span
    type: EventType
    agent: str | None = None
    patient: str | None = None
    place: str | None = None
    place_in: str | None = None
    date: DayRange | None = None
    killed: CountRange | None = None
    injured: CountRange | None = None
    victims: Literal["civilians", "fighters", "soldiers", "mixed"] | None = None
    strength: CountRange | None = None
    modality: Modality = "asserted"
    attribution: int | None = None
    spans: dict[str, Spans] = {}
    confidence: float | None = None


class ChainLink(Record, frozen=True, kw_only=True):
    """One voice of a chain and its part in it."""

    voice: str
    role: Literal["speaker", "relay", "publisher", "republisher"]


class Claim(Record, frozen=True, kw_only=True):
    """Something said to have happened or to hold, with its chain of voices: origin first, outlet last."""

    id: str
    event: int | None
    attribution: int | None
    stance: Stance
    content: Spans
    chain: tuple[ChainLink, ...]
    interested: bool


class Problem(Record, frozen=True, kw_only=True):
    """What a reader could not read, and why: the reading goes on without it."""

    reader: str
    what: str
    span: Span | None = None


class Reading(Record, frozen=True, kw_only=True):
    """One page, read."""

    schema: Literal["sayso.reading/1"] = READING_SCHEMA
    id: str
    made_by: MadeBy
    page: PageInfo | None
    article: Article
    lineage: tuple[LineageStep, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()
