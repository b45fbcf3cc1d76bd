"""What the pages of the lists that ops works from show. ``windows`` are links: (label, address, is chosen)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dashboard.lib.formatting import duration_words, iso_z
from dashboard.lib.periods import Interval
from dashboard.ops import attempts, reversal_times
from dashboard.ops import queries as ops_lists
from dashboard.ops.attempts import Chain
from dashboard.ops.queries import Read
from dashboard.ops.reversal_times import BinCount, Which
from dashboard.ops.todo_page import A_DAY
from dashboard.purchases import drift_queries, present, statuses
from dashboard.purchases.drift import DriftKind
from dashboard.purchases.present import PurchaseLine
from dashboard.sync import due_queries as due
from dashboard.web.page import named_zone

CHAINS_SHOWN = 200
BIN_SHOWN = 200

DRIFT_WORDS = {
    DriftKind.STATUS: "Status", DriftKind.REASON: "Reason", DriftKind.FIELD: "Field",
    DriftKind.TYPE: "Value of another kind", DriftKind.REJECTED: "Could not be used",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListWindow(Interval):
    links: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True)
class StuckPage:
    """Open purchases with for how long they have been in their status, oldest first."""

    stuck: Sequence[tuple[PurchaseLine, timedelta]]
    count: int
    shown_at_most: int = ops_lists.STUCK_SHOWN


def stuck(now: datetime) -> StuckPage:
    lines = present.lines(ops_lists.stuck_purchases(now))
    aged = [(line, now - (line.purchase.status_since or line.purchase.date)) for line in lines]
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


@dataclass(frozen=True)
class RetriesPage:
    """Orders that took more than one attempt; ``doubles`` of them were delivered more than once."""

    chains: Sequence[tuple[Chain, Sequence[PurchaseLine]]]
    count: int
    doubles: int
    read: Read
    windows: Sequence[tuple[str, str, bool]]
    shown_at_most: int = CHAINS_SHOWN


def retries(window: ListWindow) -> RetriesPage:
    since, until = window
    # The panel of the operations page counts a day, and must come to the same number.
    most = ops_lists.PURCHASES_READ if until - since == A_DAY else ops_lists.PURCHASES_READ_AT_MOST
    read = ops_lists.purchases_of_window(since, until, most=most)
    chains = attempts.retried(read.rows)
    ordered = sorted(chains, key=lambda chain: (chain.is_delivered_twice, chain.last.date), reverse=True)
    shown = [(chain, present.lines(chain.attempts)) for chain in ordered[:CHAINS_SHOWN]]
    doubles = sum(chain.is_delivered_twice for chain in chains)
    return RetriesPage(shown, len(chains), doubles, read, window.links)


@dataclass(frozen=True)
class TimesPage:
    """Reversals by hours since acceptance: bins with (count, address) of each ``Which``, and the purchases of one."""

    bins: Sequence[tuple[BinCount, Sequence[tuple[int, str]]]]
    most: int
    count: int
    chosen: BinCount | None
    which: str
    chosen_count: int
    lines: Sequence[PurchaseLine]
    read: Read
    windows: Sequence[tuple[str, str, bool]]
    shown_at_most: int = BIN_SHOWN


def times(window: ListWindow, bin_name: str | None, which: Which, url: Callable[[BinCount, Which], str]) -> TimesPage:
    """Return the bins, with the purchases of one of them where ``bin_name`` names it; ``url`` leads to those."""
    read = ops_lists.reversals_of_window(*window)
    bins = reversal_times.histogram(read.rows)
    chosen = next((found for found in bins if found.bin.name == bin_name), None)
    purchases = chosen.of(which) if chosen else []
    return TimesPage(
        bins=[(found, [(len(found.of(one)), url(found, one)) for one in Which]) for found in bins],
        most=max((found.count for found in bins), default=0),
        count=len(read.rows),
        chosen=chosen,
        which=which.label,
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
    rows = [(row, DRIFT_WORDS[DriftKind(row.kind)], present.pretty_json(row.first_raw)) for row in found]
    return DriftPage(rows, drift_queries.count_drift(), now - drift_queries.NEW_FOR)
