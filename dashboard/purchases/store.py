"""The only writer of purchases.

Every change, whatever its source, is one transaction that updates the purchase, appends a version to its history,
keeps its newest answer and brings the totals up to date. Writing the same answer twice changes nothing; an answer asked
for earlier than what is stored never overwrites it.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from dashboard.db.counter_store import count
from dashboard.db.database import Fence, is_deadlock, writing
from dashboard.purchases.counters import REFRESHED_PURCHASES, counts_of_changes, counts_of_outcomes
from dashboard.purchases.drift import Sighting, fact_of_rejected, facts_of
from dashboard.purchases.drift_store import write_drift
from dashboard.purchases.finality import Settlement
from dashboard.purchases.models import Purchase, PurchaseAnswer, PurchaseNote, PurchaseVersion, RejectedRecord
from dashboard.purchases.priority_store import make_reversible_due, postpone_wanted, take_wanted, update_of
from dashboard.purchases.rows import (
    IDENTITY,
    TRACKED,
    debited_change,
    due_at_once,
    has_priority_since,
    last_word,
    row_after,
    schedule_of,
)
from dashboard.purchases.schedule import PUSHED
from dashboard.skinsback.records import PurchaseRecord, PurchasesAnswer, RejectedItem
from dashboard.totals.changes import Changes
from dashboard.totals.store import write_totals

T = TypeVar("T")
Known = dict[str, Any]
"""A purchase's row as stored, with its newest answer and the last debited sum that was known."""

ROWS_IN_A_TRANSACTION = 500
"""Keeps a writing transaction to some tens of milliseconds, so that a page's own write never waits long."""

TRIES_AGAINST_RACES = 3
"""Two processes may see the same new purchase at once, or lock rows crosswise; the loser's transaction is run again."""

LONGEST_NOTE = 4000


class Source(StrEnum):
    """Where an answer came from, as the history shows it."""

    LOOK_UP = "look_up"
    REFRESH_NOW = "refresh_now"
    SCHEDULED = "scheduled"
    HISTORY = "history"
    FILE = "file"


@dataclass
class StoredAnswer:
    """What became of the records of an answer: buy_ids by outcome, and how many objects were rejected."""

    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    rejected: int = 0

    @property
    def buy_ids(self) -> list[int]:
        return [*self.new, *self.changed, *self.unchanged, *self.outdated]

    def add(self, other: "StoredAnswer") -> None:
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.outdated += other.outdated
        self.rejected += other.rejected


_COLUMNS = Purchase.__table__.columns
# No answer tells whether somebody is looking at a purchase.
_WRITTEN = tuple(column.name for column in _COLUMNS if column.name not in ("buy_id", "watched_at"))
_FRESHNESS = ("asked_at", "due_at", "due_reason", "urgency", "missing_since")


_ANSWER = ("raw", "oddities", "unreadable")

_UPDATE_ALL = update_of(_WRITTEN)
_UPDATE_FRESHNESS = update_of(_FRESHNESS)
_SAME_PLAN = tuple(name for name in _FRESHNESS if name != "asked_at")
_UPDATE_ANSWER = (
    update(PurchaseAnswer)
    .where(PurchaseAnswer.buy_id == bindparam("key"))
    .values({name: bindparam(name) for name in _ANSWER})
)


def record_answer(
    answer: PurchasesAnswer, source: Source, *, fence: Fence | None = None, events_flowing: bool = False
) -> StoredAnswer:
    """Store what an answer says of purchases, and what in it was rejected.

    Raises LeadLost when the job's lead has passed on; what earlier transactions of the same answer stored stays.
    """
    told: dict[int, list[PurchaseRecord]] = {}
    for record in answer.records:
        told.setdefault(record.buy_id, []).append(record)
    # The order by id keeps two writers from deadlocking.
    records = [last_word(of_one) for _, of_one in sorted(told.items())]
    stored = StoredAnswer()
    for start in range(0, len(records), ROWS_IN_A_TRANSACTION):
        chunk = records[start : start + ROWS_IN_A_TRANSACTION]
        stored.add(_again_after_race(partial(_record_chunk, chunk, answer.asked_at, source, fence, events_flowing)))
    if answer.rejected:
        _again_after_race(lambda: _record_rejected(answer.rejected, answer.asked_at, source, fence))
        stored.rejected = len(answer.rejected)
    return stored


def _again_after_race(write: Callable[[], T]) -> T:
    for _ in range(TRIES_AGAINST_RACES - 1):
        try:
            return write()
        except IntegrityError:
            continue
        except OperationalError as error:
            if not is_deadlock(error):
                raise
    return write()


