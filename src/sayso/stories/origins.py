"""Who first said it: the origins of a happening, each under its roof, with copies and relays counted once.

An attributed report goes back to its speaker. One that the outlet tells itself goes back to the agency that the article
credits, else to the outlet, and adds no origin where the article cites one for it; outlets that tell it in the
same words have one origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sayso.records import Claim, Origin, Reading
from sayso.stories.apart import are_apart, components
from sayso.stories.data import table
from sayso.stories.mentions import Mention
from sayso.stories.passages import own_runs, words_of
from sayso.voices import kind_of, roof_of, roof_of_words

#: The roof of outlets that share a text whose owner nobody states.
SHARED = "shared copy (uncredited)"

_BRACKETS = re.compile(r"\(([^()]*)\)")


def _words(name: str) -> tuple[str, ...]:
    return tuple(table("words.toml")[name])


class Told(NamedTuple):
    """One report with the voice it goes back to; ``own`` where the article tells it itself."""

    report: int
    mention: Mention
    voice: str
    roof: str
    own: bool


def told(mentions: Sequence[Mention]) -> list[Told]:
    """Each report with its first voice, by the order of the story's reports."""
    rows = []
    for number, mention in enumerate(mentions):
        claim = mention.first_claim
        own = claim is None or claim.attribution is None
        voice = _first_voice(mention, claim)
        rows.append(Told(number, mention, voice, _roof(voice, mention, own=own), own))
    return rows


def _first_voice(mention: Mention, claim: Claim | None) -> str:
    """The first of the chain; where that is agencies without a name, who passes it on vouches for it."""
    voices = [link.voice for link in claim.chain] if claim else []
    named = [voice for voice in voices if voice.casefold() not in _words("no_agency")]
    return (named or voices or [mention.reading.article.publisher or "unnamed outlet"])[0]


def _roof(voice: str, mention: Mention, *, own: bool) -> str:
    found = roof_of(voice)
    if found is not None:
        return found
    if own:
        return voice
    if kind_of(voice) != "anonymous":
        return _roof_of_office(voice, mention.reading) or voice
    return _roof_of_unnamed(voice, mention)


def _roof_of_office(voice: str, reading: Reading) -> str | None:
    """The roof that the words around a person's name show, wherever the article cites them: "UN envoy ..."."""
    for attribution in reading.attributions:
        if attribution.speaker == voice:
            words = " ".join(reading.article.text[start:end] for start, end in attribution.source)
            if (roof := roof_of_words(words)) is not None:
                return roof
    return None


def _roof_of_unnamed(voice: str, mention: Mention) -> str:
    """Under whom a voice without a name stands: whoever vouches for it, be that a state's own outlet; activists and
    residents of one place stand together; any other is an origin of its own in each article."""
    claim = mention.first_claim
    relays = [link.voice for link in claim.chain[1:]] if claim else []
    for relay in relays:
        roof = roof_of(relay)
        if roof is not None and (roof.endswith((" government", " state")) or roof != relay):
            return roof
    if any(word in voice for word in _words("of_one_place")):
        named = _BRACKETS.search(voice)
        return f"unnamed activists {named.group(1) if named else mention.event.place or ''}".strip()
    return relays[-1] if relays and voice in _words("nobody") else f"{voice}, {mention.reading.id}"


def origins_of(rows: Sequence[Told]) -> tuple[Origin, ...]:
    """The origins of a happening, in the order of their first report; independent are those with roofs of their own."""
    kept = _without_restatements(rows)
    shared = _shared_roofs([row for row in kept if row.own])
    by_voice: dict[tuple[str, str], list[Told]] = {}
    for row in kept:
        roof = shared.get(row.report, row.roof)
        voice = SHARED if roof == SHARED else row.voice
        by_voice.setdefault((voice, roof), []).append(row)
    return tuple(
        Origin(
            voice=voice, roof=roof, party=any(_interested(row) for row in group),
            reports=tuple(row.report for row in group),
        )
        for (voice, roof), group in by_voice.items()
    )  # fmt: skip


def _interested(row: Told) -> bool:
    return row.mention.first_claim is not None and row.mention.first_claim.interested


def _without_restatements(rows: Sequence[Told]) -> list[Told]:
    """Without what an article tells itself where it also cites one for the happening; a figure that contradicts all of
    those is the article's own all the same."""
    cited: dict[str, list[Told]] = {}
    for row in rows:
        if not row.own:
            cited.setdefault(row.mention.reading.id, []).append(row)
    return [row for row in rows if not row.own or _stands_alone(row, cited.get(row.mention.reading.id, ()))]


def _stands_alone(row: Told, cited: Iterable[Told]) -> bool:
    killed = row.mention.killed
    others = [other.mention.killed for other in cited]
    if not others:
        return True
    stated = [other for other in others if other is not None]
    return killed is not None and bool(stated) and all(are_apart(killed, other) for other in stated)


def _shared_roofs(rows: Sequence[Told]) -> dict[int, str]:
    """Report -> the one roof of the tellings in whose words it is told; reports in words of their own are left out."""
    runs = [own_runs(words_of(row.mention.reading.article.text), row.mention.sentence) for row in rows]
    edges = [
        (i, j)
        for i in range(len(rows))
        for j in range(i)
        if rows[i].roof != rows[j].roof and not runs[i].isdisjoint(runs[j])
    ]  # fmt: skip
    found: dict[int, str] = {}
    for group in components(edges):
        roofs = {rows[n].roof for n in group}
        agencies = [rows[n].roof for n in group if kind_of(rows[n].voice) == "agency"]
        roof = agencies[0] if agencies else SHARED
        # what else these roofs tell of the happening comes from the same text
        found.update({row.report: roof for row in rows if row.roof in roofs})
    return found


def independent(origins: Sequence[Origin]) -> int:
    """How many origins are left when those under one roof are counted once."""
    return len({origin.roof for origin in origins})
