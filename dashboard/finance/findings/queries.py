"""What looks wrong: how much of each kind is open, the lists of them, and what was decided about each."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from dashboard.db.extensions import db
from dashboard.finance.findings.rules import Kind, Ratio
from dashboard.finance.models import Finding, FindingCheck, FindingResolution
from dashboard.purchases.models import Purchase

PAGE_LENGTH = 50


@dataclass(frozen=True)
class KindTotals:
    """The open findings of a kind: how many, how many of them nobody owns, the money in question, the oldest."""

    count: int = 0
    unowned: int = 0
    amount: Decimal = Decimal("0.00")
    oldest: datetime | None = None


@dataclass(frozen=True)
class LastCheck:
    """When purchases were last checked, and the constant ratios of debited to price that were recognised."""

    checked_until: datetime
    tolerance: Decimal
    ratios: tuple[Ratio, ...]


@dataclass(frozen=True)
class FindingPage:
    """One page of findings, and the buy_id that the next begins below if there is one."""

    rows: Sequence[Row[Any]]
    next_before: int | None


def totals_by_kind(
    *, resolved: bool = False, unowned: bool = False, connection: Connection | None = None
) -> dict[Kind, KindTotals]:
    """Return the open or the resolved findings of each kind, or those that nobody has taken; the amount is in USD.

    Read on ``connection`` where one is given, so that they agree with the findings read there.
    """
    rows = (db.session if connection is None else connection).execute(
        select(
            Finding.kind,
            func.count(),
            func.count() - func.count(Finding.owner_email),
            func.sum(Finding.amount),
            func.min(Finding.found_at),
        )
        .where(_state(resolved), *([Finding.owner_email.is_(None)] if unowned else []))
        .group_by(Finding.kind)
    )
    found = {Kind(kind): KindTotals(*totals) for kind, *totals in rows}
    return {kind: found.get(kind, KindTotals()) for kind in Kind}


def last_check() -> LastCheck | None:
    """Return what the last complete check left behind, or None before the first."""
    row = db.session.execute(select(FindingCheck.checked_until, FindingCheck.ratios)).one_or_none()
    if row is None:
        return None
    kept = json.loads(row.ratios)
    ratios = (
        Ratio(Decimal(ratio["ratio"]), ratio["count"], Decimal(ratio["debited"]), Decimal(ratio["price"]))
        for ratio in kept["ratios"]
    )
    return LastCheck(row.checked_until, Decimal(kept["tolerance"]), tuple(ratios))


_ROWS = select(
    *Finding.__table__.columns,
    *(
        getattr(Purchase, name)
        for name in (
            "offer_status", "error_reason", "part", "item_name", "steamid", "custom_id", "balance_debited_sum", "price",
            "date", "hold_ends_at", "hold_end_is_estimate",
        )
    ),
).join(Purchase, Purchase.buy_id == Finding.buy_id)  # fmt: skip


def findings_of_kind(
    kind: Kind, *, resolved: bool = False, unowned: bool = False, before: int | None = None
) -> FindingPage:
    """Return the open or the resolved findings of a kind with their purchases, the newest purchase first.

    ``unowned``: only those that nobody has taken.
    """
    these = _ROWS.where(Finding.kind == kind.value, _state(resolved))
    if unowned:
        these = these.where(Finding.owner_email.is_(None))
    statement = these.order_by(Finding.buy_id.desc()).limit(PAGE_LENGTH + 1)
    if before is not None:
        statement = statement.where(Finding.buy_id < before)
    rows = db.session.execute(statement).all()
    page = rows[:PAGE_LENGTH]
    return FindingPage(page, page[-1].buy_id if len(rows) > PAGE_LENGTH else None)


def iter_findings(
    connection: Connection, kind: Kind | None, *, resolved: bool = False, unowned: bool = False
) -> Iterator[Row[Any]]:
    """Yield every open or resolved finding of a kind, or of all, with its purchase, in the order of the lists."""
    statement = _ROWS.where(_state(resolved)).order_by(Finding.kind, Finding.buy_id.desc())
    if kind is not None:
        statement = statement.where(Finding.kind == kind.value)
    if unowned:
        statement = statement.where(Finding.owner_email.is_(None))
    yield from connection.execute(statement.execution_options(stream_results=True, yield_per=1000))


def _state(resolved: bool) -> ColumnElement[bool]:
    return Finding.resolved_at.is_not(None) if resolved else Finding.resolved_at.is_(None)


def find_finding(kind: Kind, buy_id: int) -> Row[Any] | None:
    """Return a finding with its purchase, or None."""
    return db.session.execute(_ROWS.where(Finding.kind == kind.value, Finding.buy_id == buy_id)).one_or_none()


def resolutions_of(kind: Kind, buy_id: int) -> Sequence[Row[Any]]:
    """Return what was decided about a finding, newest first."""
    columns = FindingResolution.__table__.columns
    return db.session.execute(
        select(*columns)
        .where(FindingResolution.kind == kind.value, FindingResolution.buy_id == buy_id)
        .order_by(FindingResolution.id.desc())
    ).all()
