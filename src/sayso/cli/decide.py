"""``sayso decide``, ``decisions``, ``undo``: what people make of what was read; never overwritten by the program."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.case import brought_up_to_date, case_option, opened, write_records
from sayso.cli.output import writing
from sayso.cli.read import one_line
from sayso.cli.stories import only_story

if TYPE_CHECKING:
    from sayso.case import Case, Decided, Decision
    from sayso.stories import Correction

why_option: Callable[[Any], Any] = click.option("--why", metavar="TEXT", help="The reason, kept with the decision.")
who_option: Callable[[Any], Any] = click.option(
    "--who", metavar="NAME", envvar="SAYSO_WHO", default=getpass.getuser, show_default="you",
    help="Who decides (also from SAYSO_WHO).",
)  # fmt: skip

_SLOTS = ("type", "agent", "place", "date", "killed", "injured", "speaker", "happened")


@click.group()
def decide() -> None:
    """Decide about claims and stories: accept, reject, correct, merge, split.

    A decision is laid over what was read: it is kept with who, when and why, stays when pages are read again, and can
    be withdrawn with `sayso undo`. A claim is named by its id, as `sayso story ID --format json` shows it, or by
    STORY:N, the N-th report of a story, as `sayso story` numbers them.
    """


def _decision_command(name: str, **arguments: Any) -> Callable[[Callable[..., Decision]], click.Command]:
    """A command of ``decide``: its function makes the decision, the rest is the same for all."""

    def made(function: Callable[..., Decision]) -> click.Command:
        def run(where: str, who: str, why: str | None, **values: Any) -> None:
            with opened(where) as case, writing():
                brought_up_to_date(case)
                decision = function(case, **values)
                click.echo(f"decision {case.decide(decision, who=who, why=why)}: {in_words(decision)}")

        command: Any = who_option(why_option(case_option(run)))
        for argument, options in reversed(arguments.items()):
            command = click.argument(argument, **options)(command)
        command.__doc__ = function.__doc__
        return decide.command(name)(command)

    return made


_CLAIMS = {"nargs": -1, "required": True, "metavar": "CLAIM..."}


@_decision_command("accept", claims=_CLAIMS)
def accept(case: Case, claims: tuple[str, ...]) -> Decision:
    """Note that claims were read rightly; an earlier rejection counts no more."""
    from sayso.case import Decision

    return Decision(what="accept", claims=_claims(case, claims))


@_decision_command("reject", claims=_CLAIMS)
def reject(case: Case, claims: tuple[str, ...]) -> Decision:
    """Note that claims were read wrongly: stories are told without them."""
    from sayso.case import Decision

    return Decision(what="reject", claims=_claims(case, claims))


@_decision_command(
    "correct", claim={"metavar": "CLAIM"}, slot={"type": click.Choice(_SLOTS)}, value={"metavar": "VALUE"}
)
def correct(case: Case, claim: str, slot: str, value: str) -> Decision:
    """Give what a claim says in one slot instead of what was read.

    \b
    type      air_strike, shelling, ...        date      2016-12-11 or 2016-12-11..2016-12-13
    agent, place, speaker   a name             killed, injured   16, 10..15, 20.. (at least), ..300 (up to)
    happened  asserted or denied
    """
    from sayso.case import Decision

    return Decision(what="correct", claims=_claims(case, (claim,)), correction=_correction(slot, value))


@_decision_command("merge", stories={"nargs": -1, "required": True, "metavar": "STORY..."})
def merge(case: Case, stories: tuple[str, ...]) -> Decision:
    """Make one story of two or more."""
    from sayso.case import Decision

    if len(stories) < 2:
        raise click.UsageError("two stories or more are merged")
    told = [only_story(case, ident) for ident in stories]
    return Decision(what="together", claims=tuple(one.claim for story in told for one in story.reports if one.claim))


@_decision_command("split", claims=_CLAIMS)
def split(case: Case, claims: tuple[str, ...]) -> Decision:
    """Make a story of their own of claims that were put with others."""
    from sayso.case import Decision

    return Decision(what="apart", claims=_claims(case, claims))


def _claims(case: Case, named: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of claims; STORY:N is the N-th report of a story, from 1."""
    found = []
    for name in named:
        ident, colon, number = name.partition(":")
        if not colon:
            found.append(name)
            continue
        reports = only_story(case, ident).reports
        if not number.isdecimal() or not 1 <= int(number) <= len(reports):
            raise click.BadParameter(
                f"expected {ident}:1 to {ident}:{len(reports)}, found {name!r}", param_hint="CLAIM"
            )
        found.append(str(reports[int(number) - 1].claim))
    return tuple(found)


def _correction(slot: str, value: str) -> Correction:
    from sayso.records import RecordError
    from sayso.stories import correction_of

    try:
        return correction_of(slot, value)
    except RecordError as error:
        raise click.BadParameter(str(error), param_hint="VALUE") from None


@click.command()
@case_option
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
def decisions(where: str, form: str) -> None:
    """List what was decided: by whom, when and why; withdrawn decisions too."""
    with opened(where) as case, writing():
        rows = case.decisions()
        if form != "table":
            write_records(iter(rows), form)
            return
        for row in rows:
            click.echo(_line(row))
        if not rows:
            click.echo("sayso: nothing was decided yet", err=True)


def _line(row: Decided) -> str:
    withdrawn = f" · withdrawn by {one_line(row.withdrawn_by or '')} {row.withdrawn}" if row.withdrawn else ""
    why = f" · {one_line(row.why)}" if row.why else ""
    return f"{row.number}  {in_words(row.decision)} · {one_line(row.who)} {row.decided}{why}{withdrawn}"


def in_words(decision: Decision) -> str:
    """A decision on one line."""
    from sayso.render import decision_words

    return decision_words(decision)


@click.command()
@click.argument("number", type=int, required=False)
@case_option
@who_option
def undo(number: int | None, where: str, who: str) -> None:
    """Withdraw a decision: the last one, or the one with this NUMBER. It stays on record as withdrawn."""
    with opened(where) as case, writing():
        brought_up_to_date(case)
        row = case.undo(number, who=who)
        click.echo(f"withdrawn {row.number}: {in_words(row.decision)}")
    sys.exit(0)
