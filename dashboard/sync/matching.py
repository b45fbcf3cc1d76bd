"""Pure: which of the ids that were asked for an answer is about.

SkinsBack tells an order ID as it keeps it, not as it was asked for (see ``order_ids``). An id is "not found" only where
nothing in the answer may be about it.
"""

from collections.abc import Iterable, Sequence

from dashboard.purchases.order_ids import order_key
from dashboard.skinsback.parsing import parse_json
from dashboard.skinsback.records import PurchaseRecord, PurchasesAnswer, RejectedItem
from dashboard.sync.refresh_results import RefreshOutcome, RefreshResult


def by_buy_id(answer: PurchasesAnswer, asked: Sequence[int]) -> dict[int, RefreshResult]:
    """Return what an answer says of each purchase that was asked for."""
    told = {record.buy_id for record in answer.records}
    return {
        buy_id: _found([buy_id])
        if buy_id in told
        else _silence(item for item in answer.rejected if item.buy_id in (None, buy_id))
        for buy_id in asked
    }


def by_order_id(answer: PurchasesAnswer, asked: Sequence[str]) -> dict[str, RefreshResult]:
    """Return what an answer says of each order that was asked for; several spellings may be of one order."""
    keys = {order_id: order_key(order_id) for order_id in asked}
    by_key: dict[str | None, list[PurchaseRecord]] = {}
    for record in answer.records:
        by_key.setdefault(None if record.custom_id is None else order_key(record.custom_id), []).append(record)
    strangers = [record for key in by_key if key not in keys.values() for record in by_key[key]]
    if len(asked) == 1 and not answer.rejected and len(answer.records) == len(strangers) == 1:
        # What else could it be about? Only SkinsBack knows all its rules of spelling.
        return {asked[0]: _found([strangers[0].buy_id])}
    if len(asked) == 1 and not answer.records:
        return {asked[0]: _silence(answer.rejected)}
    results = {}
    for order_id, key in keys.items():
        alike = by_key.get(key, ())
        exact = [record for record in alike if record.custom_id == order_id]
        if alike:
            results[order_id] = _found([record.buy_id for record in exact or alike])
        elif strangers:
            results[order_id] = _may_be(strangers[0])
        else:
            results[order_id] = _silence(item for item in answer.rejected if _key_of_rejected(item) in (None, key))
    return results


def _found(buy_ids: Sequence[int]) -> RefreshResult:
    return RefreshResult(RefreshOutcome.FOUND, tuple(dict.fromkeys(buy_ids)))


def _may_be(stranger: PurchaseRecord) -> RefreshResult:
    sentence = (
        f"It has purchase {stranger.buy_id}, whose order ID is none that was asked for, so it may be this one. "
        "Look this one up alone."
    )
    return RefreshResult(RefreshOutcome.UNREADABLE, sentence=sentence)


def _silence(may_be: Iterable[RejectedItem]) -> RefreshResult:
    unreadable = next(iter(may_be), None)
    if unreadable is None:
        return RefreshResult(RefreshOutcome.NOT_FOUND)
    sentence = f"SkinsBack's answer could not be read and was kept for ops: {unreadable.reason}."
    return RefreshResult(RefreshOutcome.UNREADABLE, sentence=sentence)


def _key_of_rejected(item: RejectedItem) -> str | None:
    """Return the key of the order that an object is about that could not be read; None when that is not certain."""
    try:
        custom_id = parse_json(item.raw)["custom_id"]
    except (ValueError, RecursionError, ArithmeticError, TypeError, KeyError):
        return None
    return order_key(str(custom_id)) if isinstance(custom_id, (str, int)) and not isinstance(custom_id, bool) else None
