"""Small articles with one event each, put together by hand: what a story is made of."""

from __future__ import annotations

from sayso.records import Article, Attribution, CountRange, DayRange, Event, EventType, MadeBy, Reading
from sayso.text import Doc
from sayso.voices import make_claims

OWN = "Shells fell on the market of Varnholt on Tuesday."


def report(
    ident: str, text: str, *, trigger: str, speaker: str | None = None, cue: str = "said", kind: EventType = "shelling",
    place: str | None = "Varnholt", date: DayRange | None = ("2024-03-12", "2024-03-12"),
    killed: CountRange | None = None, publisher: str | None = None, via: tuple[str, ...] = (),
) -> Reading:  # fmt: skip
    """An article that tells one event; ``speaker`` (whose words end before ", speaker cue") says all of it."""
    article = Article(text=text, publisher=publisher or f"The {ident.title()}", published="2024-03-13")
    said: tuple[Attribution, ...] = ()
    if speaker is not None:
        tail = text.index(f", {speaker} {cue}")
        at = tail + 2
        behind = at + len(speaker) + 1
        said = (
            Attribution(
                source=((at, at + len(speaker)),), cue=((behind, behind + len(cue)),), content=((0, tail),),
                kind="indirect", stance="says", speaker=speaker, via=via,
            ),
        )  # fmt: skip
    start = text.index(trigger)
    event = Event(
        trigger=(start, start + len(trigger)), type=kind, place=place, date=date, killed=killed,
        attribution=0 if said else None,
    )  # fmt: skip
    claims = make_claims(Doc(text), article, (), said, (event,))
    return Reading(
        id=ident, made_by=MadeBy(sayso="test"), page=None, article=article, attributions=said, events=(event,),
        claims=claims,
    )  # fmt: skip
