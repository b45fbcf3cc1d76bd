"""How many requests the pages answered and how long they took, in all workers of this machine together.

gunicorn's configuration names a directory (PROMETHEUS_MULTIPROC_DIR) in which every worker keeps its counts in files of
its own; whichever worker is asked adds them all up. Without one there is a single process, which counts in memory.
"""

import logging
import os
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, Metric, disable_created_metrics
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from dashboard.observability.families import PREFIX

logger = logging.getLogger(__name__)

# With several workers the library does not tell when a count began, so it is never told.
disable_created_metrics()  # type: ignore[no-untyped-call] # The library has no types here.
_registry = CollectorRegistry()
_REQUESTS = Counter(
    f"{PREFIX}http_requests", "Requests that were answered.", ["method", "route", "status"], registry=_registry
)
_SECONDS = Histogram(
    f"{PREFIX}http_request_seconds",
    "How long an answer took, to its last byte.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60),
    registry=_registry,
)

METHODS = frozenset({"GET", "HEAD", "POST"})


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answer. ``route`` is the rule of the address, never the address itself: it would name purchases.

    Whatever a stranger can make up is one label, or a scan of made-up addresses would fill the memory.
    """
    try:
        _REQUESTS.labels(method if method in METHODS else "other", route, str(status)).inc()
        _SECONDS.labels(route).observe(seconds)
    except OSError as error:
        # A full disk under the counts must not spoil answers.
        logger.warning("A request could not be counted: %s", error)


class _AllWorkers(Collector):
    """What the workers' files hold together. The files know no meanings, which stand in our own registry."""

    def collect(self) -> Iterator[Metric]:
        meanings = {metric.name: metric.documentation for metric in _registry.collect()}
        for metric in MultiProcessCollector(None).collect():  # type: ignore[no-untyped-call] # Has no types.
            metric.documentation = meanings[metric.name]
            yield metric


def collector() -> Collector:
    return _AllWorkers() if os.environ.get("PROMETHEUS_MULTIPROC_DIR") else _registry
