"""Compare the shop's own list with the purchases, and keep the outcome so that a colleague can open it.

The purchases are read in one consistent look. Rows are stored in blocks, each a transaction of its own, so that other
writers never wait long. The comparison is shown only once it is complete. Killed half-way it leaves rows that nobody
sees, and the next comparison drops them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert, select, update

from dashboard.db.database import snapshot, writing
from dashboard.finance.models import Reconciliation, ReconciliationBlock, ReconciliationUpload
from dashboard.finance.reconcile import matching, queries
from dashboard.finance.reconcile.matching import Compared, MatchOutcome, MatchSums, OurPurchase
from dashboard.finance.reconcile.shop_list import NoLine, TheirLine, TheirList
from dashboard.finance.reconcile.wording import LeftOut, Note, Refusal
from dashboard.lib import periods
from dashboard.lib.periods import Interval
from dashboard.purchases.order_ids import order_key
from dashboard.spreadsheets.sheets import FileProblem
from dashboard.sync import freshness_queries as freshness
from dashboard.sync.causes import REACH_LATE_AFTER

MOST_ONLY_WITH_US = 300_000
"""More purchases beside the file mean that the wrong period was chosen, and would take minutes to store."""

BROKEN_OFF_AFTER = timedelta(hours=1)
_INSTANT = timedelta(microseconds=1)

_Named = tuple[TheirLine, Sequence[OurPurchase], str]
"""A line, the purchases that it names, and what to remark."""


def reconcile(
    their: TheirList, period: Interval | None, *, file_name: str, made_by_email: str, zone: str, upload_key: str = ""
) -> int:
    """Compare a list with the purchases and return the id of the comparison.

    Purchases of the period that the file does not name are "only with us". Without a period it is the span of the
    purchases that the file names. ``upload_key`` names the kept file that is answered with it. Raises FileProblem when
    the period holds far more purchases than the file.
    """
    _drop_broken_off()
    reach = freshness.find_reach()
    with snapshot() as connection:
        made_at = datetime.now(UTC)
        lines = _without_totals(their, _resolved(connection, their.lines))
        named = {purchase.buy_id: purchase.date for _, purchases, _ in lines for purchase in purchases}
        span = period or (Interval(min(named.values()), max(named.values()) + _INSTANT) if named else None)
        others = _others(connection, span, named.keys())
        read = replace(their.read, not_held=_not_held(span, reach, periods.zone_by_name(zone)))
        header = {
            "file_name": file_name[:255], "made_by_email": made_by_email, "made_at": made_at, "zone": zone,
            "since": span.since if span else None, "until": span.until if span else None,
            "period_is_chosen": period is not None, "has_amounts": their.has_amounts, "sums": "",
            "reading": read.as_json(),
        }  # fmt: skip
        rows = chain(
            _compared(lines),
            (matching.repeated(line, first) for line, first in their.repeated),
            map(matching.left_out, their.left_out),
            _only_with_us(connection, others, their.left_out),
        )
        return _store(header, rows, upload_key)


def _key_here(line: TheirLine) -> tuple[str, Any]:
    """By what the purchases of a line are looked up here: an order ID in any spelling that SkinsBack takes for it."""
    kind, value = line.key
    return (kind, value) if kind == "buy_id" else ("order_key", order_key(str(value)))


def _resolved(connection: Connection, lines: Sequence[TheirLine]) -> list[_Named]:
    """Return the lines, each with the purchases that it names and what to remark of their order IDs."""
    keys = [_key_here(line) for line in lines]
    ours: dict[tuple[str, Any], list[OurPurchase]] = {}
    for kind in ("buy_id", "order_key"):
        wanted = list(dict.fromkeys(value for of_kind, value in keys if of_kind == kind))
        for value, purchase in queries.find_by_ids(connection, kind, wanted):
            ours.setdefault((kind, value), []).append(purchase)
    named: list[_Named] = []
    for line, key in zip(lines, keys, strict=True):
        same = ours.get(key, ())
        by_order = matching.of_order(line.custom_id or "", same) if same and line.buy_id is None else (same, "")
        named.append((line, *by_order))
    return named


def _without_totals(their: TheirList, lines: Sequence[_Named]) -> list[_Named]:
    """Move lines that add up those above under a name that is no order here to what the list leaves out."""
    keys = {line.key for line, purchases, _ in lines if line.adds_up and not purchases}
    totals = [line for line, _, _ in lines if line.key in keys]
    again = [line for line, _ in their.repeated if line.key in keys and line.adds_up]
    their.repeated = [(line, first) for line, first in their.repeated if line.key not in keys or not line.adds_up]
    their.left_out += [
        NoLine(line.sheet, line.row, line.custom_id or "", LeftOut.TOTAL.of(), line.amount) for line in totals + again
    ]
    their.read = replace(their.read, rows=their.read.rows - len(totals) - len(again))
    return [named for named in lines if named[0].key not in keys]


def _not_held(span: Interval | None, reach: Interval | None, zone: ZoneInfo) -> str:
    """Say so when the copy lacks a part of a period; where nothing was ever imported, what was loaded is all of it."""
    if span is None or reach is None:
        return ""
    until = min(span.until, datetime.now(UTC) - REACH_LATE_AFTER)
    if reach.since <= span.since and until <= reach.until:
        return ""
    first, last = (periods.local_date(moment, zone) for moment in (reach.since, reach.until))
    return Note.NOT_HELD.of(first=first, last=last)


def _others(connection: Connection, span: Interval | None, named: Set[int]) -> list[int]:
    """Return the purchases of the period that the file does not name. Raises FileProblem for far too many."""
    if span is None:
        return []
    others = queries.others_between(connection, span, named)
    if len(others) > MOST_ONLY_WITH_US:
        raise FileProblem(Refusal.FAR_TOO_MANY.of(count=f"{len(others):,}"))
    return others


def _compared(lines: Iterable[_Named]) -> Iterator[Compared]:
    """Yield the lines, compared. One that names, by its other id, only what earlier lines name repeats the first.

    Where it names another purchase too, that one is compared with it, so that no purchase is in no list.
    """
    named: dict[int, str] = {}
    for line, purchases, of_order in lines:
        remark = of_order
        left = [purchase for purchase in purchases if purchase.buy_id not in named]
        if len(left) < len(purchases):
            earlier = next(purchase.buy_id for purchase in purchases if purchase.buy_id in named)
            remark = f"{named[earlier]} already names its purchase {earlier}"
        named.update((purchase.buy_id, line.place) for purchase in left)
        if purchases and not left:
            yield matching.repeated(line, named[purchases[0].buy_id])
        else:
            yield matching.compare(line, left, remark)


def _only_with_us(connection: Connection, others: Sequence[int], left_out: Iterable[NoLine]) -> Iterator[Compared]:
    """Yield the purchases that no compared row names; one that a row names which was left out says so."""
    lines = [row.line for row in left_out if row.line is not None]
    remarks = {
        purchase.buy_id: f"{line.place}, left out, names it"
        for line, purchases, _ in _resolved(connection, lines)
        for purchase in purchases
    }
    for purchase in queries.iter_in_order(connection, others):
        yield matching.only_with_us(purchase, remarks.get(purchase.buy_id, ""))


def _store(header: dict[str, Any], rows: Iterator[Compared], upload_key: str) -> int:
    with writing() as connection:
        new_id = connection.execute(insert(Reconciliation).values(**header).returning(Reconciliation.id)).scalar_one()
    sums = {outcome: MatchSums() for outcome in MatchOutcome}
    for outcome, block in _blocks(rows):
        first_place = sums[outcome].count + 1
        for row in block:
            sums[outcome].add(row)
        values = {
            "reconciliation_id": new_id, "outcome": outcome.value, "first_place": first_place,
            "rows": matching.packed(block),
        }  # fmt: skip
        with writing() as connection:
            connection.execute(insert(ReconciliationBlock).values(values))
    complete = {"sums": json.dumps(matching.sums_as_json(sums)), "completed_at": datetime.now(UTC)}
    with writing() as connection:
        connection.execute(update(Reconciliation).where(Reconciliation.id == new_id).values(complete))
        if upload_key:
            answered = update(ReconciliationUpload).where(ReconciliationUpload.key == upload_key)
            connection.execute(answered.values(reconciliation_id=new_id, content=None, claimed_until=None))
    return int(new_id)


def _blocks(rows: Iterator[Compared]) -> Iterator[tuple[MatchOutcome, list[Compared]]]:
    """Yield the rows of each list in blocks, in their order."""
    waiting: dict[MatchOutcome, list[Compared]] = {outcome: [] for outcome in MatchOutcome}
    for row in rows:
        block = waiting[row.outcome]
        block.append(row)
        if len(block) == matching.BLOCK_LENGTH:
            yield row.outcome, block
            waiting[row.outcome] = []
    yield from ((outcome, block) for outcome, block in waiting.items() if block)


def _drop_broken_off() -> None:
    broken_off = select(Reconciliation.id).where(
        Reconciliation.completed_at.is_(None), Reconciliation.made_at < datetime.now(UTC) - BROKEN_OFF_AFTER
    )
    with writing() as connection:
        for old in connection.execute(broken_off).scalars().all():
            connection.execute(delete(ReconciliationBlock).where(ReconciliationBlock.reconciliation_id == old))
            connection.execute(delete(Reconciliation).where(Reconciliation.id == old))
