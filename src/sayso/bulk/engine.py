"""Slices read at once, on Daft: in this process and its children, or on a Ray cluster; the same work on either.

Daft's own worker processes are not used: a query whose worker is killed waits for it without end (seen in 0.7.26).
What is called is a function in Daft's threads, and the pages are read by processes of ours (``apart``).
"""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.bulk.parts import Done
from sayso.bulk.slices import Slice
from sayso.bulk.work import Work, do_slice
from sayso.records import JobError, MissingExtraError, from_json, to_json

#: A cluster of this machine alone, which ends with the job and can be reached from nowhere else.
HERE = "local"

#: No bars, and nothing told to those who make the engines.
_QUIET = {
    "DAFT_PROGRESS_BAR": "0", "DAFT_ANALYTICS_ENABLED": "0", "DO_NOT_TRACK": "1", "RAY_USAGE_STATS_ENABLED": "0"
}  # fmt: skip

#: Seconds that a cluster has to answer at all.
_PATIENCE = 10

_chosen: list[str] = []


def run_slices(work: Work, slices: Iterable[Slice], cluster: str | None = None) -> Iterator[Done]:
    """What became of each slice, as it is done, in any order.

    Args:
        cluster: the address of a Ray cluster all of whose machines see the input and the output under the same paths;
            ``HERE`` for one of this machine's processors; None for none.

    Raises:
        MissingExtraError: where the engine, or Ray, is not installed.
        JobError: where no cluster answers.
        Exception: whatever the engine raises where a machine of the cluster is lost for good.
    """
    daft = _daft(cluster)
    told = to_json(work).decode()

    def do(one: str) -> str:
        return _do(told, one)

    # in batches of one, so that each slice is handed out, and told, by itself
    frame = daft.from_pydict({"slice": [to_json(one).decode() for one in slices]}).into_batches(1)
    called = daft.func(do, return_dtype=daft.DataType.string(), use_process=False)
    for row in frame.select(called(frame["slice"]).alias("done")).iter_rows():
        yield from_json(row["done"], Done, place="bulk")


def _do(work: str, one: str) -> str:
    """Reads a slice, on whatever machine this is."""
    known = from_json(work, Work, place="bulk")
    return to_json(do_slice(known, from_json(one, Slice, place="bulk"))).decode()


def _daft(cluster: str | None) -> Any:
    os.environ.update(_QUIET)
    try:
        import daft  # an extra: only bulk reading needs an engine
    except ModuleNotFoundError:
        raise MissingExtraError.of("daft", "bulk", "bulk") from None
    kind = "native" if cluster is None else "ray"
    if _chosen and _chosen[0] != kind:
        # Daft lets nobody choose twice
        raise JobError(expected=f"the engine of this process, {_chosen[0]}", found=kind, place="bulk")
    if cluster is not None:
        _begin_ray(cluster)
    if not _chosen:
        _chosen.append(kind)
        daft.set_runner_native() if cluster is None else daft.set_runner_ray(noop_if_initialized=True)
    return daft


def leave_cluster() -> None:
    """Parts with the cluster, where this process joined one: its threads must not live on in forks of this process."""
    ray = sys.modules.get("ray")
    if ray is not None and ray.is_initialized():
        ray.shutdown()


def _begin_ray(cluster: str) -> None:
    try:
        import ray  # an extra: only a cluster needs it
    except ModuleNotFoundError:
        raise MissingExtraError.of("ray", "cluster", "bulk") from None
    if ray.is_initialized():
        return
    _check_answers(cluster)
    quiet: dict[str, Any] = {
        "log_to_driver": False, "logging_level": logging.ERROR, "runtime_env": {"env_vars": _QUIET}
    }  # fmt: skip
    try:
        if cluster == HERE:
            ray.init(include_dashboard=False, _node_ip_address="127.0.0.1", **quiet)
        else:
            ray.init(address=cluster, **quiet)
    except Exception as error:  # noqa: BLE001 - what it raises has no tree of its own
        why = f"{type(error).__name__}: {error}"
        raise JobError(expected="a Ray cluster that answers", found=why, place=cluster) from None


def _check_answers(cluster: str) -> None:
    """Sees that somebody listens at an address: Ray itself waits for minutes before it says that nobody does."""
    host, colon, port = cluster.removeprefix("ray://").rpartition(":")
    if not colon or not port.isdecimal():
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise JobError(expected="a Ray cluster that answers", found=str(error), place=cluster) from None
