"""The client: one method an endpoint, which returns data or raises SkinsBackError.

Source: SkinsBack's API v1 documentation; each method names its page.
"""

import logging
import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Any, Protocol

import requests
import urllib3

from dashboard.lib.waits import doubled
from dashboard.skinsback import signing
from dashboard.skinsback.deadline import DeadlineAdapter
from dashboard.skinsback.errors import SkinsBackError
from dashboard.skinsback.no_answer import LARGEST_BEGINNING, HttpAnswer, error_for, unreachable
from dashboard.skinsback.parsing import (
    UnreadableItem,
    parse_answer,
    parse_flag,
    parse_items,
    parse_money,
    parse_purchase,
    to_json,
    writable,
)
from dashboard.skinsback.records import HistoryPage, PurchasesAnswer, RejectedItem

logger = logging.getLogger(__name__)

_COUNT = re.compile(r"[0-9]{1,9}")
"""A number of purchases that can be meant so."""


class Budget(Protocol):
    """The requests of a minute, shared by all processes of an installation."""

    def acquire(self, *, wait_at_most: float) -> None:
        """Wait until one request may be sent. Raises SkinsBackError ``budget_exhausted`` after ``wait_at_most`` s."""

    def pause(self, seconds: float) -> None:
        """Let nobody ask for so many seconds, because SkinsBack's own limit was reached."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a caller is willing to wait. All times in seconds."""

    tries: int
    wait_for_budget: float
    connect_timeout: float
    read_timeout: float
    deadline: float
    """For one whole answer, however slowly it drips."""
    longest_pause: float
    """Between two tries."""


INTERACTIVE = Patience(2, 2.0, 2.0, 4.0, 6.0, 0.5)
"""A person is waiting in front of a page."""
BACKGROUND = Patience(3, 90.0, 3.0, 10.0, 20.0, 8.0)
"""A job that nobody watches."""


@dataclass(frozen=True, slots=True)
class CallReport:
    """One request that was sent, for logs and counts; it holds neither ids nor secrets."""

    method: str
    started_at: datetime
    seconds: float
    ids: int
    error: SkinsBackError | None


LARGEST_ANSWER = 32 * 1024 * 1024
"""In bytes, unpacked. A history page of 1000 purchases has half a megabyte."""

LONGEST_PACE = 0.5
"""The first pause before another try is drawn between nothing and this, the next one from twice as much."""

PIECE = 64 * 1024
"""In bytes: how much of an answer is read at a time."""

BEGINNING_WITHIN = 2.0
"""In seconds: how long is waited for more of an answer whose status already says that it is none."""

MOST_HISTORY_PAGES = 100_000
MOST_EMPTY_PAGES = 3
"""In a row, of a history that says that it goes on."""
LONGEST_PLACE = 10_000
"""In characters: where a history goes on. It is sent back, and kept to be sent another day."""


