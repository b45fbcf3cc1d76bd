"""Ask SkinsBack for a person, at once: a look-up, "Refresh now", and what commands ask. Jobs ask in ``due``.

Every function returns what it did and never raises for SkinsBack's failures: that it could not be asked is a result.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import select

from dashboard.db.extensions import db
from dashboard.purchases import store
from dashboard.purchases.models import RejectedRecord
from dashboard.purchases.store import Source
from dashboard.skinsback.errors import SkinsBackError
from dashboard.skinsback.parsing import UnreadableItem, parse_json, parse_purchase
from dashboard.skinsback.records import PurchasesAnswer
from dashboard.sync.connection import client_for_people, is_connected, naive_zone
from dashboard.sync.matching import by_buy_id, by_order_id
from dashboard.sync.refresh_results import LookUpResults, RefreshOutcome, RefreshResult

T = TypeVar("T")

NOT_CONNECTED = (
    "This dashboard has no SkinsBack credentials, so it could not ask. "
    "An administrator can set SKINSBACK_CLIENT_ID and SKINSBACK_CLIENT_SECRET."
)


def look_up(buy_id: int) -> RefreshResult:
    return _ask_for_one(buy_id, Source.LOOK_UP)


def refresh_now(buy_id: int) -> RefreshResult:
    """Ask SkinsBack for a purchase because somebody wants to know its state now."""
    return _ask_for_one(buy_id, Source.REFRESH_NOW)


def look_up_many(buy_ids: Sequence[int], custom_ids: Sequence[str], *, batch_size: int) -> LookUpResults:
    """Ask SkinsBack for ids that are not known here, ``batch_size`` in a call, and store what it knows.

    When SkinsBack does not answer a batch, the remaining batches are not tried: the person is waiting.
    """
    if not is_connected():
        silence = RefreshResult(RefreshOutcome.NOT_CONNECTED, sentence=NOT_CONNECTED)
        return LookUpResults(dict.fromkeys(buy_ids, silence), dict.fromkeys(custom_ids, silence))
    client = client_for_people()
    of_purchases, failure = _look_up(client.get_purchases, buy_ids, by_buy_id, batch_size, None)
    of_orders, _ = _look_up(client.get_purchases_by_custom_id, custom_ids, by_order_id, batch_size, failure)
    return LookUpResults(of_purchases, of_orders)


def _look_up(
    ask: Callable[[Sequence[T]], PurchasesAnswer],
    ids: Sequence[T],
    results_of: Callable[[PurchasesAnswer, Sequence[T]], dict[T, RefreshResult]],
    batch_size: int,
    failure: RefreshResult | None,
) -> tuple[dict[T, RefreshResult], RefreshResult | None]:
    """Return the outcome for each id, and how asking failed; after a ``failure`` nothing more is asked."""
    results: dict[T, RefreshResult] = {}
    for start in range(0, len(ids), batch_size):
        batch = ids[start : start + batch_size]
        try:
            for part, answer in _answers(ask, batch) if failure is None else ():
                store.record_answer(answer, Source.LOOK_UP)
                results |= results_of(answer, part)
        except SkinsBackError as error:
            failure = _failure(error)
        if failure is not None:
            results = dict.fromkeys(batch, failure) | results
    return results, failure


def _ask_for_one(buy_id: int, source: Source) -> RefreshResult:
    if not is_connected():
        return RefreshResult(RefreshOutcome.NOT_CONNECTED, sentence=NOT_CONNECTED)
    asked_at = datetime.now(UTC)
    try:
        answer = client_for_people().get_purchase(buy_id)
    except SkinsBackError as error:
        if error.is_not_found:
            store.record_missing([buy_id], asked_at)
        return _failure(error)
    store.record_answer(answer, source)
    return by_buy_id(answer, [buy_id])[buy_id]


def _answers(
    ask: Callable[[Sequence[T]], PurchasesAnswer], ids: Sequence[T]
) -> Iterator[tuple[Sequence[T], PurchasesAnswer]]:
    """Yield ids with the answer about them: in halves where SkinsBack refuses so many. Raises SkinsBackError."""
    try:
        answer = ask(ids)
    except SkinsBackError as error:
        if not error.is_about_the_ids or len(ids) == 1:
            raise
    else:
        yield ids, answer
        return
    half = len(ids) // 2
    yield from _answers(ask, ids[:half])
    yield from _answers(ask, ids[half:])


def _failure(error: SkinsBackError) -> RefreshResult:
    if error.is_not_found:
        return RefreshResult(RefreshOutcome.NOT_FOUND)
    return RefreshResult(RefreshOutcome.UNREACHABLE, sentence=error.sentence)


def retry_rejected(record_id: int) -> str:
    """Ask SkinsBack anew for what a rejected object was about; return a sentence that says what came of it.

    An object whose buy_id could not be read is read once more by today's rules, which may know better; only when that
    tells its buy_id can SkinsBack be asked. The old text itself is never stored: it says what was true long ago.
    """
    statement = select(RejectedRecord.buy_id, RejectedRecord.raw).where(RejectedRecord.id == record_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return "This object is no longer kept."
    buy_id, why_not = (row.buy_id, "") if row.buy_id is not None else _read_again(row.raw)
    if buy_id is None:
        return f"The object does not say which purchase it is about, so SkinsBack cannot be asked: {why_not}."
    asked = refresh_now(buy_id)
    if asked.outcome is RefreshOutcome.FOUND:
        store.forget_rejected(record_id)
        return f"SkinsBack was asked for purchase {buy_id}, and its answer could be read: it is stored."
    if asked.outcome is RefreshOutcome.NOT_FOUND:
        return f"SkinsBack was asked for purchase {buy_id} and does not know it."
    return f"Purchase {buy_id} is still not readable: {asked.sentence}"


def _read_again(raw: str) -> tuple[int | None, str]:
    try:
        return parse_purchase(parse_json(raw), naive_zone=naive_zone()).buy_id, ""
    except UnreadableItem as error:
        return None, str(error)
    except (ValueError, RecursionError, ArithmeticError):
        return None, "its text is cut off"
