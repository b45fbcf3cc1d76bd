"""What looks wrong: how much of each kind is open, the lists, what was decided; and the purchases that are checked."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select

from dashboard.db.extensions import db
from dashboard.db.paging import page_of
from dashboard.finance.findings import rules
from dashboard.finance.findings.rules import FindingKind, FindingState, Ratio
from dashboard.finance.models import Finding, FindingCheck, FindingResolution
from dashboard.purchases.doubles import DOUBLE_WITHIN
from dashboard.purchases.list_queries import HAS_RATIO, THOUSANDTHS
from dashboard.purchases.models import Purchase, PurchaseVersion
from dashboard.totals.queries import sum_columns
from dashboard.totals.sums import Sums, from_kept


@dataclass(frozen=True)
class KindTotals:
    """Findings of a kind: how many, how many of them nobody owns, the money in question, the oldest."""

    count: int = 0
    unowned: int = 0
    amount: Decimal = Decimal("0.00")
    oldest: datetime | None = None
    not_known: int = 0
    """How many are not in the amount, because the sum that it follows from is not known."""


@dataclass(frozen=True)
class LastCheck:
    """When purchases were last checked, and the constant ratios of debited to price that were recognised."""

    checked_until: datetime
    tolerance: Decimal
    ratios: tuple[Ratio, ...]


_LISTED = {
    FindingState.OPEN: (Finding.resolved_at.is_(None),),
    FindingState.UNOWNED: (Finding.resolved_at.is_(None), Finding.owner_email.is_(None)),
    FindingState.RESOLVED: (Finding.resolved_at.is_not(None),),
}


_AMOUNT_FROM = case(
    (Finding.kind == FindingKind.DELIVERED_FREE.value, Purchase.price), else_=Purchase.balance_debited_sum
)
_KNOWN_AMOUNT = case((_AMOUNT_FROM.is_not(None), Finding.amount))
"""The money in question, empty where the sum that it follows from is not known."""


def totals_by_kind(
    state: FindingState = FindingState.OPEN, *, connection: Connection | None = None
) -> dict[FindingKind, KindTotals]:
    """Return the listed findings of each kind; the amount is in USD.

    Read on ``connection`` where one is given, so that they agree with the findings read there.
    """
    unowned = func.count() - func.count(Finding.owner_email)
    not_known = func.count() - func.count(_KNOWN_AMOUNT)
    rows = (db.session if connection is None else connection).execute(
        select(Finding.kind, func.count(), unowned, func.sum(Finding.amount), func.min(Finding.found_at), not_known)
        .join(Purchase, Purchase.buy_id == Finding.buy_id)
        .where(*_LISTED[state])
        .group_by(Finding.kind)
    )
    found = {FindingKind(kind): KindTotals(*totals) for kind, *totals in rows}
    return {kind: found.get(kind, KindTotals()) for kind in FindingKind}


def last_check() -> LastCheck | None:
    """Return what the last complete check left behind, or None before the first."""
    row = db.session.execute(select(FindingCheck.checked_until, FindingCheck.ratios)).one_or_none()
    if row is None:
        return None
    kept = json.loads(row.ratios)
    ratios = (
        Ratio(Decimal(ratio["ratio"]), Sums(ratio["count"], Decimal(ratio["debited"]), Decimal(ratio["price"])))
        for ratio in kept["ratios"]
    )
    return LastCheck(row.checked_until, Decimal(kept["tolerance"]), tuple(ratios))


_ROWS = select(
    *Finding.__table__.columns,
    _KNOWN_AMOUNT.label("known_amount"),
    *(
        getattr(Purchase, name)
        for name in (
            "offer_status", "error_reason", "part", "item_name", "steamid", "custom_id", "balance_debited_sum", "price",
            "date", "hold_ends_at", "hold_end_is_estimate",
        )
    ),
).join(Purchase, Purchase.buy_id == Finding.buy_id)  # fmt: skip


def findings_of_kind(
    kind: FindingKind, state: FindingState = FindingState.OPEN, *, before: int | None = None
) -> tuple[Sequence[Row[Any]], int | None]:
    """Return a page of findings with their purchases, the newest purchase first, and what the next begins below."""
    statement = _listed(kind, state)
    if before is not None:
        statement = statement.where(Finding.buy_id < before)
    return page_of(statement, "buy_id")


def iter_findings(
    connection: Connection, kind: FindingKind | None = None, state: FindingState = FindingState.OPEN
) -> Iterator[Row[Any]]:
    """Yield every listed finding of a kind, or of all, with its purchase, in the order of the lists."""
    yield from connection.execute(_listed(kind, state).execution_options(stream_results=True, yield_per=1000))


def _listed(kind: FindingKind | None, state: FindingState) -> Select[Any]:
    statement = _ROWS.where(*_LISTED[state]).order_by(Finding.kind, Finding.buy_id.desc())
    return statement if kind is None else statement.where(Finding.kind == kind.value)


def find_finding(kind: FindingKind, buy_id: int) -> Row[Any] | None:
    return db.session.execute(_ROWS.where(Finding.kind == kind.value, Finding.buy_id == buy_id)).one_or_none()


def resolutions_of(kind: FindingKind, buy_id: int) -> Sequence[Row[Any]]:
    """Return what was decided about a finding, newest first."""
    columns = FindingResolution.__table__.columns
    return db.session.execute(
        select(*columns)
        .where(FindingResolution.kind == kind.value, FindingResolution.buy_id == buy_id)
        .order_by(FindingResolution.id.desc())
    ).all()


_P = Purchase.__table__.c
_LOOKED_AT = (
    _P.buy_id, _P.offer_status, _P.balance_debited_sum, _P.price, _P.custom_id, _P.steamid, _P.item_name, _P.classid,
    _P.item_id, _P.date, _P.date_is_estimate,
)  # fmt: skip


def shared_ratios() -> list[Ratio]:
    """Return the constant ratios of debited to price among all purchases, in thousandths."""
    counted = select(func.count()).select_from(Purchase).where(HAS_RATIO)
    shared = select(THOUSANDTHS, *sum_columns()).where(HAS_RATIO).group_by(THOUSANDTHS.name)
    groups = [
        Ratio(Decimal(int(thousandths)).scaleb(-3), from_kept(*sums))
        for thousandths, *sums in db.session.execute(shared.having(func.count() >= rules.FEWEST_OF_A_RATIO))
    ]
    return rules.recognised(groups, db.session.execute(counted).scalar_one())


def changed_since(moment: datetime | None) -> list[int]:
    """Return the buy_ids of purchases that changed after a moment, ascending; of all of them where there is none."""
    if moment is None:
        statement = select(Purchase.buy_id)
    else:
        # Every change of what the rules look at makes a version, of ids and item too.
        statement = select(PurchaseVersion.buy_id).where(PurchaseVersion.recorded_at > moment).distinct()
    return sorted(db.session.execute(statement).scalars())


def purchases_with(connection: Connection, buy_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Return what the rules look at, of these purchases."""
    return _looked_at(connection, _P.buy_id.in_(buy_ids))


def bought_around(connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Return what the same users bought around the same time, the purchases themselves included.

    It looks twice as far as matters, so that each near one is compared with all of its own neighbours.
    """
    reach = 2 * DOUBLE_WITHIN
    around = [
        and_(_P.steamid == row.steamid, _P.date.between(row.date - reach, row.date + reach))
        for row in rows
        if row.steamid
    ]
    return _looked_at(connection, or_(*around)) if around else []


def _looked_at(connection: Connection, condition: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return connection.execute(select(*_LOOKED_AT).where(condition)).all()
