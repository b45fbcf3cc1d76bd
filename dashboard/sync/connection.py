"""The SkinsBack clients of this process, made from the settings."""

import time
from collections.abc import Callable
from functools import partial
from threading import Event
from zoneinfo import ZoneInfo

from flask import current_app, g

from dashboard.lib import trace
from dashboard.skinsback.client import BACKGROUND, INTERACTIVE, Patience, SkinsBackClient
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.budget_store import SharedBudget

NO_CREDENTIALS = "not connected: no SkinsBack credentials are set"


class Stopped(Exception):
    """A job was told to stop while it waited; what it had stored stays."""


def is_connected() -> bool:
    return bool(current_app.config["SKINSBACK_CLIENT_ID"])


def client_for_people() -> SkinsBackClient:
    """Return the client for questions that somebody is waiting for."""
    return _client(INTERACTIVE, for_people=True, person=_who_asks(), sleep=time.sleep)


def _who_asks() -> str:
    """Return whose part of the requests a question is taken from; empty for commands."""
    user = g.get("user")
    return "" if user is None else str(user.id)


def client_for_jobs(stop: Event | None = None) -> SkinsBackClient:
    """Return the client for background work. Once ``stop`` is set, whatever waits in it raises Stopped."""
    stopped = stop or Event()

    def sleep(seconds: float) -> None:
        if stopped.wait(seconds):
            raise Stopped

    return _client(BACKGROUND, for_people=False, sleep=sleep)


def naive_zone() -> ZoneInfo:
    """Return the zone of times that SkinsBack sends without one."""
    return ZoneInfo(current_app.config["SKINSBACK_TIMEZONE"])


def _client(
    patience: Patience, *, for_people: bool, sleep: Callable[[float], None], person: str = ""
) -> SkinsBackClient:
    config = current_app.config
    limit = config["SKINSBACK_REQUESTS_PER_MINUTE"]
    return SkinsBackClient(
        config["SKINSBACK_API_URL"],
        config["SKINSBACK_CLIENT_ID"],
        config["SKINSBACK_CLIENT_SECRET"],
        auth=config["SKINSBACK_AUTH"],
        budget=SharedBudget(limit, for_people=for_people, person=person, sleep=sleep),
        patience=patience,
        naive_zone=naive_zone(),
        on_call=partial(skinsback_state.record_call, for_people=for_people),
        request_id=trace.current,
        sleep=sleep,
    )
