"""The purchases that a list is compared with, and comparisons as they were stored; only complete ones are shown."""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from dashboard.db.extensions import db
from dashboard.db.paging import PAGE_LENGTH
from dashboard.finance.models import Reconciliation, ReconciliationBlock, ReconciliationUpload
from dashboard.finance.reconcile import matching
from dashboard.finance.reconcile import what_was_read as reading
from dashboard.finance.reconcile.matching import Compared, MatchOutcome, MatchSums, OurPurchase
from dashboard.finance.reconcile.what_was_read import WhatWasRead
from dashboard.lib.periods import Interval
from dashboard.purchases.models import Purchase

NEWEST_SHOWN = 50
IDS_AT_ONCE = 1000
_P = Purchase.__table__.c
_LOOKED_AT = (_P.buy_id, _P.custom_id, _P.offer_status, _P.part, _P.date, _P.balance_debited_sum)
_B = ReconciliationBlock.__table__.c


@dataclass(frozen=True)
class StoredReconciliation:
    """A reconciliation without its rows. ``since`` and ``until`` bound the period, until is not in it."""

    id: int
    file_name: str
    made_by_email: str
    made_at: datetime
    zone: str
    since: datetime | None
    until: datetime | None
    period_is_chosen: bool
    has_amounts: bool
    sums: Mapping[MatchOutcome, MatchSums]

    @property
    def rows_of_file(self) -> int:
        """How many rows of the file were compared."""
        beside = (MatchOutcome.ONLY_OURS, MatchOutcome.LEFT_OUT)
        return sum(sums.count for outcome, sums in self.sums.items() if outcome not in beside)

    @property
    def lists(self) -> list[MatchOutcome]:
        """The lists that its page shows; those that are seldom filled only where they have rows."""
        seldom = (MatchOutcome.REPEATED, MatchOutcome.NOT_COMPARED)
        return [
            outcome for outcome in MatchOutcome
            if outcome is not MatchOutcome.LEFT_OUT and (outcome not in seldom or self.sums[outcome].count)
        ]  # fmt: skip

    def meaning_of(self, outcome: MatchOutcome) -> str:
        sums = self.sums[outcome]
        if outcome is not MatchOutcome.NOT_COMPARED or not sums.count:
            return outcome.meaning
        if not self.has_amounts:
            return "in both; amounts were not compared, since no column was read as one"
        in_file = f"the file gives no sum for {sums.theirs_missing:,}" if sums.theirs_missing else ""
        here = f"the debited sum of {sums.ours_missing:,} is not known here" if sums.ours_missing else ""
        return "in both; " + ", and ".join(filter(None, (in_file, here)))


_HEADER = [getattr(Reconciliation, name) for name in StoredReconciliation.__dataclass_fields__]


def find_reconciliation(number: int) -> StoredReconciliation | None:
    """Return a complete reconciliation, or None."""
    query = select(*_HEADER).where(Reconciliation.id == number, Reconciliation.completed_at.is_not(None))
    row = db.session.execute(query).one_or_none()
    return _stored(row) if row is not None else None


def what_was_read(number: int) -> WhatWasRead | None:
    """Return what a reconciliation read of its file; None where a version before this noted nothing."""
    text = db.session.execute(select(Reconciliation.reading).where(Reconciliation.id == number)).scalar()
    return reading.from_json(text or "")


def waiting_uploads(email: str) -> Sequence[Row[Any]]:
    """Return (key, file_name, uploaded_at) of the files of a person that wait for an answer, newest first."""
    uploads = ReconciliationUpload.__table__.c
    query = select(uploads.key, uploads.file_name, uploads.uploaded_at)
    waiting = query.where(uploads.uploaded_by_email == email, uploads.reconciliation_id.is_(None))
    return db.session.execute(waiting.order_by(uploads.id.desc())).all()


def newest_reconciliations() -> list[StoredReconciliation]:
    """Return the newest complete ones, newest first, NEWEST_SHOWN at most."""
    rows = db.session.execute(
        select(*_HEADER)
        .where(Reconciliation.completed_at.is_not(None))
        .order_by(Reconciliation.made_at.desc(), Reconciliation.id.desc())
        .limit(NEWEST_SHOWN)
    )
    return [_stored(row) for row in rows]


def _stored(row: Row[Any]) -> StoredReconciliation:
    values = dict(row._mapping)
    return StoredReconciliation(**values | {"sums": matching.sums_from_json(json.loads(values["sums"]))})


def page_of_rows(number: int, outcome: MatchOutcome, *, after: int = 0) -> tuple[Sequence[Compared], int | None]:
    """Return PAGE_LENGTH rows of a list from behind a place on, and the place to go on from if there are more."""
    first_block = after // matching.BLOCK_LENGTH * matching.BLOCK_LENGTH + 1
    blocks = db.session.execute(_blocks_of(number, outcome).where(_B.first_place >= first_block).limit(2)).all()
    rows = [row for block in blocks for row in matching.unpacked(outcome, block.rows)]
    start = after - first_block + 1
    page = rows[start : start + PAGE_LENGTH]
    return page, (after + PAGE_LENGTH if len(rows) > start + PAGE_LENGTH else None)


def iter_rows(connection: Connection, number: int, outcome: MatchOutcome) -> Iterator[Compared]:
    """Yield every row of a list in its order, with flat memory."""
    blocks = connection.execute(
        _blocks_of(number, outcome), execution_options={"stream_results": True, "yield_per": 10}
    )
    for block in blocks:
        yield from matching.unpacked(outcome, block.rows)


def _blocks_of(number: int, outcome: MatchOutcome) -> Select[Any]:
    wanted = (_B.reconciliation_id == number, _B.outcome == outcome.value)
    return select(_B.first_place, _B.rows).where(*wanted).order_by(_B.first_place)


def find_by_ids(connection: Connection, kind: str, values: Sequence[Any]) -> Iterator[tuple[Any, OurPurchase]]:
    """Yield (id, purchase) of the purchases with these ids, by buy_id within each thousand; ``kind`` is buy_id or
    order_key."""
    column = {"buy_id": _P.buy_id, "order_key": _P.order_key}[kind]
    for start in range(0, len(values), IDS_AT_ONCE):
        wanted = values[start : start + IDS_AT_ONCE]
        query = select(column, *_LOOKED_AT).where(column.in_(wanted)).order_by(_P.buy_id)
        for found, *row in connection.execute(query):
            yield found, OurPurchase(*row)


def others_between(connection: Connection, bought: Interval, named: Set[int]) -> list[int]:
    """Return the buy_ids of the purchases ``bought`` then that are not among ``named``, oldest first."""
    ids = connection.execute(
        select(_P.buy_id).where(_P.date >= bought.since, _P.date < bought.until).order_by(_P.date, _P.buy_id),
        execution_options={"stream_results": True, "yield_per": 10_000},
    )
    return [buy_id for (buy_id,) in ids if buy_id not in named]


def iter_in_order(connection: Connection, buy_ids: Sequence[int]) -> Iterator[OurPurchase]:
    """Yield purchases in the order of their ids here, with flat memory."""
    for start in range(0, len(buy_ids), IDS_AT_ONCE):
        wanted = buy_ids[start : start + IDS_AT_ONCE]
        found = dict(find_by_ids(connection, "buy_id", wanted))
        yield from (found[buy_id] for buy_id in wanted)
