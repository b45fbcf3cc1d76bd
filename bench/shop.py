"""A shop that is as regular as a clock: a purchase a minute, delivered after two, and one in ten expires.

On such a shop nothing but what goes wrong can change the verdict. For the wild kind see the simulator's own population.
"""

from collections import deque
from datetime import UTC, datetime, timedelta

from bench.lapse import Lapse
from dashboard.simulator import Simulator

EVERY = timedelta(minutes=1)
DECIDED_AFTER = 2
"""Purchases later, and so after so many minutes."""
ONE_FAILS_IN = 10
HOLD = timedelta(days=8)
DEBITED = "0.37"
"""In USD: so little that the balance outlasts the day."""
WEEKS = 4
EVERY_THEN = timedelta(minutes=6)
"""How often somebody bought at the same hours of the weeks before, so that it is known what is normal."""
BEFORE, AFTER = timedelta(hours=3), timedelta(hours=12)
"""From so long before the moment of the start to so long after it."""


class Shop:
    """Its purchases at SkinsBack."""

    def __init__(self, lapse: Lapse, skinsback: Simulator) -> None:
        self._lapse = lapse
        self._skinsback = skinsback
        self._open: deque[int] = deque()

    def fill(self) -> None:
        """Buy what was bought before now."""
        now = self._now()
        for week in range(WEEKS, 0, -1):
            same_moment = now - week * timedelta(weeks=1)
            self._buy_between(same_moment - BEFORE, same_moment + AFTER, EVERY_THEN)
        self._buy_between(now - BEFORE, now, EVERY)

    def go_on(self) -> None:
        """Buy one a minute for ever: an activity."""
        while True:
            self._open.append(self._skinsback.add_purchase(**self._fields(self._now(), "waiting_accept")))
            if len(self._open) > DECIDED_AFTER:
                buy_id = self._open.popleft()
                status = self._end(buy_id)
                self._skinsback.change_purchase(buy_id, offer_status=status, **self._hold(status, self._now()))
            self._lapse.sleep(EVERY.total_seconds())

    def _buy_between(self, since: datetime, until: datetime, every: timedelta) -> None:
        for number in range((until - since) // every):
            moment, status = since + number * every, self._end(number)
            self._skinsback.add_purchase(**self._fields(moment, status), **self._hold(status, moment))

    def _fields(self, moment: datetime, status: str) -> dict[str, object]:
        order = f"order-{moment:%Y%m%d-%H%M%S}"
        return {"offer_status": status, "date": moment, "custom_id": order, "balance_debited_sum": DEBITED}

    def _hold(self, status: str, moment: datetime) -> dict[str, object]:
        ends_at = moment + HOLD
        return {"in_hold": ends_at > self._now(), "in_hold_until": ends_at} if status == "accepted" else {}

    def _end(self, number: int) -> str:
        return "accepted" if number % ONE_FAILS_IN else "timeout"

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._lapse.now, UTC)
