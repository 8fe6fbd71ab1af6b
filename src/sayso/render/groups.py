"""A reading's claims in the order in which a person asks for them: by origin, then by statement, then by event."""

from __future__ import annotations

from sayso.records import Attribution, Claim, Event, Reading, Record, Spans


class Statement(Record, frozen=True, kw_only=True):
    """Claims that rest on the same words of one origin; ``events`` in the order of the text, perhaps none."""

    claims: tuple[Claim, ...]
    attribution: Attribution | None
    events: tuple[Event, ...]

    @property
    def content(self) -> Spans:
        return self.claims[0].content

    @property
    def interested(self) -> bool:
        return any(claim.interested for claim in self.claims)

    @property
    def relays(self) -> tuple[str, ...]:
        """Who passed it on to the article, nearest to the speaker first."""
        return tuple(link.voice for link in self.claims[0].chain if link.role == "relay")


class OriginGroup(Record, frozen=True, kw_only=True):
    """All that one origin says. ``own``: no attribution holds it, the article itself says so."""

    voice: str
    own: bool
    statements: tuple[Statement, ...]

    @property
    def unnamed(self) -> bool:
        return not self.own and is_unnamed(self.voice)

    @property
    def eventful(self) -> tuple[Statement, ...]:
        return tuple(statement for statement in self.statements if statement.events)

    @property
    def eventless(self) -> tuple[Statement, ...]:
        return tuple(statement for statement in self.statements if not statement.events)


def is_unnamed(voice: str) -> bool:
    """Whether a voice is one that the text does not name: ``unnamed`` or ``unnamed military source (Syria)``."""
    return voice == "unnamed" or voice.startswith("unnamed ")


def group_by_origin(reading: Reading) -> tuple[OriginGroup, ...]:
    """One group for each origin in the order of the text; what the article itself says comes last.

    Last, because an article's own telling mostly restates what it attributes further down, and the first
    question is whom it has that from. Origins that say nothing about an event follow those that do.
    """
    found: dict[tuple[bool, str], list[Claim]] = {}
    for claim in sorted(reading.claims, key=lambda claim: claim.content[:1]):
        found.setdefault(_origin(reading, claim), []).append(claim)
    groups = [
        OriginGroup(voice=voice, own=own, statements=_statements(reading, claims))
        for (own, voice), claims in found.items()
    ]
    return tuple(sorted(groups, key=lambda group: (group.own, not group.eventful)))


def origin_of(claim: Claim) -> str | None:
    """The first voice of a claim's chain."""
    return claim.chain[0].voice if claim.chain else None


def event_of(reading: Reading, claim: Claim) -> Event | None:
    """The event that a claim is about; None where it is about none, or points nowhere."""
    index = claim.event
    return reading.events[index] if index is not None and 0 <= index < len(reading.events) else None


def attribution_of(reading: Reading, claim: Claim) -> Attribution | None:
    """The attribution that a claim rests on; None where the article itself says it, or it points nowhere."""
    index = claim.attribution
    return reading.attributions[index] if index is not None and 0 <= index < len(reading.attributions) else None


def _origin(reading: Reading, claim: Claim) -> tuple[bool, str]:
    voice = origin_of(claim) or reading.article.publisher or "the article itself"
    return attribution_of(reading, claim) is None, voice


def _statements(reading: Reading, claims: list[Claim]) -> tuple[Statement, ...]:
    found: dict[object, list[Claim]] = {}
    for claim in claims:
        held = attribution_of(reading, claim)
        found.setdefault(claim.content if held is None else claim.attribution, []).append(claim)
    return tuple(_statement(reading, same) for same in found.values())


def _statement(reading: Reading, claims: list[Claim]) -> Statement:
    events = [event for claim in claims if (event := event_of(reading, claim)) is not None]
    return Statement(
        claims=tuple(claims),
        attribution=attribution_of(reading, claims[0]),
        events=tuple(sorted(events, key=lambda event: event.trigger)),
    )
