"""Review: what most needs a person, and decisions about claims, stories and voices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.case import Case, Decision
from sayso.records import AskError, EventType, Reading, RecordError, Story
from sayso.render.brief import Words, brief_view
from sayso.serve.asking import offset_of, own_path, word
from sayso.serve.history import last_of, told_of
from sayso.serve.pages import desk_of, page
from sayso.serve.people import changing, for_reviewers
from sayso.serve.stories import readings_for, story_named
from sayso.stories import KINDS, SLOTS, Correction, correction_of

#: Stories that are shown at once.
_STORIES = 10

#: Wordings of one story that the queue shows at once.
_WORDINGS = 8

#: Claims that one decision may be about.
_CLAIMS = 2000

#: Letters of the stories that one decision makes one.
_LONGEST = 5000

_ON_VOICES = ("merge", "split", "roof", "kind")


class Waiting(NamedTuple):
    """A story that waits for a person, with claims of it that nobody has decided about, and how many more there are."""

    story: Story
    slots: tuple[str, ...]
    words: tuple[tuple[Words, tuple[Words, ...]], ...]
    more: int


def queue(request: Request) -> Response:
    """Claims to accept, reject or correct: those of disputed stories with most pages first."""
    for_reviewers(request)
    case = desk_of(request).case
    page_number, offset = offset_of(request.query_params, _STORIES)
    stories, count = case.stories_to_review(limit=_STORIES, offset=offset)
    held = [one for one in case.decisions() if one.withdrawn is None]
    decided = {claim for one in held for claim in one.decision.claims}
    readings = readings_for(case, *stories)
    waiting = [_waiting(story, readings, decided) for story in stories]
    return page(
        request, "review.html.j2", waiting=waiting, count=count, number=page_number, slots=SLOTS,
        last=max(1, -(-count // _STORIES)), query={}, types=get_args(EventType), undoable=last_of(request, held),
    )  # fmt: skip


def _waiting(story: Story, readings: Mapping[str, Reading], decided: set[str]) -> Waiting:
    view = brief_view(story, readings)
    groups = _groups(view)
    words = [(first, more) for first, more in groups if not decided.issuperset(claims_of((first, *more)))]
    slots = tuple(slot.name for slot in view["slots"])
    return Waiting(story, slots, tuple(words[:_WORDINGS]), max(0, len(words) - _WORDINGS))


def _groups(view: dict[str, Any]) -> list[tuple[Words, tuple[Words, ...]]]:
    """All that a story is told from: reports with the same words together."""
    return [*(pair for voice in view["voices"] for pair in voice.words), *view["retold"]]


def claims_of(words: tuple[Words, ...]) -> list[str]:
    """The claims of reports that carry the same words."""
    return [one.claim for one in words if one.claim]


def one(request: Request) -> Response:
    """Claims to decide about, by their ids: ``claim=a,b``."""
    for_reviewers(request)
    case = desk_of(request).case
    wanted = _claims(request.query_params.getlist("claim"))
    homes = case.homes_of_claims(wanted)
    if not homes:
        raise HTTPException(404, "No report of this case has that claim.")
    stories = [story_named(case, ident) for ident in dict.fromkeys(home.story for home in homes if home.story)]
    words = [
        (story, [row for row in _words(case, story) if row.claim in wanted]) for story in stories
    ]  # fmt: skip
    about = [row for row in case.decisions() if set(row.decision.claims) & set(wanted)]
    return page(
        request, "decide.html.j2", claims=wanted, words=words, slots=SLOTS,
        rows=told_of(case, about),
        types=get_args(EventType), back=own_path(request.query_params.get("back"), "/review"),
    )  # fmt: skip


def _words(case: Case, story: Story) -> list[Words]:
    view = brief_view(story, readings_for(case, story))
    groups = _groups(view)
    return [row for first, more in groups for row in (first, *more)]


async def decide(request: Request) -> Response:
    """Writes a decision down and leads back to where it was made."""
    async with request.form(max_files=0, max_fields=_CLAIMS + 50) as sent:
        fields = {name: value for name, value in sent.items() if isinstance(value, str)}
        claims = _claims([value for value in sent.getlist("claim") if isinstance(value, str)])
        fields["with"] = " ".join(value for value in sent.getlist("with") if isinstance(value, str))
    back = await run_in_threadpool(_decide, request, fields, claims)
    return RedirectResponse(back, status_code=303)


def _decide(request: Request, fields: Mapping[str, str], claims: tuple[str, ...]) -> str:
    case = desk_of(request).case
    who = changing(request, fields)
    decision = decision_of(case, fields, claims)
    made = case.decide(decision, who=who, why=word(fields, "why", 4000))
    return f"{own_path(fields.get('back'), '/history')}#decided-{made}"


def decision_of(case: Case, fields: Mapping[str, str], claims: tuple[str, ...]) -> Decision:
    """The decision that a form asks for.

    Raises:
        AskError: where the form says too little, or what cannot be.
    """
    what = word(fields, "what") or ""
    if what == "enter" and word(fields, "value") is not None:
        what = "correct"
    if what in _ON_VOICES:
        return _on_voice(what, fields)
    if what == "together":
        idents = [fields.get("story", ""), *(word(fields, "with", _LONGEST) or "").replace(",", " ").split()]
        stories = [story_named(case, _ident(one)) for one in dict.fromkeys(idents) if one]
        if len(stories) < 2:
            raise AskError(expected="the ids of two stories", found=f"{len(stories)}", place="with")
        claims = tuple(one.claim for story in stories for one in story.reports if one.claim)
    if not claims:
        raise AskError(expected="at least one claim", found="none chosen", place="claim")
    if what == "correct":
        return Decision(what="correct", claims=claims, correction=_correction(fields))
    if what not in ("accept", "reject", "together", "apart"):
        raise AskError(
            expected="a choice: read rightly, read wrongly, a story of its own or a corrected slot",
            found=repr(what),
            place="what",
        )
    return Decision(what=what, claims=claims)  # type: ignore[arg-type]


def _ident(given: str) -> str:
    """A story's id, which may be the end of its address."""
    return urlsplit(given).path.rpartition("/")[2]


def _on_voice(what: str, fields: Mapping[str, str]) -> Decision:
    voice, to = word(fields, "voice", 4000), word(fields, "to", 4000)
    if voice is None or (to is None and what != "split"):
        raise AskError(
            expected="a voice, and what it is to be", found="too little", place="voice" if voice is None else "to"
        )
    if what == "kind" and to not in KINDS:
        raise AskError(expected=f"one of {', '.join(KINDS)}", found=repr(to), place="to")
    return Decision(what=what, voice=voice, to=None if what == "split" else to)  # type: ignore[arg-type]


def _correction(fields: Mapping[str, str]) -> Correction:
    slot, value = word(fields, "slot"), word(fields, "value")
    if slot not in SLOTS or value is None:
        raise AskError(expected="a slot and its value", found=f"{slot!r}, {value!r}", place="correct")
    try:
        return correction_of(slot, value.lower().replace(" ", "_") if slot in ("type", "happened") else value)
    except RecordError as error:
        raise AskError(expected=error.expected, found=error.found, place=slot) from None


def _claims(given: list[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(part for value in given for part in value.split(",") if part))
    if len(found) > _CLAIMS:
        raise AskError(expected=f"at most {_CLAIMS} claims", found=f"{len(found)}", place="claim")
    return found
