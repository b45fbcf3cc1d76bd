"""The one door to SkinsBack: client -> parsing -> store. Pages, jobs and commands all go through here.

Every function returns what it did and never raises for SkinsBack's failures: a silence is an answer of its own kind.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.skinsback.client import SkinsBackClient
from dashboard.skinsback.errors import SkinsBackError
from dashboard.skinsback.records import PurchasesAnswer, SetAsideItem
from dashboard.sync.connection import client_for_people, is_connected

logger = logging.getLogger(__name__)

T = TypeVar("T")

NOT_CONNECTED = (
    "This dashboard has no SkinsBack credentials, so it could not ask. "
    "An administrator can set SKINSBACK_CLIENT_ID and SKINSBACK_CLIENT_SECRET."
)


class Finding(StrEnum):
    """What asking SkinsBack for a purchase came to."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    UNREADABLE = "unreadable"
    UNREACHABLE = "unreachable"
    NOT_CONNECTED = "not_connected"


@dataclass(frozen=True)
class Asked:
    """The outcome for one id. ``buy_ids`` are the purchases found; ``sentence`` says what happened otherwise."""

    finding: Finding
    buy_ids: tuple[int, ...] = ()
    sentence: str = ""


@dataclass
class AskedMany:
    """The outcome for many ids, by id as it was asked."""

    by_buy_id: dict[int, Asked] = field(default_factory=dict)
    by_custom_id: dict[str, Asked] = field(default_factory=dict)


def look_up(buy_id: int) -> Asked:
    """Ask SkinsBack for a purchase that is not known here yet, and store it."""
    return _ask_for_one(buy_id, Source.LOOK_UP)


def refresh_now(buy_id: int) -> Asked:
    """Ask SkinsBack for a purchase because somebody wants to know its state now."""
    return _ask_for_one(buy_id, Source.REFRESH_NOW)


def look_up_many(buy_ids: Sequence[int], custom_ids: Sequence[str], *, batch_size: int) -> AskedMany:
    """Ask SkinsBack for ids that are not known here, ``batch_size`` in a call, and store what it knows.

    When SkinsBack does not answer a batch, the remaining batches are not tried: the person is waiting.
    """
    outcome = AskedMany()
    if not is_connected():
        silence = Asked(Finding.NOT_CONNECTED, sentence=NOT_CONNECTED)
        return AskedMany(dict.fromkeys(buy_ids, silence), dict.fromkeys(custom_ids, silence))
    client = client_for_people()
    failure: Asked | None = None
    for buy_id_batch in _batches(buy_ids, batch_size):
        failure = failure or _ask_by_buy_id(client, buy_id_batch, outcome)
        if failure:
            outcome.by_buy_id = dict.fromkeys(buy_id_batch, failure) | outcome.by_buy_id
    for custom_id_batch in _batches(custom_ids, batch_size):
        failure = failure or _ask_by_custom_id(client, custom_id_batch, outcome)
        if failure:
            outcome.by_custom_id = dict.fromkeys(custom_id_batch, failure) | outcome.by_custom_id
    return outcome


def _batches(ids: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _ask_for_one(buy_id: int, source: Source) -> Asked:
    if not is_connected():
        return Asked(Finding.NOT_CONNECTED, sentence=NOT_CONNECTED)
    asked_at = datetime.now(UTC)
    try:
        answer = client_for_people().get_purchase(buy_id)
    except SkinsBackError as error:
        if error.is_not_found:
            store.record_missing([buy_id], asked_at)
        return _failure(error)
    store.record_answer(answer, source)
    return _outcome_of(answer, [record.buy_id for record in answer.records if record.buy_id == buy_id], buy_id)


def _ask_by_buy_id(client: SkinsBackClient, buy_ids: Sequence[int], outcome: AskedMany) -> Asked | None:
    try:
        for part, answer in _answers(client.get_purchases, buy_ids):
            store.record_answer(answer, Source.LOOK_UP)
            told = {record.buy_id for record in answer.records}
            for buy_id in part:
                outcome.by_buy_id[buy_id] = _outcome_of(answer, [buy_id] if buy_id in told else [], buy_id)
    except SkinsBackError as error:
        return _failure(error)
    return None


def _ask_by_custom_id(client: SkinsBackClient, custom_ids: Sequence[str], outcome: AskedMany) -> Asked | None:
    try:
        for part, answer in _answers(client.get_purchases_by_custom_id, custom_ids):
            store.record_answer(answer, Source.LOOK_UP)
            for custom_id in part:
                told = [record.buy_id for record in answer.records if record.custom_id == custom_id]
                outcome.by_custom_id[custom_id] = _outcome_of(answer, told, custom_id)
    except SkinsBackError as error:
        return _failure(error)
    return None


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


def _outcome_of(answer: PurchasesAnswer, told: Sequence[int], asked_for: int | str) -> Asked:
    if told:
        return Asked(Finding.FOUND, tuple(told))
    unreadable = next((item for item in answer.set_aside if _may_be(item, asked_for)), None)
    if unreadable is None:
        return Asked(Finding.NOT_FOUND)
    sentence = f"SkinsBack's answer could not be read and was set aside for ops: {unreadable.reason}."
    return Asked(Finding.UNREADABLE, sentence=sentence)


def _may_be(item: SetAsideItem, asked_for: int | str) -> bool:
    """Say whether an object that could not be read may be the one asked for; in doubt it may."""
    if isinstance(asked_for, int):
        return item.buy_id in (None, asked_for)
    return json.dumps(asked_for)[1:-1] in item.raw or '"custom_id"' not in item.raw


def _failure(error: SkinsBackError) -> Asked:
    if error.is_not_found:
        return Asked(Finding.NOT_FOUND)
    return Asked(Finding.UNREACHABLE, sentence=error.sentence)
