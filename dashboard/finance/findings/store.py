"""What looks wrong about purchases, kept: found by itself, owned and resolved by people.

Nothing leaves the list without a reason and a name. When SkinsBack corrects a purchase, that is the reason, and the
dashboard signs for it; when the same comes back, the finding is open again.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, text, update

from dashboard.db.columns import from_micros
from dashboard.db.database import Fence, writing
from dashboard.db.extensions import db
from dashboard.finance.findings import rules as finding_rules
from dashboard.finance.findings.rules import TOGETHER, Found, Kind, Ratio
from dashboard.finance.models import Finding, FindingCheck, FindingResolution
from dashboard.lib.formatting import exact
from dashboard.purchases.models import Purchase, PurchaseVersion

ITSELF = "the dashboard"
"""How the dashboard signs what it decides by itself."""
CORRECTED = "corrected by SkinsBack"
EXPLAINED = "explained by the tolerance or a constant ratio"

OVERLAP = timedelta(minutes=5)
"""Changes this old are looked at again: a transaction may end after a later one."""
AT_ONCE = 200
SHARE_OF_TIME = 2
"""Checking many purchases holds the database for one part in so many of its time: on SQLite only one may write, and
whoever waits there does not stand in a queue but tries again from time to time."""
LONGEST_REASON = 2000

_P = Purchase.__table__.c
_LOOKED_AT = (
    _P.buy_id, _P.offer_status, _P.balance_debited_sum, _P.price, _P.custom_id, _P.steamid, _P.item_name, _P.classid,
    _P.item_id, _P.date,
)  # fmt: skip
_UPDATE = (
    update(Finding)
    .where(Finding.kind == bindparam("k"), Finding.buy_id == bindparam("b"))
    .values(
        {name: bindparam(name) for name in ("amount", "other_buy_id", "holds", "resolved_at", "resolved_by", "reason")}
    )
)


@dataclass(frozen=True)
class _Rules:
    """What purchases are judged by, and why a difference from the price ends that no longer is one."""

    tolerance: Decimal
    ratios: tuple[Decimal, ...]
    why_price_fits: str


@dataclass
class Checked:
    """What a check did."""

    purchases: int = 0
    found: int = 0
    corrected: int = 0
    is_complete: bool = True

    def __str__(self) -> str:
        return f"{self.purchases} purchases checked: {self.found} findings, {self.corrected} corrected"


def check(
    tolerance: Decimal, *, fence: Fence | None = None, should_stop: Callable[[], bool] = lambda: False
) -> Checked:
    """Look at every purchase that changed since the last check; at all of them when the ratios or tolerance changed."""
    started = datetime.now(UTC)
    last = db.session.execute(select(FindingCheck.checked_until, FindingCheck.ratios)).one_or_none()
    ratios = _ratios()
    kept = json.dumps({"tolerance": exact(tolerance), "ratios": [_written(ratio) for ratio in ratios]})
    same_rules = last is not None and _rules(last.ratios) == _rules(kept)
    done = Checked()
    rules = _Rules(tolerance, tuple(ratio.ratio for ratio in ratios), CORRECTED if same_rules else EXPLAINED)
    buy_ids = _to_check(last.checked_until - OVERLAP if last and same_rules else None)
    for start in range(0, len(buy_ids), AT_ONCE):
        if should_stop():
            done.is_complete = False
            return done
        some = buy_ids[start : start + AT_ONCE]
        began = time.monotonic()
        found, corrected = _check_some(some, rules, fence)
        if start + AT_ONCE < len(buy_ids):
            time.sleep((time.monotonic() - began) * (SHARE_OF_TIME - 1))
        done.purchases += len(some)
        done.found += found
        done.corrected += corrected
    _remember(started, kept, fence)
    return done


_SHARING = text(
    # Whole numbers throughout: micro-dollars times a thousand, rounded to the nearest, fit into a BIGINT.
    """
    SELECT (balance_debited_sum * 1000 + price / 2) / price, count(*), sum(balance_debited_sum), sum(price)
    FROM purchases WHERE price > 0 AND balance_debited_sum > 0 GROUP BY 1 HAVING count(*) >= :fewest
    """
)


def _ratios() -> list[Ratio]:
    """Return the constant ratios of debited to price among all purchases, in thousandths."""
    both_known = and_(Purchase.price > 0, Purchase.balance_debited_sum > 0)
    counted = db.session.execute(select(func.count()).select_from(Purchase).where(both_known)).scalar_one()
    groups = [
        Ratio(Decimal(int(thousandths)).scaleb(-3), count, from_micros(int(debited)), from_micros(int(price)))
        for thousandths, count, debited, price in db.session.execute(
            _SHARING, {"fewest": finding_rules.FEWEST_OF_A_RATIO}
        )
    ]
    return finding_rules.recognised(groups, counted)


def _to_check(since: datetime | None) -> list[int]:
    """Return the buy_ids to look at, ascending; all of them when ``since`` is None."""
    if since is None:
        statement = select(Purchase.buy_id)
    else:
        # Whatever a purchase is judged by makes a version when it changes, ids and item too.
        statement = select(PurchaseVersion.buy_id).where(PurchaseVersion.recorded_at > since).distinct()
    found = sorted(db.session.execute(statement).scalars())
    db.session.rollback()
    return found


def _check_some(buy_ids: list[int], rules: _Rules, fence: Fence | None) -> tuple[int, int]:
    """Bring the findings of some purchases up to date; return how many were found and how many corrected."""
    with writing(fence) as connection:
        rows = _rows(connection, _P.buy_id.in_(buy_ids))
        wanted = {
            (found.kind.value, found.buy_id): found
            for row in rows
            for found in finding_rules.findings_of(row, tolerance=rules.tolerance, ratios=rules.ratios)
        }
        neighbours = _neighbours(connection, rows)
        near = {row["buy_id"] for row in neighbours} & _within_reach(rows, neighbours) | set(buy_ids)
        for buy_id, found in finding_rules.repeats(neighbours).items():
            if buy_id in near:
                wanted[Kind.DELIVERED_TWICE.value, buy_id] = found
        known = _known(connection, buy_ids, near)
        return _bring_up_to_date(connection, wanted, known, rules)


def _rows(connection: Connection, condition: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(*_LOOKED_AT).where(condition)).mappings()]


def _neighbours(connection: Connection, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the same users bought around the same time: twice as far as matters, so that each near one is judged
    by all of its own neighbours."""
    around = [
        and_(_P.steamid == row["steamid"], _P.date.between(row["date"] - 2 * TOGETHER, row["date"] + 2 * TOGETHER))
        for row in rows
        if row["steamid"]
    ]
    return _rows(connection, or_(*around)) if around else []


