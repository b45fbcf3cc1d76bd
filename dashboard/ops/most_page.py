"""Which items and users fail most, and the rates by attempt and by user: what only the rows can tell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import url_for

from dashboard.lib.formatting import iso_z
from dashboard.ops import attempts
from dashboard.ops import queries as ops_lists
from dashboard.ops.attempts import Who
from dashboard.ops.outcomes import Outcomes, total
from dashboard.ops.queries import Read
from dashboard.ops.windows import Window
from dashboard.purchases import present, statuses
from dashboard.purchases import queries as purchases
from dashboard.web.page import named_zone

SHOWN = 10
LISTED = 200
_DECIDED = [phase.value for phase in statuses.DECIDED_PHASES]
_USERS = {
    Who.DECIDED: "Users whose purchases ended",
    Who.FAILED: "Users with a failed purchase",
    Who.EMPTY_HANDED: "Users who got nothing",
}
_ATTEMPTS = {1: "First attempts", 2: "Second attempts", 3: "Third and later attempts"}


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
    """The purchases that were the n-th attempt of their order, and the lists of them."""

    label: str
    failed: int
    failed_url: str
    decided: int
    decided_url: str
    share: Decimal | None


def context(window: Window) -> dict[str, Any]:
    """Return what the panel shows of a window."""
    failures = ops_lists.failures_of_window(window.since, window.until)
    read = ops_lists.purchases_of_window(window.since, window.until)
    return {
        "failures": failures,
        "items": _rows("item", failures, window.until),
        "users": _rows("steamid", failures, window.until),
        "purchases": read,
        **_user_counts(read, window.until),
        "attempt_rows": _attempt_rows(read, window.until),
    }


def _user_counts(read: Read, until: datetime) -> dict[str, Any]:
    """Return (count, address of the users) of each group of users, and the share whose purchase failed."""
    tallies = attempts.by_user(read.rows)
    counts = {who: sum(tally.is_one_of(who) for tally in tallies) for who in Who}
    stretch: dict[str, Any] = {"since": iso_z(read.since), "until": iso_z(until), "tz": named_zone()}
    return {
        "user_counts": {who.value: (counts[who], url_for("ops.users", who=who.value, **stretch)) for who in Who},
        "user_share": _share(counts[Who.FAILED], counts[Who.DECIDED]),
    }


def _attempt_rows(read: Read, until: datetime) -> list[AttemptRow]:
    # What the attempts of an order are depends on where reading begins, so the lists begin there too.
    stretch: dict[str, Any] = {"since": iso_z(read.since), "until": iso_z(until), "tz": named_zone()}

    def url(number: int, outcome: str) -> str:
        return url_for("ops.nth_attempts", **stretch, number=number, outcome=outcome)

    return [
        AttemptRow(
            _ATTEMPTS[row.number],
            failed := len(row.of(statuses.FAILED)),
            url(row.number, "failed"),
            decided := len(row.of(statuses.DECIDED)),
            url(row.number, "decided"),
            _share(failed, decided),
        )
        for row in attempts.by_attempt(attempts.chains(read.rows))
    ]


def users(since: datetime, until: datetime, who: Who) -> dict[str, Any]:
    """Return what the list of a group of users shows, who failed most first, LISTED at most."""
    read = ops_lists.purchases_of_window(since, until)
    found = [tally for tally in attempts.by_user(read.rows) if tally.is_one_of(who)]
    shown = [
        (
            tally,
            _list_url(read.since, until, steamid=tally.steamid, phase=["failed"]),
            _list_url(read.since, until, steamid=tally.steamid, phase=_DECIDED),
            _share(tally.failed, tally.decided),
        )
        for tally in found[:LISTED]
    ]
    return {
        "title": _USERS[who],
        "count": len(found),
        "users": shown,
        "read": read,
        "until": until,
        "shown_at_most": LISTED,
    }


def nth_attempts(since: datetime, until: datetime, number: int, *, only_failed: bool) -> dict[str, Any]:
    """Return what the list of the n-th attempts of their orders shows, newest first, LISTED at most."""
    read = ops_lists.purchases_of_window(since, until)
    row = attempts.by_attempt(attempts.chains(read.rows))[number - 1]
    found = row.of(statuses.FAILED) if only_failed else row.of(statuses.DECIDED)
    newest = sorted((purchase.buy_id for purchase in found), reverse=True)[:LISTED]
    by_id = purchases.search_by_ids("buy_id", [str(buy_id) for buy_id in newest])
    return {
        "title": f"{_ATTEMPTS[number]} that failed" if only_failed else _ATTEMPTS[number],
        "count": len(found),
        "lines": present.lines([row for rows in by_id.values() for row in rows]),
        "read": read,
        "until": until,
        "shown_at_most": LISTED,
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
    return url_for("purchases.purchase_list", since=iso_z(since), until=iso_z(until), tz=named_zone(), **filters)


def _cause(failures: Sequence[Any]) -> str:
    counted = total(Outcomes({(row.offer_status, row.error_reason or ""): 1}) for row in failures)
    status, value = counted.main_cause() or ("", "")
    reason = statuses.reason_of(value)
    return reason.label if reason else statuses.status_of(status).label


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None
