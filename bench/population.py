"""A database with many purchases to measure on, made once and kept under ``bench/.data``."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, insert, select

from dashboard.accounts import store as accounts
from dashboard.db.extensions import db
from dashboard.factory import create_app
from dashboard.purchases.models import Purchase, PurchaseAnswer, PurchaseVersion
from dashboard.purchases.rows import TRACKED, row_after
from dashboard.skinsback.records import PurchaseRecord
from dashboard.sync.models import HistoryImport
from dashboard.totals import store as totals_store

DATA = Path(__file__).parent / ".data"
EMAIL, PASSWORD = "bench@example.com", "bench-password"
ROWS_AT_ONCE = 5000
OUTCOMES = (
    ["accepted"] * 86 + ["timeout"] * 4 + ["canceled"] * 3 + ["trade_create_error"] * 3
    + ["user_not_tradable", "invalid_trade_token", "rollback_user", "rollback_supplier"]
)  # fmt: skip
REASONS = {
    "trade_create_error": ("skin_unavailable", "private_inventory", None),
    "user_not_tradable": ("user_cant_trade", "user_trade_ban"),
}


def app_with(purchases: int, *, url: str | None = None) -> Flask:
    """Return an application whose database holds so many purchases; it is filled at the first call."""
    DATA.mkdir(exist_ok=True)
    address = url or f"sqlite:///{DATA / f'purchases-{purchases}.sqlite'}"
    settings = {"SECRET_KEY": "bench-only-bench-only", "SKINSBACK_WEBSOCKET_URL": "", "LOG_LEVEL": "WARNING"}
    app = create_app(settings | {"DATABASE_URL": address})
    with app.app_context():
        upgrade()
        stored = db.session.execute(select(func.count()).select_from(Purchase)).scalar_one()
        db.session.rollback()
        if stored != purchases:
            _fill(purchases)
    return app


def _fill(purchases: int) -> None:
    started = time.monotonic()
    now = datetime.now(UTC)
    rows: list[dict[str, Any]] = []
    for record in _records(purchases, now):
        rows.append({**row_after(record, None, now), "version": 1, "raw": record.raw})
        if len(rows) == ROWS_AT_ONCE:
            _store(rows, now)
            rows = []
    _store(rows, now)
    totals_store.recount()
    with db.engine.begin() as connection:
        period = {"since": now - timedelta(days=400), "until": now, "started_at": now, "updated_at": now}
        connection.execute(insert(HistoryImport).values(**period, completed_at=now, pages=1, items=purchases))
        connection.exec_driver_sql("ANALYZE")
    accounts.create_user(EMAIL, PASSWORD, "admin")
    print(f"  made {purchases:,} purchases in {time.monotonic() - started:.0f} s")


def _store(rows: list[dict[str, Any]], now: datetime) -> None:
    if not rows:
        return
    answers = [{"buy_id": row["buy_id"], "raw": row.pop("raw"), "oddities": ""} for row in rows]
    seen = {"version": 1, "seen_at": now, "recorded_at": now, "source": "history"}
    versions = [{name: row[name] for name in ("buy_id", *TRACKED)} | seen for row in rows]
    with db.engine.begin() as connection:
        connection.execute(insert(Purchase), rows)
        connection.execute(insert(PurchaseVersion), versions)
        connection.execute(insert(PurchaseAnswer), answers)


def _records(purchases: int, now: datetime) -> Iterator[PurchaseRecord]:
    dice = random.Random(7)
    year = 365 * 24 * 3600
    users = max(purchases // 20, 10)
    for number in range(1, purchases + 1):
        status = dice.choice(OUTCOMES)
        date = now - timedelta(seconds=year * (purchases - number) / purchases + 60)
        until = date + timedelta(days=8)
        price = Decimal(dice.randrange(10, 200_000)).scaleb(-2)
        is_held = status == "accepted" and until > now
        yield PurchaseRecord(
            buy_id=4_000_000 + number,
            offer_status=status,
            date=date,
            error_reason=dice.choice(REASONS.get(status, (None,))),
            in_hold=is_held or None,
            in_hold_until=until if is_held else None,
            steamid=str(76561197960265728 + int(users * dice.random() ** 3)),
            custom_id=f"order-{number}-1",
            tradeofferid=str(7_000_000_000 + number),
            price=price,
            balance_debited_sum=price * Decimal("1.05"),
            item_id=str(dice.randrange(1, 5000)),
            item_name="★ Karambit | Doppler (Factory New)",
            classid=str(dice.randrange(10**9, 2 * 10**9)),
            raw=f'{{"buy_id": "{4_000_000 + number}", "offer_status": "{status}"}}',
        )
