"""Whether the parts add up and the pages equal the exports, on many purchases with reversals, in twenty zones.

``python -m bench.finance_parts [PURCHASES] [--postgresql]``: on SQLite, or on a PostgreSQL server made for it. The
purchases are changed through the store first, as reversals and confirmations would, and everything is reckoned again
from the rows. Ends with an error at the first difference.
"""

import csv
import io
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from bench.population import DATA, EMAIL, PASSWORD, app_with
from dashboard.db.extensions import db
from dashboard.finance import queries as money
from dashboard.finance.report import total_of
from dashboard.lib.periods import By, Period
from dashboard.purchases import store
from dashboard.purchases.finality import Settlement
from dashboard.purchases.models import Purchase
from dashboard.purchases.store import Source
from dashboard.skinsback.records import PurchaseRecord, PurchasesAnswer
from dashboard.totals.store import recount
from dashboard.totals.sums import Sums
from tests import postgresql
from tests.reader import Reader

ZONES = (
    "UTC", "Europe/Berlin", "Europe/London", "Europe/Kyiv", "America/New_York", "America/Los_Angeles",
    "America/St_Johns", "America/Sao_Paulo", "America/Havana", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran",
    "Asia/Shanghai", "Asia/Beirut", "Australia/Eucla", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham",
    "Pacific/Kiritimati", "Pacific/Marquesas",
)  # fmt: skip
NAMES = ("debited", *(part.value for part in Settlement), "count", "price", "difference")
CHANGED = 20_000


def main(purchases: int = 1_000_000, *, with_postgresql: bool = False) -> None:
    """Check one database. Raises AssertionError at the first difference."""
    if not with_postgresql:
        _check("SQLite", app_with(purchases, url=f"sqlite:///{DATA / f'finance-parts-{purchases}.sqlite'}"), purchases)
        return
    with postgresql.server() as url:
        _check("PostgreSQL", app_with(purchases, url=url), purchases)


def _check(database: str, app: Flask, purchases: int) -> None:
    started = time.monotonic()
    with app.app_context():
        changed = _reverse_some(purchases)
        rows = _rows()
        for zone in ZONES:
            _check_zone(ZoneInfo(zone), rows)
        assert not any(recount().values()), "a recount found other totals"
    _check_exports(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    print(
        f"  {database}: {len(rows):,} purchases, {changed:,} changed through the store; {len(ZONES)} zones by month, "
        f"week and day: all equal; pages equal exports; {time.monotonic() - started:.0f} s"
    )


def _reverse_some(purchases: int) -> int:
    """Tell the store of reversals, failures, corrected sums and dates; a new mix at each run."""
    dice, now = random.Random(time.time_ns()), datetime.now(UTC)
    chosen = sorted(dice.sample(range(4_000_001, 4_000_001 + purchases), min(CHANGED, purchases)))
    known = [
        row
        for start in range(0, len(chosen), 1000)
        for row in db.session.execute(
            select(*Purchase.__table__.columns).where(Purchase.buy_id.in_(chosen[start : start + 1000]))
        ).mappings()
    ]
    states = ["rollback_user", "rollback_supplier", "timeout", "accepted", "waiting_accept", "something_new"]
    for start in range(0, len(known), 1000):
        records = tuple(
            PurchaseRecord(
                buy_id=row["buy_id"], offer_status=dice.choice(states),
                date=row["date"] + timedelta(days=dice.choice([0, 0, 0, 0, -1])), in_hold=dice.choice([None, True]),
                balance_debited_sum=Decimal(dice.randrange(10**7)).scaleb(-3), raw="{}",
            )
            for row in known[start : start + 1000]
        )  # fmt: skip
        store.record_answer(PurchasesAnswer(records, (), now), Source.FILE)
    return len(known)


def _rows() -> list[tuple[datetime, Settlement, int, int, bool, bool]]:
    """Return every purchase as (date, part, debited and price in micro-dollars, whether either is missing)."""
    columns = [Purchase.date, Purchase.part, Purchase.balance_debited_sum, Purchase.price]
    found = []
    for moment, part, debited, price in db.session.execute(select(*columns).execution_options(yield_per=10_000)):
        micros = [int((value or Decimal(0)).scaleb(6)) for value in (debited, price)]
        found.append((moment, Settlement(part), *micros, debited is None, price is None))
    db.session.rollback()
    return found


def _check_zone(zone: ZoneInfo, rows: list[tuple[datetime, Settlement, int, int, bool, bool]]) -> None:
    by_day: dict[tuple[date, Settlement], list[int]] = {}
    for moment, part, debited, price, no_debited, no_price in rows:
        sums = by_day.setdefault((moment.astimezone(zone).date(), part), [0, 0, 0, 0, 0])
        for place, number in enumerate((1, debited, price, int(no_price), int(no_debited))):
            sums[place] += number
    last = max(day for day, _ in by_day)
    for by, days in ((By.MONTH, 400), (By.WEEK, 364), (By.DAY, 365)):
        period = Period(last - timedelta(days=days), last, zone, by)
        report = money.find_report(period)
        for row in report.rows:
            wanted = _added(by_day, row.days.first, row.days.last)
            assert row.parts == wanted, (zone.key, by, row.days)
        assert report.parts == _added(by_day, period.first, period.last), (zone.key, by)
        assert report.total.debited == sum(sums.debited for sums in report.parts.values())
        assert report.total == total_of(report.parts)


def _added(by_day: dict[tuple[date, Settlement], list[int]], first: date, last: date) -> dict[Settlement, Sums]:
    found: dict[Settlement, list[int]] = {}
    for number in range((last - first).days + 1):
        for part in Settlement:
            sums = by_day.get((first + timedelta(days=number), part))
            if sums:
                found[part] = [a + b for a, b in zip(found.get(part, [0] * 5), sums, strict=True)]
    return {
        part: Sums(count, Decimal(debited).scaleb(-6), Decimal(price).scaleb(-6), no_price, no_debited)
        for part, (count, debited, price, no_price, no_debited) in found.items()
    }


def _check_exports(app: Flask) -> None:
    client = app.test_client()
    with app.app_context():
        Reader(client).sign_in(EMAIL, PASSWORD)
    today = datetime.now(UTC).date()
    for zone in ZONES:
        address = f"from={today - timedelta(days=364)}&to={today}&by=week&tz={zone}"
        shown = _shown(client.get(f"/finance?{address}").get_data(as_text=True))
        exported = _exported(client.get(f"/finance/export.csv?{address}").get_data(as_text=True))
        assert shown == exported, zone


def _shown(html: str) -> list[dict[str, str]]:
    rows = BeautifulSoup(html, "html.parser").select('[data-row="period"]')
    return [{str(tag["data-sum"]): str(tag["data-value"]) for tag in row.select("[data-sum]")} for row in rows]


def _exported(text_: str) -> list[dict[str, Any]]:
    return [{name: row[name] for name in NAMES} for row in csv.DictReader(io.StringIO(text_, newline=""))]


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    main(*numbers, with_postgresql="--postgresql" in sys.argv)