def _record_chunk(
    records: Sequence[PurchaseRecord], asked_at: datetime, source: Source, fence: Fence | None, events_flowing: bool
) -> StoredAnswer:
    stored, writes = StoredAnswer(), _Writes()
    with writing(fence) as connection:
        buy_ids = [record.buy_id for record in records]
        known_rows = _known_rows(connection, buy_ids)
        _add_last_sums(connection, records, known_rows)
        wanted = take_wanted(connection, buy_ids)
        seen = {"seen_at": asked_at, "recorded_at": datetime.now(UTC), "source": source.value}
        for record in records:
            known = known_rows.get(record.buy_id)
            if known is not None and known["asked_at"] >= asked_at:
                stored.outdated.append(record.buy_id)
                continue
            row = row_after(record, known, asked_at, events_flowing=events_flowing)
            if known is None and (pushed_at := wanted.get(record.buy_id)) and pushed_at > asked_at:
                row |= due_at_once(PUSHED, pushed_at)
            writes.add(row, known, record, seen, stored)
        writes.execute(connection, asked_at)
        # What an answer could not be used for, this one could.
        told = [*stored.new, *stored.changed, *stored.unchanged]
        connection.execute(delete(RejectedRecord).where(RejectedRecord.buy_id.in_(told)))
        if writes.reversing_users:
            make_reversible_due(connection, sorted(writes.reversing_users), asked_at)
        count(connection, counts_of_outcomes(stored) | counts_of_changes(writes.changes, asked_at))
    return stored


class _Writes:
    """The statements of one transaction, gathered so that each kind runs once for all its rows."""

    def __init__(self) -> None:
        self.new_rows: list[dict[str, Any]] = []
        self.changed_rows: list[dict[str, Any]] = []
        self.fresh_rows: list[dict[str, Any]] = []
        self.asked_again: list[int] = []
        """Where nothing changes but when it was asked for: most of what is on hold, in every round."""
        self.versions: list[dict[str, Any]] = []
        self.new_answers: list[dict[str, Any]] = []
        self.changed_answers: list[dict[str, Any]] = []
        self.reversing_users: set[str] = set()
        self.totals = Changes()
        self.changes: list[tuple[Known | None, dict[str, Any]]] = []
        self.drift: list[Sighting] = []

    def add(
        self,
        row: dict[str, Any],
        known: Known | None,
        record: PurchaseRecord,
        seen: dict[str, Any],
        stored: StoredAnswer,
    ) -> None:
        """Note what has to be written for a purchase, and in ``stored`` what becomes of it."""
        is_new_version = known is None or any(row[name] != known[name] for name in (*TRACKED, *IDENTITY))
        row["version"] = (known["version"] if known is not None else 0) + is_new_version
        if is_new_version:
            version = {name: row[name] for name in ("buy_id", "version", *TRACKED)}
            self.versions.append(version | seen | {"debited_change": debited_change(row, known)})
            self.changes.append((known, row))
        if (
            row["part"] == Settlement.REVERSED_BY_USER
            and (known is None or known["part"] != row["part"])
            and row["steamid"]
        ):
            self.reversing_users.add(row["steamid"])
        self._add_answer(record, known)
        self.totals.add(known, row)
        if known is None:
            self.new_rows.append(row)
            stored.new.append(record.buy_id)
            return
        row["key"] = row["buy_id"]
        if any(row[name] != known[name] for name in _WRITTEN if name not in _FRESHNESS):
            self.changed_rows.append(row)
            stored.changed.append(record.buy_id)
            return
        stored.unchanged.append(record.buy_id)
        if any(row[name] != known[name] for name in _SAME_PLAN):
            self.fresh_rows.append({name: row[name] for name in ("key", *_FRESHNESS)})
        else:
            self.asked_again.append(record.buy_id)

    def _add_answer(self, record: PurchaseRecord, known: Known | None) -> None:
        answer = {
            "raw": record.raw,
            "oddities": "\n".join(record.parse_warnings),
            "unreadable": json.dumps(dict(record.unreadable)) if record.unreadable else "",
        }
        if known is None or known["answer_raw"] is None:
            self.new_answers.append({"buy_id": record.buy_id, **answer})
        elif any(known[f"answer_{name}"] != answer[name] for name in _ANSWER):
            self.changed_answers.append({"key": record.buy_id, **answer})
        else:
            return
        facts = facts_of(record)
        self.drift += ((fact, record.buy_id, record.raw) for fact in facts)

    def execute(self, connection: Connection, seen_at: datetime) -> None:
        for statement, rows in (
            (insert(Purchase), self.new_rows),
            (_UPDATE_ALL, self.changed_rows),
            (_UPDATE_FRESHNESS, self.fresh_rows),
            (insert(PurchaseVersion), self.versions),
            (insert(PurchaseAnswer), self.new_answers),
            (_UPDATE_ANSWER, self.changed_answers),
        ):
            if rows:
                connection.execute(statement, rows)
        if self.asked_again:
            again = update(Purchase).where(Purchase.buy_id.in_(self.asked_again))
            connection.execute(again.values(asked_at=seen_at))
        write_drift(connection, self.drift, seen_at)
        # Last, because every other writer waits for the totals of the same days until this transaction ends.
        write_totals(connection, self.totals)


