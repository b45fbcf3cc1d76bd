"""The lists that ops works from: how long each is, and what its page shows.

``windows`` are links: (label, address, is chosen).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import url_for

from dashboard.db.paging import PAGE_LENGTH
from dashboard.lib.formatting import count, duration_words, iso_z
from dashboard.lib.periods import Interval
from dashboard.ops import attempts, reversal_times
from dashboard.ops import queries as ops_lists
from dashboard.ops import windows as ops_windows
from dashboard.ops.attempts import Chain
from dashboard.ops.known_page import Known
from dashboard.ops.queries import NewestRows
from dashboard.ops.reversal_times import BinCount, ReversalGroup
from dashboard.purchases import drift_queries, present, statuses
from dashboard.purchases import hold_queries as holds
from dashboard.purchases.drift import DRIFT_WORDS
from dashboard.purchases.present import PurchaseLine
from dashboard.sync import due_queries as due
from dashboard.web.page import Pager, asked_place, named_zone, pager

A_DAY, A_MONTH = timedelta(days=1), timedelta(days=30)
TWICE_SHOWN = 50
BIN_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ListWindow(Interval):
    name: str
    links: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True)
class StuckPage:
    """Open purchases with for how long they have been in their status, oldest first."""

    stuck: Sequence[tuple[PurchaseLine, timedelta]]
    count: int
    shown_at_most: int = ops_lists.STUCK_SHOWN
    stuck_after: timedelta = statuses.STUCK_AFTER


def stuck(now: datetime) -> StuckPage:
    lines = present.lines(ops_lists.stuck_purchases(now))
    aged = [(line, now - statuses.in_status_since(line.purchase.status_since, line.purchase.date)) for line in lines]
    return StuckPage(aged, ops_lists.count_stuck(now))


@dataclass(frozen=True)
class OverduePage:
    """Purchases with why and for how long SkinsBack should have been asked about them, the longest overdue first."""

    overdue: Sequence[tuple[PurchaseLine, str]]
    count: int
    counted_at_most: int = due.COUNTED_AT_MOST
    shown_at_most: int = ops_lists.STUCK_SHOWN


def overdue(now: datetime) -> OverduePage:
    noted = [
        (line, f"due for {duration_words(now - line.purchase.due_at)}: {line.purchase.due_reason}")
        for line in present.lines(ops_lists.overdue_purchases(now))
    ]
    return OverduePage(noted, due.count_due(now))


@dataclass(frozen=True)
class ReversalsPage:
    """Users with repeated reversals; ``period`` are the parameters of the lists of their purchases."""

    users: Sequence[Any]
    count: int
    period: Mapping[str, str | None]
    since: datetime
    windows: Sequence[tuple[str, str, bool]]
    reversed: Sequence[str] = tuple(sorted(statuses.REVERSED))
    fewest_reversals: int = ops_lists.FEWEST_REVERSALS
    fewest_refusals: int = ops_lists.FEWEST_REFUSALS
    shown_at_most: int = ops_lists.USERS_SHOWN


def reversals(window: ListWindow) -> ReversalsPage:
    users = ops_lists.repeating_users(*window)
    period = {"since": iso_z(window.since), "until": iso_z(window.until), "tz": named_zone()}
    return ReversalsPage(users, ops_lists.count_of(users), period, window.since, window.links)


Story = tuple[Chain, Sequence[PurchaseLine]]
"""A chain with the lines of its attempts."""


@dataclass(frozen=True)
class RetriesPage:
    """Orders that took more than one attempt, newest first and page by page.

    Apart from them, on the first page alone, what was delivered ``twice``: retried orders, and ``repeated`` deliveries
    of no retried order; TWICE_SHOWN of each at most.
    """

    chains: Sequence[Story]
    count: int
    twice: Sequence[Story]
    twice_count: int
    repeated: Sequence[Story]
    repeated_count: int
    read: NewestRows
    windows: Sequence[tuple[str, str, bool]]
    pager: Pager
    twice_shown: int = TWICE_SHOWN


def retries(window: ListWindow) -> RetriesPage:
    since, until = window
    # The panel of the operations page counts a day, and must come to the same number.
    most = ops_lists.PURCHASES_READ if until - since == A_DAY else ops_lists.PURCHASES_READ_AT_MOST
    read = ops_lists.purchases_of_window(since, until, most=most)
    chains = sorted(attempts.retried(read.rows), key=lambda chain: chain.last.buy_id, reverse=True)
    twice = [chain for chain in chains if chain.is_delivered_twice]
    repeated = attempts.repeated_deliveries(read.rows, chains)
    before = asked_place("before")
    rest = [chain for chain in chains if not chain.is_delivered_twice]
    left = [chain for chain in rest if before is None or chain.last.buy_id < before]
    next_before = left[PAGE_LENGTH - 1].last.buy_id if len(left) > PAGE_LENGTH else None
    is_first = before is None
    return RetriesPage(
        chains=_stories(left[:PAGE_LENGTH]),
        count=len(chains),
        twice=_stories(twice[:TWICE_SHOWN]) if is_first else (),
        twice_count=len(twice),
        repeated=_stories(repeated[: -TWICE_SHOWN - 1 : -1]) if is_first else (),
        repeated_count=len(repeated),
        read=read,
        windows=window.links,
        pager=pager("before", next_before, "ops.retries", window=window.name, tz=named_zone()),
    )


def _stories(chains: Sequence[Chain]) -> list[Story]:
    return [(chain, present.lines(chain.attempts)) for chain in chains]


@dataclass(frozen=True)
class TimesPage:
    """Reversals by hours since acceptance: bins with (count, address) of each group, and the purchases of one."""

    bins: Sequence[tuple[BinCount, Sequence[tuple[int, str]]]]
    most: int
    count: int
    chosen: BinCount | None
    which: str
    chosen_count: int
    lines: Sequence[PurchaseLine]
    read: NewestRows
    windows: Sequence[tuple[str, str, bool]]
    shown_at_most: int = BIN_SHOWN


def times(
    window: ListWindow, bin_name: str | None, which: ReversalGroup, url: Callable[[BinCount, ReversalGroup], str]
) -> TimesPage:
    """Return the bins, with the purchases of one of them where ``bin_name`` names it; ``url`` leads to those."""
    read = ops_lists.reversals_of_window(*window)
    bins = reversal_times.histogram(read.rows)
    chosen = next((found for found in bins if found.bin.name == bin_name), None)
    purchases = chosen.of(which) if chosen else []
    return TimesPage(
        bins=[(found, [(len(found.of(one)), url(found, one)) for one in ReversalGroup]) for found in bins],
        most=max((found.count for found in bins), default=0),
        count=len(read.rows),
        chosen=chosen,
        which=reversal_times.LABELS[which],
        chosen_count=len(purchases),
        lines=present.lines(purchases[:BIN_SHOWN]),
        read=read,
        windows=window.links,
    )


@dataclass(frozen=True)
class DriftPage:
    """What SkinsBack sends and does not document: rows with what they are and the first example."""

    rows: Sequence[tuple[Any, str, str]]
    count: int
    fresh_since: datetime


def undocumented(now: datetime) -> DriftPage:
    found = drift_queries.find_drift()
    # Without their article.
    words = {kind: text.partition(" ")[2].capitalize() for kind, text in DRIFT_WORDS.items()}
    rows = [(row, words[row.kind], present.pretty_json(row.first_raw)) for row in found]
    return DriftPage(rows, drift_queries.count_drift(), now - drift_queries.NEW_FOR)


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
    """``unknown`` says since when the lists are not known to be whole; empty while they are."""

    works: Sequence[WorkList]
    unknown: str


def todo(now: datetime, known: Known) -> TodoPage:
    until = ops_windows.end_of(now)
    users = ops_lists.count_of(ops_lists.repeating_users(until - A_MONTH, until))
    repeated, times, held = "with repeated reversals", "hours since acceptance", "on hold, by day of release"
    reversals = len(ops_lists.reversals_of_window(until - A_MONTH, until).rows)
    works = [
        _stuck_work(now),
        _retries_work(until),
        _work(f"users {repeated}", f"user {repeated}", "ops.reversals", users, "in 30 days"),
        _work(f"reversals by {times}", f"reversal by {times}", "ops.times", reversals, "in 30 days"),
        _work(held, held, "purchases.holds", holds.count_holds(), "can still be reversed"),
        _drift_work(now),
    ]
    return TodoPage(works, known.words)


def _work(label: str, one: str, endpoint: str, count: int, note: str, *, alarm: bool = False) -> WorkList:
    return WorkList(label, one, url_for(endpoint, tz=named_zone()), count, note, alarm)


def _stuck_work(now: datetime) -> WorkList:
    stuck, note = ops_lists.count_stuck(now), f"in one status for more than {duration_words(statuses.STUCK_AFTER)}"
    return _work("stuck open purchases", "stuck open purchase", "ops.stuck", stuck, note, alarm=stuck > 0)


def _retries_work(until: datetime) -> WorkList:
    read = ops_lists.purchases_of_window(until - A_DAY, until)
    chains = attempts.retried(read.rows)
    doubles = sum(chain.is_delivered_twice for chain in chains) + len(attempts.repeated_deliveries(read.rows, chains))
    among = "in 24 hours" if read.is_all else f"among the newest {count(ops_lists.PURCHASES_READ)} purchases"
    note = f"{among}; {doubles} perhaps delivered twice" if doubles else among
    url = url_for("ops.retries", window="24h", tz=named_zone())
    return WorkList("retried orders", "retried order", url, len(chains), note, doubles > 0)


def _drift_work(now: datetime) -> WorkList:
    news, found = len(drift_queries.newest_drift(now)), drift_queries.count_drift()
    note = f"{news} new within a day" if news else "from SkinsBack"
    return _work("undocumented values", "undocumented value", "ops.undocumented", found, note, alarm=news > 0)
