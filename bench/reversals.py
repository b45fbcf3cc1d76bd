"""How long a reversal takes to be seen that happens while a purchase is on hold, and what looking for it costs.

``python -m bench.reversals [ON_HOLD …]``: hours of the refresh job as a time-lapse (``bench.time_lapse``). Reversals
happen at random moments to random purchases; measured to the moment at which each is stored. Three ways: by asking
alone; with pushed events; and with pushed events of which none tells of a reversal. Counted beside it: the requests
of the busiest minute. Then the load of asking alone: the share of one core that the job's process used, SkinsBack's
side of the time-lapse included, and what was written to the database.
"""

import random
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select, text

from bench.time_lapse import FIRST_ID, LIMIT, START, TimeLapse, time_lapse
from dashboard.db.extensions import db
from dashboard.factory import create_app
from dashboard.purchases.models import PurchaseVersion
from dashboard.purchases.priority_store import record_pushed
from dashboard.sync import state_store as skinsback_state

SIZES = (1_000, 50_000, 100_000)
REVERSALS = 300
ALONE_MINUTES, EVENTS_MINUTES = 20, 65
"""Two rounds, and one with events: the reversals happen in what comes before the last round."""


@dataclass(frozen=True)
class Way:
    name: str
    minutes: int
    are_events_flowing: bool = False
    do_events_tell: bool = False


WAYS = (
    Way("by asking alone", ALONE_MINUTES),
    Way("with pushed events", ALONE_MINUTES, are_events_flowing=True, do_events_tell=True),
    Way("events that were lost", EVENTS_MINUTES, are_events_flowing=True),
)


def main(sizes: tuple[int, ...] = SIZES, url: str = "") -> None:
    """Print the delays for every size and way, on SQLite or on an empty database with this address."""
    for on_hold in sizes:
        for way in WAYS:
            with tempfile.TemporaryDirectory() as folder:
                address = url or f"sqlite:///{folder}/dashboard.sqlite"
                settings = {"SECRET_KEY": "bench-only-bench-only", "SKINSBACK_WEBSOCKET_URL": ""}
                app = create_app(settings | {"DATABASE_URL": address, "LOG_LEVEL": "WARNING"})
                with app.app_context():
                    upgrade()
                    _measure(on_hold, way)
                    db.engine.dispose()


def _measure(on_hold: int, way: Way) -> None:
    dice = random.Random(9)
    with time_lapse(on_hold) as lapse:
        latest = 60 * way.minutes - (3700 if way.are_events_flowing and not way.do_events_tell else 600)
        moments = sorted(dice.uniform(0, max(latest, 60)) for _ in range(min(REVERSALS, on_hold // 4)))
        reversed_at = dict(zip(dice.sample(range(FIRST_ID, FIRST_ID + on_hold), len(moments)), moments, strict=True))
        before, cpu = _written(), time.process_time()
        _let_pass(lapse, way, dict(reversed_at))
        cpu = (time.process_time() - cpu) / lapse.clock.seconds
        delays = sorted(_stored_at()[buy_id] - moment for buy_id, moment in reversed_at.items())
        p50, p95 = (delays[int(len(delays) * share)] for share in (0.5, 0.95))
        print(
            f"  {on_hold:>7,} on hold, {way.name:<22} p50 {p50:6.0f} s  p95 {p95:6.0f} s  max {delays[-1]:6.0f} s"
            f"  {lapse.most_in_a_minute():>4} of {LIMIT} requests in the busiest minute"
        )
        written = (_written() - before) / lapse.clock.seconds * 60 / 1e6
        print(f"{'':>19}{cpu:.1%} of a core, {written:.1f} MB a minute written")


def _let_pass(lapse: TimeLapse, way: Way, to_reverse: dict[int, float]) -> None:
    while lapse.clock.seconds < 60 * way.minutes:
        now = [buy_id for buy_id, moment in to_reverse.items() if moment <= lapse.clock.seconds]
        lapse.skinsback.reversed.update(now)
        for buy_id in now:
            del to_reverse[buy_id]
        if now and way.do_events_tell:
            record_pushed(now, datetime.now(UTC))
        if way.are_events_flowing and lapse.clock.seconds % 30 < 1:
            skinsback_state.record_events_alive(datetime.now(UTC))
        lapse.run()


def _stored_at() -> dict[int, float]:
    statement = select(PurchaseVersion.buy_id, PurchaseVersion.recorded_at)
    rows = db.session.execute(statement.where(PurchaseVersion.offer_status == "rollback_user"))
    return {row.buy_id: (row.recorded_at - START).total_seconds() for row in rows}


def _written() -> int:
    """Return a number of bytes that grows with what is written: by this process, or to the log of PostgreSQL."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            return int(connection.execute(text("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")).scalar_one())
    io = Path("/proc/self/io").read_text()
    return int(io.split("wchar: ")[1].split()[0])


if __name__ == "__main__":
    main(tuple(int(argument) for argument in sys.argv[1:]) or SIZES)
