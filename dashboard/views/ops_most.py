"""Which items and users fail most, and the rates by attempt and by user: what only the rows can tell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import url_for

from dashboard import attempts
from dashboard.formatting import iso_z
from dashboard.ops_windows import Window
from dashboard.outcomes import Outcomes, total
from dashboard.queries import ops_lists
from dashboard.queries.ops_lists import Read
from dashboard.statuses import Phase

SHOWN = 10
_DECIDED = [phase.value for phase in (Phase.DELIVERED, Phase.FAILED, Phase.REVERSED)]
_ATTEMPTS = ("First attempt", "Second attempt", "Third and later")


@dataclass(frozen=True)
class FailingRow:
    """An item or a user: how many purchases failed, of how many, mostly why, and the lists of both."""

    name: str
    failed: int
    failed_url: str
    decided: int
    decided_url: str
    share: Decimal
    cause: str


@dataclass(frozen=True)
class AttemptRow:
    """The purchases that were the n-th attempt of their order."""

    label: str
    purchases: int
    failed: int
    decided: int
    share: Decimal | None


def context(window: Window) -> dict[str, Any]:
    """Return what the panel shows of a window."""
    failures = ops_lists.failures_of_window(window.since, window.until)
    purchases = ops_lists.purchases_of_window(window.since, window.until)
    users = attempts.by_user(purchases.rows)
    counted = attempts.by_attempt(attempts.chains(purchases.rows))
    return {
        "failures": failures,
        "items": _rows("item", failures, window.until),
        "users": _rows("steamid", failures, window.until),
        "purchases": purchases,
        "user_count": users,
        "user_share": _share(users.failed, users.users),
        "attempt_rows": [
            AttemptRow(label, row.purchases, row.failed, row.decided, _share(row.failed, row.decided))
            for label, row in zip(_ATTEMPTS, counted, strict=True)
        ],
    }


def _rows(kind: str, failures: Read, until: datetime) -> list[FailingRow]:
    column = {"item": "item_name", "steamid": "steamid"}[kind]
    numbers = Counter(getattr(row, column) for row in failures.rows if getattr(row, column))
    worst = sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    decided = ops_lists.decided_by(kind, [name for name, _ in worst], failures.since, until)
    return [
        FailingRow(
            name,
            failed,
            _list_url(failures.since, until, **{kind: name, "phase": ["failed"]}),
            decided[name],
            _list_url(failures.since, until, **{kind: name, "phase": _DECIDED}),
            Decimal(failed) / decided[name],
            _cause([row for row in failures.rows if getattr(row, column) == name]),
        )
        for name, failed in worst
    ]


def _list_url(since: datetime, until: datetime, **filters: Any) -> str:
    return url_for("purchases.purchase_list", since=iso_z(since), until=iso_z(until), **filters)


def _cause(failures: Sequence[Any]) -> str:
    counted = total(Outcomes({(row.offer_status, row.error_reason or ""): 1}) for row in failures)
    status, reason = counted.main_cause() or ("", "")
    return reason or status


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None
