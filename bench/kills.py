"""Whether killing the leading process does harm, and how soon another one leads.

``python -m bench.kills [PURCHASES] [--postgresql]``: two databases with the same purchases, all of them due, many of
them changed at a simulated SkinsBack. One is refreshed undisturbed. For the other two schedulers run, and the leading
one is killed with ``kill -9`` ten times at random moments, each time replaced by a new one. In the end both databases
must say the same of every purchase, of every version of its history and of every sum kept by period.
"""

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, func, select, text, update
from sqlalchemy.engine import make_url

from bench.processes import House, house
from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.db.models import Lease
from dashboard.factory import create_app
from dashboard.purchases.models import Purchase, PurchaseVersion
from dashboard.simulator import Simulator
from dashboard.sync import import_run as history_import
from tests import postgresql

KILLS = 10
LEADS_FOR = (1.0, 4.0)
"""In seconds: how long a leader lives."""
CHANGED_SHARE = 0.2

TIMES = {
    "asked_at", "due_at", "due_reason", "urgency", "status_since", "accepted_at", "first_seen_at", "watched_at",
    "seen_at", "recorded_at", "missing_since",
}  # fmt: skip
"""When something was asked or seen differs from run to run, and with it the estimates that rest on it."""


def main(purchases: int = 20_000, *, on_postgresql: bool = False) -> None:
    """Print how soon others led and whether both databases agree; raise when they do not."""
    name = "PostgreSQL" if on_postgresql else "SQLite"
    print(f"  {purchases:,} purchases due, {name}, the leader killed {KILLS} times")
    with ExitStack() as stack:
        # Its clock stands still, so that nothing changes by itself; with it a minute of its own limit would never end.
        skinsback = stack.enter_context(
            Simulator(purchases=purchases, seed=21, now=datetime.now(UTC), requests_per_minute=0)
        )
        urls = stack.enter_context(_two_databases(on_postgresql))
        calm, stormy = (stack.enter_context(house(skinsback, SKINSBACK_BATCH_SIZE="50", **url)) for url in urls)
        apps = [create_app(built.environment) for built in (calm, stormy)]
        for app in apps:
            _import_all(app)
        _change_some(skinsback, apps[0])
        for app in apps:
            _make_all_due(app)
        _refresh_calmly(calm, apps[0])
        takeovers = _refresh_under_fire(stormy, apps[1])
        print(
            f"  another led after {statistics.median(takeovers):.1f} s in the median, {max(takeovers):.1f} s at worst"
        )
        _compare(*apps)


@contextmanager
def _two_databases(on_postgresql: bool) -> Iterator[list[dict[str, str]]]:
    if not on_postgresql:
        yield [{}, {}]
        return
    with postgresql.server() as url:
        server = create_engine(url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            for name in ("calm", "stormy"):
                connection.execute(text(f"CREATE DATABASE {name}"))
        server.dispose()
        addresses = [make_url(url).set(database=name) for name in ("calm", "stormy")]
        yield [{"DATABASE_URL": address.render_as_string(hide_password=False)} for address in addresses]


def _import_all(app: Flask) -> None:
    with app.app_context():
        now = datetime.now(UTC)
        done = history_import.import_period(now - timedelta(days=400), now)
        if done.problem:
            raise RuntimeError(done.problem)


def _change_some(skinsback: Simulator, app: Flask) -> None:
    dice = random.Random(4)
    with app.app_context():
        buy_ids = list(db.session.execute(select(Purchase.buy_id).order_by(Purchase.buy_id)).scalars())
    for buy_id in buy_ids:
        if dice.random() < CHANGED_SHARE:
            status = dice.choice(["rollback_user", "rollback_supplier", "timeout", "accepted", "in_review"])
            skinsback.change_purchase(buy_id, offer_status=status, balance_debited_sum=f"{dice.randrange(10**6)}.125")


def _make_all_due(app: Flask) -> None:
    with app.app_context(), writing() as connection:
        connection.execute(update(Purchase).values(due_at=datetime.now(UTC), urgency=0))


def _due(app: Flask) -> int:
    with app.app_context():
        statement = select(func.count()).select_from(Purchase).where(Purchase.due_at <= datetime.now(UTC))
        return int(db.session.execute(statement).scalar_one())


def _refresh_calmly(built: House, app: Flask) -> None:
    scheduler = built.start_scheduler()
    _until_done(app)
    built.end_one(scheduler)


def _until_done(app: Flask) -> None:
    give_up_at = time.monotonic() + 900
    while _due(app) and time.monotonic() < give_up_at:
        time.sleep(0.5)
    if left := _due(app):
        raise RuntimeError(f"{left} purchases were still due after a quarter of an hour")


def _refresh_under_fire(built: House, app: Flask) -> list[float]:
    dice = random.Random(5)
    schedulers = [built.start_scheduler() for _ in range(2)]
    takeovers: list[float] = []
    holder, epoch = _wait_for_leader(app, 0)
    for _ in range(KILLS):
        time.sleep(dice.uniform(*LEADS_FOR))
        leader = _process_of(holder, schedulers)
        leader.kill()
        leader.wait()
        killed_at = time.monotonic()
        schedulers.remove(leader)
        schedulers.append(built.start_scheduler())
        holder, epoch = _wait_for_leader(app, epoch)
        takeovers.append(time.monotonic() - killed_at)
    _until_done(app)
    return takeovers


def _wait_for_leader(app: Flask, after_epoch: int) -> tuple[str, int]:
    give_up_at = time.monotonic() + 60
    with app.app_context():
        while time.monotonic() < give_up_at:
            db.session.rollback()
            row = db.session.execute(select(Lease.holder, Lease.epoch)).one_or_none()
            if row is not None and row.epoch > after_epoch:
                return row.holder, row.epoch
            time.sleep(0.05)
    raise RuntimeError("nobody led within a minute")


def _process_of(holder: str, schedulers: list[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    return next(process for process in schedulers if f":{process.pid}:" in holder)


def _compare(calm: Flask, stormy: Flask) -> None:
    for model in (Purchase, PurchaseVersion, *_totals()):
        states = [_state_of(app, model) for app in (calm, stormy)]
        differing = set(states[0].items()) ^ set(states[1].items())
        print(f"  {model.__tablename__}: {len(states[0]):,} rows, {len(differing)} differ")
        if differing:
            raise RuntimeError(f"they differ, for example: {sorted(differing, key=str)[:2]}")


def _totals() -> list[Any]:
    return [mapper.class_ for mapper in Purchase.registry.mappers if mapper.class_.__tablename__.endswith("_totals")]


def _state_of(app: Flask, model: Any) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    columns = [column for column in model.__table__.columns if column.name not in TIMES]
    keys = [place for place, column in enumerate(columns) if column.primary_key]
    with app.app_context():
        rows = [tuple(row) for row in db.session.execute(select(*columns))]
    return {tuple(row[place] for place in keys): row for row in rows}


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    main(*numbers, on_postgresql="--postgresql" in sys.argv)
