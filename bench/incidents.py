"""The incidents of a bad day: what goes wrong in each, and what the dashboard must say of it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.lapsed_house import LapsedHouse

Circumstance = Callable[[LapsedHouse], AbstractContextManager[None]]


@contextmanager
def slow(seconds: float, house: LapsedHouse) -> Iterator[None]:
    """Let every answer of SkinsBack take so long; past the client's patience it never comes."""
    house.wire.take(seconds)
    try:
        yield
    finally:
        house.wire.take(0)


@contextmanager
def faulty(house: LapsedHouse, **faults: Any) -> Iterator[None]:
    """Switch faults of the simulator on."""
    house.skinsback.set_faults(**faults)
    try:
        yield
    finally:
        house.skinsback.clear_faults()


@contextmanager
def killed(house: LapsedHouse) -> Iterator[None]:
    """Kill the process of the jobs; in the end another one is started."""
    house.jobs.kill()
    try:
        yield
    finally:
        house.jobs.begin()


@contextmanager
def locked(house: LapsedHouse) -> Iterator[None]:
    """Let another program keep the database from being written."""
    with house.locked_database():
        yield


def fault(**faults: Any) -> Circumstance:
    """Return the circumstance of these faults of the simulator."""
    return partial(faulty, **faults)


SILENCE: Circumstance = partial(slow, 60.0)


Told = tuple[str, str, str]
"""Kind, cause and severity of something that is told."""


@dataclass(frozen=True)
class Incident:
    """Circumstances, one after the other without a gap, and what must be said of them and nothing else."""

    name: str
    label: str
    phases: tuple[tuple[float, Circumstance], ...]
    """(seconds, what is wrong in them)."""
    unknown: bool = False
    """Whether nothing is known meanwhile: the verdict is ``unknown``, and ``/readyz`` says why; else all is well."""
    banners: tuple[str, ...] = ()
    """The causes that the banner names, in their order."""
    alerts: tuple[Told, ...] = ()
    """(kind, cause, severity) of each cause that is told, in their order: one message for each, and one at the end."""
    ends_within: float = 240.0
    """In seconds after it is over: when the message of the end has come at the latest."""

    @property
    def lasts(self) -> float:
        return sum(seconds for seconds, _ in self.phases)


def not_known(name: str, label: str, phase: tuple[float, Circumstance], told: Told) -> Incident:
    """Return an incident in which nothing is known, and of which one cause is told."""
    return Incident(name, label, (phase,), unknown=True, banners=(told[1],), alerts=(told,))


FAULTS = (
    not_known("silence", "SkinsBack is silent", (300, SILENCE), ("connection", "timeout", "critical")),
    Incident("short-silence", "SkinsBack is silent, but not for long", ((29, SILENCE),)),
    not_known(
        "resets", "connections are reset", (300, fault(reset=True)), ("connection", "connection_failed", "critical")
    ),
    not_known(
        "html", "HTTP 502 with HTML", (300, fault(html_502=True)), ("connection", "http_error", "critical")
    ),
    Incident("wrong-secret-once", "one request is refused", ((60, fault(error_code={"value": -10, "count": 1})),)),
    not_known(
        "wrong-secret", "the secret is wrong", (300, fault(error_code=-10)),
        ("refused", "invalid_client_secret", "critical"),
    ),
    not_known(
        "limit", "the limit of requests is reached", (300, fault(error_code=-7)),
        ("limit", "request_limit_reached", "warning"),
    ),
    Incident(
        "in-a-row", "silence, then a wrong secret, then the limit",
        ((180, SILENCE), (300, fault(error_code=-10)), (180, fault(error_code=-7))),
        unknown=True, banners=("timeout", "invalid_client_secret", "request_limit_reached"),
        alerts=(
            ("connection", "timeout", "critical"), ("refused", "invalid_client_secret", "critical"),
            ("limit", "request_limit_reached", "warning"),
        ),
    ),
    Incident(
        "slow", "answers take eight seconds", ((480, partial(slow, 8.0)),),
        alerts=(("latency", "latency", "warning"),), ends_within=1200,
    ),
    Incident(
        "malformed", "objects that cannot be read", ((300, fault(malformed_item="text")),),
        alerts=(("unreadable", "set_aside", "warning"),), ends_within=5000,
    ),
    Incident(
        "unknown-status", "a status that nobody knows", ((300, fault(unknown_status="in_review")),),
        alerts=(("unknown_value", "status", "warning"),), ends_within=5000,
    ),
    Incident("killed", "the background jobs are killed", ((300, killed),), unknown=True, banners=("no_scheduler",)),
    Incident("locked", "the database is locked", ((300, locked),), unknown=True, banners=("database_locked",)),
)  # fmt: skip
"""The day. While nobody runs the jobs, or nothing can be written, no message can be sent: ``/readyz`` tells it."""
