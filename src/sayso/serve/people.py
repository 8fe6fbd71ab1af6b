"""Who asks for a change, and whether they may."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request


def changing(request: Request, form: Mapping[str, Any]) -> str:
    """The name under which a change is noted down: who is signed in, else what they give, else this user's."""
    user = request.scope.get("sayso.user")
    if user is not None:
        return str(user[0])
    given = form.get("who")
    return given.strip()[:200] if isinstance(given, str) and given.strip() else getpass.getuser()
