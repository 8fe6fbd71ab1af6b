"""The counts of a job as Prometheus reads them from a file: a job ends, so there is nothing to be asked by then."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sayso.bulk.parts import Done, write_whole
from sayso.bulk.telling import Told


def write_metrics(output: Path, dones: Iterable[Done], slices: int, told: Told | None = None) -> None:
    """Writes ``metrics.prom``, which the node exporter's textfile collector takes as it is."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest

    registry, known = CollectorRegistry(), list(dones)
    pages = Gauge("sayso_bulk_pages", "Pages by what became of them", ["outcome"], registry=registry)
    for outcome in ("read", "skipped", "lost"):
        pages.labels(outcome).set(sum(getattr(done, outcome) for done in known))
    cut = Gauge("sayso_bulk_slices", "Slices of the input by state", ["state"], registry=registry)
    failed = sum(done.failed is not None for done in known)
    for state, count in (("done", len(known) - failed), ("failed", failed), ("left", slices - len(known))):
        cut.labels(state).set(count)
    Gauge("sayso_bulk_claims", "Claims read", registry=registry).set(sum(done.claims for done in known))
    seconds = Gauge("sayso_bulk_slice_seconds", "Seconds from first to last of all slices", registry=registry)
    seconds.set(round(sum(done.seconds for done in known), 3))
    if told is not None:
        Gauge("sayso_bulk_copies", "Pairs of articles that share passages", registry=registry).set(told.copies)
        stories = Gauge("sayso_bulk_stories", "Stories by status", ["status"], registry=registry)
        for status, count in told.status.items():
            stories.labels(status).set(count)
    write_whole(output / "metrics.prom", generate_latest(registry))
