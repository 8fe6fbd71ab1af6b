"""Accounts: an owner's screen of who may sign in, and everybody's own password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.case import ROLES, Case, Role
from sayso.records import AskError, CaseError
from sayso.serve.guard import guard_of, keys_of, token_of
from sayso.serve.pages import desk_of, page
from sayso.serve.people import changing


class Made(NamedTuple):
    """A password that is good once, and whose it is: shown in the answer to the form that asked for it, never again."""

    name: str
    password: str


def listed(request: Request) -> Response:
    """Who may sign in, what was changed about them, and forms to change it."""
    _check_owner(request)
    return _shown(request)


def _shown(request: Request, status: int = 200, **told: Any) -> Response:
    case = desk_of(request).case
    shown: dict[str, Any] = {"made": None, "failed": None, "typed": {}} | told
    return page(
        request, "accounts.html.j2", status, rows=case.accounts(), roles=ROLES, sessions=case.sessions(),
        changes=case.account_changes(), **shown,
    )  # fmt: skip


async def change(request: Request) -> Response:
    """Adds an account, or changes one."""
    return await run_in_threadpool(_change, request, await _fields(request))


def _change(request: Request, fields: Mapping[str, str]) -> Response:
    _check_owner(request)
    who = changing(request, fields)
    try:
        made = _changed(desk_of(request).case, fields, who)
    except (AskError, CaseError) as error:
        return _shown(request, 409, failed=f"Expected {error.expected}, found {error.found}.", typed=fields)
    return _shown(request, made=made) if made else RedirectResponse("/accounts", status_code=303)


def _changed(case: Case, fields: Mapping[str, str], who: str) -> Made | None:
    """Does what a form asks for; gives the password that was made, if one was."""
    name, what = fields.get("name", "").strip(), fields.get("what")
    if what == "add":
        return Made(name, case.add_account(name, None, _role(fields), who=who))
    if what == "give":
        return Made(name, case.give_password(name, who=who))
    if what == "role":
        case.change_account(name, role=_role(fields), who=who)
    elif what in ("close", "open"):
        case.change_account(name, disabled=what == "close", who=who)
    elif what == "end":
        case.end_sessions(name, who=who)
    else:
        raise AskError(expected="something to change", found=repr(what), place="what")
    return None


def _role(fields: Mapping[str, str]) -> Role:
    found = [role for role in ROLES if role == fields.get("role")]
    if not found:
        raise AskError(expected=f"one of {', '.join(ROLES)}", found=repr(fields.get("role")), place="role")
    return found[0]


def _check_owner(request: Request) -> None:
    guard_of(request)
    if request.scope["sayso.user"][1] != "owner":
        raise HTTPException(403, "An owner keeps the accounts.")


def own_form(request: Request) -> Response:
    """Where one sets one's own password."""
    guard_of(request)
    return page(request, "password.html.j2", failed=None)


async def own(request: Request) -> Response:
    """Sets one's own password; one's other sessions end."""
    return await run_in_threadpool(_own, request, await _fields(request))


def _own(request: Request, fields: Mapping[str, str]) -> Response:
    guard, name = guard_of(request), changing(request, fields)
    token = token_of(request.scope)
    if token is None:
        raise HTTPException(403, "A password is set where one is signed in.")
    keys = keys_of(request.scope, name)
    if any(map(guard.failures.is_full, keys)):
        return _refused(request, 429, "Too many attempts. Wait a minute, then try again.")
    old, new, again = (fields.get(field, "")[:2000] for field in ("old", "new", "again"))
    if new != again:
        return _refused(request, 409, "The new password was typed in two ways.")
    try:
        right = desk_of(request).case.set_own_password(name, old, new, token)
    except CaseError as error:
        return _refused(request, 409, f"Expected {error.expected}, found {error.found}.")
    if not right:
        for key in keys:
            guard.failures.note(key)
        return _refused(request, 403, "The password that you have now is another one.")
    return RedirectResponse("/", status_code=303)


def _refused(request: Request, status: int, why: str) -> Response:
    return page(request, "password.html.j2", status, failed=why)


async def _fields(request: Request) -> dict[str, str]:
    async with request.form(max_files=0, max_fields=20) as sent:
        return {name: value for name, value in sent.items() if isinstance(value, str)}
