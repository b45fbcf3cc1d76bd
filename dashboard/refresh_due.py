"""Ask SkinsBack for every purchase that is due, in batches, the most urgent first.

Safe to run twice and to kill anywhere: what is due is read from the database each time, and every batch's answer is
stored before the next one is asked for.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dashboard import skinsback_state, store
from dashboard.connection import client_for_jobs, is_connected
from dashboard.database import Fence
from dashboard.queries.due import find_due
from dashboard.skinsback.client import SkinsBackClient
from dashboard.skinsback.errors import SkinsBackError
from dashboard.store import Source

READ_AHEAD = 10
"""How many batches are chosen at once; what becomes urgent meanwhile waits for these at most."""

UNREADABLE_AGAIN = timedelta(minutes=10)
"""When a purchase is asked for again whose answer could not be read."""


@dataclass
class Refreshed:
    """What one run did. ``problem`` says why it ended early; empty when everything that was due is done."""

    asked: int = 0
    changed: int = 0
    missing: int = 0
    set_aside: int = 0
    problem: str = ""

    def __str__(self) -> str:
        done = f"{self.asked} asked, {self.changed} changed, {self.missing} missing, {self.set_aside} set aside"
        return f"{done}; {self.problem}" if self.problem else done


def refresh_due(
    batch_size: int,
    *,
    fence: Fence | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    at_most_seconds: float | None = None,
    client: SkinsBackClient | None = None,
) -> Refreshed:
    """Ask for what is due until nothing is, ``should_stop`` says so, or the time is over.

    Raises LeadLost when the fence's lead has passed on; everything stored before stays.
    """
    outcome = Refreshed()
    if not is_connected():
        outcome.problem = "not connected: no SkinsBack credentials are set"
        return outcome
    client = client or client_for_jobs()
    give_up_at = None if at_most_seconds is None else time.monotonic() + at_most_seconds
    asked_before: set[int] = set()
    while not outcome.problem:
        outcome.problem = skinsback_state.reason_to_wait()
        due = [] if outcome.problem else find_due(datetime.now(UTC), limit=batch_size * READ_AHEAD)
        if not due:
            break
        if asked_before.issuperset(due):
            # Asking moved none of them: a clock that is wrong, say. Another round now would only ask the same again.
            outcome.problem = "what is still due was asked for already"
            break
        asked_before = set(due)
        for start in range(0, len(due), batch_size):
            if should_stop() or (give_up_at is not None and time.monotonic() > give_up_at):
                outcome.problem = "stopped before everything was done"
                return outcome
            _ask(client, due[start : start + batch_size], outcome, fence)
            if outcome.problem:
                return outcome
    return outcome


def _ask(client: SkinsBackClient, buy_ids: Sequence[int], outcome: Refreshed, fence: Fence | None) -> None:
    asked_at = datetime.now(UTC)
    try:
        answer = client.get_purchases(buy_ids)
    except SkinsBackError as error:
        _after_failure(client, buy_ids, outcome, fence, error)
        return
    stored = store.record_answer(answer, Source.SCHEDULED, fence=fence)
    told = set(stored.buy_ids)
    unreadable = {item.buy_id for item in answer.set_aside if item.buy_id is not None}
    outcome.asked += len(buy_ids)
    outcome.changed += len(stored.new) + len(stored.changed)
    outcome.set_aside += stored.set_aside
    missing = [buy_id for buy_id in buy_ids if buy_id not in told and buy_id not in unreadable]
    if len(unreadable) < len(answer.set_aside):
        # An object whose buy_id cannot be read may be any of those left out, so none of them is called missing.
        unreadable |= set(missing)
        missing = []
    if missing:
        store.record_missing(missing, asked_at, fence=fence)
        outcome.missing += len(missing)
    if unreadable:
        store.postpone(sorted(unreadable), asked_at + UNREADABLE_AGAIN, "its answer cannot be read", fence=fence)


def _after_failure(
    client: SkinsBackClient, buy_ids: Sequence[int], outcome: Refreshed, fence: Fence | None, error: SkinsBackError
) -> None:
    if not _is_about_these_ids(error):
        outcome.problem = error.sentence
        return
    if len(buy_ids) == 1:
        store.postpone(buy_ids, datetime.now(UTC) + UNREADABLE_AGAIN, error.name, fence=fence)
        outcome.asked += 1
        return
    # A refused array is asked for in two halves, down to the one id that SkinsBack does not take.
    half = len(buy_ids) // 2
    _ask(client, buy_ids[:half], outcome, fence)
    if not outcome.problem:
        _ask(client, buy_ids[half:], outcome, fence)


def _is_about_these_ids(error: SkinsBackError) -> bool:
    return error.code == 1 or error.name == "too_large"
