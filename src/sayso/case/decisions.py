"""What people decide: rows with who, when and why, in their order; a withdrawn one stays, and counts no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

import msgspec
from sqlalchemy import Connection, Row, insert, select, update

from sayso.case.tables import DECISIONS
from sayso.records import CaseError, Record, from_json, to_json
from sayso.stories import Correction, Membership, Rulings

What: TypeAlias = Literal["accept", "reject", "correct", "together", "apart", "merge", "split", "roof", "kind"]


class Decision(Record, frozen=True, kw_only=True):
    """What is decided about claims (by id) or about a voice (by the name that the readings or the case give it).

    ``accept``, ``reject``: ``claims`` were read rightly, or wrongly. ``correct``: they say what ``correction`` says.
    ``together``, ``apart``: they are of one story, or of one of their own. ``merge``: ``voice`` goes by the name
    ``to``; ``split``: by its own. ``roof``, ``kind``: ``voice`` stands under ``to``, or is a ``to``.
    """

    what: What
    claims: tuple[str, ...] = ()
    correction: Correction | None = None
    voice: str | None = None
    to: str | None = None


class Decided(Record, frozen=True, kw_only=True):
    """A decision with its number, who made it, when and why; when and by whom it was withdrawn, if it was."""

    number: int
    decision: Decision
    who: str
    why: str | None
    decided: str
    withdrawn: str | None = None
    withdrawn_by: str | None = None


def note(connection: Connection, decision: Decision, who: str, why: str | None, now: str) -> int:
    """Writes a decision down; gives its number."""
    row = {
        "what": decision.what, "decision": to_json(decision).decode(), "who": who, "why": why, "decided": now,
    }  # fmt: skip
    return int(connection.execute(insert(DECISIONS).values(**row)).inserted_primary_key[0])  # type: ignore[index]


def withdraw(connection: Connection, number: int | None, who: str, now: str, place: str) -> Decided:
    """Withdraws a decision, the last one that counts where no number is given.

    Raises:
        CaseError: where there is none, or it is withdrawn already.
    """
    counting = [one for one in all_of(connection) if one.withdrawn is None]
    found = next((one for one in reversed(counting) if number in (None, one.number)), None)
    if found is None:
        what = "none that counts" if number is None else f"no decision {number} that counts"
        raise CaseError(expected="a decision to withdraw", found=what, place=place)
    change = update(DECISIONS).where(DECISIONS.c.number == found.number)
    connection.execute(change.values(withdrawn=now, withdrawn_by=who))
    return msgspec.structs.replace(found, withdrawn=now, withdrawn_by=who)


def all_of(connection: Connection) -> tuple[Decided, ...]:
    """All decisions, in the order in which they were made."""
    return tuple(map(_decided, connection.execute(select(DECISIONS).order_by(DECISIONS.c.number))))


def _decided(row: Row[Any]) -> Decided:
    return Decided(
        number=row.number, decision=from_json(row.decision, Decision, place="case"), who=row.who, why=row.why,
        decided=row.decided, withdrawn=row.withdrawn, withdrawn_by=row.withdrawn_by,
    )  # fmt: skip


def rulings_of(decided: Iterable[Decided], met: Mapping[str, str]) -> Rulings:
    """Decisions as stories are told by them; of several on one thing the last counts.

    Args:
        decided: in their order.
        met: voice -> the name that it goes by where nobody decided.
    """
    names, roofs, kinds = dict(met), dict[str, str](), dict[str, str]()
    rejected, corrected, membership = set[str](), dict[str, Correction](), list[Membership]()
    for one in (row.decision for row in decided if row.withdrawn is None):
        if one.what in ("accept", "reject"):
            (rejected.update if one.what == "reject" else rejected.difference_update)(one.claims)
        elif one.what == "correct" and one.correction:
            corrected.update({claim: _over(corrected.get(claim), one.correction) for claim in one.claims})
        elif one.what in ("together", "apart"):
            membership.append((one.what, one.claims))
        elif one.voice is not None:
            table = {"roof": roofs, "kind": kinds}.get(one.what, names)
            table[one.voice] = one.to or one.voice
    return Rulings(
        names={voice: _end(names, voice) for voice in names}, roofs=roofs, kinds=kinds,
        rejected=frozenset(rejected), corrected=corrected, membership=tuple(membership),
    )  # fmt: skip


def _over(before: Correction | None, said: Correction) -> Correction:
    """A correction laid over an earlier one."""
    if before is None:
        return said
    given = {name: value for name in said.__struct_fields__ if (value := getattr(said, name)) is not None}
    return msgspec.structs.replace(before, **given)


def _end(names: Mapping[str, str], voice: str) -> str:
    """Where a voice ends up that goes by a name that goes by another; a circle ends where it began."""
    seen = {voice}
    while (following := names.get(voice, voice)) not in seen:
        seen.add(following)
        voice = following
    return voice