def _within_reach(rows: Sequence[dict[str, Any]], neighbours: Sequence[dict[str, Any]]) -> set[int]:
    dates: dict[str, list[datetime]] = {}
    for row in rows:
        dates.setdefault(row["steamid"], []).append(row["date"])
    return {
        row["buy_id"]
        for row in neighbours
        if any(abs(row["date"] - date) <= TOGETHER for date in dates.get(row["steamid"], ()))
    }


def _known(connection: Connection, buy_ids: list[int], near: set[int]) -> dict[tuple[str, int], dict[str, Any]]:
    """Return the findings there are of these purchases, and the repeats among those near them; locked, in one order."""
    of_near = and_(Finding.kind == Kind.DELIVERED_TWICE.value, Finding.buy_id.in_(sorted(near)))
    rows = connection.execute(
        select(*Finding.__table__.columns)
        .where(or_(Finding.buy_id.in_(buy_ids), of_near))
        .order_by(Finding.kind, Finding.buy_id)
        .with_for_update()
    )
    return {(row["kind"], row["buy_id"]): dict(row) for row in rows.mappings()}


def _bring_up_to_date(
    connection: Connection, wanted: dict[tuple[str, int], Found], known: dict[tuple[str, int], dict[str, Any]],
    rules: _Rules,
) -> tuple[int, int]:  # fmt: skip
    now = datetime.now(UTC)
    new, events, updates, corrected = [], [], [], 0
    for key, found in sorted(wanted.items()):
        before = known.get(key)
        if before is None:
            new.append(_new(found, now))
            events.append(_event(key, now, "found", ITSELF))
        elif why := _why_open_again(before, found):
            updates.append(_changed(before, found, holds=True, resolved_at=None, resolved_by=None, reason=""))
            events.append(_event(key, now, "reopened", ITSELF, why))
        elif (before["amount"], before["other_buy_id"]) != (found.amount, found.other_buy_id):
            updates.append(_changed(before, found))
    for key, before in known.items():
        if key in wanted or not before["holds"]:
            continue
        if before["resolved_at"] is None:
            corrected += 1
            reason = rules.why_price_fits if key[0] == Kind.OFF_PRICE else CORRECTED
            decided = {"resolved_at": now, "resolved_by": ITSELF, "reason": reason}
            updates.append(_changed(before, None, holds=False, **decided))
            events.append(_event(key, now, "resolved", ITSELF, reason))
        else:
            updates.append(_changed(before, None, holds=False))
    for statement, values in ((insert(Finding), new), (_UPDATE, updates), (insert(FindingResolution), events)):
        if values:
            connection.execute(statement, values)
    return len(new), corrected


