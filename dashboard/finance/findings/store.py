"""What looks wrong about purchases, kept: found by the dashboard, owned and resolved by people.

Nothing leaves the list without a reason and a name. When SkinsBack corrects a purchase, that is the reason, and the
dashboard signs for it; when the same comes back, the finding is open again.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from dashboard.db.database import Fence, writing
from dashboard.db.extensions import db
from dashboard.db.upserts import CountingUpsert
from dashboard.finance.findings import queries
from dashboard.finance.findings import rules as finding_rules
from dashboard.finance.findings.rules import CORRECTED, EXPLAINED, FindingKind, Suspect
from dashboard.finance.models import Finding, FindingCheck, FindingResolution
from dashboard.lib.formatting import exact

ITSELF = "the dashboard"
"""How the dashboard signs what it decides by itself."""

OVERLAP = timedelta(minutes=5)
"""Changes up to this long before the last check are checked again: a transaction may end after a later one."""
AT_ONCE = 200
SHARE_OF_TIME = 2
"""A long check writes for one part in this many of its time. SQLite has one writer and no queue: whoever waits tries
again now and then, and needs gaps to get in."""
LONGEST_REASON = 2000

_CHECKS = CountingUpsert(FindingCheck.__table__, latest=("checked_until", "ratios"))
_OPEN: dict[str, Any] = {"resolved_at": None, "resolved_by": None, "reason": ""}
_UPDATE = update(Finding).where(Finding.kind == bindparam("its_kind"), Finding.buy_id == bindparam("its_buy_id"))

_Key = tuple[str, int]
"""Kind and buy_id."""


@dataclass(frozen=True)
class _Rules:
    tolerance: Decimal
    ratios: tuple[Decimal, ...]
    why_not_off_price: str
    """Why a finding ends whose debited sum no longer differs from the price."""


@dataclass
class Checked:
    purchases: int = 0
    found: int = 0
    corrected: int = 0

    def __str__(self) -> str:
        return f"{self.purchases} purchases checked: {self.found} findings, {self.corrected} corrected"


def check(
    tolerance: Decimal, *, fence: Fence | None = None, should_stop: Callable[[], bool] = lambda: False
) -> Checked:
    """Look at every purchase that changed since the last check; at all of them when the ratios or tolerance changed.

    Safe to kill: each transaction writes some findings with their history, and only a complete check is remembered.
    """
    started, done = datetime.now(UTC), Checked()
    last, shared = queries.last_check(), queries.shared_ratios()
    ratios = tuple(one.ratio for one in shared)
    same_rules = last and (last.tolerance, {one.ratio for one in last.ratios}) == (tolerance, set(ratios))
    rules = _Rules(tolerance, ratios, CORRECTED if same_rules else EXPLAINED)
    buy_ids = queries.changed_since(last.checked_until - OVERLAP if last and same_rules else None)
    db.session.rollback()
    for start in range(0, len(buy_ids), AT_ONCE):
        if should_stop():
            return done
        some = buy_ids[start : start + AT_ONCE]
        began = time.monotonic()
        actions = _check_some(some, rules, fence)
        if start + AT_ONCE < len(buy_ids):
            time.sleep((time.monotonic() - began) * (SHARE_OF_TIME - 1))
        done.purchases += len(some)
        done.found += actions["found"]
        done.corrected += actions["resolved"]
    found = {"tolerance": tolerance, "ratios": [{"ratio": one.ratio, **one.sums._asdict()} for one in shared]}
    kept = json.dumps(found, default=exact)
    with writing(fence) as connection:
        _CHECKS.add(connection, [{"name": "findings", "checked_until": started, "ratios": kept}])
    return done


def _check_some(buy_ids: list[int], rules: _Rules, fence: Fence | None) -> Counter[str]:
    """Bring the findings of some purchases up to date; return how often each action was taken."""
    with writing(fence) as connection:
        rows = queries.purchases_with(connection, buy_ids)
        neighbours = queries.bought_around(connection, rows)
        near = finding_rules.within_reach(rows, neighbours) | set(buy_ids)
        suspects = [one for one in finding_rules.repeats(neighbours) if one.buy_id in near]
        for row in rows:
            suspects += finding_rules.findings_of(row, tolerance=rules.tolerance, ratios=rules.ratios)
        wanted = {(one.kind.value, one.buy_id): one for one in suspects}
        # What nobody can decide now stays as it is: SkinsBack has corrected nothing.
        undecided = {(kind.value, row.buy_id) for row in rows for kind in finding_rules.undecided(row)}
        known = {key: row for key, row in _known(connection, buy_ids, near).items() if key not in undecided}
        return _bring_up_to_date(connection, wanted, known, rules)


def _known(connection: Connection, buy_ids: list[int], near: set[int]) -> dict[_Key, Mapping[str, Any]]:
    """Return the findings of these purchases, and the repeats among those near them; locked, always in one order."""
    of_near = and_(Finding.kind == FindingKind.DELIVERED_TWICE.value, Finding.buy_id.in_(sorted(near)))
    rows = connection.execute(
        select(*Finding.__table__.columns)
        .where(or_(Finding.buy_id.in_(buy_ids), of_near))
        .order_by(Finding.kind, Finding.buy_id)
        .with_for_update()
    )
    return {(row["kind"], row["buy_id"]): dict(row) for row in rows.mappings()}


def _bring_up_to_date(
    connection: Connection, wanted: Mapping[_Key, Suspect], known: Mapping[_Key, Mapping[str, Any]], rules: _Rules
) -> Counter[str]:
    now = datetime.now(UTC)
    new, changed, history = [], [], []
    for key in sorted(wanted.keys() | known.keys()):
        before, suspect = known.get(key), wanted.get(key)
        action, reason = finding_rules.next_action(before, suspect, rules.why_not_off_price)
        after = dict(before or {"kind": key[0], "buy_id": key[1], "found_at": now, "owner_email": None, **_OPEN})
        after["holds"] = suspect is not None
        if suspect:
            after |= {"amount": suspect.amount, "other_buy_id": suspect.other_buy_id}
        if action == "reopened":
            after |= _OPEN
        elif action == "resolved":
            after |= {"resolved_at": now, "resolved_by": ITSELF, "reason": reason}
        if before is None:
            new.append(after)
        elif after != before:
            changed.append({"its_kind": key[0], "its_buy_id": key[1], **after})
        if action:
            history.append(_entry(key, now, action, ITSELF, reason))
    for statement, values in ((insert(Finding), new), (_UPDATE, changed), (insert(FindingResolution), history)):
        if values:
            connection.execute(statement, values)
    return Counter(entry["action"] for entry in history)


def _entry(key: _Key, at: datetime, action: str, by: str, reason: str) -> dict[str, Any]:
    return {"kind": key[0], "buy_id": key[1], "at": at, "action": action, "by_email": by, "reason": reason}


def take(kind: FindingKind, buy_ids: Sequence[int], email: str) -> int:
    """Make somebody the owner of open findings; return of how many."""
    return _decide(kind, buy_ids, "owned", email, {"owner_email": email})


def resolve(kind: FindingKind, buy_ids: Sequence[int], email: str, reason: str) -> int:
    """Resolve open findings; return how many. Raises ValueError without a reason."""
    reason = " ".join(reason.replace("\0", "").split())
    if not reason:
        raise ValueError("Give a reason: a finding cannot be resolved without one.")
    if len(reason) > LONGEST_REASON:
        raise ValueError(f"The reason has {len(reason)} characters; at most {LONGEST_REASON} fit.")
    decided = {"resolved_at": datetime.now(UTC), "resolved_by": email, "reason": reason}
    return _decide(kind, buy_ids, "resolved", email, decided)


def _decide(kind: FindingKind, buy_ids: Sequence[int], action: str, email: str, values: dict[str, Any]) -> int:
    with writing() as connection:
        open_ones = and_(Finding.kind == kind.value, Finding.buy_id.in_(buy_ids), Finding.resolved_at.is_(None))
        locked = select(Finding.buy_id).where(open_ones).order_by(Finding.buy_id).with_for_update()
        open_ids = list(connection.execute(locked).scalars())
        if open_ids:
            these = (Finding.kind == kind.value, Finding.buy_id.in_(open_ids))
            connection.execute(update(Finding).where(*these).values(values))
            now, reason = datetime.now(UTC), values.get("reason", "")
            history = [_entry((kind.value, buy_id), now, action, email, reason) for buy_id in open_ids]
            connection.execute(insert(FindingResolution), history)
        return len(open_ids)
