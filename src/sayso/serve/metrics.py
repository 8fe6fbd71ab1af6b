"""What a monitor asks a server: requests and how long they took, stories brought up to date, what the case holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

#: Seconds up to which requests, and rounds that bring the stories up to date, are counted together.
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10)
_ROUNDS = (0.1, 1, 10, 60, 600, 3600)

#: A reading of the moment: its name, what it means, and its value.
Gauge = tuple[str, str, Callable[[], float]]


class Metrics:
    """The measures of one application."""

    def __init__(self, gauges: Iterable[Gauge]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "sayso_requests", "Requests answered", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "sayso_request_seconds", "How long answers took", ("route",), buckets=_SECONDS, registry=self._registry
        )
        self._rounds = Histogram(
            "sayso_refresh_seconds", "How long it took to bring the stories up to date", buckets=_ROUNDS,
            registry=self._registry,
        )  # fmt: skip
        self._failures = Counter(
            "sayso_refresh_failures", "Rounds that could not bring the stories up to date", registry=self._registry
        )
        self._registry.register(_Now(tuple(gauges)))
        ProcessCollector(registry=self._registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def refreshed(self, seconds: float | None) -> None:
        """The stories were brought up to date; None: they could not be."""
        if seconds is None:
            self._failures.inc()
        else:
            self._rounds.observe(seconds)

    def text(self) -> bytes:
        """All measures as Prometheus reads them."""
        return generate_latest(self._registry)


class _Now(Collector):
    """Readings that are taken when they are asked for."""

    def __init__(self, gauges: tuple[Gauge, ...]) -> None:
        self._gauges = gauges

    def describe(self) -> list[Metric]:
        """Nothing: else each would be read once to be registered."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The readings."""
        for name, means, read in self._gauges:
            yield GaugeMetricFamily(name, means, value=read())