def _why_open_again(before: dict[str, Any], found: Found) -> str:
    """Return why a resolved finding is open again; empty where it is open, or where what was said still covers it."""
    if not before["holds"]:
        return "It looks so again."
    if before["resolved_at"] is None:
        return ""
    if abs(found.amount) > abs(before["amount"]):
        return "More is in question than when it was resolved."
    return "It repeats another purchase now." if found.other_buy_id != before["other_buy_id"] else ""


def _new(found: Found, now: datetime) -> dict[str, Any]:
    return {
        "kind": found.kind.value, "buy_id": found.buy_id, "found_at": now, "amount": found.amount,
        "other_buy_id": found.other_buy_id, "holds": True, "owner_email": None, "resolved_at": None,
        "resolved_by": None, "reason": "",
    }  # fmt: skip


def _changed(before: dict[str, Any], found: Found | None, **changes: Any) -> dict[str, Any]:
    names = ("amount", "other_buy_id", "holds", "resolved_at", "resolved_by", "reason")
    values = {name: before[name] for name in names} | changes
    if found is not None:
        values |= {"amount": found.amount, "other_buy_id": found.other_buy_id}
    return values | {"k": before["kind"], "b": before["buy_id"]}


def _event(key: tuple[str, int], at: datetime, action: str, by: str, reason: str = "") -> dict[str, Any]:
    return {"kind": key[0], "buy_id": key[1], "at": at, "action": action, "by_email": by, "reason": reason}


def _written(ratio: Ratio) -> dict[str, Any]:
    return {
        "ratio": exact(ratio.ratio), "count": ratio.count, "debited": exact(ratio.debited), "price": exact(ratio.price),
    }  # fmt: skip


def _rules(kept: str) -> tuple[str, frozenset[str]]:
    rules = json.loads(kept)
    return rules["tolerance"], frozenset(ratio["ratio"] for ratio in rules["ratios"])


def _remember(started: datetime, kept: str, fence: Fence | None) -> None:
    values = {"checked_until": started, "ratios": kept}
    with writing(fence) as connection:
        if connection.execute(update(FindingCheck).values(values)).rowcount == 0:
            connection.execute(insert(FindingCheck).values(name="findings", **values))


def take(kind: Kind, buy_ids: Sequence[int], email: str) -> int:
    """Make somebody the owner of open findings; return of how many."""
    return _decide(kind, buy_ids, "owned", email, {"owner_email": email})


def resolve(kind: Kind, buy_ids: Sequence[int], email: str, reason: str) -> int:
    """Resolve open findings; return how many. Raises ValueError without a reason."""
    reason = " ".join(reason.replace("\0", "").split())
    if not reason:
        raise ValueError("Say why: a finding leaves the list only with a reason.")
    if len(reason) > LONGEST_REASON:
        raise ValueError(f"The reason has {len(reason)} characters; at most {LONGEST_REASON} fit.")
    decided = {"resolved_at": datetime.now(UTC), "resolved_by": email, "reason": reason}
    return _decide(kind, buy_ids, "resolved", email, decided)


def _decide(kind: Kind, buy_ids: Sequence[int], action: str, email: str, values: dict[str, Any]) -> int:
    with writing() as connection:
        these = and_(Finding.kind == kind.value, Finding.buy_id.in_(buy_ids), Finding.resolved_at.is_(None))
        locked = select(Finding.buy_id).where(these).order_by(Finding.buy_id).with_for_update()
        open_ids = list(connection.execute(locked).scalars())
        if open_ids:
            connection.execute(
                update(Finding).where(Finding.kind == kind.value, Finding.buy_id.in_(open_ids)).values(values)
            )
            now = datetime.now(UTC)
            events = [_event((kind.value, buy_id), now, action, email, values.get("reason", "")) for buy_id in open_ids]
            connection.execute(insert(FindingResolution), events)
        return len(open_ids)
