"""Which items and users fail most, and the rates by attempt and by user: what only the rows can tell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import url_for

from dashboard.lib.formatting import iso_z
from dashboard.lib.periods import Interval
from dashboard.lib.rates import share_of
from dashboard.ops import attempts
from dashboard.ops import queries as ops_lists
from dashboard.ops.attempts import UserGroup, UserTally
from dashboard.ops.outcomes import Outcomes, total
from dashboard.ops.queries import NewestRows
from dashboard.ops.windows import Window
from dashboard.purchases import present, statuses
from dashboard.purchases import queries as purchases
from dashboard.web.page import named_zone

SHOWN = 10
LISTED = 200
_USERS = {
    UserGroup.DECIDED: "Users with a decided purchase",
    UserGroup.FAILED: "Users with a failed purchase",
    UserGroup.EMPTY_HANDED: "Users who got nothing",
}
_ATTEMPTS = {1: "First attempts", 2: "Second attempts", 3: "Third and later attempts"}


@dataclass(frozen=True)
class FailingRow:
    """An item, a user or the n-th attempts; ``cause`` is what most of the failures have."""

    name: str
    failed: int
    failed_url: str
    decided: int
    decided_url: str
    share: Decimal | None
    cause: str = ""


@dataclass(frozen=True)
class MostPage:
    """What fails most in a window. ``user_counts`` are (how many users, list of them) by group; ``user_share`` is the
    share of users with a decided purchase of whom one failed."""

    window: Window
    failures: NewestRows
    items: Sequence[FailingRow]
    users: Sequence[FailingRow]
    purchases: NewestRows
    user_counts: Mapping[str, tuple[int, str]]
    user_share: Decimal | None
    attempt_rows: Sequence[FailingRow]


def most_page(window: Window) -> MostPage:
    failures = ops_lists.failures_of_window(*window)
    read = ops_lists.purchases_of_window(*window)
    counts = _user_counts(read, window.until)
    return MostPage(
        window=window,
        failures=failures,
        items=_rows("item", failures, window.until),
        users=_rows("steamid", failures, window.until),
        purchases=read,
        user_counts=counts,
        user_share=share_of(counts[UserGroup.FAILED][0], counts[UserGroup.DECIDED][0]),
        attempt_rows=_attempt_rows(read, window.until),
    )


def _user_counts(read: NewestRows, until: datetime) -> dict[str, tuple[int, str]]:
    tallies, interval = attempts.by_user(read.rows), _interval(read, until)
    return {
        who.value: (sum(tally.is_one_of(who) for tally in tallies), url_for("ops.users", who=who.value, **interval))
        for who in UserGroup
    }


def _interval(read: NewestRows, until: datetime) -> dict[str, Any]:
    # What the attempts of an order are depends on where reading begins, so the lists begin there too.
    return {"since": iso_z(read.since), "until": iso_z(until), "tz": named_zone()}


def _attempt_rows(read: NewestRows, until: datetime) -> list[FailingRow]:
    def url(number: int, outcome: str) -> str:
        return url_for("ops.nth_attempts", number=number, outcome=outcome, **_interval(read, until))

    rows = []
    for row in attempts.by_attempt(attempts.chains(read.rows)):
        failed, decided = len(row.of(statuses.FAILED)), len(row.of(statuses.DECIDED))
        urls = url(row.number, "failed"), url(row.number, "decided")
        rows.append(FailingRow(_ATTEMPTS[row.number], failed, urls[0], decided, urls[1], share_of(failed, decided)))
    return rows


@dataclass(frozen=True)
class UsersPage:
    """The list of a group of users: (tally, list of the failed purchases, list of the decided ones, failure rate)."""

    title: str
    count: int
    users: Sequence[tuple[UserTally, str, str, Decimal | None]]
    read: NewestRows
    until: datetime
    shown_at_most: int = LISTED


def users_page(interval: Interval, who: UserGroup) -> UsersPage:
    until, read = interval.until, ops_lists.purchases_of_window(*interval)
    found = [tally for tally in attempts.by_user(read.rows) if tally.is_one_of(who)]
    shown = [
        (
            tally,
            _list_url(read.since, until, steamid=tally.steamid, phase=["failed"]),
            _list_url(read.since, until, steamid=tally.steamid, phase=statuses.DECIDED_PHASES),
            share_of(tally.failed, tally.decided),
        )
        for tally in found[:LISTED]
    ]
    return UsersPage(_USERS[who], len(found), shown, read, until)


@dataclass(frozen=True)
class AttemptsPage:
    title: str
    count: int
    lines: Sequence[present.PurchaseLine]
    read: NewestRows
    until: datetime
    shown_at_most: int = LISTED


def attempts_page(interval: Interval, number: int, *, only_failed: bool) -> AttemptsPage:
    read = ops_lists.purchases_of_window(*interval)
    row = attempts.by_attempt(attempts.chains(read.rows))[number - 1]
    found = row.of(statuses.FAILED if only_failed else statuses.DECIDED)
    newest = sorted((purchase.buy_id for purchase in found), reverse=True)[:LISTED]
    by_id = purchases.search_by_ids("buy_id", [str(buy_id) for buy_id in newest])
    title = f"{_ATTEMPTS[number]} that failed" if only_failed else _ATTEMPTS[number]
    return AttemptsPage(
        title, len(found), present.lines([one for rows in by_id.values() for one in rows]), read, interval.until
    )


def _rows(kind: str, failures: NewestRows, until: datetime) -> list[FailingRow]:
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
            _list_url(failures.since, until, **{kind: name, "phase": statuses.DECIDED_PHASES}),
            share_of(failed, decided[name]),
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
