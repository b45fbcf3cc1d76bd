"""How much there is to do: every list that ops works from, with its length."""

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
class Work:
    """A list with how long it is; ``alarm`` says that somebody should look. ``one`` is the label of a single entry."""

    label: str
    url: str
    count: int
    note: str
    alarm: bool = False
    one: str = ""

    @property
    def words(self) -> str:
        """What follows the count."""
        return self.one if self.count == 1 and self.one else self.label


def works(now: datetime) -> list[Work]:
    """Return every list, what cannot wait first."""
    until = ops_windows.end_of(now)
    users = ops_lists.count_of(ops_lists.repeating_users(until - A_MONTH, until))
    reversals = ops_lists.reversals_of_window(until - A_MONTH, until)
    return [
        _stuck(now),
        _retries(until),
        Work(
            "users with repeated reversals",
            _url("ops_work.reversals"),
            users,
            "in 30 days",
            one="user with repeated reversals",
        ),
        Work(
            "reversals by hours since acceptance",
            _url("ops_work.times"),
            len(reversals.rows),
            "in 30 days",
            one="reversal by hours since acceptance",
        ),
        Work("on hold, by day of release", _url("purchases.holds"), holds.count_holds(), "can still be reversed"),
        _drift(now),
    ]


def _url(endpoint: str, **parameters: str) -> str:
    return url_for(endpoint, tz=named_zone(), **parameters)  # type: ignore[arg-type] # Texts, as its options are not.


def _stuck(now: datetime) -> Work:
    stuck = ops_lists.count_stuck(now)
    note = "open for more than 15 minutes"
    return Work("stuck open purchases", _url("ops_work.stuck"), stuck, note, stuck > 0, "stuck open purchase")


def _retries(until: datetime) -> Work:
    read = ops_lists.purchases_of_window(until - A_DAY, until)
    chains = attempts.retried(read.rows)
    doubles = sum(chain.is_delivered_twice for chain in chains)
    among = "in 24 hours" if read.is_all else f"among the newest {count(ops_lists.PURCHASES_READ)} purchases"
    note = f"{among}; {doubles} delivered twice" if doubles else among
    return Work(
        "retried orders", _url("ops_work.retries", window="24h"), len(chains), note, doubles > 0, "retried order"
    )


def _drift(now: datetime) -> Work:
    news = len(drift.newest_drift(now))
    note = f"{news} new within a day" if news else "from SkinsBack"
    return Work(
        "undocumented values", _url("ops_work.drift_page"), drift.count_drift(), note, news > 0, "undocumented value"
    )
