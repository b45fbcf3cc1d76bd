"""What the page of a Steam user shows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from dashboard.purchases import present, statuses, steam_ids
from dashboard.purchases.finality import Settlement
from dashboard.purchases.present import PurchaseLine
from dashboard.purchases.statuses import Phase
from dashboard.purchases.steam_ids import SteamIdForms
from dashboard.support import user_queries as users
from dashboard.support.trading_bar import ROLLBACK_MATTERS, TradingBar, bar_after
from dashboard.support.user_queries import UserTotal
from dashboard.totals.sums import NOTHING, Sums
from dashboard.web.page import now


@dataclass(frozen=True)
class OutcomeSums:
    label: str
    phase: str
    sums: Sums
    url: str


@dataclass(frozen=True)
class UserPage:
    steamid: str
    forms: SteamIdForms | None
    profile_url: str | None
    sums: Sums
    oldest: datetime | None
    newest: datetime | None
    outcomes: list[OutcomeSums]
    reasons: list[OutcomeSums]
    bar: TradingBar | None
    is_bar_over: bool
    holds: list[PurchaseLine]
    at_stake: Sums
    lines: list[PurchaseLine]
    shown_at_most: int
    list_url: str


def page(steamid: str) -> UserPage:
    """Return the page; a user without purchases here is an answer too."""
    totals = users.totals_of_user(steamid)
    # The totals already tell of most users that there is nothing further to ask for.
    has_rollback = any(total.offer_status == "rollback_user" for total in totals)
    at_stake = _sum(total for total in totals if total.part == Settlement.REVERSIBLE)
    rollbacks = users.rollbacks_of_user(steamid, since=now() - ROLLBACK_MATTERS) if has_rollback else []
    bar = bar_after(rollbacks)
    return UserPage(
        steamid=steamid,
        forms=steam_ids.steamid_forms(steamid),
        profile_url=present.profile_url(steamid),
        sums=_sum(totals),
        oldest=min((total.oldest for total in totals), default=None),
        newest=max((total.newest for total in totals), default=None),
        outcomes=_outcomes(steamid, totals),
        reasons=_reasons(steamid, totals),
        bar=bar,
        is_bar_over=bar is not None and bar.until <= now(),
        holds=present.lines(users.holds_of_user(steamid)) if at_stake.count else [],
        at_stake=at_stake,
        lines=present.lines(users.purchases_of_user(steamid)),
        shown_at_most=users.USER_PURCHASES_SHOWN,
        list_url=url_for("purchases.purchase_list", steamid=steamid),
    )


def _sum(totals: Iterable[UserTotal]) -> Sums:
    return sum((total.sums for total in totals), NOTHING)


def _outcomes(steamid: str, totals: Sequence[UserTotal]) -> list[OutcomeSums]:
    by_status = _grouped(totals, lambda total: total.offer_status)
    outcomes = [
        _outcome(statuses.status_of(status).label, statuses.phase_of(status).value, group, steamid, status=status)
        for status, group in by_status.items()
    ]
    order = list(Phase)
    return sorted(outcomes, key=lambda outcome: (order.index(Phase(outcome.phase)), -outcome.sums.count, outcome.label))


def _reasons(steamid: str, totals: Sequence[UserTotal]) -> list[OutcomeSums]:
    """Return failed and reversed purchases by error_reason, the most frequent first."""
    ended_badly = [total for total in totals if total.offer_status in statuses.UNDELIVERED or total.error_reason]
    rows = []
    for value, group in _grouped(ended_badly, lambda total: total.error_reason).items():
        wanted = {"reason": value or statuses.NO_REASON, "status": sorted({total.offer_status for total in group})}
        rows.append(_outcome(statuses.reason_label(value), "", group, steamid, **wanted))
    return sorted(rows, key=lambda row: (-row.sums.count, row.label))


def _grouped(totals: Iterable[UserTotal], key: Callable[[UserTotal], str | None]) -> dict[str | None, list[UserTotal]]:
    groups: dict[str | None, list[UserTotal]] = {}
    for total in totals:
        groups.setdefault(key(total), []).append(total)
    return groups


def _outcome(label: str, phase: str, group: Sequence[UserTotal], steamid: str, **wanted: Any) -> OutcomeSums:
    url = url_for("purchases.purchase_list", steamid=steamid, **wanted)
    return OutcomeSums(label, phase, _sum(group), url)
