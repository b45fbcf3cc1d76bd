"""How much there is to do: every list that ops works from, with its length."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from dashboard.lib.formatting import count
from dashboard.ops import attempts
from dashboard.ops import queries as ops_lists
from dashboard.ops import windows as ops_windows
from dashboard.purchases import drift_queries as drift
from dashboard.purchases import hold_queries as holds
from dashboard.web.page import named_zone

A_DAY, A_MONTH = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True)
class WorkList:
    """A list with how long it is; ``alarm`` says that somebody should look. ``one`` is the label of a single entry."""

    label: str
    one: str
    url: str
    count: int
    note: str
    alarm: bool = False

    @property
    def words(self) -> str:
        return self.one if self.count == 1 else self.label


@dataclass(frozen=True)
class TodoPage:
    works: Sequence[WorkList]


def todo_page(now: datetime) -> TodoPage:
    until = ops_windows.end_of(now)
    users = ops_lists.count_of(ops_lists.repeating_users(until - A_MONTH, until))
    repeated, times, held = "with repeated reversals", "hours since acceptance", "on hold, by day of release"
    reversals = len(ops_lists.reversals_of_window(until - A_MONTH, until).rows)
    works = [
        _stuck(now),
        _retries(until),
        _work(f"users {repeated}", f"user {repeated}", "ops_work.reversals", users, "in 30 days"),
        _work(f"reversals by {times}", f"reversal by {times}", "ops_work.times", reversals, "in 30 days"),
        _work(held, held, "purchases.holds", holds.count_holds(), "can still be reversed"),
        _drift(now),
    ]
    return TodoPage(works)


def _work(label: str, one: str, endpoint: str, count: int, note: str, *, alarm: bool = False) -> WorkList:
    return WorkList(label, one, url_for(endpoint, tz=named_zone()), count, note, alarm)


def _stuck(now: datetime) -> WorkList:
    stuck, note = ops_lists.count_stuck(now), "open for more than 15 minutes"
    return _work("stuck open purchases", "stuck open purchase", "ops_work.stuck", stuck, note, alarm=stuck > 0)


def _retries(until: datetime) -> WorkList:
    read = ops_lists.purchases_of_window(until - A_DAY, until)
    chains = attempts.retried(read.rows)
    doubles = sum(chain.is_delivered_twice for chain in chains)
    among = "in 24 hours" if read.is_all else f"among the newest {count(ops_lists.PURCHASES_READ)} purchases"
    note = f"{among}; {doubles} delivered twice" if doubles else among
    url = url_for("ops_work.retries", window="24h", tz=named_zone())
    return WorkList("retried orders", "retried order", url, len(chains), note, doubles > 0)


def _drift(now: datetime) -> WorkList:
    news, found = len(drift.newest_drift(now)), drift.count_drift()
    note = f"{news} new within a day" if news else "from SkinsBack"
    return _work("undocumented values", "undocumented value", "ops_work.drift_page", found, note, alarm=news > 0)
