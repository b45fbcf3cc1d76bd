"""Reconciliations as they were stored. Only complete ones exist for a reader."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from dashboard.db.extensions import db
from dashboard.finance.models import Reconciliation, ReconciliationBlock
from dashboard.finance.reconcile.matching import (
    BLOCK_LENGTH,
    Compared,
    MatchOutcome,
    MatchSums,
    sums_from_json,
    unpacked,
)

PAGE_LENGTH = 50
NEWEST_SHOWN = 50

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
        """How many rows the file had."""
        return sum(sums.count for outcome, sums in self.sums.items() if outcome is not MatchOutcome.ONLY_US)

    @property
    def lists(self) -> list[MatchOutcome]:
        """The lists that its page shows; repeated rows only where there are some."""
        return [outcome for outcome in MatchOutcome if outcome != MatchOutcome.REPEATED or self.sums[outcome].count]

    def meaning_of(self, outcome: MatchOutcome) -> str:
        """Return what a list holds."""
        if outcome is MatchOutcome.AGREED and not self.has_amounts:
            return "in both; the file gives no amounts to compare"
        return outcome.meaning


_HEADER = [getattr(Reconciliation, name) for name in StoredReconciliation.__dataclass_fields__]


def find_reconciliation(number: int) -> StoredReconciliation | None:
    """Return a complete reconciliation, or None."""
    query = select(*_HEADER).where(Reconciliation.id == number, Reconciliation.completed_at.is_not(None))
    row = db.session.execute(query).one_or_none()
    return _stored(row) if row is not None else None


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
    return StoredReconciliation(**values | {"sums": sums_from_json(json.loads(values["sums"]))})


def page_of_rows(number: int, outcome: MatchOutcome, *, after: int = 0) -> tuple[Sequence[Compared], int | None]:
    """Return PAGE_LENGTH rows of a list from behind a place on, and the place to go on from if there are more."""
    first_block = after // BLOCK_LENGTH * BLOCK_LENGTH + 1
    blocks = db.session.execute(_blocks_of(number, outcome).where(_B.first_place >= first_block).limit(2)).all()
    rows = [row for block in blocks for row in unpacked(outcome, block.rows)]
    start = after - first_block + 1
    page = rows[start : start + PAGE_LENGTH]
    return page, (after + PAGE_LENGTH if len(rows) > start + PAGE_LENGTH else None)


def iter_rows(connection: Connection, number: int, outcome: MatchOutcome) -> Iterator[Compared]:
    """Yield every row of a list in its order, with flat memory."""
    blocks = connection.execute(
        _blocks_of(number, outcome), execution_options={"stream_results": True, "yield_per": 10}
    )
    for block in blocks:
        yield from unpacked(outcome, block.rows)


def _blocks_of(number: int, outcome: MatchOutcome) -> Select[Any]:
    wanted = (_B.reconciliation_id == number, _B.outcome == outcome.value)
    return select(_B.first_place, _B.rows).where(*wanted).order_by(_B.first_place)
