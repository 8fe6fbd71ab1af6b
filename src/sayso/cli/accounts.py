"""``sayso accounts``: who may sign in where a case is served to others."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sayso.cli.case import case_option, opened
from sayso.cli.read import one_line

if TYPE_CHECKING:
    from sayso.case import Role

#: The roles of ``sayso.case.ROLES``; written out, since nothing is imported before a command runs.
_ROLES = ("reader", "reviewer", "owner")


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
@case_option
def add(name: str, role: Role, where: str) -> None:
    """Let NAME sign in. The first account is an owner's."""
    with opened(where, create=True) as case:
        case.add_account(name, _password(), role)
        click.echo(f"{one_line(name)} may sign in as {role}")


@accounts.command()
@click.argument("name")
@case_option
def password(name: str, where: str) -> None:
    """Give NAME another password, and sign them out."""
    with opened(where) as case:
        case.change_account(name, password=_password())
        click.echo(f"{one_line(name)} has another password")


@accounts.command()
@click.argument("name")
@click.argument("role", type=click.Choice(_ROLES))
@case_option
def role(name: str, role: Role, where: str) -> None:
    """Make NAME a reader, reviewer or owner."""
    with opened(where) as case:
        case.change_account(name, role=role)
        click.echo(f"{one_line(name)} is {role} now")


@accounts.command()
@click.argument("name")
@click.option("--again", is_flag=True, help="Let them in again.")
@case_option
def disable(name: str, where: str, again: bool) -> None:
    """Let NAME sign in no more; what they decided stays."""
    with opened(where) as case:
        case.change_account(name, disabled=not again)
        click.echo(f"{one_line(name)} {'may sign in again' if again else 'may sign in no more'}")


def _password() -> str:
    """Asked for twice without being shown, or the first line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
