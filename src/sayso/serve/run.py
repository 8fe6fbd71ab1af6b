"""Runs the application until it is stopped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sayso.case import Case
from sayso.records import AskError, Record
from sayso.serve.app import make_app
from sayso.serve.desk import Options
from sayso.serve.logs import LogForm, set_up_logs

#: Addresses that only this machine reaches.
LOOPBACK = ("127.0.0.1", "::1", "localhost")

_LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")


class Listening(Record, frozen=True, kw_only=True):
    """Where an application listens, under which names it answers (none: any), and with which certificate."""

    host: str = "127.0.0.1"
    port: int = 8765
    names: Sequence[str] = ()
    certificate: Path | None = None
    key: Path | None = None

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches it."""
        return self.host in LOOPBACK

    @property
    def url(self) -> str:
        """The address to open."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.certificate else 'http'}://{host}:{self.port}/"


def serve(case: Case, options: Options, where: Listening = Listening(), log: LogForm | None = None) -> None:
    """Serves a case; returns when the process is told to stop. Where it has accounts, whoever looks must sign in.

    ``log``: tells every request on standard error, in this form; else only faults are told.

    Raises:
        AskError: where the address is one that other machines reach, and nobody could sign in.
    """
    import uvicorn

    known = any(one.disabled is None for one in case.accounts())
    if not where.is_local and not known:
        told = "no account in the case; make one with: sayso accounts add NAME --role owner"
        raise AskError(expected="accounts, to serve the case to other machines", found=told, place="--host")
    names = where.names or (_LOCAL_NAMES if where.is_local else ())
    app = make_app(case, options, hosts=names, guarded=known)
    if log is not None:
        set_up_logs(log)
    lines: dict[str, Any] = {"log_level": "warning"} if log is None else {"log_config": None}
    uvicorn.run(
        app, host=where.host, port=where.port, server_header=False, ssl_certfile=where.certificate,
        ssl_keyfile=where.key, access_log=False, **lines,
    )  # fmt: skip
