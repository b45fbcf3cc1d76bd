"""Hours of the refresh job in minutes: its clocks are travelled, SkinsBack is a dictionary, and the rest is real.

The database, the store, the request budget, the client and what reads answers are those of the dashboard. Sleeping
moves the clock, an answer takes no time.
"""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import time_machine
from sqlalchemy import insert

from dashboard.db.database import writing
from dashboard.lib.numbers import SECOND
from dashboard.purchases.models import Purchase, PurchaseAnswer, PurchaseVersion
from dashboard.purchases.rows import TRACKED, row_after
from dashboard.skinsback.client import SkinsBackClient
from dashboard.skinsback.parsing import parse_purchase, to_json
from dashboard.sync import due
from dashboard.sync.budget_store import SharedBudget
from dashboard.sync.due import refresh_due
from dashboard.sync.hold_round import HoldRound
from dashboard.sync.limits import BatchSize
from dashboard.totals import store as totals_store

START = datetime(2026, 12, 1, 12, tzinfo=UTC)
HOLD = timedelta(days=8)
FIRST_ID = 4_000_000
FIRST_USER = 76561198000000000
LIMIT = 450
ROWS_AT_ONCE = 5000


class Clock:
    """The clock of the machine, of the process and of the database. Sleeping moves it."""

    def __init__(self, traveller: Any) -> None:
        self.seconds = 0.0
        self.set_back_by = 0.0
        """How far the machine's clock was set back, in seconds; the process's own goes on."""
        self._traveller = traveller
        self._lock = threading.Lock()

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        with self._lock:
            self.seconds += max(seconds, 0)
            self._traveller.move_to(START + timedelta(seconds=self.seconds - self.set_back_by), tick=False)

    def monotonic(self) -> float:
        """Return the seconds since the beginning."""
        return self.seconds

    def now_us(self, _connection: object) -> int:
        """Return what the database says."""
        return int((START.timestamp() + self.seconds - self.set_back_by) * SECOND)


class QuickSkinsBack(SkinsBackClient):
    """A client whose SkinsBack knows so many purchases, all on hold but for those that were reversed."""

    def know(self, on_hold: int, clock: Clock) -> None:
        """Forget everything else."""
        self.on_hold = on_hold
        self.clock = clock
        self.reversed: set[int] = set()
        self.asked: list[tuple[float, Sequence[int]]] = []
        """When each request was sent, in seconds, and for which ids."""

    def item(self, buy_id: int) -> dict[str, Any]:
        """Return what SkinsBack says of a purchase; holds end evenly over a week, from tomorrow on."""
        number = buy_id - FIRST_ID
        until = START + HOLD - (HOLD - timedelta(days=1)) * (self.on_hold - number) / self.on_hold
        is_held = buy_id not in self.reversed and START + timedelta(seconds=self.clock.seconds) < until
        return {
            "buy_id": str(buy_id),
            "offer_status": "rollback_user" if buy_id in self.reversed else "accepted",
            "in_hold": is_held,
            "in_hold_until": str(int(until.timestamp())) if is_held else None,
            "steamid": str(FIRST_USER + number),
            "date": str(int((until - HOLD).timestamp())),
            "balance_debited_sum": "11.73",
            "item": {"id": "1280", "name": "Taunt: RazorFlip!", "price": "11.17", "classid": "1723112726"},
        }

    def _post(self, method: str, parameters: dict[str, Any]) -> bytes:
        buy_ids: Sequence[int] = parameters["buy_ids"]
        self.asked.append((self.clock.seconds, buy_ids))
        items = [self.item(buy_id) for buy_id in buy_ids if FIRST_ID <= buy_id < FIRST_ID + self.on_hold]
        return json.dumps({"status": "success", "items": items}).encode()


class _Never(threading.Event):
    """Tells nobody to stop; to wait for it moves the clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        """Let the time pass."""
        self._clock.sleep(timeout or 0)
        return False


@dataclass
class TimeLapse:
    """A dashboard whose refresh job runs every second of a clock that does not wait."""

    clock: Clock
    skinsback: QuickSkinsBack
    hold_round: HoldRound
    batch_size: BatchSize = field(default_factory=lambda: BatchSize(100))

    def run(self, every: float = 1.0) -> None:
        """Run the job once, and let pass what is left of the time to its next run."""
        began = self.clock.seconds
        done = refresh_due(self.batch_size, hold_round=self.hold_round, stop=_Never(self.clock))
        if done.problem:
            raise RuntimeError(done.problem)
        self.clock.sleep(began + every - self.clock.seconds)

    def lead_anew(self) -> None:
        """Let another process take the lead."""
        self.hold_round = HoldRound(self.hold_round.limit, clock=self.clock.monotonic)

    def most_in_a_minute(self) -> int:
        """Return the largest number of requests in any 60 seconds."""
        moments, first, most = sorted(moment for moment, _ in self.skinsback.asked), 0, 0
        for last, moment in enumerate(moments):
            while moment - moments[first] >= 60:
                first += 1
            most = max(most, last - first + 1)
        return most


@contextmanager
def time_lapse(on_hold: int, limit: int = LIMIT) -> Iterator[TimeLapse]:
    """Fill the empty database of the application with so many purchases on hold, and stop the clock."""
    with time_machine.travel(START, tick=False) as traveller:
        clock = Clock(traveller)
        budget = SharedBudget(limit, for_people=False, sleep=clock.sleep, clock=clock.now_us, monotonic=clock.monotonic)
        skinsback = QuickSkinsBack("https://skinsback.example", "id", "secret", budget=budget, sleep=clock.sleep)
        skinsback.know(on_hold, clock)
        _fill(skinsback)
        with (
            patch.object(due, "is_connected", lambda: True),
            patch.object(due, "client_for_jobs", lambda _stop: skinsback),
        ):
            yield TimeLapse(clock, skinsback, HoldRound(limit, clock=clock.monotonic))


def _fill(skinsback: QuickSkinsBack) -> None:
    asked_at = START - timedelta(seconds=1)
    for start in range(FIRST_ID, FIRST_ID + skinsback.on_hold, ROWS_AT_ONCE):
        rows, answers = [], []
        for buy_id in range(start, min(start + ROWS_AT_ONCE, FIRST_ID + skinsback.on_hold)):
            item = skinsback.item(buy_id)
            rows.append(row_after(parse_purchase(item, naive_zone=UTC), None, asked_at) | {"version": 1})
            answers.append({"buy_id": buy_id, "raw": to_json(item), "oddities": ""})
        seen = {"seen_at": asked_at, "recorded_at": asked_at, "source": "history"}
        versions = [{name: row[name] for name in ("buy_id", "version", *TRACKED)} | seen for row in rows]
        with writing() as connection:
            connection.execute(insert(Purchase), rows)
            connection.execute(insert(PurchaseAnswer), answers)
            connection.execute(insert(PurchaseVersion), versions)
    totals_store.recount()
