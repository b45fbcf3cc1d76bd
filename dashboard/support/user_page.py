"""What the page of a Steam user shows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import url_for

from dashboard.purchases import identify, present, statuses
from dashboard.purchases.finality import Settlement
from dashboard.purchases.identify import SteamIdForms
from dashboard.purchases.present import PurchaseLine
from dashboard.purchases.statuses import Phase
from dashboard.support import user_queries as users
from dashboard.support.trading_bar import ROLLBACK_MATTERS, TradingBar, bar_after
from dashboard.web.page import now


@dataclass(frozen=True)
class OutcomeSums:
    label: str
    phase: str
    count: int
    debited: Decimal
    url: str


@dataclass(frozen=True)
class UserPage:
    steamid: str
    forms: SteamIdForms | None
    profile_url: str | None
    count: int
    debited: Decimal
    oldest: datetime | None
    newest: datetime | None
    outcomes: list[OutcomeSums]
    reasons: list[OutcomeSums]
    bar: TradingBar | None
    is_bar_over: bool
    holds: list[PurchaseLine]
    money_at_stake: Decimal
    lines: list[PurchaseLine]
    shown_at_most: int
    list_url: str


def page(steamid: str) -> UserPage:
    """Return the page; a user without purchases here is an answer too."""
    totals = users.totals_of_user(steamid)
    # The totals already tell of most users that there is nothing further to ask for.
    has_rollback = any(total.offer_status == "rollback_user" for total in totals)
    has_hold = any(total.part == Settlement.REVERSIBLE for total in totals)
    rollbacks = users.rollbacks_of_user(steamid, since=now() - ROLLBACK_MATTERS) if has_rollback else []
    bar = bar_after(rollbacks)
    at_stake = users.holds_of_user(steamid) if has_hold else []
    return UserPage(
        steamid=steamid,
        forms=identify.steamid_forms(steamid),
        profile_url=present.profile_url(steamid),
        count=sum(total.purchases for total in totals),
        debited=_sum(total.debited for total in totals),
        oldest=min((total.oldest for total in totals), default=None),
        newest=max((total.newest for total in totals), default=None),
        outcomes=_outcomes(steamid, totals),
        reasons=_reasons(steamid, totals),
        bar=bar,
        is_bar_over=bar is not None and bar.until <= now(),
        holds=present.lines(at_stake),
        money_at_stake=_sum(hold.balance_debited_sum for hold in at_stake),
        lines=present.lines(users.purchases_of_user(steamid)),
        shown_at_most=users.USER_PURCHASES_SHOWN,
        list_url=url_for("purchases.purchase_list", steamid=steamid),
    )


def _sum(sums: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in sums if value is not None), Decimal(0))


def _outcomes(steamid: str, totals: Sequence[Any]) -> list[OutcomeSums]:
    by_status = _grouped(totals, lambda total: total.offer_status)
    outcomes = [
        _outcome(statuses.status_of(status).label, statuses.phase_of(status).value, group, steamid, status=status)
        for status, group in by_status.items()
    ]
    order = list(Phase)
    return sorted(outcomes, key=lambda outcome: (order.index(Phase(outcome.phase)), -outcome.count, outcome.label))


def _reasons(steamid: str, totals: Sequence[Any]) -> list[OutcomeSums]:
    """Return failed and reversed purchases by error_reason, the most frequent first."""
    ended_badly = [total for total in totals if total.offer_status in statuses.UNDELIVERED or total.error_reason]
    rows = []
    for value, group in _grouped(ended_badly, lambda total: total.error_reason).items():
        wanted = {"reason": value or statuses.NO_REASON, "status": sorted({total.offer_status for total in group})}
        rows.append(_outcome(statuses.reason_label(value), "", group, steamid, **wanted))
    return sorted(rows, key=lambda row: (-row.count, row.label))


def _grouped(totals: Iterable[Any], key: Callable[[Any], str | None]) -> dict[str | None, list[Any]]:
    groups: dict[str | None, list[Any]] = {}
    for total in totals:
        groups.setdefault(key(total), []).append(total)
    return groups


def _outcome(label: str, phase: str, group: Sequence[Any], steamid: str, **wanted: Any) -> OutcomeSums:
    url = url_for("purchases.purchase_list", steamid=steamid, **wanted)
    return OutcomeSums(label, phase, sum(total.purchases for total in group), _sum(t.debited for t in group), url)
