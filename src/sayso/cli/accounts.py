"""``sayso accounts``: who may sign in where a case is served to others."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sayso.cli.case import case_option, opened
from sayso.cli.decide import who_option
from sayso.cli.read import one_line

if TYPE_CHECKING:
    from sayso.case import Role

#: The roles of ``sayso.case.ROLES``; written out, since nothing is imported before a command runs.
_ROLES = ("reader", "reviewer", "owner")

_ONCE = "Make a password that is good once; whoever signs in by it sets their own."


@click.group()
def accounts() -> None:
    """Keep the accounts of a case: who may sign in where it is served to others.

    A reader looks and exports; a reviewer also adds pages and decides; an owner is a reviewer, and one is always left.
    Passwords are asked for, or read from standard input; only their argon2 hashes are kept, in the case.

    \b
    Examples
      sayso accounts add amira --role owner
      sayso accounts list
      sayso serve --host 0.0.0.0
    """


@accounts.command("list")
@case_option
def list_accounts(where: str) -> None:
    """List who may sign in, and as what."""
    with opened(where) as case:
        rows = case.accounts()
        for row in rows:
            disabled = f" · disabled {row.disabled}" if row.disabled else ""
            click.echo(f"{one_line(row.name)}  {row.role} · added {row.added}{disabled}")
        if not rows:
            click.echo("sayso: the case has no accounts; only this machine's users see it", err=True)


@accounts.command()
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), default=_ROLES[0], show_default=True)
@click.option("--once", is_flag=True, help=_ONCE)
@case_option
@who_option
def add(name: str, role: Role, once: bool, where: str, who: str) -> None:
    """Let NAME sign in. The first account is an owner's."""
    with opened(where, create=True) as case:
        made = case.add_account(name, None if once else _password(), role, who=who)
        click.echo(f"{one_line(name)} may sign in as {role}{_told(made) if once else ''}")


@accounts.command()
@click.argument("name")
@click.option("--once", is_flag=True, help=_ONCE)
@case_option
@who_option
def password(name: str, once: bool, where: str, who: str) -> None:
    """Give NAME another password, and sign them out."""
    with opened(where) as case:
        if once:
            made = case.give_password(name, who=who)
        else:
            case.change_account(name, password=_password(), who=who)
        click.echo(f"{one_line(name)} has another password{_told(made) if once else ''}")


@accounts.command()
@click.argument("name")
@click.argument("role", type=click.Choice(_ROLES))
@case_option
@who_option
def role(name: str, role: Role, where: str, who: str) -> None:
    """Make NAME a reader, reviewer or owner."""
    with opened(where) as case:
        case.change_account(name, role=role, who=who)
        click.echo(f"{one_line(name)} is {role} now")


@accounts.command()
@click.argument("name")
@click.option("--again", is_flag=True, help="Let them in again.")
@case_option
@who_option
def disable(name: str, where: str, again: bool, who: str) -> None:
    """Let NAME sign in no more; what they decided stays."""
    with opened(where) as case:
        case.change_account(name, disabled=not again, who=who)
        click.echo(f"{one_line(name)} {'may sign in again' if again else 'may sign in no more'}")


@accounts.command()
@case_option
def changes(where: str) -> None:
    """List what was changed about accounts, by whom and when; the last first."""
    with opened(where) as case:
        for row in case.account_changes():
            click.echo(f"{row.number}  {one_line(row.account)} {row.what} · {one_line(row.who)} {row.changed}")


def _told(made: str) -> str:
    return f"; the password works once, within a week: {made}"


def _password() -> str:
    """Asked for twice without being shown, or the first line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
