"""How fast everything that is due is refreshed, and what each purchase costs.

``python -m bench.refresh [PURCHASES]`` makes so many purchases due at once and lets the background jobs, a real
process, refresh them from a simulated SkinsBack that takes 0.3 seconds for an answer. Counted at the simulator: the
requests in every sliding minute. Then, in this process: where the time of storing goes, and what the same rows cost
when the driver's own ``executemany`` writes them.
"""

import cProfile
import pstats
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, select, update

from bench.processes import House, house, resident_megabytes
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.factory import create_app
from dashboard.purchases import store
from dashboard.purchases.models import Purchase
from dashboard.purchases.store import Source
from dashboard.simulator import Simulator
from dashboard.skinsback.client import SkinsBackClient
from dashboard.skinsback.records import PurchasesAnswer
from dashboard.sync import import_run as history_import

LATENCY = 0.3
LIMIT = 450
PAGE = 1000
ROUNDS = 15
TABLES = ("purchases", "purchase_versions", "purchase_answers")


def main(purchases: int = 100_000) -> None:
    """Print the use of the budget, the memory, and the cost of an item."""
    print(f"  {purchases:,} purchases due at once, SQLite, limit {LIMIT} a minute, {LATENCY} s an answer")
    with Simulator(purchases=purchases, seed=11) as skinsback:
        settings = {"SKINSBACK_REQUESTS_PER_MINUTE": str(LIMIT), "SKINSBACK_WEBSOCKET_URL": ""}
        with house(skinsback, **settings) as built:
            app = create_app(built.environment)
            with app.app_context():
                _fill(skinsback)
                _refresh_all(skinsback, built)
                _cost_of_storing(skinsback)
                db.session.remove()
                db.engine.dispose()


def _fill(skinsback: Simulator) -> None:
    """Import everything, and wait until the requests of the import no longer count."""
    now = datetime.now(UTC)
    done = history_import.import_period(now - timedelta(days=400), now)
    if done.problem:
        raise RuntimeError(done.problem)
    time.sleep(61)
    skinsback.requests.clear()


def _refresh_all(skinsback: Simulator, built: House) -> None:
    with writing() as connection:
        connection.execute(update(Purchase).values(due_at=datetime.now(UTC), urgency=0))
    print(f"  {_due():,} purchases are due")
    skinsback.set_faults(latency=LATENCY)
    scheduler = built.start_scheduler()
    started = time.monotonic()
    memory: list[float] = []
    left = _due()
    while left > 0 and time.monotonic() - started < 1800:
        time.sleep(2)
        left = _due()
        memory.append(resident_megabytes(scheduler.pid))
    seconds = time.monotonic() - started
    skinsback.clear_faults()
    moments = [request.time for request in skinsback.requests]
    span = moments[-1] - moments[0]
    used = (len(moments) - 1) / span * 60
    print(f"  all asked for in {seconds:.0f} s with {len(moments)} requests, {left} left")
    print(f"  requests a minute: {used:.1f} on average ({used / LIMIT:.1%} of the limit)")
    print(f"  most in any sliding minute: {skinsback.requests.max_in_60_seconds} of {LIMIT}")
    early, late = memory[len(memory) // 4], memory[-1]
    print(
        f"  memory of the jobs: {early:.0f} MB after a quarter, {max(memory):.0f} MB at most, {late:.0f} MB at the end"
    )


def _due() -> int:
    db.session.rollback()
    statement = select(func.count()).select_from(Purchase).where(Purchase.due_at <= datetime.now(UTC))
    return int(db.session.execute(statement).scalar_one())


def _cost_of_storing(skinsback: Simulator) -> None:
    client = SkinsBackClient(skinsback.api_url, skinsback.client_id, skinsback.client_secret)
    now = datetime.now(UTC)
    answer = client.get_history_page(now - timedelta(days=400), now).answer
    _print_profile(answer)
    _print_beside_executemany(answer)


def _as_new(answer: PurchasesAnswer, first_id: int) -> PurchasesAnswer:
    records = tuple(replace(record, buy_id=first_id + place) for place, record in enumerate(answer.records))
    return PurchasesAnswer(records, (), datetime.now(UTC))


def _print_profile(answer: PurchasesAnswer) -> None:
    profile = cProfile.Profile()
    profile.enable()
    started = time.perf_counter()
    for number in range(5):
        store.record_answer(_as_new(answer, 10**12 + number * PAGE), Source.HISTORY)
    whole = time.perf_counter() - started
    profile.disable()
    stats: Any = pstats.Stats(profile)
    driver = sum(own for (file, _, name), (_, _, own, _, _) in stats.stats.items() if file == "~" and "sqlite3" in name)
    items = 5 * len(answer.records)
    print(f"  storing a new purchase, profiled: {whole / items * 1e6:.0f} µs, {1 - driver / whole:.0%} of it in Python")


def _print_beside_executemany(answer: PurchasesAnswer) -> None:
    ours: dict[str, list[float]] = {"new": [], "unchanged": []}
    bare: list[float] = []
    for number in range(ROUNDS):
        first = 2 * 10**12 + number * PAGE
        for seconds in ours.values():
            page = _as_new(answer, first)
            seconds.append(_seconds(partial(store.record_answer, page, Source.HISTORY)))
        bare.append(_seconds_of_bare_copy(first, 10**9))
    base = statistics.median(bare)
    print(f"  the rows of {PAGE} new purchases by the driver's executemany: {base * 1000:.0f} ms")
    for name, seconds in ours.items():
        median = statistics.median(seconds)
        print(f"  storing a page of {PAGE} that are {name}: {median * 1000:.0f} ms, × {median / base:.2f}")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _seconds_of_bare_copy(first: int, offset: int) -> float:
    """Write the rows that a page left behind once more, under other ids, as the driver takes them."""
    with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = NORMAL")
        copies = {}
        for table in TABLES:
            rows = connection.execute(f"SELECT * FROM {table} WHERE buy_id >= {first} AND buy_id < {first + PAGE}")
            copies[table] = [(row[0] + offset, *row[1:]) for row in rows]
        started = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        for table, copied in copies.items():
            marks = ",".join("?" * len(copied[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", copied)
        connection.execute("COMMIT")
        return time.perf_counter() - started


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
