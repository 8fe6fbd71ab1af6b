"""Runs the application until it is stopped."""

from __future__ import annotations

from sayso.case import Case
from sayso.records import AskError
from sayso.serve.app import make_app
from sayso.serve.desk import Options

#: Addresses that only this machine reaches.
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(case: Case, options: Options, *, host: str = "127.0.0.1", port: int = 8765) -> None:
    """Serves a case; returns when the process is told to stop.

    Raises:
        AskError: where the address is one that other machines reach.
    """
    import uvicorn

    if host not in LOOPBACK:
        raise AskError(expected=f"one of {', '.join(LOOPBACK)}", found=host, place="--host")
    app = make_app(case, options, hosts=("127.0.0.1", "localhost", "[::1]"))
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