@dataclass(eq=False)
class SkinsBackClient:
    """Asks SkinsBack. Safe to share between threads: each has a connection of its own."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    _: KW_ONLY
    auth: str = "headers"
    budget: Budget | None = None
    """Without one there is no limit: for tests and single questions from a command line."""
    patience: Patience = BACKGROUND
    naive_zone: tzinfo = UTC
    """The zone of times that SkinsBack sends without one."""
    on_call: Callable[[CallReport], None] = lambda _: None
    request_id: Callable[[], str] = lambda: ""
    """Names what a call is made for; it is sent along, so that both sides' logs can be laid together."""
    sleep: Callable[[float], None] = time.sleep
    _of_thread: threading.local = field(default_factory=threading.local, init=False, repr=False)

    def get_purchase(self, buy_id: int) -> PurchasesAnswer:
        """Return one purchase (page "Get skin purchase info", parameter ``buy_id``).

        Raises SkinsBackError, with ``is_not_found`` when SkinsBack does not know the purchase.
        """
        asked_at = datetime.now(UTC)
        answer = self._call("market_getinfo", {"buy_id": buy_id}, ids=1)
        try:
            record = parse_purchase(answer, naive_zone=self.naive_zone)
            if record.buy_id != buy_id:
                raise UnreadableItem(f"it is about purchase {record.buy_id}, and {buy_id} was asked for")
        except UnreadableItem as error:
            return PurchasesAnswer((), (RejectedItem(to_json(answer), str(error), buy_id),), asked_at)
        return PurchasesAnswer((record,), (), asked_at)

    def get_purchases(self, buy_ids: Sequence[int]) -> PurchasesAnswer:
        """Return many purchases (page "Get skin purchase info", parameter ``buy_ids``).

        Ids that SkinsBack does not know are left out of the answer. Raises SkinsBackError.
        """
        return self._get_many("buy_ids", list(buy_ids))

    def get_purchases_by_custom_id(self, custom_ids: Sequence[str]) -> PurchasesAnswer:
        """Return many purchases by the shop's own ids (same page, parameter ``custom_ids``). Raises SkinsBackError."""
        return self._get_many("custom_ids", list(custom_ids))

    def _get_many(self, parameter: str, ids: list[Any]) -> PurchasesAnswer:
        asked_at = datetime.now(UTC)
        try:
            answer = self._call("market_getinfo", {parameter: ids}, ids=len(ids))
        except SkinsBackError as error:
            if error.is_not_found:  # Said of an array when SkinsBack knows none of it.
                return PurchasesAnswer((), (), asked_at)
            raise
        return self._purchases(answer, asked_at)

    def _purchases(self, answer: dict[str, Any], asked_at: datetime) -> PurchasesAnswer:
        records, rejected = parse_items(answer.get("items"), naive_zone=self.naive_zone)
        return PurchasesAnswer(tuple(records), tuple(rejected), asked_at)

    def get_history_page(self, since: datetime, until: datetime, start_from: str | None = None) -> HistoryPage:
        """Return one page of the purchases of a period (page "Skin purchase history"). Raises SkinsBackError."""
        asked_at = datetime.now(UTC)
        parameters: dict[str, Any] = {"starting": int(since.timestamp()), "ending": int(until.timestamp())}
        if start_from is not None:
            parameters["start_from"] = start_from
        answer = self._call("market_history", parameters, ids=0)
        total = answer.get("total_count")
        return HistoryPage(
            answer=self._purchases(answer, asked_at),
            total_count=int(str(total)) if _COUNT.fullmatch(str(total)) else None,
            # What cannot be read does not say that the history ends.
            has_more=parse_flag(answer.get("has_more")) is not False,
            start_from=_place(answer.get("start_from")),
        )

    def iter_history(self, since: datetime, until: datetime, start_from: str | None = None) -> Iterator[HistoryPage]:
        """Yield every page of a period, from ``start_from`` on.

        Raises SkinsBackError, also when SkinsBack says that there is more and does not say where, or never comes to it.
        """
        seen, empty = {start_from}, 0
        for _ in range(MOST_HISTORY_PAGES):
            page = self.get_history_page(since, until, start_from)
            yield page
            if not page.has_more:
                return
            start_from = page.start_from
            empty = 0 if page.answer.records or page.answer.rejected else empty + 1
            if start_from is None:
                raise _no_next_page("SkinsBack says neither where its history goes on nor that it ends.")
            if start_from in seen:
                raise _no_next_page("SkinsBack's history is going round: it goes on where it already was.")
            if empty == MOST_EMPTY_PAGES:
                raise _no_next_page(f"SkinsBack says that its history goes on, but {empty} pages in a row are empty.")
            seen.add(start_from)
        raise _no_next_page(f"SkinsBack's history does not end after {MOST_HISTORY_PAGES} pages.")

    def get_balance(self) -> Decimal:
        """Return what is left on the balance, in USD (page "Get the project balance"). Raises SkinsBackError."""
        answer = self._call("balance", {}, ids=0)
        try:
            return parse_money(answer.get("balance"), "balance")
        except UnreadableItem as error:
            raise SkinsBackError("not_json", f"SkinsBack's answer cannot be read: {error}.", can_retry=True) from None

    @property
    def _secrets(self) -> tuple[str, str]:
        """What no text that came from outside may repeat."""
        return self.client_id, self.client_secret

    def _call(self, method: str, parameters: dict[str, Any], *, ids: int) -> dict[str, Any]:
        """Return a successful answer, trying again where that can help and the caller's patience allows it."""
        for try_number in range(1, self.patience.tries + 1):
            if self.budget:
                self.budget.acquire(wait_at_most=self.patience.wait_for_budget)
            try:
                return self._try_once(method, parameters, ids, try_number)
            except SkinsBackError as error:
                if error.pauses_everybody and self.budget:
                    self.budget.pause(error.retry_after)
                if not self._may_try_again(error, try_number):
                    raise
            longest = doubled(LONGEST_PACE, self.patience.longest_pause, try_number)
            self.sleep(random.uniform(0, longest))  # noqa: S311 - spreads tries; nothing depends on its secrecy.
        raise AssertionError("the last try returns or raises")

    def _may_try_again(self, error: SkinsBackError, try_number: int) -> bool:
        if error.retry_after and not (error.pauses_everybody and error.retry_after < self.patience.wait_for_budget):
            return False
        return error.can_retry and try_number < self.patience.tries

    def _try_once(self, method: str, parameters: dict[str, Any], ids: int, try_number: int) -> dict[str, Any]:
        started_at, started = datetime.now(UTC), time.monotonic()
        error: SkinsBackError | None = None
        try:
            return parse_answer(self._post(method, parameters), self._secrets)
        except SkinsBackError as raised:
            error = raised
            raise
        finally:
            seconds = time.monotonic() - started
            fields = {"method": method, "ids": ids, "try": try_number, "ms": round(seconds * 1000, 1)}
            outcome = error.name if error is not None else "ok"
            # The questions of jobs are some hundreds a minute, and only somebody who looks for them wants their lines.
            level = logging.INFO if self.patience is INTERACTIVE else logging.DEBUG
            logger.log(level, "SkinsBack was asked", extra={"fields": {**fields, "outcome": outcome}})
            self.on_call(CallReport(method, started_at, seconds, ids, error))

    def _post(self, method: str, parameters: dict[str, Any]) -> bytes:
        body = {"method": method, **parameters}
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
        request_id = self.request_id()
        if request_id:
            headers["X-Request-ID"] = request_id
        if self.auth == "signature":
            body = signing.signed(body, self.client_id, self.client_secret)
        else:
            headers |= {"X-CLIENT-ID": self.client_id, "X-CLIENT-SECRET": self.client_secret}
        give_up_at = time.monotonic() + self.patience.deadline
        try:
            with self._session(give_up_at).post(
                self.url, json=body, headers=headers, stream=True, allow_redirects=False,
                timeout=(self.patience.connect_timeout, self.patience.read_timeout),
            ) as response:  # fmt: skip
                is_usual = response.status_code == 200
                answer = self._read(response, give_up_at) if is_usual else _beginning(response, give_up_at)
                self._check(response, answer)
                return answer
        except (requests.Timeout, urllib3.exceptions.TimeoutError):
            raise SkinsBackError("timeout", "SkinsBack did not answer in time.", can_retry=True) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise unreachable(error, self.url) from None

    def _check(self, response: requests.Response, body: bytes) -> None:
        """Raise SkinsBackError for what is no answer of the API; one that the API reports is left to its parser."""
        answer = HttpAnswer(self.url, response.status_code, response.headers, body, datetime.now(UTC))
        if answer.status == 200 and not answer.is_web_page:
            return
        error = error_for(answer, self._secrets)
        if not error.pauses_everybody:
            try:
                parse_answer(body, self._secrets)
            except SkinsBackError as reported:
                error = error if reported.code is None else reported
        raise error

    def _read(self, response: requests.Response, give_up_at: float) -> bytes:
        chunks: list[bytes] = []
        size = 0
        # read1 returns what has arrived; read would wait for a full piece, however slowly it comes.
        while chunk := response.raw.read1(PIECE, decode_content=True):
            size += len(chunk)
            if size > LARGEST_ANSWER:
                raise SkinsBackError("too_large", "SkinsBack's answer is larger than any it should send.")
            if time.monotonic() > give_up_at:
                raise SkinsBackError("timeout", "SkinsBack did not finish its answer in time.", can_retry=True)
            chunks.append(chunk)
        return b"".join(chunks)

    def _session(self, give_up_at: float) -> requests.Session:
        session: requests.Session | None = getattr(self._of_thread, "session", None)
        if session is None:
            session, adapter = _Session(), DeadlineAdapter()
            for scheme in ("http://", "https://"):
                session.mount(scheme, adapter)
            self._of_thread.session, self._of_thread.adapter = session, adapter
        self._of_thread.adapter.give_up_at = give_up_at
        return session


def _place(value: Any) -> str | None:
    """Return where a history goes on; None for what is no place, or none that can be kept."""
    is_one = value and isinstance(value, (str, int, Decimal)) and not isinstance(value, bool)
    place = str(value) if is_one else ""
    return place if place and len(place) <= LONGEST_PLACE and place == writable(place) else None


def _no_next_page(sentence: str) -> SkinsBackError:
    return SkinsBackError("no_next_page", sentence)


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Follow no redirect: it would carry the credentials to another place.

        Asked not to, the library still prepares it: it reads the whole body, and fails at an address that is none.
        """


def _beginning(response: requests.Response, give_up_at: float) -> bytes:
    """Return the first bytes of an answer. One that breaks off or takes too long is short: its status says the most."""
    beginning, give_up_at = b"", min(give_up_at, time.monotonic() + BEGINNING_WITHIN)
    with suppress(requests.RequestException, urllib3.exceptions.HTTPError, OSError):
        while len(beginning) < LARGEST_BEGINNING and time.monotonic() < give_up_at:
            chunk = response.raw.read1(PIECE, decode_content=True)
            if not chunk:
                break
            beginning += chunk
    return beginning
