"""Ask SkinsBack for a person, at once: a look-up, "Refresh now", and what commands ask. Jobs ask in ``due``.

Every function returns what it did and never raises for SkinsBack's failures: that it could not be asked is a result.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import select

from dashboard.db.extensions import db
from dashboard.purchases import store
from dashboard.purchases.models import RejectedRecord
from dashboard.purchases.store import Source
from dashboard.skinsback.errors import SkinsBackError
from dashboard.skinsback.parsing import UnreadableItem, parse_purchase
from dashboard.skinsback.records import PurchaseRecord, PurchasesAnswer, RejectedItem
from dashboard.sync.connection import client_for_people, is_connected, naive_zone
from dashboard.sync.refresh_results import LookUpResults, RefreshOutcome, RefreshResult

T = TypeVar("T")

_BUY_ID, _CUSTOM_ID = attrgetter("buy_id"), attrgetter("custom_id")

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
    by_buy_id, failure = _look_up(client.get_purchases, buy_ids, _BUY_ID, batch_size, None)
    by_custom_id, _ = _look_up(client.get_purchases_by_custom_id, custom_ids, _CUSTOM_ID, batch_size, failure)
    return LookUpResults(by_buy_id, by_custom_id)


def _look_up(
    ask: Callable[[Sequence[T]], PurchasesAnswer],
    ids: Sequence[T],
    id_of: Callable[[PurchaseRecord], T],
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
                results |= {asked_for: _result_of(answer, asked_for, id_of) for asked_for in part}
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
    return _result_of(answer, buy_id, _BUY_ID)


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


def _result_of(answer: PurchasesAnswer, asked_for: T, id_of: Callable[[PurchaseRecord], T]) -> RefreshResult:
    found = dict.fromkeys(record.buy_id for record in answer.records if id_of(record) == asked_for)
    if found:
        return RefreshResult(RefreshOutcome.FOUND, tuple(found))
    unreadable = next((item for item in answer.rejected if _may_be(item, asked_for)), None)
    if unreadable is None:
        return RefreshResult(RefreshOutcome.NOT_FOUND)
    sentence = f"SkinsBack's answer could not be read and was kept for ops: {unreadable.reason}."
    return RefreshResult(RefreshOutcome.UNREADABLE, sentence=sentence)


def _may_be(item: RejectedItem, asked_for: object) -> bool:
    """Say whether an object that could not be read may be the one asked for; in doubt it may."""
    if isinstance(asked_for, int):
        return item.buy_id in (None, asked_for)
    return json.dumps(asked_for)[1:-1] in item.raw or '"custom_id"' not in item.raw


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
        return parse_purchase(json.loads(raw), naive_zone=naive_zone()).buy_id, ""
    except UnreadableItem as error:
        return None, str(error)
    except (ValueError, RecursionError):
        return None, "its text is cut off"
