"""What happens to one request between arriving and its answer."""

from collections.abc import Mapping
from email.message import Message
from typing import Any

from dashboard.simulator.access import (
    MISSING_PARAMETER,
    NOT_POST,
    ApiError,
    ReceivedRequest,
    RequestLimit,
    RequestLog,
    check_sender,
)
from dashboard.simulator.answers import Answers, encode, is_given
from dashboard.simulator.faults import Faults, make_unusual
from dashboard.simulator.plans import Clock
from dashboard.simulator.replies import Reply, disturb


class Service:
    """Checks, counts and answers requests."""

    def __init__(
        self,
        *,
        clock: Clock,
        limit: RequestLimit,
        answers: Answers,
        faults: Faults,
        requests: RequestLog,
    ) -> None:
        self._clock = clock
        self._limit = limit
        self._answers = answers
        self._faults = faults
        self._requests = requests

    def respond(self, headers: Message, parameters: Mapping[str, Any]) -> Reply:
        """The answer to a POST request."""
        moment = self._clock.now()
        method = str(parameters.get("method", ""))
        ids = _count_ids(parameters)
        code: int | None = None
        try:
            check_sender(headers, parameters)
            self._limit.check(moment)
            self._check_faults(method, ids)
            answer = make_unusual(self._answers.answer(parameters), self._faults, method)
        except ApiError as error:
            code = error.code
            answer = error.answer()
        reply = Reply(encode(answer))
        fault = disturb(reply, self._faults, method)
        self._requests.add(ReceivedRequest(moment, method, ids, code, fault))
        return reply

    def refuse_method(self) -> Reply:
        """The answer to anything but POST."""
        self._requests.add(ReceivedRequest(self._clock.now(), "", 0, NOT_POST))
        return Reply(encode(ApiError(NOT_POST).answer()))

    def _check_faults(self, method: str, ids: int) -> None:
        code = self._faults.take("error_code", method)
        if code is not None:
            raise ApiError(code)
        most = self._faults.take("max_ids", method)
        if most is not None and ids > most:
            raise ApiError(MISSING_PARAMETER)


def _count_ids(parameters: Mapping[str, Any]) -> int:
    if is_given(parameters.get("buy_id")):
        return 1
    ids = parameters.get("custom_ids") or parameters.get("buy_ids")
    return len(ids) if isinstance(ids, list) else 0
