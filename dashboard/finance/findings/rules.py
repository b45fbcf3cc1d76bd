"""Pure: what about a purchase looks wrong to finance, and what becomes of a finding; see docs/numbers.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dashboard.lib.worded import Worded
from dashboard.purchases.doubles import DOUBLE_WITHIN, doubles
from dashboard.purchases.statuses import DELIVERED, FAILED
from dashboard.totals.sums import Sums

CHECKED_EVERY = timedelta(minutes=5)

FEWEST_OF_A_RATIO = 50
SMALLEST_SHARE_OF_A_RATIO = Decimal("0.05")
"""A ratio that this many purchases and this share of all have in common is a fee or a currency, not a mistake."""

_ROUNDING = Decimal("0.01")
"""In USD: a sum that was rounded to cents after it was multiplied."""
_THOUSANDTHS = Decimal("0.0006")
"""Ratios are counted in thousandths, so a purchase with one is within half a thousandth of it."""

CORRECTED = "corrected by SkinsBack"
EXPLAINED = "explained by the tolerance or a constant ratio"


class FindingKind(Worded):
    """What looks wrong; the meaning of each says what its sum is."""

    FAILED_DEBITED = (
        "failed_debited", "Failed but debited",
        "The purchase failed and a debit is shown: check that SkinsBack returned it. The sum is what was debited.",
    )  # fmt: skip
    DELIVERED_FREE = (
        "delivered_free", "Delivered but debited nothing",
        "The item was delivered, and the debit is 0 or not known. The sum is the price.",
    )  # fmt: skip
    OFF_PRICE = (
        "off_price", "Debited differs from the price",
        "Debited and price differ beyond the tolerance, and no constant ratio explains it. The sum is the difference.",
    )  # fmt: skip
    REVERSED_BY_SUPPLIER = (
        "reversed_by_supplier", "Reversed by the supplier",
        "The customer lost the item through no fault of their own: check that the money came back. The sum is what was "
        "debited.",
    )  # fmt: skip
    DELIVERED_TWICE = (
        "delivered_twice", "Same item delivered twice within an hour",
        "The same user received the same item twice within an hour. The sum is what the later one cost.",
    )  # fmt: skip
    NO_CUSTOM_ID = (
        "no_custom_id", "No order ID",
        "Nothing ties the purchase to an order of the shop. The sum is what was debited.",
    )  # fmt: skip


class FindingState(StrEnum):
    """Which findings of a kind are listed, as the address says it."""

    OPEN = ""
    UNOWNED = "unowned"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A constant ratio of debited to price that many purchases share: a fee, or a currency."""

    ratio: Decimal
    sums: Sums


@dataclass(frozen=True, slots=True)
class Suspect:
    """A purchase that looks wrong: of which kind, the money in question in USD, and the purchase that it repeats."""

    kind: FindingKind
    buy_id: int
    amount: Decimal
    other_buy_id: int | None = None


def recognised(groups: Sequence[Ratio], counted: int) -> list[Ratio]:
    """Return the ratios that are constant enough, the most frequent first. ``counted`` purchases have a ratio at all.

    A ratio of 1 explains nothing: debited and price are the same.
    """
    fewest = max(Decimal(FEWEST_OF_A_RATIO), counted * SMALLEST_SHARE_OF_A_RATIO)
    constant = (group for group in groups if group.sums.count >= fewest and group.ratio != 1)
    return sorted(constant, key=lambda group: group.sums.count, reverse=True)


def findings_of(row: Any, *, tolerance: Decimal, ratios: Iterable[Decimal]) -> list[Suspect]:
    """Return what looks wrong about one purchase by itself. ``tolerance`` is a share of the price."""
    buy_id, status = row.buy_id, row.offer_status
    debited, price = row.balance_debited_sum or Decimal(0), row.price
    found = []
    if status in FAILED and debited > 0:
        found.append(Suspect(FindingKind.FAILED_DEBITED, buy_id, debited))
    if status in DELIVERED and debited <= 0:
        found.append(Suspect(FindingKind.DELIVERED_FREE, buy_id, price or Decimal(0)))
    if debited > 0 and price and price > 0 and is_off(debited, price, tolerance=tolerance, ratios=ratios):
        found.append(Suspect(FindingKind.OFF_PRICE, buy_id, debited - price))
    if status == "rollback_supplier":
        found.append(Suspect(FindingKind.REVERSED_BY_SUPPLIER, buy_id, debited))
    if not (row.custom_id or "").strip():
        found.append(Suspect(FindingKind.NO_CUSTOM_ID, buy_id, debited))
    return found


def undecided(row: Any) -> list[FindingKind]:
    """Return the kinds of which nobody can say now if they hold, because a sum of the purchase is not known."""
    debited, price = row.balance_debited_sum, row.price
    kinds = [FindingKind.OFF_PRICE] if debited is None or price is None else []
    return [*kinds, FindingKind.FAILED_DEBITED] if debited is None and row.offer_status in FAILED else kinds


def is_off(debited: Decimal, price: Decimal, *, tolerance: Decimal, ratios: Iterable[Decimal]) -> bool:
    """Say whether debited and price differ beyond the tolerance, and by no constant ratio."""
    if abs(debited - price) <= price * tolerance:
        return False
    return all(abs(debited - price * ratio) > price * _THOUSANDTHS + _ROUNDING for ratio in ratios)


def repeats(rows: Iterable[Any]) -> list[Suspect]:
    """Return the deliveries that repeat an earlier one of the same item to the same user."""
    return [
        Suspect(FindingKind.DELIVERED_TWICE, after.buy_id, after.balance_debited_sum or Decimal(0), before.buy_id)
        for before, after in doubles(rows)
    ]


def within_reach(rows: Iterable[Any], neighbours: Iterable[Any]) -> set[int]:
    """Return the neighbours that one of the rows may repeat, or that may repeat it: same user, within the hour."""
    dates: dict[str, list[datetime]] = {}
    for row in rows:
        dates.setdefault(row.steamid, []).append(row.date)
    return {
        row.buy_id
        for row in neighbours
        if any(abs(row.date - date) <= DOUBLE_WITHIN for date in dates.get(row.steamid, ()))
    }


def next_action(before: Mapping[str, Any] | None, now: Suspect | None, why_not_off_price: str) -> tuple[str, str]:
    """Return what becomes of a finding, given its row: found, reopened, resolved or nothing; and the reason."""
    if before is None:
        return "found", ""
    if now is not None:
        why = _why_open_again(before, now)
        return ("reopened" if why else ""), why
    if not before["holds"] or before["resolved_at"] is not None:
        return "", ""
    return "resolved", why_not_off_price if before["kind"] == FindingKind.OFF_PRICE else CORRECTED


def _why_open_again(before: Mapping[str, Any], now: Suspect) -> str:
    """Return why a resolved finding is open again; empty where it is open, or the reason given still covers it."""
    if not before["holds"]:
        return "The same problem is back."
    if before["resolved_at"] is None:
        return ""
    if abs(now.amount) > abs(before["amount"]):
        return "The amount has grown since it was resolved."
    return "It now repeats another purchase." if now.other_buy_id != before["other_buy_id"] else ""
