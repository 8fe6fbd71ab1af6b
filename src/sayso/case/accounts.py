"""Accounts of a case that is served to others: passwords as argon2id hashes, sessions as hashes of their tokens."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from sqlalchemy import Connection, delete, func, insert, select, update

from sayso.case.store import as_record
from sayso.case.tables import ACCOUNT_CHANGES, ACCOUNTS, SESSIONS
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

#: How long a password works that is good once.
ONCE_LASTS = timedelta(days=7)


class Account(Record, frozen=True, kw_only=True):
    """Somebody who may sign in.

    ``disabled``: since when they may not; ``once``: until when the password works that somebody else made for them.
    """

    name: str
    role: Role
    added: str
    disabled: str | None = None
    once: str | None = None


class AccountChange(Record, frozen=True, kw_only=True):
    """What was changed about an account, by whom and when."""

    number: int
    account: str
    what: str
    who: str
    changed: str


def accounts(connection: Connection, *, locked: bool = False) -> tuple[Account, ...]:
    """All accounts by name; ``locked``: nobody else changes one until this transaction ends."""
    columns = [ACCOUNTS.c[name] for name in Account.__struct_fields__]
    rows = select(*columns).order_by(ACCOUNTS.c.name)
    return tuple(as_record(Account, row) for row in connection.execute(rows.with_for_update() if locked else rows))


def account_changes(connection: Connection, limit: int) -> tuple[AccountChange, ...]:
    """What was changed about accounts, the last first."""
    rows = select(ACCOUNT_CHANGES).order_by(ACCOUNT_CHANGES.c.number.desc()).limit(limit)
    return tuple(as_record(AccountChange, row) for row in connection.execute(rows))


def sessions(connection: Connection, now: datetime) -> dict[str, int]:
    """In how many browsers each account is signed in; who is in none is not there."""
    held = select(SESSIONS.c.account, func.count()).where(SESSIONS.c.expires >= _day(now))
    return {row[0]: row[1] for row in connection.execute(held.group_by(SESSIONS.c.account))}


def add_account(
    connection: Connection, name: str, password: str | None, role: Role, now: datetime, *, who: str
) -> str:  # fmt: skip
    """Lets somebody sign in; gives the password, which is made here and good once where none is given.

    Raises:
        CaseError: where the name is taken, or the password is too short or too long.
        MissingExtraError: where argon2-cffi is not installed.
    """
    if not name.strip() or len(name) > 200 or not name.isprintable():
        raise CaseError(expected="a name of 1 to 200 letters", found=repr(name), place="accounts")
    there = accounts(connection, locked=True)
    if any(one.name == name for one in there):
        raise CaseError(expected="a name that nobody has", found=name, place="accounts")
    if role != "owner" and not there:
        raise CaseError(expected="an owner as the first account", found=f"a {role}", place="accounts")
    made = password or _new_password()
    values = {"name": name, "role": role, "added": _day(now), **_password_values(password, made, now)}
    connection.execute(insert(ACCOUNTS).values(**values))
    _note(connection, name, f"added as {role}", who, now)
    return made


def change_account(
    connection: Connection, name: str, now: datetime, *, who: str, password: str | None = None,
    role: Role | None = None, disabled: bool | None = None,
) -> None:  # fmt: skip
    """Changes what is given; whoever is signed in under the name is signed out.

    Raises:
        CaseError: where nobody has the name, the password is too short, or no owner would be left.
    """
    _check_known(connection, name)
    values: dict[str, str | None] = {"role": role} if role else {}
    values |= _password_values(password, password, now) if password is not None else {}
    if disabled is not None:
        values["disabled"] = _day(now) if disabled else None
    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(**values))
    connection.execute(delete(SESSIONS).where(SESSIONS.c.account == name))
    if not any(one.role == "owner" and one.disabled is None for one in accounts(connection)):
        raise CaseError(expected="an owner to be left", found="none", place="accounts")
    told = {"role": f"made {role}", "password": "given another password"}
    told["disabled"] = "closed" if disabled else "opened again"
    for what in sorted(values.keys() & told.keys()):
        _note(connection, name, told[what], who, now)


def give_password(connection: Connection, name: str, now: datetime, *, who: str) -> str:
    """Gives an account a password that is good once, and signs it out everywhere; for who has forgotten theirs."""
    _check_known(connection, name)
    made = _new_password()
    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(**_password_values(None, made, now)))
    connection.execute(delete(SESSIONS).where(SESSIONS.c.account == name))
    _note(connection, name, "given a password that is good once", who, now)
    return made


def set_own_password(connection: Connection, name: str, old: str, new: str, token: str, now: datetime) -> bool:
    """Sets a password of one's own and ends one's other sessions; False where the old one is not right.

    Raises:
        CaseError: where the new one is too short, too long, or the old one.
    """
    if signed_in(connection, name, old, now) is None:
        return False
    if new == old:
        raise CaseError(expected="another password", found="the one that there is", place="accounts")
    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(**_password_values(new, new, now)))
    others = SESSIONS.c.token_sha256 != _digest(token)
    connection.execute(delete(SESSIONS).where(SESSIONS.c.account == name, others))
    _note(connection, name, "set a password of their own", name, now)
    return True


def end_sessions(connection: Connection, name: str, now: datetime, *, who: str) -> None:
    """Signs an account out everywhere."""
    _check_known(connection, name)
    connection.execute(delete(SESSIONS).where(SESSIONS.c.account == name))
    _note(connection, name, "signed out everywhere", who, now)


def _check_known(connection: Connection, name: str) -> None:
    if all(one.name != name for one in accounts(connection, locked=True)):
        raise CaseError(expected="the name of an account", found=name, place="accounts")


def _note(connection: Connection, name: str, what: str, who: str, now: datetime) -> None:
    connection.execute(insert(ACCOUNT_CHANGES).values(account=name, what=what, who=who, changed=_day(now)))


def _new_password() -> str:
    return secrets.token_urlsafe(12)


def _password_values(own: str | None, password: str, now: datetime) -> dict[str, str | None]:
    """A password as it is kept; one that is not somebody's own works for a while."""
    return {"password": _hashed(password), "once": None if own is not None else _day(now + ONCE_LASTS)}


def signed_in(connection: Connection, name: str, password: str, now: datetime) -> Account | None:
    """The account, if the password is its own. It takes as long where there is no such account."""
    row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == name)).one_or_none()
    right = _verified(row.password if row else _nobody(), password[:_LONGEST])
    if row is None or not right or row.disabled is not None or (row.once is not None and row.once < _day(now)):
        return None
    if _hasher().check_needs_rehash(row.password):
        connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(password=_hashed(password)))
    return as_record(Account, row)


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
    return as_record(Account, row), due


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
        raise MissingExtraError.of("argon2-cffi", "team", "accounts") from None
    return PasswordHasher()