def _known_rows(connection: Connection, buy_ids: list[int]) -> dict[int, Known]:
    rows = connection.execute(
        select(*_COLUMNS, *(PurchaseAnswer.__table__.c[name].label(f"answer_{name}") for name in _ANSWER))
        .outerjoin(PurchaseAnswer, PurchaseAnswer.buy_id == Purchase.buy_id)
        .where(Purchase.buy_id.in_(buy_ids))
        .order_by(Purchase.buy_id)
        .with_for_update(of=Purchase)
    )
    return {row["buy_id"]: dict(row) | {"last_debited_sum": row["balance_debited_sum"]} for row in rows.mappings()}


def _add_last_sums(connection: Connection, records: Sequence[PurchaseRecord], known_rows: dict[int, Known]) -> None:
    """Find the last sums of purchases that have none now and get one, in the few that had one before."""
    told = {record.buy_id for record in records if record.balance_debited_sum is not None}
    without = [
        buy_id for buy_id, row in known_rows.items() if row["balance_debited_sum"] is None and row["version"] > 1
    ]
    if not told.isdisjoint(without):
        version = PurchaseVersion.__table__.c
        sums = (
            select(version.buy_id, version.balance_debited_sum)
            .where(version.buy_id.in_(told.intersection(without)), version.balance_debited_sum.is_not(None))
            .order_by(version.buy_id, version.version)
        )
        for buy_id, last in connection.execute(sums):
            known_rows[buy_id]["last_debited_sum"] = last


def _record_rejected(items: Sequence[RejectedItem], seen_at: datetime, source: Source, fence: Fence | None) -> None:
    drift: list[Sighting] = []
    with writing(fence) as connection:
        for item in items:
            digest = hashlib.sha256(f"{item.reason}\n{item.raw}".encode("utf-8", "replace")).hexdigest()
            again = connection.execute(
                update(RejectedRecord)
                .where(RejectedRecord.digest == digest)
                .values(last_seen_at=seen_at, times=RejectedRecord.times + 1)
            )
            if again.rowcount == 0:
                connection.execute(
                    insert(RejectedRecord).values(
                        digest=digest, buy_id=item.buy_id, raw=item.raw, reason=item.reason, source=source.value,
                        first_seen_at=seen_at, last_seen_at=seen_at, times=1,
                    )
                )  # fmt: skip
                drift.append((fact_of_rejected(item.reason), item.buy_id, item.raw))
        write_drift(connection, drift, seen_at)
        count(connection, {REFRESHED_PURCHASES.key("rejected"): len(items)})


def record_missing(buy_ids: Sequence[int], asked_at: datetime, *, fence: Fence | None = None) -> None:
    """Note that SkinsBack, asked for these purchases at ``asked_at``, says that it does not know them.

    What is stored stays; when they are asked for next follows from how long they have been missing.
    """
    with writing(fence) as connection:
        rows = connection.execute(
            select(*_COLUMNS)
            .where(Purchase.buy_id.in_(buy_ids), Purchase.asked_at < asked_at)
            .order_by(Purchase.buy_id)
            .with_for_update()
        ).mappings()
        updates = []
        for known in rows:
            row: Known = dict(known) | {"asked_at": asked_at, "missing_since": known["missing_since"] or asked_at}
            if not has_priority_since(row, asked_at):
                row |= schedule_of(row, asked_at)
            updates.append({"key": known["buy_id"]} | {name: row[name] for name in _FRESHNESS})
        if updates:
            connection.execute(_UPDATE_FRESHNESS, updates)
        postpone_wanted(connection, buy_ids, asked_at)
        count(connection, {REFRESHED_PURCHASES.key("missing"): len(buy_ids)})


def make_due(buy_ids: Sequence[int], at: datetime, reason: str) -> None:
    """Ask for these purchases at ``at``, whatever was planned."""
    with writing() as connection:
        connection.execute(update(Purchase).where(Purchase.buy_id.in_(buy_ids)).values(due_at=at, due_reason=reason))


def postpone_overdue(
    buy_ids: Sequence[int], now: datetime, until: datetime, reason: str, *, fence: Fence | None = None
) -> None:
    """Ask for those of these purchases that are still overdue at ``until``, because asking now did not help."""
    with writing(fence) as connection:
        overdue = (Purchase.buy_id.in_(buy_ids), Purchase.due_at <= now)
        connection.execute(update(Purchase).where(*overdue).values(due_at=until, due_reason=reason))
        postpone_wanted(connection, buy_ids, now)


def add_note(buy_id: int, author_email: str, text: str) -> None:
    """Add a colleague's note to a purchase. Raises ValueError when it is empty or too long."""
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not text:
        raise ValueError("The note is empty: write something first.")
    if len(text) > LONGEST_NOTE:
        raise ValueError(f"The note has {len(text)} characters; at most {LONGEST_NOTE} fit.")
    with writing() as connection:
        connection.execute(
            insert(PurchaseNote).values(
                buy_id=buy_id, author_email=author_email, text=text, created_at=datetime.now(UTC)
            )
        )


def forget_rejected(record_id: int) -> None:
    """Drop an object that could not be used, because a later answer about its purchase could."""
    with writing() as connection:
        connection.execute(delete(RejectedRecord).where(RejectedRecord.id == record_id))
