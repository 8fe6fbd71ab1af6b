"""Accounts of a case that is served to others: passwords as argon2id hashes, sessions as hashes of their tokens."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from sqlalchemy import Connection, delete, insert, select, update

from sayso.case.store import as_record
from sayso.case.tables import ACCOUNTS, SESSIONS
from sayso.records import CaseError, MissingExtraError, Record

if TYPE_CHECKING:
    from argon2 import PasswordHasher

#: A reader looks and exports, a reviewer also adds and decides, an owner also keeps the accounts.
Role: TypeAlias = Literal["reader", "reviewer", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)

#: Letters of a password at least, and at most (a hash of megabytes would keep the machine busy).
_SHORTEST, _LONGEST = 10, 1000

#: How long a session lasts from when it was last used, and how much of that may pass before it is written down.
LASTS = timedelta(hours=12)
_NOTED = timedelta(minutes=10)


class Account(Record, frozen=True, kw_only=True):
    """Somebody who may sign in; ``disabled``: since when they may not."""

    name: str
    role: Role
    added: str
    disabled: str | None = None


def accounts(connection: Connection) -> tuple[Account, ...]:
    """All accounts by name."""
    columns = [ACCOUNTS.c[name] for name in Account.__struct_fields__]
    return tuple(as_record(Account, row) for row in connection.execute(select(*columns).order_by(ACCOUNTS.c.name)))


def add_account(connection: Connection, name: str, password: str, role: Role, now: datetime) -> None:
    """Lets somebody sign in.

    Raises:
        CaseError: where the name is taken, or the password is too short or too long.
        MissingExtraError: where argon2-cffi is not installed.
    """
    if not name.strip() or len(name) > 200 or not name.isprintable():
        raise CaseError(expected="a name of 1 to 200 letters", found=repr(name), place="accounts")
    if any(one.name == name for one in accounts(connection)):
        raise CaseError(expected="a name that nobody has", found=name, place="accounts")
    if role != "owner" and not accounts(connection):
        raise CaseError(expected="an owner as the first account", found=f"a {role}", place="accounts")
    values = {"name": name, "password": _hashed(password), "role": role, "added": now.isoformat(timespec="seconds")}
    connection.execute(insert(ACCOUNTS).values(**values))


def change_account(
    connection: Connection, name: str, now: datetime, *, password: str | None = None, role: Role | None = None,
    disabled: bool | None = None,
) -> None:  # fmt: skip
    """Changes what is given; whoever is signed in under the name is signed out.

    Raises:
        CaseError: where nobody has the name, the password is too short, or no owner would be left.
    """
    if all(one.name != name for one in accounts(connection)):
        raise CaseError(expected="the name of an account", found=name, place="accounts")
    values: dict[str, str | None] = {"role": role} if role else {}
    values |= {"password": _hashed(password)} if password is not None else {}
    if disabled is not None:
        values["disabled"] = now.isoformat(timespec="seconds") if disabled else None
    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(**values))
    connection.execute(delete(SESSIONS).where(SESSIONS.c.account == name))
    if not any(one.role == "owner" and one.disabled is None for one in accounts(connection)):
        raise CaseError(expected="an owner to be left", found="none", place="accounts")


def signed_in(connection: Connection, name: str, password: str) -> Account | None:
    """The account, if the password is its own. It takes as long where there is no such account."""
    row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == name)).one_or_none()
    right = _verified(row.password if row else _nobody(), password[:_LONGEST])
    if row is None or not right or row.disabled is not None:
        return None
    if _hasher().check_needs_rehash(row.password):
        connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(password=_hashed(password)))
    return Account(name=row.name, role=row.role, added=row.added)


def begin_session(connection: Connection, name: str, now: datetime) -> str:
    """A new session's token, which is known to its browser alone; sessions that ran out are cleared away."""
    token = secrets.token_urlsafe(32)
    connection.execute(delete(SESSIONS).where(SESSIONS.c.expires < _day(now)))
    values = {"token_sha256": _digest(token), "account": name, "made": _day(now), "expires": _day(now + LASTS)}
    connection.execute(insert(SESSIONS).values(**values))
    return token


def session(connection: Connection, token: str, now: datetime) -> tuple[Account, bool] | None:
    """Whose session it is, and whether its use is due to be noted; None where it ran out or is none."""
    held = SESSIONS.join(ACCOUNTS, SESSIONS.c.account == ACCOUNTS.c.name)
    found = select(ACCOUNTS, SESSIONS.c.expires).select_from(held).where(SESSIONS.c.token_sha256 == _digest(token))
    row = connection.execute(found).one_or_none()
    if row is None or row.disabled is not None or row.expires < _day(now):
        return None
    due = row.expires < _day(now + LASTS - _NOTED)
    return Account(name=row.name, role=row.role, added=row.added), due


def prolong_session(connection: Connection, token: str, now: datetime) -> None:
    """Notes that a session was used: it lasts from now on."""
    used = update(SESSIONS).where(SESSIONS.c.token_sha256 == _digest(token))
    connection.execute(used.values(expires=_day(now + LASTS)))


def end_session(connection: Connection, token: str) -> None:
    """Signs out."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.token_sha256 == _digest(token)))


def _day(now: datetime) -> str:
    return now.isoformat(timespec="seconds")


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _hashed(password: str) -> str:
    if not _SHORTEST <= len(password) <= _LONGEST:
        wanted = f"a password of {_SHORTEST} to {_LONGEST} letters"
        raise CaseError(expected=wanted, found=f"{len(password)}", place="accounts")
    return _hasher().hash(password)


def _verified(kept: str, password: str) -> bool:
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(kept, password)
    except VerificationError:
        return False


@cache
def _nobody() -> str:
    """The hash of a password that nobody has."""
    return _hasher().hash(secrets.token_urlsafe(32))


@cache
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher  # here: only who serves others needs it
    except ModuleNotFoundError:
        remedy = "none; install it with: pip install 'sayso[team]'"
        raise MissingExtraError(expected="argon2-cffi", found=remedy, place="accounts") from None
    return PasswordHasher()
