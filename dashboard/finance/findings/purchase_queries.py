"""The purchases that are checked for what looks wrong, and the ratios of debited to price that many of them share."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, text

from dashboard.db.columns import from_micros
from dashboard.db.extensions import db
from dashboard.finance.findings.rules import FEWEST_OF_A_RATIO, TOGETHER, Ratio, recognised
from dashboard.purchases.models import Purchase, PurchaseVersion

_P = Purchase.__table__.c
_LOOKED_AT = (
    _P.buy_id, _P.offer_status, _P.balance_debited_sum, _P.price, _P.custom_id, _P.steamid, _P.item_name, _P.classid,
    _P.item_id, _P.date,
)  # fmt: skip
_SHARED = text(
    # Whole numbers throughout: micro-dollars times a thousand, rounded to the nearest, fit into a BIGINT.
    """
    SELECT (balance_debited_sum * 1000 + price / 2) / price, count(*), sum(balance_debited_sum), sum(price)
    FROM purchases WHERE price > 0 AND balance_debited_sum > 0 GROUP BY 1 HAVING count(*) >= :fewest
    """
)


def shared_ratios() -> list[Ratio]:
    """Return the constant ratios of debited to price among all purchases, in thousandths."""
    counted = select(func.count()).select_from(Purchase).where(Purchase.price > 0, Purchase.balance_debited_sum > 0)
    groups = [
        Ratio(Decimal(int(thousandths)).scaleb(-3), count, from_micros(int(debited)), from_micros(int(price)))
        for thousandths, count, debited, price in db.session.execute(_SHARED, {"fewest": FEWEST_OF_A_RATIO})
    ]
    return recognised(groups, db.session.execute(counted).scalar_one())


def changed_since(moment: datetime | None) -> list[int]:
    """Return the buy_ids of purchases that changed after a moment, ascending; of all of them where there is none."""
    if moment is None:
        statement = select(Purchase.buy_id)
    else:
        # Every change of what the rules look at makes a version, of ids and item too.
        statement = select(PurchaseVersion.buy_id).where(PurchaseVersion.recorded_at > moment).distinct()
    return sorted(db.session.execute(statement).scalars())


def purchases_with(connection: Connection, buy_ids: Sequence[int]) -> list[Mapping[str, Any]]:
    """Return what the rules look at, of these purchases."""
    return _rows(connection, _P.buy_id.in_(buy_ids))


def bought_around(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what the same users bought around the same time, the purchases themselves included.

    It looks twice as far as matters, so that each near one is compared with all of its own neighbours.
    """
    around = [
        and_(_P.steamid == row["steamid"], _P.date.between(row["date"] - 2 * TOGETHER, row["date"] + 2 * TOGETHER))
        for row in rows
        if row["steamid"]
    ]
    return _rows(connection, or_(*around)) if around else []


def _rows(connection: Connection, condition: ColumnElement[bool]) -> list[Mapping[str, Any]]:
    return [*connection.execute(select(*_LOOKED_AT).where(condition)).mappings()]
