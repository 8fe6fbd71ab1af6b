"""Who asks for a change, and whether they may."""

from __future__ import annotations

import getpass
import hmac
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request


def may_change(request: Request) -> bool:
    """Whether whoever asks may add and decide: all but readers."""
    user = request.scope.get("sayso.user")
    return user is None or user[1] != "reader"


def for_reviewers(request: Request) -> None:
    """Shows readers no forms that they may not send.

    Raises:
        HTTPException: 403 for a reader.
    """
    if not may_change(request):
        raise HTTPException(403, "A reader looks and exports; to add and decide takes a reviewer.")


def changing(request: Request, form: Mapping[str, Any]) -> str:
    """The name under which a change is noted down: who is signed in, else what they give, else this user's.

    Raises:
        HTTPException: 403 where a session's form or header does not carry what the session's own pages do.
    """
    user = request.scope.get("sayso.user")
    if user is None:
        given = form.get("who")
        return given.strip()[:200] if isinstance(given, str) and given.strip() else getpass.getuser()
    wanted = request.scope.get("sayso.csrf")
    given = form.get("csrf") or request.headers.get("x-csrf-token") or ""
    if wanted is not None and not (isinstance(given, str) and hmac.compare_digest(given.encode(), wanted.encode())):
        raise HTTPException(
            403, "The form is from another session. Go back, load the page again, and repeat the change."
        )
    return str(user[0])
